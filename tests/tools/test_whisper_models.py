"""What a setting means, what is said when it cannot be had, and that nothing else is taken."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faster_whisper.utils import _MODELS

from pipeline.tools.whisper.catalogue import NAMED_MODELS
from pipeline.tools.whisper.engine import load
from pipeline.tools.whisper.hardware import Hardware, usable_cores, usable_memory_gb
from pipeline.tools.whisper.models import (
    check_model,
    files_to_watch,
    obtain_model,
    pick_for,
    resolve_model,
)
from pipeline.words.errors import SetupProblem, TemporaryProblem
from tests.tools.hub import Hub, serve_hub
from tests.tools.random_whisper import random_whisper


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_whisper(tmp_path_factory.mktemp("models") / "mine")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Hub]:
    """A hub that holds the repository `studio/tiny`, and an empty cache."""
    with serve_hub({"studio/tiny": folder}) as served:
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", served.address)
        monkeypatch.setattr(
            "huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE",
            served.address + "/{repo_id}/resolve/{revision}/{filename}",
        )
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
        yield served


def test_the_names_are_those_of_faster_whisper() -> None:
    assert {name: model.repository for name, model in NAMED_MODELS.items()} == _MODELS


# Bytes of model.bin as the hub serves it, from lists that other programs publish.
KNOWN_SIZES = {
    "tiny": 75_538_270,
    "base": 145_217_532,
    "small": 483_546_902,
    "small.en": 483_545_366,
    "medium": 1_527_906_378,
    "large-v3": 3_087_284_237,
    "large-v3-turbo": 1_617_884_929,
    "distil-large-v3": 1_512_927_867,
}


@pytest.mark.parametrize(("name", "size"), KNOWN_SIZES.items())
def test_the_size_that_the_shape_of_a_network_gives_is_that_of_its_file(
    name: str, size: int
) -> None:
    shape = NAMED_MODELS[name].shape
    assert shape.weights * 2 == pytest.approx(size, rel=2e-4)
    assert NAMED_MODELS[name].download_bytes == pytest.approx(size + 2_700_000, rel=2e-3)


def test_a_folder_of_the_workspace_is_found(folder: Path) -> None:
    root, name = folder.parent, folder.name
    assert resolve_model(f"./{name}", root).folder == root / name
    assert resolve_model(name, root).folder == root / name
    assert resolve_model(str(folder), root).folder == folder
    assert folder / "model.bin" in files_to_watch(name, root)


def test_a_name_is_a_name_even_if_a_folder_is_called_so(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "small")
    assert resolve_model("small", tmp_path).repository == "Systran/faster-whisper-small"
    assert resolve_model("./small", tmp_path).folder == tmp_path / "small"
    assert files_to_watch("small", tmp_path) == ()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("./models/mine", "models/mine does not exist"),
        ("smal", "There is no Whisper model “smal”"),
        ("large v3", "There is no Whisper model “large v3”"),
    ],
)
def test_a_model_that_cannot_be_meant_is_named(setting: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match=said):
        resolve_model(setting, tmp_path)
    assert check_model(setting, tmp_path)[0] is False


def test_a_folder_without_a_tokenizer_is_refused_and_not_completed_from_the_net(
    folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "tokenizer.json").unlink()
    with pytest.raises(SetupProblem, match=r"has no tokenizer\.json"):
        resolve_model("./copy", tmp_path)


@pytest.mark.parametrize(
    ("hardware", "name"),
    [
        (Hardware(cores=2, memory_gb=16, gpus=1), "large-v3-turbo"),
        (Hardware(cores=8, memory_gb=16, gpus=0), "large-v3-turbo"),
        (Hardware(cores=8, memory_gb=4, gpus=0), "small"),
        (Hardware(cores=2, memory_gb=24, gpus=0), "small"),
        (Hardware(cores=1, memory_gb=1, gpus=0), "base"),
    ],
)
def test_auto_takes_what_the_machine_can_carry(hardware: Hardware, name: str) -> None:
    assert pick_for(hardware)[0] == name


def test_auto_says_what_it_chose_and_why(tmp_path: Path) -> None:
    model = resolve_model("auto", tmp_path)
    assert model.name in NAMED_MODELS
    assert f"picked {model.name} for" in model.why
    assert f"{usable_cores()} CPU cores" in model.why


def test_a_container_s_limits_count(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("100000 100000\n")
    (tmp_path / "memory.max").write_text("2000000000\n")
    assert usable_cores(tmp_path) == 1
    assert usable_memory_gb(tmp_path) == 2.0


def test_a_named_model_is_downloaded_once_and_then_needs_no_network(
    hub: Hub, tmp_path: Path, folder: Path
) -> None:
    told: list[float] = []
    found = obtain_model(resolve_model("studio/tiny", tmp_path), told.append)
    assert (found / "model.bin").read_bytes() == (folder / "model.bin").read_bytes()
    assert told == sorted(told)
    assert told[-1] == 1.0
    hub.close()
    assert resolve_model("studio/tiny", tmp_path).folder == found
    ready, sentence = check_model("studio/tiny", tmp_path)
    assert ready
    assert str(found) in sentence
    assert load(found).multilingual


def test_a_download_goes_on_where_a_bad_network_broke_it_off(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 10_000)
    hub.break_after_bytes = 200_000
    found = obtain_model(resolve_model("studio/tiny", tmp_path), lambda _: None)
    assert 200_000 in hub.ranges_asked
    assert load(found)


def test_half_a_download_is_no_model(hub: Hub, tmp_path: Path) -> None:
    def goes_away(done: float) -> None:
        if done > 0.3:
            hub.close()

    with pytest.raises(TemporaryProblem, match="could not be downloaded"):
        obtain_model(resolve_model("studio/tiny", tmp_path), goes_away)
    assert resolve_model("studio/tiny", tmp_path).folder is None
    hub.open()
    assert load(obtain_model(resolve_model("studio/tiny", tmp_path), lambda _: None))


def test_without_a_network_the_episode_waits_and_a_person_knows_what_to_do(
    hub: Hub, tmp_path: Path
) -> None:
    hub.close()
    model = resolve_model("studio/tiny", tmp_path)
    begun = time.monotonic()
    with pytest.raises(TemporaryProblem) as raised:
        obtain_model(model, lambda _: None)
    assert time.monotonic() - begun < 20
    assert "“studio/tiny” is not on this machine yet" in raised.value.problem
    assert "transcription.model" in raised.value.remedy
    ready, sentence = check_model("studio/tiny", tmp_path)
    assert not ready
    assert "Connect to the internet once" in sentence


def test_a_repository_that_does_not_exist_is_a_setting_to_correct(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match="has no model studio/large"):
        obtain_model(resolve_model("studio/large", tmp_path), lambda _: None)


def test_a_repository_of_another_kind_is_refused_before_it_is_downloaded(
    hub: Hub, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "config.json").write_text("{}")
    hub.repositories["studio/other"] = tmp_path / "other"
    with pytest.raises(SetupProblem, match=r"is no faster-whisper model"):
        obtain_model(resolve_model("studio/other", tmp_path), lambda _: None)


def cut_short(folder: Path) -> None:
    file = folder / "model.bin"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def made_by_a_later_version(folder: Path) -> None:
    file = folder / "model.bin"
    file.write_bytes(b"\xff\x00\x00\x00" + file.read_bytes()[4:])


def broken(name: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / name).write_text("{", encoding="utf-8")

    return spoil


def without_vocabulary(folder: Path) -> None:
    (folder / "vocabulary.json").unlink()


def not_a_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut_short, "its file model.bin is cut short"),
        (made_by_a_later_version, "newer CTranslate2"),
        (broken("config.json"), "config.json of the model in .* is damaged"),
        (broken("tokenizer.json"), "tokenizer.json of the model in .* is damaged"),
        (not_a_tokenizer, "do not belong together"),
        (without_vocabulary, "its vocabulary is missing"),
    ],
)
def test_a_damaged_model_is_refused_in_words(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    spoil(copy)
    with pytest.raises(SetupProblem, match=said) as raised:
        load(copy)
    assert str(copy) in raised.value.problem
    assert raised.value.remedy


def test_a_type_that_the_processor_cannot_compute_is_refused(folder: Path) -> None:
    with pytest.raises(SetupProblem, match=r"bfloat17.*cannot be computed"):
        load(folder, compute_type="bfloat17")


def test_a_gpu_that_is_not_there_is_not_replaced_by_the_processor(folder: Path) -> None:
    import ctranslate2

    if ctranslate2.get_cuda_device_count():
        assert load(folder, "cuda").device == "cuda"
        return
    with pytest.raises(SetupProblem, match="finds no GPU"):
        load(folder, "cuda")


def test_a_model_is_loaded_once_and_again_when_its_file_changes(
    folder: Path, tmp_path: Path
) -> None:
    first = load(folder)
    assert load(folder) is first
    other = random_whisper(tmp_path / "other", seed=4)
    assert load(other) is not first


def test_a_hint_that_would_be_cut_off_is_refused(folder: Path) -> None:
    load(folder).refuse_long_hint("Diskominfo, Kutai Kartanegara")
    with pytest.raises(SetupProblem, match="the model can be given 223"):
        load(folder).refuse_long_hint("Kutai Kartanegara, " * 30)


def test_a_language_that_the_model_does_not_know_is_refused(folder: Path, tmp_path: Path) -> None:
    engine = load(folder)
    assert engine.code_of("id-ID") == "id"
    with pytest.raises(SetupProblem, match="“bjn”; it knows en, id"):
        engine.code_of("bjn")
    english = load(random_whisper(tmp_path / "english", languages=()))
    with pytest.raises(SetupProblem, match="“id”; it knows en"):
        english.code_of("id")

"""`etam models` as people and programs meet it, with a hub on this machine."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.faces.cli import app
from pipeline.faces.errors import exit_code
from pipeline.tools.whisper import hub as hub_module
from pipeline.tools.whisper.hub import HubFile, Listing
from pipeline.tools.whisper.needs import refuse_without_room
from pipeline.words.errors import PipelineError, SetupProblem
from tests.shows import SHOW_TOML, make_show
from tests.tools.hub import Hub, serve_hub
from tests.tools.random_whisper import random_whisper

NAME = "studio/tiny"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_whisper(tmp_path_factory.mktemp("models") / "tiny")


@dataclass
class Desk:
    """Somebody at a terminal in `folder`, with an empty cache of models."""

    folder: Path
    hub: Hub

    @property
    def environment(self) -> dict[str, str]:
        cache = {
            "HF_HOME": str(self.folder / "hf"),
            "HF_HUB_CACHE": str(self.folder / "hf" / "hub"),
        }
        return {**os.environ, "COLUMNS": "100", "HF_ENDPOINT": self.hub.address, **cache}

    @property
    def cached(self) -> Path:
        return self.folder / "hf" / "hub" / "models--studio--tiny"

    @property
    def blob(self) -> Path:
        return next(self.cached.glob("snapshots/*/model.bin")).resolve()

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "pipeline", "models", *arguments],
            cwd=self.folder,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    def etam(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """The exit code and all that is said; in a process of its own with an environment."""
        if environment:
            process = self.start(*arguments, **environment)
            out, err = process.communicate(timeout=60)
            return process.returncode, out + err
        done = CliRunner().invoke(app, ["-C", str(self.folder), "models", *arguments])
        if isinstance(done.exception, PipelineError):
            return exit_code([done.exception]), done.output + str(done.exception)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output


@pytest.fixture
def desk(tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with serve_hub({NAME: model}) as served:
        desk = Desk(tmp_path, served)
        constants = {
            "ENDPOINT": served.address,
            "HUGGINGFACE_CO_URL_TEMPLATE": (
                served.address + "/{repo_id}/resolve/{revision}/{filename}"
            ),
            "HF_HUB_CACHE": desk.environment["HF_HUB_CACHE"],
        }
        for name, value in constants.items():
            monkeypatch.setattr(f"huggingface_hub.constants.{name}", value)
        yield desk


def test_a_download_says_its_needs_first_and_ends_with_checked_files(
    desk: Desk, model: Path
) -> None:
    code, said = desk.etam("download", NAME)
    assert code == 0, said
    assert "To download: " in said
    assert "free on the disk" in said
    assert "GB of memory" in said
    assert desk.blob.read_bytes() == (model / "model.bin").read_bytes()
    assert desk.etam("verify")[1] == "studio/tiny: every file is what it should be.\n"


def test_a_download_that_is_killed_goes_on_where_it_was(desk: Desk, model: Path) -> None:
    large = shutil.copytree(model, desk.folder / "large")
    content = random.Random(7).randbytes(24_000_000)
    (large / "model.bin").write_bytes(content)
    desk.hub.repositories["studio/large"] = large
    desk.hub.stall_after_bytes = 15_000_000
    process = desk.start("download", "studio/large")
    cached = desk.cached.with_name("models--studio--large")
    assert desk.hub.stalled.wait(30)
    while not any(blob.stat().st_size > 10_000_000 for blob in cached.glob("blobs/*")):
        assert process.poll() is None
        time.sleep(0.05)
    process.kill()
    process.communicate()
    desk.hub.stall_after_bytes = None
    code, said = desk.etam("download", "studio/large")
    assert code == 0, said
    assert max(desk.hub.ranges_asked) >= 10_000_000  # the library writes pieces of 10 MiB
    assert next(cached.glob("snapshots/*/model.bin")).read_bytes() == content
    assert not list(cached.rglob("*.incomplete"))


def test_only_the_damaged_file_is_named_and_fetched_again(desk: Desk, model: Path) -> None:
    desk.etam("download", NAME)
    content = bytearray(desk.blob.read_bytes())
    content[1000] ^= 1
    desk.blob.write_bytes(content)
    desk.hub.close()
    code, said = desk.etam("verify", NAME)
    assert code == 4
    assert (
        said == "studio/tiny: model.bin is damaged. `etam models download studio/tiny` fetches "
        "it again.\n"
    )
    desk.hub.open()
    desk.hub.sent.clear()
    assert desk.etam("download", NAME)[0] == 0
    assert desk.hub.sent == ["model.bin"]
    assert desk.blob.read_bytes() == (model / "model.bin").read_bytes()


def test_what_arrives_damaged_is_never_taken_for_the_model(desk: Desk) -> None:
    desk.hub.spoil = 99
    code, said = desk.etam("download", NAME)
    assert code == 75
    assert "arrived damaged" in said
    assert "Traceback" not in said
    assert not list(desk.cached.glob("snapshots/*/*"))
    desk.hub.spoil = 0
    assert desk.etam("download", NAME)[0] == 0


def test_a_first_half_that_is_bad_costs_a_second_download_and_no_failure(desk: Desk) -> None:
    desk.etam("download", NAME)
    blob = desk.blob
    part = blob.with_name(blob.name + hub_module.PART_SUFFIX)
    part.write_bytes(bytes(1000))
    blob.unlink()
    code, said = desk.etam("download", NAME)
    assert code == 0, said
    assert desk.etam("verify", NAME)[0] == 0


def test_removing_takes_what_was_downloaded_and_asks_first(desk: Desk) -> None:
    desk.etam("download", NAME)
    beside = desk.cached.with_name("models--studio--other")
    shutil.copytree(desk.cached, beside, symlinks=True)
    assert desk.etam("remove", NAME)[0] != 0  # nobody answered
    assert desk.cached.is_dir()
    code, said = desk.etam("remove", NAME, "--yes")
    assert code == 0, said
    assert not desk.cached.exists()
    assert beside.is_dir()
    assert desk.etam("remove", NAME, "--yes")[0] == 4


def test_half_a_download_is_seen_and_can_be_removed(desk: Desk) -> None:
    desk.hub.break_after_bytes = 1000
    desk.cached.joinpath("blobs").mkdir(parents=True)
    (desk.cached / "blobs" / f"abc{hub_module.PART_SUFFIX}").write_bytes(bytes(5000))
    code, said = desk.etam("remove", NAME, "--yes")
    assert code == 0, said
    assert not desk.cached.exists()


@pytest.mark.parametrize("command", ["download", "verify", "remove"])
def test_a_folder_of_your_own_is_never_touched(desk: Desk, model: Path, command: str) -> None:
    mine = shutil.copytree(model, desk.folder / "mine")
    code, said = desk.etam(command, "./mine")
    assert code == 4
    assert "which is yours" in said
    assert (mine / "model.bin").is_file()
    assert desk.etam(command, "demo")[0] == 4


def test_the_list_says_what_is_here_what_the_show_uses_and_what_auto_takes(desk: Desk) -> None:
    desk.etam("download", NAME)
    make_show(desk.folder / "show", SHOW_TOML + f'[transcription]\nmodel = "{NAME}"\n')
    code, said = desk.etam("--json")
    assert code == 0, said
    outside = json.loads(said)
    assert list(outside["why"]) == ["auto"]
    desk.folder = desk.folder / "show"
    inside = json.loads(desk.etam("--json", HF_HUB_CACHE=str(desk.folder.parent / "hf/hub"))[1])
    rows = {row["name"]: row for row in inside["models"]}
    assert rows[NAME]["here"] is True
    assert rows[NAME]["used_by"] == ["this show"]
    assert "picked" in inside["why"]["auto"]
    assert NAME in inside["why"]["this show"]
    (desk.folder / "feed" / "show.toml").write_text("x =")
    assert "is not valid TOML" in desk.etam()[1]  # and the list is shown nevertheless
    assert rows["small"]["memory_gb"]["int8"] < rows["small"]["memory_gb"]["float32"]
    assert sum("auto" in row["used_by"] for row in rows.values()) == 1


def test_the_table_fits_a_terminal_and_names_every_model_whole(desk: Desk) -> None:
    code, said = desk.etam(COLUMNS="80")
    assert code == 0, said
    for name in ("distil-large-v3.5", "large-v3-turbo", "demo"):
        assert name in said
    assert "auto: “auto” picked" in said


def test_a_system_without_links_keeps_one_copy_and_can_verify_it(desk: Desk) -> None:
    code, said = desk.etam("download", NAME, HF_HUB_DISABLE_SYMLINKS="1")
    assert code == 0, said
    assert len(list(desk.cached.rglob("*.bin"))) == 1
    assert not [blob for blob in desk.cached.glob("blobs/*") if blob.stat().st_size > 100_000]
    assert desk.etam("verify", NAME)[0] == 0
    file = desk.blob
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert desk.etam("verify", NAME)[0] == 4
    desk.etam("download", NAME, HF_HUB_DISABLE_SYMLINKS="1")
    assert desk.etam("verify", NAME)[0] == 0


def test_a_machine_that_may_not_go_out_is_told_so(desk: Desk) -> None:
    code, said = desk.etam("download", NAME, HF_HUB_OFFLINE="1")
    assert code == 4
    assert "HF_HUB_OFFLINE forbids" in said
    desk.etam("download", NAME)
    assert desk.etam("verify", NAME, HF_HUB_OFFLINE="1")[0] == 0


def test_a_model_that_the_disk_cannot_hold_is_refused_before_a_byte_is_fetched() -> None:
    listing = Listing("studio/huge", "c" * 40, (HubFile("model.bin", 10**18, "d" * 64),))
    with pytest.raises(SetupProblem, match=r"studio/huge needs .* GB more on the disk"):
        refuse_without_room(listing)

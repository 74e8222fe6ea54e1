"""Which Whisper model a setting means, and whether it is at hand. Nothing here downloads.

A model is a folder in CTranslate2's format. The setting `transcription.model` names one of four
things: `demo` (ships with this package), a folder, a name that the Hugging Face Hub knows, or
`auto`, which picks a name by the hardware.
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.tools.whisper import engine, fetching, hub
from pipeline.tools.whisper.catalogue import NAMED_MODELS
from pipeline.tools.whisper.hardware import Hardware, usable_cores, usable_memory_gb
from pipeline.tools.whisper.needs import refuse_without_room, working_memory_gb
from pipeline.words.errors import SetupProblem

# `auto` takes the first row that the machine satisfies: cores, memory in GB, model, why.
_BY_PROCESSOR: tuple[tuple[int, float, str, str], ...] = (
    (4, 6.0, "large-v3-turbo", "the most accurate one for Indonesian that keeps pace on 4 cores"),
    (2, 3.0, "small", "the most accurate one that keeps pace on 2 cores"),
    (1, 0.0, "base", "what so small a machine can carry"),
)

MODEL_FILES = ("model.bin", "config.json", "tokenizer.json")
"""Without these a folder is no model. `tokenizer.json` would otherwise be fetched from the net."""

OPTIONAL_FILES = ("preprocessor_config.json", "vocabulary.json", "vocabulary.txt")

_NAME_ON_THE_HUB = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True, slots=True)
class ResolvedModel:
    """A model that a setting means.

    `folder` is None while it has to be downloaded from `repository`; `why` is a sentence.
    """

    name: str
    folder: Path | None
    why: str
    repository: str = ""
    megabytes: int = 0


def resolve_model(setting: str, root: Path, device: str = "auto") -> ResolvedModel:
    """The model that `setting` means, looked for on this machine only.

    A relative folder is one of the workspace `root`. Raises SetupProblem when no model can be
    meant, or when a folder lacks a file. Never takes another model than the one that is asked for.
    """
    if setting == "auto":
        return _picked_by_hardware(device)
    if setting == "demo":
        return ResolvedModel("demo", checked_folder(demo_folder(), "demo"), "It ships with etam.")
    if setting in NAMED_MODELS:
        return _named(setting, "The show's settings name it.")
    folder = named_folder(setting, root)
    if folder is not None:
        return ResolvedModel(
            setting, checked_folder(folder, setting), "The show's settings name this folder."
        )
    if _NAME_ON_THE_HUB.fullmatch(setting):
        why = "The show's settings name this repository."
        return ResolvedModel(setting, hub.cached_folder(setting), why, setting)
    raise _unknown(setting)


def obtain_model(model: ResolvedModel, report: Callable[[float], None]) -> Path:
    """The model's folder, downloaded first where it has to be; `report` is told 0..1.

    Raises TemporaryProblem when the network is down, SetupProblem when there is no such model or
    no room for it on the disk.
    """
    if model.folder is not None:
        return model.folder
    return fetch_model(model, look_up_model(model), report)


def look_up_model(model: ResolvedModel) -> hub.Listing:
    """What the hub has of a model that can be downloaded. Raises as `obtain_model` does."""
    listing = hub.look_up(model.repository, model.name, how_to_get(model))
    refuse_without_room(listing)
    return listing


def fetch_model(
    model: ResolvedModel, listing: hub.Listing, report: Callable[[float], None]
) -> Path:
    """Download what is missing or damaged of a model and return its folder."""
    return fetching.fetch(listing, model.name, how_to_get(model), report)


def files_to_watch(setting: str, root: Path) -> tuple[Path, ...]:
    """The files whose change means another model: those of a folder or of `demo`, else none."""
    if setting == "demo":
        folder: Path | None = demo_folder()
    else:
        is_name = setting == "auto" or setting in NAMED_MODELS
        folder = None if is_name else named_folder(setting, root)
    return tuple(folder / n for n in MODEL_FILES + OPTIONAL_FILES) if folder else ()


def check_model(
    setting: str, root: Path, device: str = "auto", compute_type: str = "default"
) -> tuple[bool, str]:
    """Whether transcription could start now, and a sentence about it.

    Loads the model to know, and downloads nothing.
    """
    try:
        model = resolve_model(setting, root, device)
        if model.folder is None:
            return False, f"{model.why} {not_here_yet(model)} {how_to_get(model)}"
        engine.load(model.folder, device, compute_type)
    except SetupProblem as problem:
        return False, str(problem)
    return True, f"The model “{model.name}” is ready in {model.folder}. {model.why}"


def not_here_yet(model: ResolvedModel) -> str:
    """That the model has to be downloaded, how much that is, and what memory it will take."""
    size = f" ({model.megabytes} MB)" if model.megabytes else ""
    known = NAMED_MODELS.get(model.name)
    memory = ""
    if known is not None:
        memory = f" It will need about {working_memory_gb(known.shape.weights, 'int8'):.1f} GB of "
        memory += "memory on a CPU."
    return f"The model “{model.name}”{size} is not on this machine yet.{memory}"


def how_to_get(model: ResolvedModel) -> str:
    """What a person can do to get it here, with or without a network."""
    return (
        f"Connect to the internet once and run again, or run `etam models download {model.name}` "
        f"there: it comes from {model.repository} and is kept. Or copy its folder "
        "from another machine and set transcription.model to that folder."
    )


def demo_folder() -> Path:
    """Where the demo model lies in the installed package."""
    return Path(str(importlib.resources.files("pipeline"))) / "demo" / "model"


def named_folder(setting: str, root: Path) -> Path | None:
    """The folder that a setting means, whether or not it exists; None when it means a name."""
    folder = root / Path(setting).expanduser()
    looks_like_one = setting.startswith((".", "~", "/")) or setting.count("/") > 1
    return folder if looks_like_one or "\\" in setting or folder.is_dir() else None


def checked_folder(folder: Path, name: str) -> Path:
    """`folder`, when it holds all that a model needs. Raises SetupProblem with what is missing."""
    if not folder.is_dir():
        raise SetupProblem(
            f"The model folder {folder} does not exist.",
            "Correct transcription.model in feed/show.toml, or copy the model there.",
        )
    missing = [n for n in MODEL_FILES if not (folder / n).is_file()]
    if missing:
        raise SetupProblem(
            f"The model folder {folder} (“{name}”) has no {_listed(missing)}.",
            "It must be a model in CTranslate2's format: copy the whole folder again, or convert "
            "the model with ct2-transformers-converter and --copy_files tokenizer.json "
            "preprocessor_config.json.",
        )
    return folder


def _picked_by_hardware(device: str) -> ResolvedModel:
    gpus = 0 if device == "cpu" else engine.count_gpus()
    hardware = Hardware(usable_cores(), usable_memory_gb(), gpus)
    name, reason = pick_for(hardware)
    return _named(name, f"“auto” picked {name} for {hardware}: {reason}.")


def pick_for(hardware: Hardware) -> tuple[str, str]:
    """The model that suits a machine, and why."""
    if hardware.gpus:
        return "large-v3-turbo", "the most accurate one for Indonesian, and quick on a GPU"
    for cores, memory_gb, name, reason in _BY_PROCESSOR:
        if hardware.cores >= cores and hardware.memory_gb >= memory_gb:
            return name, reason
    return _BY_PROCESSOR[-1][2:]


def _named(name: str, why: str) -> ResolvedModel:
    model = NAMED_MODELS[name]
    folder = hub.cached_folder(model.repository)
    return ResolvedModel(name, folder, why, model.repository, round(model.download_bytes / 1e6))


def _unknown(setting: str) -> SetupProblem:
    return SetupProblem(
        f"There is no Whisper model “{setting}”.",
        f"Set transcription.model to one of {', '.join(NAMED_MODELS)}; to a folder such as "
        "./models/mine; to a repository such as Systran/faster-whisper-small; or to demo or auto.",
    )


def _listed(names: list[str]) -> str:
    return " and no ".join(names)

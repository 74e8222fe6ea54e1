"""Who speaks, by a pyannote.audio pipeline that the user has installed: likely, and not certain.

`pip install pyannote.audio` and a pipeline's folder or name are the user's choice: its models have
terms of use that only a person can accept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from pipeline.ground.files import read_json, write_json
from pipeline.tools.audio.flac import SPEECH_RATE_HZ
from pipeline.tools.audio.samples import Samples
from pipeline.tools.speakers.activity import Turn
from pipeline.words.errors import SetupProblem


class Annotation(Protocol):
    """What we use of `pyannote.core.Annotation`."""

    def itertracks(self, yield_label: bool) -> Iterable[tuple[Any, Any, Any]]: ...


def diarized(blocks: Iterable[Samples], model: str, root: Path) -> tuple[Turn, ...]:
    """The turns that the pipeline `model`, a name or a folder (relative to `root`), hears.

    All samples (16 kHz mono, shape (n,)) are in memory meanwhile: 230 MB an hour. Raises
    SetupProblem when pyannote.audio or the pipeline cannot be had.
    """
    pipeline = _loaded(model, root)
    import torch

    samples = np.concatenate([np.zeros(0, np.float32), *blocks])
    sound = {"waveform": torch.from_numpy(samples)[None], "sample_rate": SPEECH_RATE_HZ}
    found = pipeline(sound)
    return turns_in(getattr(found, "speaker_diarization", found))


def remembered(
    folder: Path, conditions: Sequence[str], make: Callable[[], tuple[Turn, ...]]
) -> tuple[Turn, ...]:
    """What `make` gave under the same conditions, or gives now; `folder` may go at any time."""
    digest = hashlib.sha256(json.dumps(conditions).encode()).hexdigest()
    path = folder / f"{digest}.json"
    if path.is_file():
        return tuple(Turn(*turn) for turn in read_json(path))
    turns = make()
    folder.mkdir(parents=True, exist_ok=True)
    write_json(path, [astuple(turn) for turn in turns])
    return turns


def turns_in(annotation: Annotation) -> tuple[Turn, ...]:
    """The turns of an annotation; its labels become numbers, in alphabetical order."""
    tracks = [(each.start, each.end, str(label))
              for each, _, label in annotation.itertracks(yield_label=True)]  # fmt: skip
    labels = sorted({label for _, _, label in tracks})
    return tuple(Turn(start, end, labels.index(label)) for start, end, label in tracks)


def _loaded(model: str, root: Path) -> Any:
    # The library reports each use to its makers unless it is told not to before it is imported.
    os.environ.setdefault("PYANNOTE_METRICS_ENABLED", "false")
    try:
        library = import_module("pyannote.audio")
    except (ImportError, OSError) as error:  # OSError: its libraries do not fit this machine
        raise SetupProblem(
            "transcription.speakers is “pyannote”, but pyannote.audio is not installed, or not "
            "whole.",
            "Install it beside etam with `pip install pyannote.audio`, or set "
            'transcription.speakers = "auto".',
            str(error),
        ) from error
    folder = root / Path(model).expanduser()
    try:
        pipeline = library.Pipeline.from_pretrained(folder if folder.exists() else model)
    except Exception as error:
        raise _cannot_be_had(model, str(error)) from error
    if pipeline is None:
        raise _cannot_be_had(model, "")
    _must_work_here(pipeline, model)
    return pipeline


def _must_work_here(pipeline: object, model: str) -> None:
    """Some pipelines of the same library send the recording to a service of its makers."""
    if "pyannoteai.sdk" in type(pipeline).__module__:
        raise SetupProblem(
            f"The pipeline “{model}” sends recordings to a service; etam keeps them on this "
            "machine.",
            "Name another one under transcription.speakers_model in feed/show.toml, such as "
            "pyannote/speaker-diarization-community-1.",
        )


def _cannot_be_had(model: str, detail: str) -> SetupProblem:
    return SetupProblem(
        f"The pyannote pipeline “{model}” cannot be loaded.",
        "Accept its terms on huggingface.co and set HF_TOKEN, or name a folder that holds its "
        "config.yaml under transcription.speakers_model in feed/show.toml.",
        detail,
    )

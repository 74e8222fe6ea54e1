"""What a worker does: it hears one window with the model that the job names."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from pathlib import Path

import dask

from pipeline.ground.files import Digests
from pipeline.tools.whisper import engine
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.models import (
    checked_folder,
    named_folder,
    obtain_model,
    resolve_model,
)
from pipeline.tools.whisper.work_unit import ModelKey, WindowJob, hear_job, model_key
from pipeline.words.errors import PipelineError, SetupProblem, TemporaryProblem

LOG = logging.getLogger("etam")
"""What a worker tells its operator."""

_number = itertools.count(1)
_loading = threading.Lock()
_found: dict[ModelKey, Path] = {}


def hear_here(job: WindowJob) -> HeardWindow | PipelineError:
    """What is said in a window, heard on this machine.

    A problem that another worker would have too comes back as a value; a TemporaryProblem is
    raised, so that the window is tried again, perhaps elsewhere.
    """
    try:
        loaded = engine.load(_folder_of(job.model), "auto", job.compute_type, _places())
        began = time.monotonic()
        heard = hear_job(job, loaded)
    except TemporaryProblem as problem:
        LOG.warning("%s %s", problem, problem.detail)
        raise
    except PipelineError as problem:
        LOG.error("%s %s", problem, problem.detail)
        return problem
    seconds = time.monotonic() - began
    LOG.info("window %d: %.0f s of sound in %.1f s", next(_number), job.window.end, seconds)
    return heard


def _places() -> int:
    """How many windows this worker hears at once."""
    return int(dask.config.get("etam.windows_at_once"))


def _folder_of(model: ModelKey) -> Path:
    """Where this machine has exactly that model; downloaded first where the hub has it."""
    with _loading:
        if model not in _found:
            _found[model] = _find(model)
            LOG.info("model “%s” is in %s", model.name, _found[model])
        return _found[model]


def _find(model: ModelKey) -> Path:
    digests = Digests(Path(dask.config.get("etam.folder")) / "digests.json")
    for folder in _candidates(model):
        same = model_key(model.name, folder, digests).digest == model.digest
        digests.save()
        if same:
            return folder
    raise SetupProblem(
        f"A worker has another model “{model.name}” than the show that asks for it.",
        "Copy the show's model to that worker and start it with `etam worker --model FOLDER`, or "
        "delete the worker's copy so that it is downloaded anew.",
    )


def _candidates(model: ModelKey) -> list[Path]:
    """Folders that may hold the model: those the operator named first, then what its name means."""
    named = [checked_folder(Path(each), each) for each in dask.config.get("etam.models")]
    if model.name == "demo" or named_folder(model.name, Path("/nowhere")) is None:
        return [*named, obtain_model(resolve_model(model.name, Path("/nowhere")), _untold)]
    if named:
        return named
    raise SetupProblem(
        f"A worker does not know the model in the folder {model.name}.",
        "Copy that folder to the worker and start it with `etam worker --model FOLDER`.",
    )


def _untold(_share: float) -> None:
    """Nobody watches a worker's download."""

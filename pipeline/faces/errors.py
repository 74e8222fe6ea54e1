"""Turns an error into what a person reads and a program gets: a sentence and an exit code."""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from pipeline.ground.files import disk_problem
from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem, TemporaryProblem

_BUG = PipelineError.exit_code
_BY_WEIGHT = (
    _BUG,
    SetupProblem.exit_code,
    EpisodeProblem.exit_code,
    TemporaryProblem.exit_code,
)
INTERRUPTED = 130


def sentences(error: Exception, log: Path) -> tuple[str, str]:
    """The problem and the remedy. A bug's traceback goes to `log` under a short reference."""
    known = _known(error)
    if known is not None:
        return known.problem, known.remedy
    reference = secrets.token_hex(4)
    problem = f"Something went wrong that the pipeline did not expect (reference {reference})."
    try:
        _log(error, reference, log)
    except OSError as reason:
        return problem, f"It could not be logged in {log} ({reason}); report {error!r}."
    return problem, f"Nothing was lost. Report it with the lines under that reference in {log}."


def _log(error: Exception, reference: str, log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"--- {reference} {datetime.now(UTC).isoformat(timespec='seconds')}\n")
        file.write("".join(traceback.format_exception(error)))


def exit_code(errors: Iterable[Exception]) -> int:
    """The code of the heaviest error; 0 for none."""
    codes = {known.exit_code if (known := _known(error)) else _BUG for error in errors}
    return next((code for code in _BY_WEIGHT if code in codes), 0)


def _known(error: Exception) -> PipelineError | None:
    """The error in our words; None for a bug.

    A missing right and a disk that takes nothing can show in any line of code.
    """
    if isinstance(error, PipelineError):
        return error
    if isinstance(error, PermissionError) and error.filename is not None:
        return SetupProblem(
            f"{error.filename} may not be read or written by the user who runs etam.",
            "Give that user the right to it and to its folder, and run again.",
            str(error),
        )
    if isinstance(error, OSError):
        return disk_problem(error, str(error.filename or "A file"))
    return None

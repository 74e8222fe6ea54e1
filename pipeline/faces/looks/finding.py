"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.words.errors import PipelineError


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and how it is; `odd` is no fault, but worth knowing."""

    about: str
    ok: bool
    sentence: str
    odd: bool = False


def bad(about: str, error: PipelineError) -> Finding:
    """A look that ended in an error."""
    return Finding(about, False, f"{error.problem} {error.remedy}")


def odd(about: str, sentence: str) -> Finding:
    """Something that works and is worth knowing."""
    return Finding(about, True, sentence, odd=True)

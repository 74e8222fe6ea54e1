"""How one thing about a bucket stands, for people and programs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How one thing about a bucket stands: UNKNOWN to the server, HIDDEN from this user."""

    FINE = "fine"
    DIFFERS = "differs"
    CHANGED = "changed"
    ADVICE = "advice"
    UNKNOWN = "unknown"
    HIDDEN = "hidden"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing about a bucket: how it stands, what is there now and what should be."""

    about: str
    state: State
    sentence: str
    now: Any = None
    wanted: Any = None

"""What the lints of an article may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.words.grounding.lists import Lists


@dataclass(frozen=True, slots=True)
class Desk:
    """What the lints may know: lists of the language, names that are right, the episode's date."""

    lists: Lists
    known: frozenset[str]
    said: frozenset[str]
    published: date
    is_draft: bool

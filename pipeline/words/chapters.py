"""Chapters: titled start times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Chapter:
    """A titled start, in seconds from the start of the enclosure."""

    start: float
    title: str


@dataclass(frozen=True, slots=True)
class GivenChapter:
    """A chapter that people set: `[[chapters]]` in `episode.toml`."""

    start_seconds: float
    title: str

    @property
    def chapter(self) -> Chapter:
        return Chapter(self.start_seconds, self.title)


def chapters_to_json(chapters: tuple[Chapter, ...]) -> dict[str, Any]:
    """Podcasting 2.0 chapters, version 1.2.0 (podcast namespace, `chapters/jsonChapters.md`)."""
    return {
        "version": "1.2.0",
        "chapters": [{"startTime": round(c.start, 3), "title": c.title} for c in chapters],
    }


def chapters_from_json(content: dict[str, Any]) -> tuple[Chapter, ...]:
    """The chapters that `chapters_to_json` wrote."""
    return tuple(Chapter(float(c["startTime"]), str(c["title"])) for c in content["chapters"])

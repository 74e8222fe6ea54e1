"""What a publication would change, as a plan that can be shown before it is carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from pipeline.stages.publish.records import ShowRecord
from pipeline.tools.bucket import Content, Stored
from pipeline.words.errors import EpisodeProblem
from pipeline.words.feed import FeedItem

Make = Callable[[], Content]
"""Gives the content of a file when it is needed, and no earlier."""


class Group(StrEnum):
    """What is uploaded together; each group waits until the one before is whole."""

    MEDIA = "media"
    TEXTS = "transcripts and chapters"
    PAGES = "pages"
    ARCHIVE = "feed archive"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Change:
    """One file to upload, and why. `size` is in bytes."""

    key: str
    reason: str
    size: int
    group: Group
    sha256: str


@dataclass(frozen=True, slots=True)
class Work:
    """What carrying out a plan needs beyond its words.

    `makers` give the content of each change when it is its turn. `show` and `items` are the
    records that change. `basis` tells the records that the plan was made from.
    """

    makers: Mapping[str, Make]
    stored: Mapping[str, Stored]
    show: ShowRecord | None
    items: tuple[FeedItem, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication would change, in the order in which it is done.

    `left_out` holds a sentence for each episode that stays out, or stays as it was; `problems`
    are those of them that somebody must solve before the episode can be published. `warnings` are
    what the gate found odd about what does go out.
    """

    changes: tuple[Change, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[EpisodeProblem, ...] = ()
    work: Work | None = None
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The plan as a program reads it."""
        return {
            "changes": [asdict(change) for change in self.changes],
            "left_out": dict(self.left_out),
            "warnings": list(self.warnings),
            "problems": [[problem.problem, problem.remedy] for problem in self.problems],
        }

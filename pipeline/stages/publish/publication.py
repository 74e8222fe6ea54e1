"""What a publication would change, as a plan that can be shown before it is carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from pipeline.stages.publish.catalogue import Catalogue
from pipeline.stages.publish.records import Intentions
from pipeline.tools.bucket import Content, Stored
from pipeline.words.errors import EpisodeProblem

Make = Callable[[], Content]
"""Gives the content of a file when it is needed, and no earlier."""


class Group(StrEnum):
    """What is uploaded together; each group waits until the one before is whole.

    The feed makes a publication public. What must not be gone before the feed has lost it, the
    pages of withdrawn episodes, comes after it.
    """

    MEDIA = "media"
    TEXTS = "transcripts and chapters"
    PAGES = "pages"
    ARCHIVE = "feed archive"
    RECORDS = "records"
    FEED = "feed"
    NOTICES = "notices"


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

    `makers` give the content of each change when it is its turn, and `stored` is what the plan saw
    under its key. `catalogue` is what is public afterwards; `bodies` are the records of it by GUID
    that this machine lacks, `intentions` what it keeps in mind then. `basis` tells what this
    machine knew when the plan was made; `again` makes the plan again.
    """

    makers: Mapping[str, Make]
    stored: Mapping[str, Stored]
    catalogue: Catalogue
    bodies: Mapping[str, bytes]
    intentions: Intentions
    basis: str
    is_known: bool
    again: Callable[[], Publication]

    @property
    def is_news_here(self) -> bool:
        """Whether this machine has something to remember."""
        return bool(self.bodies) or not self.is_known


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication would change, in the order in which it is done.

    `left_out` holds a sentence for each episode that stays out, or stays as it was, by slug, and
    one without a slug of many that others publish; `problems` are those of them that somebody must
    solve before the episode can be published. `warnings` are what the gate found odd about what
    does go out, `news` what others published meanwhile.
    """

    changes: tuple[Change, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[EpisodeProblem, ...] = ()
    work: Work | None = None
    warnings: tuple[str, ...] = ()
    news: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The plan as a program reads it."""
        return {
            "changes": [asdict(change) for change in self.changes],
            "left_out": dict(self.left_out),
            "warnings": list(self.warnings),
            "news": list(self.news),
            "problems": [[problem.problem, problem.remedy] for problem in self.problems],
        }

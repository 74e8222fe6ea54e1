"""What was chosen to be public, before it is compared with the bucket."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.stages.publish.publication import Make
from pipeline.stages.publish.records import Intentions
from pipeline.words.errors import EpisodeProblem
from pipeline.words.feed import FeedItem


@dataclass
class Choice:
    """`items` are to be in the feed, `withdrawn` to have notices in their place, by GUID.

    `before` are the items as they are public, with what people here took or gave back. `makers`
    give the content of public files by key; a file without one must be there already. `left_out`,
    `problems` and `warnings` are those of a `Publication`. `intentions` are what people here have
    decided that is not public after this either.
    """

    before: dict[str, FeedItem]
    intentions: Intentions
    items: dict[str, FeedItem] = field(default_factory=dict)
    withdrawn: dict[str, FeedItem] = field(default_factory=dict)
    makers: dict[str, Make] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    problems: list[EpisodeProblem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Without a decision everything stays as it is."""
        for guid, item in self.before.items():
            (self.withdrawn if item.withdrawn else self.items)[guid] = item

    def note_problem(self, slug: str, error: EpisodeProblem) -> None:
        """Say of an episode that somebody must act before it can be published."""
        self.left_out[slug] = f"“{slug}” is left out: {error.problem} {error.remedy}"
        self.problems.append(error)

    def leave_out(self, guid: str, slug: str, error: EpisodeProblem) -> None:
        """Let the feed say of an episode what it said before, for somebody must act."""
        self.note_problem(slug, error)
        self.items.pop(guid, None)
        if (earlier := self.before.get(guid)) is not None:
            (self.withdrawn if earlier.withdrawn else self.items)[guid] = earlier

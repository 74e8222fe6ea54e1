"""How an episode stands with the public: what it consists of, who signed it, what is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.faces.web.audit import latest
from pipeline.ground.audit_file import Entry
from pipeline.ground.workspace import Workspace
from pipeline.running.show import why_unfinished
from pipeline.running.standing import count_doubts
from pipeline.stages.publish import (
    Approval,
    ApprovalState,
    approval_state,
    changed_since,
    content_mark,
    public_content,
    read_approval,
)
from pipeline.stages.publish.records import is_withdrawn, read_item
from pipeline.words.episode import Episode
from pipeline.words.web_text import ascii_url

_MOST_ENTRIES = 100

# The message ids of what an approval names, in the order in which people look at them.
PARTS = {
    "details": "Details",
    "enclosure.mp3": "Audio",
    "transcript.json": "Transcript",
    "transcript.vtt": "Captions (WebVTT)",
    "transcript.srt": "Captions (SRT)",
    "transcript.html": "Transcript as a page",
    "captions.json": "Transcript for apps",
    "chapters.json": "Chapters",
    "topics.json": "Topics",
    "article.md": "Article",
    "draft.json": "Excerpt of the draft, as show notes",
    "share.jpg": "Picture for sharing",
}
_COVERS = ("cover.jpg", "cover.jpeg", "cover.png")


@dataclass(frozen=True, slots=True)
class PartStanding:
    """One part of what goes public; `label` is a message id, `has_changed` since the approval."""

    name: str
    label: str
    has_changed: bool


@dataclass(frozen=True, slots=True)
class EpisodeStanding:
    """`mark` is what an approval of the present content signs; `unfinished` says what must run.

    `address` is where listeners find the episode while it is public.
    """

    state: ApprovalState
    approval: Approval | None
    parts: tuple[PartStanding, ...]
    mark: str
    unfinished: str
    doubts: int
    public: str
    published_at: datetime | None
    address: str
    trail: tuple[Entry, ...]

    @property
    def changed(self) -> tuple[PartStanding, ...]:
        return tuple(part for part in self.parts if part.has_changed)


def standing_of(workspace: Workspace, episode: Episode) -> EpisodeStanding:
    """Everything that the page about approval and publishing shows."""
    approval = read_approval(episode)
    content = public_content(workspace, episode)
    changed = changed_since(workspace, episode, approval) if approval else ()
    guid = episode.recording.guid
    item = read_item(workspace, guid)
    withdrawn = is_withdrawn(workspace, guid)
    public = "withdrawn" if withdrawn else "public" if item else ""
    unfinished = why_unfinished(workspace, [episode.slug]).get(episode.slug, "")
    workspace.digests.save()
    base_url = workspace.show.publish.base_url
    return EpisodeStanding(
        state=approval_state(workspace, episode),
        approval=approval,
        parts=tuple(_parts({*content, *changed}, changed)),
        mark=content_mark(content),
        unfinished=unfinished,
        doubts=count_doubts(episode),
        public=public,
        published_at=item.published_at if item else None,
        address=ascii_url(base_url + item.page.key) if item and not withdrawn else "",
        trail=tuple(latest(workspace, slug=episode.slug)[:_MOST_ENTRIES]),
    )


def _parts(names: set[str], changed: tuple[str, ...]) -> list[PartStanding]:
    order = [*PARTS, *sorted(names - PARTS.keys())]
    labels = {**PARTS, **dict.fromkeys(_COVERS, "Cover")}
    return [PartStanding(n, labels.get(n, n), n in changed) for n in order if n in names]

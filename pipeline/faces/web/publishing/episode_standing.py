"""How an episode stands with the public: what it consists of, who signed it, what is out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.faces.web.article.checkers import Checkers
from pipeline.faces.web.people.audit import latest
from pipeline.ground.article_versions import read_standing
from pipeline.ground.audit_file import Entry
from pipeline.ground.consent_file import read_consents
from pipeline.ground.transcript_file import transcript_file
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
    words_changed_since,
)
from pipeline.stages.publish.records import is_withdrawn, read_item
from pipeline.words.consent import Consent, withdrawn, without_consent
from pipeline.words.episode import Episode
from pipeline.words.grounding.checked import CheckedQuote, Finding
from pipeline.words.signed_content import PartChange
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

    `address` is where listeners find the episode while it is public. `open` is what the grounding
    check holds against its article, `taken_back` are consents that were withdrawn, `unasked` guests
    without one. `changes` show, by part, what can be read and is another than what was signed.
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
    open: tuple[CheckedQuote | Finding, ...] = ()
    taken_back: tuple[Consent, ...] = ()
    unasked: tuple[str, ...] = ()
    changes: Mapping[str, PartChange] = field(default_factory=dict)

    @property
    def changed(self) -> tuple[PartStanding, ...]:
        return tuple(part for part in self.parts if part.has_changed)


def standing_of(workspace: Workspace, episode: Episode, checkers: Checkers) -> EpisodeStanding:
    """Everything that the page about approval and publishing shows."""
    approval = read_approval(episode)
    content = public_content(workspace, episode)
    changed = changed_since(workspace, episode, approval) if approval else ()
    guid = episode.recording.guid
    item = read_item(workspace, guid)
    is_taken_back = is_withdrawn(workspace, guid)
    public = "withdrawn" if is_taken_back else "public" if item else ""
    unfinished = why_unfinished(workspace, [episode.slug]).get(episode.slug, "")
    workspace.digests.save()
    consents = read_consents(episode)
    guests = [guest.name for guest in episode.details.guests]
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
        address=ascii_url(base_url + item.page.key) if item and not is_taken_back else "",
        trail=tuple(latest(workspace, slug=episode.slug)[:_MOST_ENTRIES]),
        open=_open(workspace, episode, checkers),
        taken_back=withdrawn(consents),
        unasked=without_consent(guests, consents) if consents else (),
        changes={each.name: each for each in words_changed_since(episode)} if changed else {},
    )


def _open(
    workspace: Workspace, episode: Episode, checkers: Checkers
) -> tuple[CheckedQuote | Finding, ...]:
    """What an approval has to give a reason for."""
    text = read_standing(episode).text
    if not text or not transcript_file(episode).is_file():
        return ()
    return checkers.of(workspace, episode).check(text).open


def _parts(names: set[str], changed: tuple[str, ...]) -> list[PartStanding]:
    order = [*PARTS, *sorted(names - PARTS.keys())]
    labels = {**PARTS, **dict.fromkeys(_COVERS, "Cover")}
    return [PartStanding(n, labels.get(n, n), n in changed) for n in order if n in names]

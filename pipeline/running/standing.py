"""Where each episode stands, and for whom it waits, from the files alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from pipeline.ground.receipts import Outcome, read_receipt
from pipeline.ground.transcript_file import read_transcript, transcript_file
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Reason, Step, Verdict, plan_episode
from pipeline.running.road import ROAD
from pipeline.stages.publish import ApprovalState, approval_state
from pipeline.stages.publish.records import is_withdrawn, record_path
from pipeline.words.doubts.places import places_to_check
from pipeline.words.episode import Episode
from pipeline.words.schedule import in_zone


class Public(StrEnum):
    """What listeners have of an episode."""

    NO = "no"
    YES = "yes"
    WITHDRAWN = "withdrawn"
    ELSEWHERE = "elsewhere"


class WaitsFor(StrEnum):
    """Who acts next."""

    SOMEBODY = "somebody"
    MACHINE = "machine"
    WORK = "work"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    TIME = "time"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one episode stands.

    `stage` is the one that waits or is at work, if any; `problem` and `remedy` are of the failure
    that somebody must mend (`waits` is then SOMEBODY). `error` is what kept the episode from being
    read at all. `doubts` counts the places to listen to before the episode is approved; `due` is
    when it may go out, if somebody set a time.
    """

    slug: str
    title: str = ""
    day: date | None = None
    steps: tuple[Step, ...] = ()
    approval: ApprovalState | None = None
    public: Public = Public.NO
    doubts: int = 0
    due: datetime | None = None
    waits: WaitsFor = WaitsFor.SOMEBODY
    stage: str = ""
    problem: str = ""
    remedy: str = ""
    error: Exception | None = field(default=None, compare=False)


def standing_of(workspace: Workspace, slug: str, now: datetime | None = None) -> Standing:
    """Where the episode stands; one that cannot be read says so, whatever it is."""
    try:
        return _standing(workspace, workspace.episode(slug), now or datetime.now(UTC))
    except Exception as error:  # noqa: BLE001 - the other episodes are shown
        return Standing(slug, error=error)


def _standing(workspace: Workspace, episode: Episode, now: datetime) -> Standing:
    steps = tuple(plan_episode(workspace, episode, ROAD))
    approval = approval_state(workspace, episode)
    public = _public(workspace, episode)
    unsigned = public is not Public.YES and approval is not ApprovalState.GIVEN
    due = episode.details.publish_at
    zone = ZoneInfo(workspace.show.show.timezone)
    known = Standing(
        slug=episode.slug,
        title=episode.details.title,
        day=episode.details.date,
        steps=steps,
        approval=approval,
        public=public,
        doubts=count_doubts(episode) if unsigned else 0,
        due=in_zone(due, zone) if due else None,
    )
    return _waiting(episode, known, now)


def _waiting(episode: Episode, known: Standing, now: datetime) -> Standing:
    """The same, with who acts next."""
    for step in known.steps:
        if step.verdict is Verdict.BLOCKED:
            return replace(known, waits=WaitsFor.SOMEBODY, stage=step.stage)
        if step.reason is Reason.FAILED:
            return _failed(episode, known, step.stage)
        if step.verdict is Verdict.RUN:
            return replace(known, waits=WaitsFor.MACHINE, stage=step.stage)
        if step.verdict is Verdict.RUNNING:
            return replace(known, waits=WaitsFor.WORK, stage=step.stage)
    return replace(known, waits=_waits_when_made(known, now))


def _failed(episode: Episode, known: Standing, stage: str) -> Standing:
    receipt = read_receipt(episode.receipt(stage))
    if receipt is None or receipt.outcome is not Outcome.FAILED:
        return replace(known, waits=WaitsFor.MACHINE, stage=stage)
    return replace(
        known,
        waits=WaitsFor.SOMEBODY,
        stage=stage,
        problem=receipt.problem,
        remedy=receipt.remedy,
    )


def _waits_when_made(known: Standing, now: datetime) -> WaitsFor:
    if known.approval in (ApprovalState.MISSING, ApprovalState.STALE):
        return WaitsFor.EDITOR
    if known.public is Public.YES:
        return WaitsFor.NOBODY
    is_due = known.due is None or known.due <= now
    return WaitsFor.PUBLISHER if is_due else WaitsFor.TIME


def _public(workspace: Workspace, episode: Episode) -> Public:
    guid = episode.recording.guid
    if is_withdrawn(workspace, guid):
        return Public.WITHDRAWN
    if record_path(workspace, guid).is_file():
        return Public.YES
    return Public.ELSEWHERE if episode.recording.published_at else Public.NO


def count_doubts(episode: Episode) -> int:
    """How many places there are to listen to; none while there is no transcript."""
    if not transcript_file(episode).is_file():
        return 0
    return len(places_to_check(read_transcript(episode)))

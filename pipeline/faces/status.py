"""Where each episode stands, from the files alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.faces.doubts import count_doubts, count_in_words
from pipeline.faces.errors import sentences
from pipeline.ground.receipts import Outcome, read_receipt
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Reason, Step, Verdict, plan_episode
from pipeline.running.road import ROAD
from pipeline.stages.publish import ApprovalState, approval_state
from pipeline.stages.publish.records import is_withdrawn, record_path
from pipeline.words.episode import Episode
from pipeline.words.schedule import in_zone


@dataclass(frozen=True, slots=True)
class EpisodeStatus:
    """One episode's line. `stages` maps a stage to its verdict, `waits` is a sentence.

    `doubts` counts the places to listen to before the episode is approved.
    """

    slug: str
    title: str = ""
    stages: dict[str, str] = field(default_factory=dict)
    approval: str = ""
    published: str = ""
    waits: str = ""
    doubts: int = 0


def status_of_all(workspace: Workspace) -> list[EpisodeStatus]:
    """The status of each episode; one that cannot be read says so and hides no other."""
    rows = [_status_of(workspace, slug) for slug in workspace.slugs()]
    workspace.digests.save()
    return rows


def inbox_files(workspace: Workspace) -> list[str]:
    """What lies in the inbox, by name."""
    if not workspace.inbox.is_dir():
        return []
    names = (path.name for path in workspace.inbox.iterdir())
    return sorted(name for name in names if not name.startswith(".") and name != "README.md")


def _status_of(workspace: Workspace, slug: str) -> EpisodeStatus:
    try:
        episode = workspace.episode(slug)
        steps = plan_episode(workspace, episode, ROAD)
        approval = approval_state(workspace, episode)
        guid = episode.recording.guid
        withdrawn = is_withdrawn(workspace, guid)
        is_public = record_path(workspace, guid).is_file() and not withdrawn
        zone = ZoneInfo(workspace.show.show.timezone)
        doubts = 0 if is_public or approval is ApprovalState.GIVEN else count_doubts(episode)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other episodes are shown
        problem, remedy = sentences(error, workspace.cache / "etam.log")
        unknown = {stage.name: str(Verdict.BLOCKED) for stage in ROAD}
        return EpisodeStatus(slug, stages=unknown, waits=f"{problem} {remedy}")
    elsewhere = "elsewhere" if episode.recording.published_at else "no"
    return EpisodeStatus(
        slug=slug,
        title=episode.details.title,
        stages={step.stage: str(step.verdict) for step in steps},
        approval=str(approval),
        published="yes" if is_public else "withdrawn" if withdrawn else elsewhere,
        waits=_waits(episode, steps, approval, doubts, zone, is_public=is_public),
        doubts=doubts,
    )


def _waits(
    episode: Episode,
    steps: list[Step],
    approval: ApprovalState,
    doubts: int,
    zone: ZoneInfo,
    *,
    is_public: bool,
) -> str:
    for step in steps:
        if step.verdict is Verdict.BLOCKED:
            return f"an editor: {step.sentence}"
        if step.reason is Reason.FAILED:
            return _last_problem(episode, step.stage)
        if step.verdict is Verdict.RUN:
            return "etam run"
        if step.verdict is Verdict.RUNNING:
            return step.sentence + _where_to_read(episode)
    if approval in (ApprovalState.MISSING, ApprovalState.STALE):
        listen = f"{count_in_words(doubts)} (etam doubts {episode.slug}), then " if doubts else ""
        return f"an editor: {listen}etam approve {episode.slug}"
    if is_public:
        return ""
    return _its_time(episode, zone)


def _its_time(episode: Episode, zone: ZoneInfo) -> str:
    if episode.details.publish_at is None:
        return "etam publish"
    due = in_zone(episode.details.publish_at, zone)
    return (
        "etam publish"
        if due <= datetime.now(zone)
        else f"its time: {due.isoformat(' ', 'minutes')}"
    )


def _where_to_read(episode: Episode) -> str:
    if not episode.so_far.is_file():
        return ""
    return f"; what it heard so far: {episode.so_far.relative_to(episode.root)}"


def _last_problem(episode: Episode, stage: str) -> str:
    receipt = read_receipt(episode.receipt(stage))
    if receipt is None or receipt.outcome is not Outcome.FAILED:
        return "etam run"
    return f"{receipt.problem} {receipt.remedy}"

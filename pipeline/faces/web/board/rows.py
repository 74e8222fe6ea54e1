"""How an episode looks on the board: its road, what it waits for, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pipeline.faces.errors import sentences
from pipeline.faces.web.background.at_work import Doing
from pipeline.faces.web.newsroom import Newsroom
from pipeline.faces.web.visitors import Visitor
from pipeline.faces.work import log_of
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Reason, Step, Verdict
from pipeline.running.road import ROAD
from pipeline.running.standing import Public, Standing, WaitsFor
from pipeline.stages.publish import ApprovalState

STAGE_NAMES = {
    "normalize": "Sound",
    "transcribe": "Transcript",
    "caption": "Captions",
    "tag": "Chapters and tags",
    "draft": "Article draft",
    "illustrate": "Picture",
}
"""Message ids: what people call the stages."""

STATE_NAMES = {
    "done": "done",
    "kept": "kept as edited",
    "waiting": "waiting",
    "working": "being made",
    "problem": "needs somebody",
}

GROUPS = {
    "all": "All",
    "me": "Waiting for me",
    "work": "In progress",
    "problem": "Problems",
    "public": "Public",
}
"""Message ids: what the board can be narrowed to."""

_STATES = {
    Verdict.UP_TO_DATE: "done",
    Verdict.KEPT: "kept",
    Verdict.RUN: "waiting",
    Verdict.BLOCKED: "problem",
    Verdict.RUNNING: "working",
}
_SAYS = {
    WaitsFor.SOMEBODY: "Stopped: somebody must look at it.",
    WaitsFor.MACHINE: "In the queue.",
    WaitsFor.WORK: "Being worked on.",
    WaitsFor.EDITOR: "Waits for an editor's approval.",
    WaitsFor.PUBLISHER: "Approved, and waits to be published.",
    WaitsFor.TIME: "Approved, and goes out at its time.",
    WaitsFor.NOBODY: "Public.",
}
_NEXT: dict[WaitsFor, tuple[str, str, str]] = {
    WaitsFor.SOMEBODY: ("See what to do", "", "describe"),
    WaitsFor.EDITOR: ("Review", "/transcript", "edit"),
    WaitsFor.PUBLISHER: ("Publish", "/publishing", "publish"),
}


@dataclass(frozen=True, slots=True)
class StageOnRoad:
    """One step of the picture of the road; `name` and `state_name` are message ids."""

    stage: str
    name: str
    state: str
    state_name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One episode. `says`, `problem`, `remedy` and `next_label` are sentences to translate."""

    slug: str
    title: str
    day: date | None
    road: tuple[StageOnRoad, ...]
    groups: frozenset[str]
    tone: str
    says: str
    problem: str = ""
    remedy: str = ""
    doubts: int = 0
    due: datetime | None = None
    doing: Doing | None = None
    next_label: str = ""
    next_address: str = ""

    @property
    def doing_name(self) -> str:
        """What is being made, as a message id."""
        return STAGE_NAMES.get(self.doing.stage, self.doing.stage) if self.doing else ""


def row_of(standing: Standing, newsroom: Newsroom, workspace: Workspace, visitor: Visitor) -> Row:
    """The row of one episode as this visitor sees it."""
    doing = newsroom.at_work.doing(standing.slug)
    waits = WaitsFor.WORK if doing else standing.waits
    problem, remedy = _problem(standing, newsroom, workspace) if not doing else ("", "")
    if problem:
        waits = WaitsFor.SOMEBODY
    label, room, ability = _NEXT.get(waits, ("", "", "look"))
    address = f"/episodes/{standing.slug}{room}"
    return Row(
        slug=standing.slug,
        title=standing.title or standing.slug,
        day=standing.day,
        road=road_of(standing, doing),
        groups=_groups(standing, waits, visitor),
        tone=_tone(standing, waits),
        says=_says(standing, waits),
        problem=problem,
        remedy=remedy,
        doubts=standing.doubts if waits is WaitsFor.EDITOR else 0,
        due=standing.due if waits is WaitsFor.TIME else None,
        doing=doing,
        next_label=label if visitor.may(ability) else "",
        next_address=address,
    )


def road_of(standing: Standing, doing: Doing | None) -> tuple[StageOnRoad, ...]:
    """The picture of the road; an episode that cannot be read has not got far."""
    steps = {step.stage: step for step in standing.steps}
    return tuple(_on_road(stage.name, steps.get(stage.name), doing) for stage in ROAD)


def _on_road(stage: str, step: Step | None, doing: Doing | None) -> StageOnRoad:
    state = "waiting"
    if doing and doing.stage == stage:
        state = "working"
    elif step is not None:
        state = "problem" if step.reason is Reason.FAILED else _STATES[step.verdict]
    return StageOnRoad(stage, STAGE_NAMES.get(stage, stage), state, STATE_NAMES[state])


def _problem(standing: Standing, newsroom: Newsroom, workspace: Workspace) -> tuple[str, str]:
    if standing.error is not None:
        return sentences(standing.error, log_of(workspace))
    if standing.problem:
        return standing.problem, standing.remedy
    trouble = newsroom.at_work.trouble(standing.slug)
    return (trouble.problem, trouble.remedy) if trouble else ("", "")


def _says(standing: Standing, waits: WaitsFor) -> str:
    if waits is WaitsFor.EDITOR and standing.approval is ApprovalState.STALE:
        return "Changed since it was approved: an editor looks again."
    if standing.public is Public.WITHDRAWN and waits is WaitsFor.PUBLISHER:
        return "Withdrawn."
    return _SAYS[waits]


def _tone(standing: Standing, waits: WaitsFor) -> str:
    """The colour of the sentence: never the only sign."""
    if waits is WaitsFor.SOMEBODY:
        return "bad"
    if waits is WaitsFor.EDITOR:
        return "doubt"
    return "good" if standing.public is Public.YES else ""


def _groups(standing: Standing, waits: WaitsFor, visitor: Visitor) -> frozenset[str]:
    mine = {
        WaitsFor.SOMEBODY: "describe",
        WaitsFor.EDITOR: "approve",
        WaitsFor.PUBLISHER: "publish",
    }
    found = {"all"}
    if waits in mine and visitor.may(mine[waits]):
        found.add("me")
    if waits in (WaitsFor.MACHINE, WaitsFor.WORK):
        found.add("work")
    if waits is WaitsFor.SOMEBODY:
        found.add("problem")
    if standing.public is Public.YES:
        found.add("public")
    return frozenset(found)

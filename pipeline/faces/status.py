"""Where each episode stands, as the command line says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.faces.doubts import count_in_words
from pipeline.faces.errors import sentences
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Verdict
from pipeline.running.road import ROAD
from pipeline.running.standing import Standing, WaitsFor, standing_of


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
    rows = [_status(workspace, standing_of(workspace, slug)) for slug in workspace.slugs()]
    workspace.digests.save()
    return rows


def inbox_files(workspace: Workspace) -> list[str]:
    """What lies in the inbox, by name."""
    if not workspace.inbox.is_dir():
        return []
    names = (path.name for path in workspace.inbox.iterdir())
    return sorted(name for name in names if not name.startswith(".") and name != "README.md")


def _status(workspace: Workspace, standing: Standing) -> EpisodeStatus:
    if standing.error is not None:
        problem, remedy = sentences(standing.error, workspace.cache / "etam.log")
        unknown = {stage.name: str(Verdict.BLOCKED) for stage in ROAD}
        return EpisodeStatus(standing.slug, stages=unknown, waits=f"{problem} {remedy}")
    return EpisodeStatus(
        slug=standing.slug,
        title=standing.title,
        stages={step.stage: str(step.verdict) for step in standing.steps},
        approval=str(standing.approval),
        published=str(standing.public),
        waits=_WAITS[standing.waits](workspace, standing),
        doubts=standing.doubts,
    )


def _somebody(_workspace: Workspace, standing: Standing) -> str:
    if standing.problem:
        return f"{standing.problem} {standing.remedy}"
    return f"an editor: {_reason(standing)}"


def _work(workspace: Workspace, standing: Standing) -> str:
    so_far = workspace.episode(standing.slug).so_far
    where = f"; what it heard so far: {so_far.relative_to(workspace.root)}"
    return _reason(standing) + (where if so_far.is_file() else "")


def _editor(_workspace: Workspace, standing: Standing) -> str:
    slug, doubts = standing.slug, standing.doubts
    listen = f"{count_in_words(doubts)} (etam doubts {slug}), then " if doubts else ""
    return f"an editor: {listen}etam approve {slug}"


def _its_time(_workspace: Workspace, standing: Standing) -> str:
    return f"its time: {standing.due.isoformat(' ', 'minutes')}" if standing.due else ""


def _reason(standing: Standing) -> str:
    return next(step.sentence for step in standing.steps if step.stage == standing.stage)


_WAITS: dict[WaitsFor, Callable[[Workspace, Standing], str]] = {
    WaitsFor.SOMEBODY: _somebody,
    WaitsFor.MACHINE: lambda _workspace, _standing: "etam run",
    WaitsFor.WORK: _work,
    WaitsFor.EDITOR: _editor,
    WaitsFor.PUBLISHER: lambda _workspace, _standing: "etam publish",
    WaitsFor.TIME: _its_time,
    WaitsFor.NOBODY: lambda _workspace, _standing: "",
}

"""Running and publishing as people see it: with bars, and with a sentence for each problem."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from pipeline.faces.progress import ProgressBars
from pipeline.faces.publishing import Planned, carry_out, plan_now
from pipeline.ground.workspace import Workspace
from pipeline.running.show import ShowRun, run_show

if TYPE_CHECKING:
    from pipeline.stages.publish import Publication

CONSOLE = Console(stderr=True)


def log_of(workspace: Workspace) -> Path:
    """Where the tracebacks of bugs go."""
    return workspace.cache / "etam.log"


def bars_for(workspace: Workspace, told: set[str] | None = None) -> ProgressBars:
    """Bars on stderr. A problem whose sentence is in `told` is not said again."""
    return ProgressBars(CONSOLE, log_of(workspace), set() if told is None else told)


def run_with_bars(
    workspace: Workspace,
    slugs: Sequence[str] = (),
    forced: Sequence[str] = (),
    jobs: int = 0,
) -> ShowRun:
    """Take in the inbox and bring `slugs`, or all episodes, up to date."""
    with bars_for(workspace) as bars, bars.bar("looking at the inbox") as progress:
        return run_show(workspace, bars, progress, slugs, forced=forced, jobs=jobs)


def publish_with_bars(
    workspace: Workspace,
    *,
    dry_run: bool = False,
    thorough: bool = False,
    replace_feed: bool = False,
    our_settings: bool = False,
) -> Publication:
    """Plan what may go public and, unless it is a dry run, upload it; what was done in the end.

    When `thorough`, the bucket is asked about every file. `replace_feed` and `our_settings` allow
    what `plan_publication` says.
    """
    planned = plan_now(
        workspace, thorough=thorough, replace_feed=replace_feed, our_settings=our_settings
    )
    return planned.publication if dry_run else carry_out_with_bar(workspace, planned, "publishing")


def carry_out_with_bar(workspace: Workspace, planned: Planned, doing: str) -> Publication:
    """Upload what a plan says, with a bar; what was done in the end."""
    size = sum(change.size for change in planned.publication.changes)
    with bars_for(workspace) as bars, bars.bar(doing, size) as progress:
        return carry_out(workspace, planned, progress)

"""Running and publishing as people see it: with bars, and with a sentence for each problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from pipeline.faces.progress import ProgressBars
from pipeline.ground.workspace import Workspace
from pipeline.running.show import ShowRun, run_show, why_unfinished

if TYPE_CHECKING:
    from pipeline.stages.publish import Publication
    from pipeline.tools.bucket import Bucket

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
    from pipeline.stages.publish import open_bucket, plan_publication

    bucket = open_bucket(workspace.show, workspace, thorough=thorough)
    unfinished = why_unfinished(workspace, workspace.slugs())
    publication = plan_publication(
        workspace,
        bucket,
        datetime.now(UTC),
        unfinished,
        replace_feed=replace_feed,
        our_settings=our_settings,
    )
    return publication if dry_run else carry_out(workspace, bucket, publication, "publishing")


def carry_out(
    workspace: Workspace, bucket: Bucket, publication: Publication, doing: str
) -> Publication:
    """Upload what a plan says, and tell whoever keeps copies; what was done in the end."""
    from pipeline.stages.publish import publish
    from pipeline.tools.bucket.listening import Listener

    size = sum(change.size for change in publication.changes)
    changed: list[str] = []
    listener = Listener(workspace.show.publish.base_url)
    # A folder is not asked about: it is copied to its web server later.
    listen = {"listen": listener.listen} if workspace.show.publish.target == "s3" else {}
    with bars_for(workspace) as bars, bars.bar(doing, size) as progress:
        done = publish(workspace, bucket, publication, progress, changed.extend, **listen)
    return _told_to_cdn(workspace, _with_warning(done, listener.doubt), changed)


def _told_to_cdn(workspace: Workspace, done: Publication, changed: Sequence[str]) -> Publication:
    """What was done, with a warning when CloudFront could not be told."""
    settings = workspace.show.publish
    if not settings.cloudfront_distribution or done.work is None:
        return done
    # Imported when needed: boto3 takes a moment.
    from pipeline.tools.bucket.cdn import forget_at_cdn

    warning = forget_at_cdn(settings, changed, done.work.catalogue.id)
    return _with_warning(done, warning)


def _with_warning(done: Publication, warning: str) -> Publication:
    return replace(done, warnings=(*done.warnings, warning)) if warning else done

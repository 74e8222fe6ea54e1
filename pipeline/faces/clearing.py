"""`etam gc`: what nobody needs in the bucket, shown, and deleted when asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import typer

from pipeline.faces.report import print_json
from pipeline.faces.work import bars_for
from pipeline.ground.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.stages.publish.clearing import Clearance, Wish
    from pipeline.tools.bucket.clearing import Found


def clear_bucket(
    workspace: Workspace, wish: Wish, *, delete: bool, most: int | None, as_json: bool
) -> None:
    """Show what would go and what stays; delete it when asked, at most `most` files."""
    from pipeline.stages.publish import open_bucket
    from pipeline.stages.publish.clearing import clear, must_be_few, plan_clearing
    from pipeline.tools.bucket.clearing import open_clearing

    bucket, clearing = (
        open_bucket(workspace.show, workspace),
        open_clearing(workspace.show, workspace),
    )
    here = datetime.now(UTC)
    now = here - timedelta(seconds=bucket.clock_skew_seconds(here))  # ages are by its clock
    clearance = plan_clearing(workspace, bucket, clearing, wish, now)
    deleted: list[Found] = []
    if delete:
        must_be_few(clearance, most)
        with bars_for(workspace) as bars, bars.bar("deleting") as progress:
            deleted, _ = clear(workspace, bucket, clearing, clearance, wish, now, progress)
    if as_json:
        print_json({**asdict(clearance), "deleted": [file.key for file in deleted]})
    else:
        _show(clearance, {file.key for file in deleted}, delete=delete)


def _show(clearance: Clearance, deleted: Collection[str], *, delete: bool) -> None:
    for leftover in clearance.leftovers:
        file = leftover.file
        said = "deleted" if file.key in deleted else "spared" if delete else "would delete"
        written = f"of {file.written:%Y-%m-%d}"
        typer.echo(f"{said} {file.key} ({file.size:,} bytes, {written}): {leftover.reason}")
    for upload in clearance.unfinished:
        said = "gave up" if delete else "would give up"
        typer.echo(f"{said} an upload of {upload.key}, begun {upload.begun:%Y-%m-%d}")
    for reason, number in sorted(clearance.staying.items()):
        typer.echo(f"{number} file(s) stay: {reason}.")
    if not clearance.leftovers and not clearance.unfinished:
        typer.echo("There is nothing to clear.")
    elif delete:
        typer.echo(f"{len(deleted)} file(s) deleted.")
    else:
        size = f"{clearance.size / 1e6:,.1f} MB"
        typer.echo(
            f"{len(clearance.leftovers)} of {clearance.files} file(s), {size}. Nothing was "
            "deleted; `etam gc --delete` does it."
        )

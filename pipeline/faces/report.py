"""Results for people as tables on stdout, or for programs as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.faces.errors import sentences
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Step, Verdict
from pipeline.running.road import ROAD
from pipeline.running.show import ShowRun
from pipeline.stages.ingest import Arrival

if TYPE_CHECKING:
    from pipeline.faces.looks import Finding
    from pipeline.stages.publish import Publication

_SIGNS = {
    Verdict.UP_TO_DATE: ("✓", "green"),
    Verdict.KEPT: ("✎", "cyan"),
    Verdict.RUN: ("…", "yellow"),
    Verdict.BLOCKED: ("!", "red"),
    Verdict.RUNNING: ("▶", "yellow"),
}


def show_run(workspace: Workspace, done: ShowRun, *, as_json: bool) -> None:
    """What a run did to each arrival and each episode."""
    log = workspace.cache / "etam.log"
    if as_json:
        print_json(
            {
                "arrivals": [_arrival_to_json(arrival) for arrival in done.arrivals],
                "episodes": [
                    {
                        "slug": run.slug,
                        "steps": [asdict(step) for step in run.steps],
                        "seconds": run.seconds,
                        "failed_at": run.failed_at,
                        "problem": list(sentences(run.error, log)) if run.error else None,
                    }
                    for run in done.episodes
                ],
            }
        )
        return
    for arrival in done.arrivals:
        typer.echo(_arrival_line(arrival))
    worked = [run for run in done.episodes if run.seconds]
    failed = [run for run in done.episodes if run.error is not None]
    same = len(done.episodes) - len(set(map(id, worked + failed)))
    for run in worked:
        stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in run.seconds.items())
        typer.echo(f"{run.slug}: {stages}")
    if same:
        typer.echo(f"{same} episode(s) up to date.")
    if failed:
        typer.echo(f"{len(failed)} episode(s) wait; `etam status` says for whom.")


def show_plan(
    steps: Mapping[str, Sequence[Step]], problems: Mapping[str, Sequence[str]], *, as_json: bool
) -> None:
    """What would be done to each episode, and why; `problems` is of those that cannot be read."""
    if as_json:
        planned = {slug: [asdict(step) for step in of] for slug, of in steps.items()}
        print_json({"episodes": planned, "problems": problems})
        return
    console = Console()
    for slug, of in steps.items():
        console.print(Text(slug, style="bold"))
        for step in of:
            sign, style = _SIGNS[step.verdict]
            line = Text(f"  {sign} {step.stage:10} {step.verdict}: ", style=style)
            console.print(line + Text(step.sentence), soft_wrap=True)
    if not steps and not problems:
        typer.echo("There are no episodes yet.")


def show_status(workspace: Workspace, *, as_json: bool) -> None:
    """Where each episode stands, what waits for whom."""
    from pipeline.faces.status import inbox_files, status_of_all

    rows = status_of_all(workspace)
    arrivals = inbox_files(workspace)
    if as_json:
        print_json({"inbox": arrivals, "episodes": [asdict(row) for row in rows]})
        return
    table = Table("episode", "stages", "approval", "public", "waits for")
    table.columns[0].overflow = "fold"  # whole, since people type it after `etam approve`
    for row in rows:
        signs = Text(" ").join(Text(*_SIGNS[Verdict(verdict)]) for verdict in row.stages.values())
        table.add_row(Text(row.slug), signs, row.approval, row.published, Text(row.waits))
    Console().print(table if rows else "There are no episodes yet.")
    legend = ", ".join(f"{sign} {verdict}" for verdict, (sign, _) in _SIGNS.items())
    typer.echo(f"Stages: {', '.join(stage.name for stage in ROAD)} ({legend}).")
    for name in arrivals:
        typer.echo(f"In the inbox: {name}")


def show_publication(
    workspace: Workspace, publication: Publication, *, dry_run: bool, as_json: bool
) -> None:
    """What was uploaded, or would be, with the reason; and who was left out."""
    if as_json:
        print_json(publication.to_json())
        return
    verb = "would upload" if dry_run else "uploaded"
    for change in publication.changes:
        typer.echo(f"{verb} {change.key} ({change.size:,} bytes): {change.reason}")
    for sentence in publication.news:
        typer.echo(sentence)
    for sentence in publication.warnings:
        typer.echo(f"note: {sentence}")
    for sentence in publication.left_out.values():
        typer.echo(sentence)
    if publication.work is None:
        typer.echo("Nothing is public yet.")
        return
    if not publication.changes:
        typer.echo("Everything that may be public is public already.")
    typer.echo(f"Feed: {workspace.show.publish.base_url}feed.xml")


def show_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    """What the doctor found."""
    if as_json:
        print_json([asdict(finding) for finding in findings])
        return
    for finding in findings:
        sign, style = ("✓", "green") if finding.ok else ("✗", "red")
        if finding.odd:
            sign, style = "!", "yellow"
        line = Text(f"{sign} {finding.about}: {finding.sentence}", style=style)
        Console().print(line, soft_wrap=True)


def _arrival_line(arrival: Arrival) -> str:
    if arrival.problem is not None:
        return f"{arrival.name!r}: {arrival.problem.problem} {arrival.problem.remedy}"
    return f"{arrival.name!r}: {arrival.outcome}" + (f" → {arrival.slug}" if arrival.slug else "")


def _arrival_to_json(arrival: Arrival) -> dict[str, Any]:
    problem = arrival.problem
    return {
        "name": arrival.name,
        "outcome": arrival.outcome,
        "slug": arrival.slug,
        "problem": [problem.problem, problem.remedy] if problem else None,
    }


def print_json(content: object) -> None:
    """Print `content` for a program to read."""
    is_unicode = "utf" in (getattr(sys.stdout, "encoding", None) or "").lower()
    typer.echo(json.dumps(content, ensure_ascii=not is_unicode, indent=1, default=str))

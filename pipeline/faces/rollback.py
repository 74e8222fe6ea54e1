"""`etam rollback`: the publications that the bucket keeps, and the way back to one of them."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.faces.publishing import plan_way_back
from pipeline.faces.report import print_json
from pipeline.faces.work import carry_out_with_bar
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import Publication, open_bucket, saved_publications

_MOST_DIFFERENCES = 6


def show_publications(workspace: Workspace, most: int, *, as_json: bool) -> None:
    """The newest first, each with what it changed."""
    saved = saved_publications(open_bucket(workspace.show, workspace), most)
    if as_json:
        print_json([asdict(each) for each in saved])
        return
    table = Table("publication", "published", "episodes", "what it changed")
    for each in saved:
        moment = each.published_at.astimezone() if each.published_at else None
        when = f"{moment:%Y-%m-%d %H:%M}" if moment else ""
        table.add_row(each.id, when, str(each.episodes), Text(_in_words(each.differs)))
    Console().print(table if saved else "Nothing is public yet.")


def roll_back(workspace: Workspace, publication: str, *, dry_run: bool) -> Publication:
    """Plan the way back and, unless it is a dry run, go it; what was done in the end."""
    planned = plan_way_back(workspace, publication)
    if dry_run:
        return planned.publication
    return carry_out_with_bar(workspace, planned, "rolling back")


def _in_words(differs: tuple[str, ...]) -> str:
    more = len(differs) - _MOST_DIFFERENCES
    shown = ", ".join(differs[:_MOST_DIFFERENCES])
    return f"{shown} and {more} more" if more > 0 else shown

"""`etam wordpress`: an article delivered to the newsroom's site as a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.ground.workspace import Workspace, find_workspace
from pipeline.words.errors import SetupProblem

if TYPE_CHECKING:
    from pipeline.tools.wordpress import Side

app = typer.Typer(help="Bring articles to a WordPress site as drafts.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


@app.command()
def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Say whether the site answers, and what the account may do there, before anything is sent."""
    from pipeline.faces.delivering import examine_site
    from pipeline.faces.report import show_findings

    findings = examine_site(_workspace(context))
    show_findings(findings, as_json=as_json)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(SetupProblem.exit_code)


@app.command()
def push(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help="The episode.")],
    again: Annotated[
        bool, typer.Option("--again", help="Make a new post where the old one was deleted there.")
    ] = False,
    published: Annotated[
        bool, typer.Option("--published", help="Change a post that readers see already.")
    ] = False,
    ours: Annotated[
        bool, typer.Option("--ours", help="Where both sides changed it, send article.md.")
    ] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Where both sides changed it, leave the post.")
    ] = False,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Send what `etam check` finds no support for, too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a draft of an episode's article.md on the site, or bring its draft up to date."""
    from pipeline.faces.delivering import push_article
    from pipeline.tools.wordpress import Wish

    if ours and theirs:
        raise typer.BadParameter("Give either --ours or --theirs.")
    wish = Wish(again=again, published=published, prefer=_side(ours=ours, theirs=theirs))
    push_article(_workspace(context), slug, wish, unchecked=unchecked, as_json=as_json)


def _side(*, ours: bool, theirs: bool) -> Side:
    from pipeline.tools.wordpress import Side

    if ours:
        return Side.OURS
    return Side.THEIRS if theirs else Side.NEITHER


def _workspace(context: typer.Context) -> Workspace:
    return find_workspace(Path(context.find_root().params["workspace"]))

"""The command `etam`: one function a command, each a few lines over the layers below.

A command imports what only it needs, so that `etam plan` does not wait for a web server.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.faces import models, report
from pipeline.faces.errors import INTERRUPTED, exit_code, sentences
from pipeline.faces.work import (
    CONSOLE,
    bars_for,
    log_of,
    publish_with_bars,
    run_with_bars,
)
from pipeline.ground.workspace import Workspace, find_workspace
from pipeline.running.plan import plan_episode
from pipeline.running.road import ROAD
from pipeline.running.show import why_unfinished
from pipeline.stages.ingest import add_to_inbox
from pipeline.words.errors import EpisodeProblem, SetupProblem

app = typer.Typer(
    help="From a folder of raw recordings to a podcast and its articles.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(models.app, name="models")
_folder = Path()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Keys = Annotated[
    Path | None, typer.Option(help="This machine's folder of keys, made by `etam cluster-keys`.")
]
Slugs = Annotated[
    list[str] | None, typer.Argument(metavar="[SLUG]...", help="Episodes; all when none is named.")
]


def main() -> None:
    """Run the command line; errors become sentences here, and only here."""
    signal.signal(signal.SIGINT, _stop)
    _let_every_terminal_be_written_to()
    try:
        app()
    except BrokenPipeError:
        os._exit(1)
    except Exception as error:  # noqa: BLE001 - the last border before the person
        _say(error)
        sys.exit(exit_code([error]))


def _let_every_terminal_be_written_to() -> None:
    """What a terminal cannot show is written as an escape: a log in ASCII is no reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """End at once: stages that run in threads hold nothing that a kill could damage."""
    CONSOLE.show_cursor()
    CONSOLE.print("Stopped. What was finished is kept; run again to go on.")
    os._exit(INTERRUPTED)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _common(
    workspace: Annotated[
        Path, typer.Option("--workspace", "-C", help="The workspace, or a folder inside it.")
    ] = Path(),
    _version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version."),
    ] = False,
) -> None:
    global _folder
    _folder = workspace


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new show.")],
    title: Annotated[str, typer.Option(prompt="Name of the show")],
    author: Annotated[str, typer.Option(prompt="Who makes it (station or newsroom)")],
    email: Annotated[str, typer.Option(prompt="E-mail address for the directories")],
    base_url: Annotated[str, typer.Option(prompt="Web address of the published folder")],
    language: Annotated[str, typer.Option(help="Such as “id” or “en”.")] = "id",
    category: Annotated[str, typer.Option(help="Apple Podcasts category.")] = "Government",
    model: Annotated[str, typer.Option(help="Whisper model: auto, a name, a folder.")] = "auto",
) -> None:
    """Make a new show in DIR with a commented configuration."""
    from pipeline.faces.init import Answers, init_workspace

    answers = Answers(
        title=title,
        author=author,
        owner_email=email,
        base_url=base_url,
        language=language,
        categories=(category,),
        model=model,
    )
    workspace = init_workspace(folder, answers)
    typer.echo(
        f"The show is in {workspace.root}.\n"
        f"Look through {workspace.show_file}, drop a recording in {workspace.inbox}, "
        "then run `etam doctor` and `etam run` there."
    )


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", exists=True)],
) -> None:
    """Copy recordings to the inbox; each file or folder is one episode."""
    workspace = find_workspace(_folder)
    with bars_for(workspace) as bars, bars.bar("copying") as progress:
        added = add_to_inbox(workspace, paths, progress)
    for path in added:
        typer.echo(f"In the inbox: {path.name}")


@app.command()
def worker(
    scheduler: Annotated[str, typer.Argument(help="Such as tls://10.0.0.5:8786.")],
    keys: Keys = None,
    model: Annotated[
        list[Path] | None, typer.Option(help="A model's folder that jobs may ask for.")
    ] = None,
    windows: Annotated[
        int, typer.Option(min=0, help="Windows heard at once; 0: one a core, or one on a GPU.")
    ] = 0,
    memory_gb: Annotated[
        float, typer.Option(min=0, help="Above this it is started again; 0: 90 % of all.")
    ] = 0,
    host: Annotated[str, typer.Option(help="This machine's address for the scheduler.")] = "",
) -> None:
    """Hear windows for a scheduler, until stopped: this machine's share in a cluster."""
    from pipeline.faces.worker import start_worker

    start_worker(scheduler, keys, model or [], windows=windows, memory_gb=memory_gb, host=host)


@app.command()
def scheduler(
    address: Annotated[str, typer.Argument(help="Where to listen.")] = "tcp://127.0.0.1:8786",
    keys: Keys = None,
    frozen_seconds: Annotated[
        float, typer.Option(min=5, help="A worker that is silent so long is taken for dead.")
    ] = 60,
) -> None:
    """Hand out windows to workers, until stopped; one for a cluster."""
    from pipeline.faces.worker import start_scheduler

    start_scheduler(address, keys, frozen_seconds)


@app.command()
def cluster_keys(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the keys are kept.")],
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="One for each machine.")],
) -> None:
    """Make a folder of keys for each machine of a cluster; without them nobody can connect."""
    from pipeline.faces.worker import make_cluster_keys

    for place in make_cluster_keys(folder, names):
        typer.echo(f"Copy {place} to that machine, and to no other.")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]")] = Path("demo-show"),
    base_url: Annotated[str, typer.Option(help="Of the feed.")] = "http://127.0.0.1:8000/",
) -> None:
    """Run the main job, from recording to feed, on the sample that is shipped."""
    from pipeline.faces import demo as demo_show

    workspace, arrived = demo_show.open_workspace(folder, base_url)
    done = run_with_bars(workspace)
    started = time.monotonic()
    code = exit_code(done.errors) or _publish(workspace, dry_run=False, as_json=False)
    seconds = time.monotonic() - started
    if code == 0:
        demo_show.show_report(workspace, done, publishing_seconds=seconds, fresh=arrived)
    else:
        report.show_run(workspace, done, as_json=False)
    raise typer.Exit(code)


def _publish(workspace: Workspace, *, dry_run: bool, as_json: bool) -> int:
    publication = publish_with_bars(workspace, dry_run=dry_run)
    report.show_publication(workspace, publication, dry_run=dry_run, as_json=as_json)
    return exit_code(publication.problems)


def _check_stage_names(names: Sequence[str]) -> None:
    known = [stage.name for stage in ROAD]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise typer.BadParameter(f"No stage is called {unknown[0]}; there are {', '.join(known)}.")


def _check_slugs(workspace: Workspace, slugs: Sequence[str]) -> None:
    for slug in slugs:
        workspace.episode(slug)


def _say(error: Exception) -> None:
    problem, remedy = sentences(error, log_of(Workspace(_folder.resolve())))
    CONSOLE.print(problem, style="red", markup=False, highlight=False, soft_wrap=True)
    CONSOLE.print(f"    → {remedy}", markup=False, highlight=False, soft_wrap=True)

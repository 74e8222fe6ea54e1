"""The demo: the main job, offline, on the recording that is shipped with the package."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from pipeline.faces.init import Answers, init_workspace
from pipeline.ground.files import sha256_of
from pipeline.ground.receipts import read_receipt
from pipeline.ground.workspace import Workspace
from pipeline.running.road import ROAD
from pipeline.running.show import ShowRun
from pipeline.stages.ingest import add_to_inbox

BASE_URL = "http://127.0.0.1:8000/"

_ANSWERS = Answers(
    title="Etam Berkesah (demo)",
    author="Redaksi Contoh",
    owner_email="redaksi@example.org",
    base_url=BASE_URL,
    description="Percakapan tentang layanan dan informasi publik di Kutai Kartanegara. "
    "Suara dalam rekaman contoh ini dibuat oleh mesin.",
    categories=("Government", "News > Daily News"),
    model="demo",
    approval="automatic",
    outlet="Portal Contoh",
    place="Kutai Kartanegara",
    sting=True,
)


def open_workspace(folder: Path, base_url: str) -> tuple[Workspace, bool]:
    """The demo's workspace, made when it is missing, and whether the sample was dropped now."""
    workspace = Workspace(folder.resolve())
    if not workspace.show_file.exists():
        workspace = init_workspace(folder, replace(_ANSWERS, base_url=base_url))
    if sha256_of(_sample()) in _known_recordings(workspace):
        return workspace, False
    add_to_inbox(workspace, [_sample()], lambda _share: None)
    return workspace, True


def show_report(workspace: Workspace, done: ShowRun, *, fresh: bool) -> None:
    """What was made, where, how long each stage took, and how to look at it."""
    console = Console()
    for run in done.episodes:
        console.print(_stage_table(workspace, run.slug, ran=set(run.seconds)))
    worked = any(run.seconds for run in done.episodes)
    if not worked and not fresh:
        typer.echo("Nothing needed doing: inputs, settings and outputs are those of the last run.")
    shown = workspace.root
    if shown.is_relative_to(Path.cwd()):
        shown = shown.relative_to(Path.cwd())
    typer.echo(
        f"\nThe show:   {shown}\n"
        f"The feed:   {workspace.show.publish.base_url}feed.xml\n"
        f"To look at: etam -C {shown} serve   (in this checkout: .venv/bin/etam -C {shown} serve)"
    )


def _stage_table(workspace: Workspace, slug: str, ran: set[str]) -> Table:
    episode = workspace.episode(slug)
    table = Table("stage", "made", "seconds", "now", title=episode.details.title)
    for stage in ROAD:
        receipt = read_receipt(episode.receipt(stage.name))
        made = "\n".join(workspace.name_of(path) for path in stage.outputs(episode))
        seconds = f"{receipt.seconds:.1f}" if receipt else ""
        table.add_row(stage.name, made, seconds, "run" if stage.name in ran else "up to date")
    return table


def _known_recordings(workspace: Workspace) -> set[str]:
    episodes = (workspace.episode(slug) for slug in workspace.slugs())
    return {file.sha256 for episode in episodes for file in episode.recording.files}


def _sample() -> Path:
    folder = Path(str(files("pipeline") / "demo" / "recording"))
    return next(path for path in folder.iterdir() if path.suffix in {".ogg", ".opus", ".mp3"})

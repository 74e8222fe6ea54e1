"""The demo: the main job, offline, on the recording that is shipped with the package."""

from __future__ import annotations

import sys
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

ANSWERS = Answers(
    title="Etam Berkesah (demo)",
    author="Redaksi Contoh",
    owner_email="redaksi@example.org",
    base_url="http://127.0.0.1:8000/",
    description="Percakapan tentang layanan dan informasi publik di Kutai Kartanegara. "
    "Suara dalam rekaman contoh ini dibuat oleh mesin.",
    categories=("Government", "News > Daily News"),
    model="demo",
    approval="automatic",
    host="Rahma Yuliani",
    outlet="Portal Contoh",
    place="Kutai Kartanegara",
    sting=True,
)


def open_workspace(folder: Path, base_url: str) -> tuple[Workspace, bool]:
    """The demo's workspace, made when it is missing, and whether the sample was dropped now."""
    workspace = Workspace(folder.resolve())
    if not workspace.show_file.exists():
        workspace = init_workspace(folder, replace(ANSWERS, base_url=base_url))
    if sha256_of(_sample()) in _known_recordings(workspace):
        return workspace, False
    add_to_inbox(workspace, [_sample()], lambda _share: None)
    return workspace, True


def show_report(
    workspace: Workspace, done: ShowRun, *, publishing_seconds: float, fresh: bool
) -> None:
    """What was made, where, how long each stage took, and how to look at it."""
    console = Console()
    for run in done.episodes:
        console.print(_stage_table(workspace, run.slug, set(run.seconds), publishing_seconds))
    if not fresh and not any(run.seconds for run in done.episodes):
        typer.echo("Nothing needed doing: inputs, settings and outputs are those of the last run.")
    shown = _from_here(workspace.root)
    typer.echo(
        f"The show:     {shown}/\n"
        f"The feed:     {workspace.show.publish.base_url}feed.xml\n"
        f"Look at it:   {_this_command()} -C {shown} serve"
    )


def _stage_table(
    workspace: Workspace, slug: str, ran: set[str], publishing_seconds: float
) -> Table:
    episode = workspace.episode(slug)
    table = Table("stage", "made", "where", "seconds", "now", title=episode.details.title)
    for stage in ROAD:
        receipt = read_receipt(episode.receipt(stage.name))
        outputs = stage.outputs(episode)
        where = {f"{path.parent.parent.name}/…/" for path in outputs}
        table.add_row(
            stage.name,
            ", ".join(path.name for path in outputs),
            ", ".join(sorted(where)),
            f"{receipt.seconds:.1f}" if receipt else "",
            "run" if stage.name in ran else "up to date",
        )
    table.add_row("publish", "feed.xml, pages", "feed/public/", f"{publishing_seconds:.1f}", "run")
    table.caption = f"… is {slug}"
    return table


def _this_command() -> str:
    program = Path(sys.argv[0])
    return "python -m pipeline" if program.stem == "__main__" else str(_from_here(program))


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _known_recordings(workspace: Workspace) -> set[str]:
    episodes = (workspace.episode(slug) for slug in workspace.slugs())
    return {file.sha256 for episode in episodes for file in episode.recording.files}


def _sample() -> Path:
    folder = Path(str(files("pipeline") / "demo" / "recording"))
    return next(path for path in folder.iterdir() if path.suffix in {".ogg", ".opus", ".mp3"})

"""The list of `etam models`: each model with what it takes, and which one is used and why."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.ground.workspace import Workspace
from pipeline.tools.whisper import hub
from pipeline.tools.whisper.catalogue import ALIASES, NAMED_MODELS
from pipeline.tools.whisper.models import ResolvedModel, demo_folder, resolve_model
from pipeline.tools.whisper.needs import COMPUTE_TYPES, free_disk_bytes, working_memory_gb
from pipeline.words.errors import SetupProblem

_COLUMNS = ("model", "here", "MB", "CPU", "GPU", "speaks", "good for", "used by")


@dataclass(frozen=True, slots=True)
class Row:
    """One model as people choose among them.

    Sizes are in bytes, memory in GB (10⁹ bytes) by compute type; what is not known is 0 or left
    out. `part_bytes` is what an interrupted download left. `used_by` says “this show” or “auto”.
    """

    name: str
    also_called: str = ""
    here: bool = False
    where: str = ""
    download_bytes: int = 0
    disk_bytes: int = 0
    part_bytes: int = 0
    memory_gb: dict[str, float] | None = None
    languages: str = ""
    good_for: str = ""
    used_by: tuple[str, ...] = ()


def show_models(workspace: Workspace | None, *, as_json: bool) -> None:
    """Print the list, and why the show and “auto” take the model they take."""
    used, why = _used(workspace)
    rows = [_with_users(row, used) for row in _rows(used)]
    if as_json:
        typer.echo(json.dumps({"models": [asdict(row) for row in rows], "why": why}, indent=1))
        return
    table = Table(*_COLUMNS, box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in _cells(row)))
    table.columns[0].no_wrap = True
    Console().print(table)
    for row in rows:
        if row.here:
            typer.echo(f"{row.name} lies in {row.where}")
    typer.echo(
        f"MB to download and to keep. GB of memory to work on a CPU (int8), of a GPU (float16). "
        f"{free_disk_bytes() / 1e9:.1f} GB are free for models in {hub.cache_folder()}."
    )
    for who, sentence in why.items():
        typer.echo(f"{who}: {sentence}")


def _used(workspace: Workspace | None) -> tuple[dict[str, ResolvedModel], dict[str, str]]:
    """Who uses which model, and in a sentence why, or why the show's cannot be told."""
    auto = resolve_model("auto", Path())
    used = {"auto": auto}
    why = {"auto": auto.why}
    if workspace is not None:
        try:
            settings = workspace.show.transcription
            model = resolve_model(settings.model, workspace.root, settings.device)
            used["this show"] = model
            why["this show"] = f"it takes {model.name}. {model.why}"
        except SetupProblem as problem:
            why["this show"] = str(problem)
    return used, why


def _rows(used: dict[str, ResolvedModel]) -> list[Row]:
    rows = [_named_row(name) for name in NAMED_MODELS if name not in ALIASES]
    rows.append(_demo_row())
    listed = {NAMED_MODELS[row.name].repository for row in rows if row.name in NAMED_MODELS}
    others = [name for name in hub.cached_repositories() if name not in listed]
    rows += [_cached_row(name) for name in others]
    shows = used.get("this show")
    if shows and shows.name not in {*ALIASES, *(row.name for row in rows)}:
        rows.append(_own_row(shows))
    return rows


def _named_row(name: str) -> Row:
    model = NAMED_MODELS[name]
    folder = hub.cached_folder(model.repository)
    used = hub.cached_bytes(model.repository)
    return Row(
        name=name,
        also_called=next((alias for alias, real in ALIASES.items() if real == name), ""),
        here=folder is not None,
        where=str(folder or model.repository),
        download_bytes=model.download_bytes,
        disk_bytes=used if folder else model.download_bytes,
        part_bytes=0 if folder else used,
        memory_gb={
            kind: round(working_memory_gb(model.shape.weights, kind), 1) for kind in COMPUTE_TYPES
        },
        languages=model.languages,
        good_for=model.good_for,
    )


def _demo_row() -> Row:
    folder = demo_folder()
    size = sum(file.stat().st_size for file in folder.iterdir())
    about = "the sample"
    return Row(
        "demo", here=True, where=str(folder), disk_bytes=size, languages="id, en", good_for=about
    )


def _cached_row(repository: str) -> Row:
    folder = hub.cached_folder(repository)
    size = hub.cached_bytes(repository)
    return Row(repository, here=True, where=str(folder), download_bytes=size, disk_bytes=size)


def _own_row(model: ResolvedModel) -> Row:
    folder = model.folder
    size = sum(file.stat().st_size for file in folder.iterdir()) if folder else 0
    return Row(
        model.name,
        here=folder is not None,
        where=str(folder or model.repository),
        disk_bytes=size,
        good_for="a folder of your own" if not model.repository else "",
    )


def _with_users(row: Row, used: dict[str, ResolvedModel]) -> Row:
    names = {row.name, row.also_called} - {""}
    return Row(**{**asdict(row), "used_by": tuple(who for who in used if used[who].name in names)})


def _cells(row: Row) -> tuple[str, ...]:
    memory = row.memory_gb or {}
    return (
        row.name,
        "yes" if row.here else ("part" if row.part_bytes else "no"),
        f"{(row.download_bytes or row.disk_bytes) / 1e6:.0f}",
        *(f"{memory[kind]:.1f}" if kind in memory else "" for kind in ("int8", "float16")),
        row.languages,
        row.good_for,
        ", ".join(row.used_by),
    )

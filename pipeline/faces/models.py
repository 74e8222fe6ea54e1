"""`etam models`: list speech models, and bring them here, check them or take them away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.ground.workspace import Workspace, find_workspace
from pipeline.words.errors import SetupProblem

if TYPE_CHECKING:
    from pipeline.tools.whisper.models import ResolvedModel

app = typer.Typer(help="List, download, verify and remove speech models.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Name = Annotated[
    str, typer.Argument(help="A name of the list, “auto”, or a repository of the hub.")
]


@app.callback(invoke_without_command=True)
def models(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the models there are, which are here, what each takes, and which one is used."""
    from pipeline.faces.model_list import show_models

    if context.invoked_subcommand is None:
        show_models(_workspace(context), as_json=as_json)


@app.command()
def download(context: typer.Context, name: Name) -> None:
    """Bring a model here, or what is missing or damaged of it; each file is checked."""
    from pipeline.faces.work import bars_for
    from pipeline.tools.whisper.models import fetch_model, look_up_model
    from pipeline.tools.whisper.needs import needs_in_words

    model = _of_the_hub(name, _root(context))
    listing = look_up_model(model)
    typer.echo(f"{model.name}: {needs_in_words(listing)}")
    with (
        bars_for(Workspace(_root(context))) as bars,
        bars.bar(f"downloading {model.name}") as progress,
    ):
        folder = fetch_model(model, listing, progress)
    typer.echo(f"{model.name} is here, whole and checked: {folder}")


@app.command()
def verify(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="A model; all that are here unless told.")] = (
        None
    ),
    as_json: AsJson = False,
) -> None:
    """Compare each downloaded file with its checksum; needs no network."""
    from pipeline.tools.whisper.hub import cached_repositories, damaged_files

    names = [name] if name else cached_repositories()
    chosen = [_of_the_hub(each, _root(context)) for each in names]
    for model in chosen:
        if model.folder is None:
            raise _not_here(model)
    damaged = {model.name: damaged_files(model.repository) for model in chosen}
    if as_json:
        typer.echo(json.dumps(damaged, indent=1))
    else:
        _say(damaged)
    if any(damaged.values()):
        raise typer.Exit(SetupProblem.exit_code)


@app.command()
def remove(
    context: typer.Context,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a downloaded model off this machine; a folder of your own is never touched."""
    from pipeline.tools.whisper import hub

    if name == "auto":
        raise SetupProblem("“auto” is no model of its own.", "Name the model; see `etam models`.")
    model = _of_the_hub(name, _root(context))
    folder = hub.repository_folder(model.repository)
    if not folder.is_dir():
        raise _not_here(model)
    megabytes = f"{hub.cached_bytes(model.repository) / 1e6:.0f} MB"
    if not yes:
        typer.confirm(f"Remove {model.name} ({megabytes} in {folder})?", abort=True)
    hub.remove(model.repository)
    typer.echo(f"{model.name} is removed: {megabytes} are free again.")


def _workspace(context: typer.Context) -> Workspace | None:
    """The workspace, or None: models belong to the machine and can be seen from anywhere."""
    try:
        return find_workspace(Path(context.find_root().params["workspace"]))
    except SetupProblem:
        return None


def _root(context: typer.Context) -> Path:
    workspace = _workspace(context)
    return workspace.root if workspace else Path.cwd()


def _of_the_hub(name: str, root: Path) -> ResolvedModel:
    """The model, when the hub has it. Raises SetupProblem for what is not ours to fetch or drop."""
    from pipeline.tools.whisper.catalogue import NAMED_MODELS
    from pipeline.tools.whisper.models import named_folder, resolve_model

    if name == "demo":
        raise SetupProblem("“demo” is a part of etam.", "Name a model that is downloaded.")
    if name not in NAMED_MODELS and name != "auto" and (folder := named_folder(name, root)):
        raise SetupProblem(
            f"“{name}” means the folder {folder}, which is yours: etam neither fetches nor checks "
            "nor removes it.",
            "Name a model of the list; see `etam models`.",
        )
    return resolve_model(name, root)


def _not_here(model: ResolvedModel) -> SetupProblem:
    return SetupProblem(
        f"The model “{model.name}” is not on this machine.",
        f"`etam models` shows those that are; `etam models download {model.name}` brings it.",
    )


def _say(damaged: dict[str, list[str]]) -> None:
    for name, files in damaged.items():
        for file in files:
            typer.echo(
                f"{name}: {file} is damaged. `etam models download {name}` fetches it again."
            )
        if not files:
            typer.echo(f"{name}: every file is what it should be.")
    if not damaged:
        typer.echo("No model was downloaded yet.")

"""`etam setup-bucket`: what the bucket needs, what it has, and who should be given which rights."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.text import Text

from pipeline.faces.report import print_json
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import SetupProblem

if TYPE_CHECKING:
    from pipeline.tools.bucket.look import Look

_SIGNS = {
    "fine": ("✓", "green"),
    "changed": ("✓", "green"),
    "differs": ("≠", "yellow"),
    "advice": ("!", "yellow"),
    "unknown": ("?", "cyan"),
    "hidden": ("?", "red"),
    "failed": ("✗", "red"),
}


def set_up_bucket(workspace: Workspace, *, apply: bool, as_json: bool) -> int:
    """Show what the bucket has and needs; change it when asked. Returns the exit code."""
    from pipeline.tools.bucket.look import State
    from pipeline.tools.bucket.policies import clearer_policy, publisher_policy
    from pipeline.tools.bucket.setup import apply_to_bucket, look_at_bucket

    settings = workspace.show.publish
    if settings.target != "s3":
        raise SetupProblem(
            "This show is published to a folder, which needs no setting up.",
            'Write `target = "s3"` and `bucket` under [publish] in show.toml first.',
        )
    looks = apply_to_bucket(settings) if apply else look_at_bucket(settings)
    rights = {"publish": publisher_policy(settings), "gc --delete": clearer_policy(settings)}
    if as_json:
        print_json({"looks": [asdict(look) for look in looks], "policies": rights})
    else:
        _show(looks, rights, applied=apply)
    not_done = apply and {State.FAILED, State.HIDDEN} & {look.state for look in looks}
    return SetupProblem.exit_code if not_done else 0


def _show(looks: Sequence[Look], rights: Mapping[str, Any], *, applied: bool) -> None:
    console = Console()
    for look in looks:
        sign, style = _SIGNS[look.state]
        console.print(Text(f"{sign} {look.about}: {look.sentence}", style=style), soft_wrap=True)
        if look.wanted is not None and look.state != "changed":
            _say("there now", look.now)
            _say("should be", look.wanted)
    for command, policy in rights.items():
        _say(f"\nRights for whoever runs `etam {command}`; give them yourself", policy)
    if not applied and any(look.state == "differs" for look in looks):
        typer.echo("\nNothing was changed. `etam setup-bucket --apply` changes what is marked ≠.")


def _say(what: str, document: Any) -> None:
    said = (
        "nothing"
        if not document
        else json.dumps(document, ensure_ascii=False, indent=1, default=str)
    )
    typer.echo(f"{what}: {said}")

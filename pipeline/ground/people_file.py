"""`newsroom/people.json`: who may sign in to the review app. Readable by its owner alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from pydantic import TypeAdapter

from pipeline.ground.files import locked, read_json, write_json
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import SetupProblem
from pipeline.words.people import Person

_PEOPLE = TypeAdapter(tuple[Person, ...])
_PATIENCE_SECONDS = 10.0

People = tuple[Person, ...]


def read_people(workspace: Workspace) -> People:
    """Everybody who may sign in; nobody where there is no file yet.

    Raises SetupProblem when the file is damaged: guessing would let the wrong people in.
    """
    try:
        return _PEOPLE.validate_python(read_json(workspace.people_file)["people"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SetupProblem(
            f"{workspace.people_file} cannot be read.",
            "Restore it from a backup, or move it away: the next start makes a new first account.",
            str(error),
        ) from error


def change_people(workspace: Workspace, change: Callable[[People], People]) -> People:
    """Replace the list by what `change` makes of it; nobody else changes it meanwhile."""
    lock = workspace.cache / "locks" / "people.lock"
    with locked(lock, "The list of people", _PATIENCE_SECONDS):
        people = change(read_people(workspace))
        content = {"version": 1, "people": [asdict(person) for person in people]}
        workspace.newsroom.mkdir(mode=0o700, exist_ok=True)
        workspace.newsroom.chmod(0o700)
        write_json(workspace.people_file, content)
    return people

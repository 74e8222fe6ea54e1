"""What people say about an episode, changed in its `episode.toml` beside everybody else who may."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ground.episode_file import EpisodeFile, said_in
from pipeline.ground.files import locked, write_text
from pipeline.ground.workspace import Workspace
from pipeline.tools.toml_editing import with_values
from pipeline.words.errors import EpisodeProblem

_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Described:
    """The content of an `episode.toml`; `mark` tells whether it is still the same."""

    mark: str
    said: Mapping[str, Any]


class ChangedMeanwhile(EpisodeProblem):
    """Somebody else changed the file since it was read; `there` is what it says now."""

    def __init__(self, slug: str, there: Described) -> None:
        super().__init__(
            f"Somebody changed the details of “{slug}” meanwhile.",
            "Choose for each field what it shall say, then save again.",
        )
        self.there = there

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), ("", self.there)


def read_described(workspace: Workspace, slug: str) -> Described:
    """What the file says. Raises EpisodeProblem when it cannot be read."""
    return _described(_text(_file(workspace, slug), slug), slug)


def describe(workspace: Workspace, slug: str, seen: str, content: dict[str, Any]) -> Described:
    """Let the file say `content`, which has no faults, for all keys that an episode may have.

    Keys that `content` leaves out are left as they are. Raises ChangedMeanwhile unless the file is
    the one whose mark was `seen`.
    """
    path = _file(workspace, slug)
    with locked(workspace.cache / "locks" / f"{slug}.details.lock", f"“{slug}”", _PATIENCE_SECONDS):
        text = _text(path, slug)
        there = _described(text, slug)
        if there.mark != seen:
            raise ChangedMeanwhile(slug, there)
        said = said_in({key: value for key, value in content.items() if value is not None})
        wanted = {key: said.get(key) for key in EpisodeFile.model_fields if key in content}
        try:
            changed = with_values(text, wanted)
        except ValueError as error:
            raise EpisodeProblem(
                f"episode.toml of “{slug}” cannot be changed here without harm.",
                "Change it in a text editor.",
                str(error),
            ) from error
        if changed != text:
            write_text(path, changed)
        return _described(changed, slug)


def _file(workspace: Workspace, slug: str) -> Path:
    return workspace.episodes_folder / slug / "episode.toml"


def _text(path: Path, slug: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{slug}” cannot be read.", "Look at it in a text editor.", str(error)
        ) from error


def _described(text: str, slug: str) -> Described:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EpisodeProblem(
            f"episode.toml of “{slug}” is not valid TOML: {error}.", "Correct that line."
        ) from error
    return Described(hashlib.sha256(text.encode()).hexdigest(), said)

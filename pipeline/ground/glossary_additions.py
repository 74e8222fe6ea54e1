"""Adds an entry to `glossary.toml` as a person would: at its end, all that is there kept."""

from __future__ import annotations

import json
import tomllib
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from pipeline.ground.files import locked, write_text
from pipeline.ground.glossary import GlossaryFile, read_glossary
from pipeline.words.errors import EpisodeProblem
from pipeline.words.plain_text import one_line

_PATIENCE_SECONDS = 10.0


class Kind(StrEnum):
    """The lists of the glossary to which a name can be added."""

    PEOPLE = "people"
    PLACES = "places"
    TERMS = "terms"


_NAMED_BY = {Kind.PEOPLE: "name", Kind.PLACES: "name", Kind.TERMS: "short"}


def add_to_glossary(root: Path, path: Path, kind: Kind, name: str, heard_as: str = "") -> bool:
    """Add a name, and how the machine writes it wrongly; False when the name is there already.

    `root` is the workspace. Raises SetupProblem when the file has a fault, EpisodeProblem when the
    entry cannot be written at its end; then the file is as it was.
    """
    name, heard_as = one_line(name), one_line(heard_as)
    with locked(root / ".cache" / "locks" / "glossary.lock", "The glossary", _PATIENCE_SECONDS):
        read_glossary(path)
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        known = [entry.get(_NAMED_BY[kind], "") for entry in tomllib.loads(before).get(kind, [])]
        if name.casefold() in (each.casefold() for each in known):
            return False
        after = f"{before.rstrip()}\n\n{_entry(kind, name, heard_as)}".lstrip("\n")
        _check(path, after)
        write_text(path, after)
        return True


def _entry(kind: Kind, name: str, heard_as: str) -> str:
    lines = [f"[[{kind}]]", f"{_NAMED_BY[kind]} = {_quoted(name)}"]
    if heard_as and heard_as != name:
        lines.append(f"heard_as = [{_quoted(heard_as)}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _check(path: Path, content: str) -> None:
    try:
        GlossaryFile.model_validate(tomllib.loads(content))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise EpisodeProblem(
            f"This cannot be added to {path.name} by itself.",
            "Write it there in a text editor.",
            str(error),
        ) from error

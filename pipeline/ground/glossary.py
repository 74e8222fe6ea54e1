"""`feed/glossary.toml`: the newsroom's people, places and terms, checked when it is read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pipeline.ground.config import sentence_for
from pipeline.words.errors import SetupProblem
from pipeline.words.glossary import Glossary, KnownPerson, KnownPlace, Term, Title

Name = Annotated[str, StringConstraints(min_length=1, max_length=128, strip_whitespace=True)]
Line = Annotated[str, Field(max_length=1000)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Person(_Entry):
    name: Name
    role: Line = ""
    variants: list[Name] = []
    heard_as: list[Name] = []


class _Place(_Entry):
    name: Name
    variants: list[Name] = []
    heard_as: list[Name] = []


class _Term(_Entry):
    short: Name
    long: Line = ""
    note: Line = ""
    source: Line = ""
    heard_as: list[Name] = []


class _Title(_Entry):
    name: Name
    variants: list[Name] = []


class GlossaryFile(_Entry):
    """The keys of `glossary.toml`: `[[people]]`, `[[places]]`, `[[terms]]` and `[[titles]]`."""

    people: list[_Person] = []
    places: list[_Place] = []
    terms: list[_Term] = []
    titles: list[_Title] = []


def read_glossary(path: Path) -> Glossary:
    """The glossary in `path`; an empty one when there is no such file.

    Raises SetupProblem with one sentence for each thing that is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return _glossary(GlossaryFile.model_validate(content))
    except FileNotFoundError:
        return Glossary()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupProblem(f"{path} is not valid TOML: {error}.", "Correct that line.") from error
    except ValidationError as error:
        sentences = " ".join(sentence_for(problem, GlossaryFile) for problem in error.errors())
        raise SetupProblem(f"{path}: {sentences}", "Correct it and run again.") from error


def _glossary(file: GlossaryFile) -> Glossary:
    return Glossary(
        people=tuple(
            KnownPerson(p.name, p.role, tuple(p.variants), tuple(p.heard_as)) for p in file.people
        ),
        places=tuple(KnownPlace(p.name, tuple(p.variants), tuple(p.heard_as)) for p in file.places),
        terms=tuple(Term(t.short, t.long, t.note, t.source, tuple(t.heard_as)) for t in file.terms),
        titles=tuple(Title(t.name, tuple(t.variants)) for t in file.titles),
    )

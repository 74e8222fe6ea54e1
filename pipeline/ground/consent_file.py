"""`transcripts/<slug>/consent.json`: what guests agreed to; nothing of it is ever published."""

from __future__ import annotations

import datetime
import hashlib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.ground.files import locked, write_json
from pipeline.ground.workspace import Workspace
from pipeline.words.consent import Consent, ConsentForm, ConsentScope
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem

_PATIENCE_SECONDS = 10.0
MOST_CONSENTS = 100


class ConsentEntry(BaseModel):
    """One entry of the file, as the review app sends it too."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1, max_length=128)]
    given_on: datetime.date
    form: ConsentForm = ConsentForm.WRITTEN
    scope: Annotated[list[ConsentScope], Field(min_length=1, max_length=8)]
    withdrawn_on: datetime.date | None = None
    note: Annotated[str, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def _is_taken_back_after_it_was_given(self) -> ConsentEntry:
        if self.withdrawn_on is not None and self.withdrawn_on < self.given_on:
            raise ValueError("it was withdrawn before it was given")
        return self

    def word(self) -> Consent:
        return Consent(
            self.name, self.given_on, self.form, tuple(self.scope), self.withdrawn_on, self.note
        )


class _File(BaseModel):
    version: int = 1
    consents: list[ConsentEntry] = []


def read_consents(episode: Episode) -> tuple[Consent, ...]:
    """What is on record, in the order in which it was noted. Raises EpisodeProblem."""
    return tuple(entry.word() for entry in _read(episode).consents)


def read_consent_entries(episode: Episode) -> tuple[str, list[ConsentEntry]]:
    """The same for a form, with a mark that tells whether it is still the same."""
    return mark_of(episode), _read(episode).consents


def write_consents(
    workspace: Workspace, episode: Episode, seen: str, entries: list[ConsentEntry]
) -> str:
    """Replace the record; returns its new mark.

    Raises EpisodeProblem unless it is the one whose mark was `seen`.
    """
    lock = workspace.cache / "locks" / f"{episode.slug}.consent.lock"
    with locked(lock, f"“{episode.slug}”", _PATIENCE_SECONDS):
        if mark_of(episode) != seen:
            raise EpisodeProblem(
                f"Somebody changed the consents of “{episode.slug}” meanwhile.",
                "Load the page again, then note yours.",
            )
        write_json(episode.consent_json, _File(consents=entries).model_dump(mode="json"))
        return mark_of(episode)


def mark_of(episode: Episode) -> str:
    """The digest of the file, or of nothing."""
    try:
        return hashlib.sha256(episode.consent_json.read_bytes()).hexdigest()
    except FileNotFoundError:
        return hashlib.sha256(b"").hexdigest()


def _read(episode: Episode) -> _File:
    try:
        return _File.model_validate_json(episode.consent_json.read_bytes())
    except FileNotFoundError:
        return _File()
    except (OSError, ValidationError) as error:
        raise EpisodeProblem(
            f"consent.json of “{episode.slug}” cannot be read.",
            "Restore it from a backup; it says what guests agreed to.",
            str(error),
        ) from error

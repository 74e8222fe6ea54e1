"""What guests agreed to: kept with the episode, never public."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheWorkspace
from pipeline.faces.web.visitors import Describer
from pipeline.ground.audit_file import record
from pipeline.ground.consent_file import (
    MOST_CONSENTS,
    ConsentEntry,
    read_consent_entries,
    write_consents,
)
from pipeline.words.episode import Episode

router = APIRouter()


class Consents(BaseModel):
    """The record; `mark` comes back with what changes it."""

    mark: str
    consents: list[ConsentEntry]


class ConsentsWish(BaseModel):
    """What the record shall be. `seen` is the mark of what was read."""

    seen: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    consents: Annotated[list[ConsentEntry], Field(max_length=MOST_CONSENTS)]


@router.get("/api/episodes/{slug}/consents")
def read_them(episode: TheEpisode, _visitor: Describer) -> Consents:
    """Everything on record."""
    return consents_answer(episode)


@router.put("/api/episodes/{slug}/consents")
def change_them(
    wish: ConsentsWish, episode: TheEpisode, workspace: TheWorkspace, visitor: Describer
) -> Consents:
    """Replace the record by one that builds on what was read."""
    write_consents(workspace, episode, wish.seen, wish.consents)
    names = ", ".join(consent.name for consent in wish.consents)
    record(workspace, visitor.name, "changed the consents", episode.slug, people=names)
    return consents_answer(episode)


def consents_answer(episode: Episode) -> Consents:
    """The record as the page has it."""
    mark, consents = read_consent_entries(episode)
    return Consents(mark=mark, consents=consents)

"""A name that an editor has just corrected, remembered for the next episode."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheWorkspace
from pipeline.faces.web.visitors import Editor
from pipeline.ground.audit_file import record
from pipeline.ground.glossary_additions import Kind, add_to_glossary

router = APIRouter()


class Entry(BaseModel):
    """A name as it is spelled, and as the machine wrote it."""

    kind: Kind
    name: str = Field(min_length=1, max_length=128, pattern=r"\S")
    heard_as: str = Field("", max_length=128)


class Added(BaseModel):
    """False: the glossary knew it already."""

    is_new: bool


@router.post("/api/episodes/{slug}/transcript/glossary")
def remember(entry: Entry, workspace: TheWorkspace, episode: TheEpisode, visitor: Editor) -> Added:
    """Add a name to `feed/glossary.toml`: the next hearing of an episode suggests it."""
    path = episode.glossary_toml
    is_new = add_to_glossary(workspace.root, path, entry.kind, entry.name, entry.heard_as)
    if is_new:
        record(workspace, visitor.name, "glossary", episode.slug, name=entry.name)
    return Added(is_new=is_new)

"""What is behind an article: a verdict for each quote and fact, and what was said."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from pipeline.faces.web.article.editing import Text
from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import TheLanguage
from pipeline.faces.web.visitors import Looker
from pipeline.ground.transcript_file import read_transcript
from pipeline.tools.translations import translator

router = APIRouter()


class CheckWish(BaseModel):
    """A text to be laid against the recording."""

    text: Text


class Said(BaseModel):
    """A line of the transcript as readers get it; times are seconds."""

    start: float
    end: float
    speaker: str
    text: str


@router.post("/api/episodes/{slug}/article/check")
def check(
    wish: CheckWish,
    episode: TheEpisode,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    _visitor: Looker,
    language: TheLanguage,
) -> dict[str, Any]:
    """A verdict for each quote and every finding, with offsets in characters of the text."""
    from pipeline.words.grounding.checked import checked_to_json

    checked = newsroom.checkers.of(workspace, episode).check(wish.text)
    workspace.digests.save()
    return checked_to_json(checked, translator(language))


@router.get("/api/episodes/{slug}/article/said")
def what_was_said(episode: TheEpisode, _visitor: Looker) -> list[Said]:
    """The transcript, to quote from."""
    return [
        Said(start=each.start, end=each.end, speaker=each.speaker, text=each.for_readers.strip())
        for each in read_transcript(episode).segments
        if each.for_readers.strip()
    ]

"""What the machine's draft suggests for an episode's form; nothing is taken over by itself."""

from __future__ import annotations

from pydantic import BaseModel, Field, ValidationError

from pipeline.ground.files import read_json
from pipeline.words.chapters import chapters_from_json
from pipeline.words.episode import Episode


class OfferedChapter(BaseModel):
    start_seconds: float
    title: str


class OfferedSoundbite(BaseModel):
    start_seconds: float
    duration_seconds: float
    title: str = ""
    text: str = ""
    speaker: str = ""


class _Chapter(BaseModel):
    start: float
    title: str


class _Notes(BaseModel):
    summary: str = ""
    chapters: list[_Chapter] = []
    hashtags: list[str] = []


class _Draft(BaseModel):
    """The part of `draft.json` that is offered."""

    headlines: list[str] = []
    headline: str = ""
    excerpt: str = ""
    tags: list[str] = []
    notes: _Notes = Field(default_factory=_Notes)
    soundbites: list[OfferedSoundbite] = []


class Offers(BaseModel):
    """Candidates to choose from."""

    titles: list[str] = []
    summaries: list[str] = []
    tags: list[str] = []
    chapters: list[OfferedChapter] = []
    soundbites: list[OfferedSoundbite] = []


def offers_of(episode: Episode) -> Offers:
    """What there is to offer; nothing while the episode has no draft."""
    try:
        draft = _Draft.model_validate(read_json(episode.draft_json))
    except (OSError, ValueError, ValidationError):
        return Offers(chapters=_chapters_found(episode))
    given = [OfferedChapter(start_seconds=c.start, title=c.title) for c in draft.notes.chapters]
    return Offers(
        titles=list(dict.fromkeys(filter(None, [*draft.headlines, draft.headline]))),
        summaries=list(dict.fromkeys(filter(None, [draft.notes.summary, draft.excerpt]))),
        tags=draft.tags,
        chapters=given or _chapters_found(episode),
        soundbites=draft.soundbites,
    )


def _chapters_found(episode: Episode) -> list[OfferedChapter]:
    try:
        found = chapters_from_json(read_json(episode.chapters_json))
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [OfferedChapter(start_seconds=c.start, title=c.title) for c in found]

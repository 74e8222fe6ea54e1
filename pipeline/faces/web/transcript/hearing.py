"""A stretch heard again, and words laid on the sound: offered, never taken by itself."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheWorkspace
from pipeline.faces.web.visitors import Editor, Looker
from pipeline.ground.workspace import Workspace
from pipeline.words.reading import words_to_read
from pipeline.words.transcript import Word

router = APIRouter()

_LONGEST_SECONDS = 600.0

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class WordAnswer(BaseModel):
    """A word with its times, as a `text` operation takes it."""

    start: float
    end: float
    text: str
    probability: float


class Stretch(BaseModel):
    """What to hear: seconds, and with what. `model` "" is the show's, `hint` null too."""

    start: Seconds
    end: Seconds
    model: str = Field("", max_length=60)
    hint: str | None = Field(None, max_length=400)


class HeardAnswer(BaseModel):
    """What the model hears there now; `left_out` is what it wrote and was not believed."""

    text: str
    words: list[WordAnswer]
    left_out: str


class Laid(BaseModel):
    """A text and the stretch in which it is said."""

    start: Seconds
    end: Seconds
    text: str = Field(min_length=1, max_length=5000)


@router.get("/api/episodes/{slug}/transcript/models")
def models(workspace: TheWorkspace, _episode: TheEpisode, _visitor: Looker) -> list[str]:
    """The models that are on this machine, by name."""
    return list(_models_here(workspace))


@router.post("/api/episodes/{slug}/transcript/hear")
def hear_again(
    stretch: Stretch, workspace: TheWorkspace, episode: TheEpisode, _visitor: Editor
) -> HeardAnswer:
    """What is said between two times, heard anew. It takes seconds and changes nothing."""
    from pipeline.stages.transcribe.span import Ear, hear_span

    if stretch.model and stretch.model not in _models_here(workspace):
        raise HTTPException(422, "This model is not on this machine.")
    _check(stretch)
    ear = Ear(model=stretch.model, hint=stretch.hint)
    heard = hear_span(episode, workspace.show, stretch.start, stretch.end, ear)
    words = [word for segment in heard.segments for word in words_to_read(segment)]
    return HeardAnswer(
        text=" ".join(word.text for word in words),
        words=[_word(word) for word in words],
        left_out=" ".join(each.text for each in heard.left_out),
    )


@router.post("/api/episodes/{slug}/transcript/align")
def lay_on_the_sound(
    laid: Laid, workspace: TheWorkspace, episode: TheEpisode, _visitor: Editor
) -> list[WordAnswer]:
    """The words of a text with the times at which the model hears them; empty where it cannot."""
    from pipeline.stages.transcribe.span import align_line

    _check(laid)
    words = align_line(episode, workspace.show, laid.start, laid.end, laid.text)
    return [_word(word) for word in words or ()]


def _check(stretch: Stretch | Laid) -> None:
    if not 0 < stretch.end - stretch.start <= _LONGEST_SECONDS:
        raise HTTPException(422, "This stretch is too long, or no stretch at all.")


def _models_here(workspace: Workspace) -> tuple[str, ...]:
    """Names only: a folder is never taken from a request."""
    from pipeline.tools.whisper.catalogue import NAMED_MODELS
    from pipeline.tools.whisper.models import resolve_model

    names = ("demo", *NAMED_MODELS)
    return tuple(name for name in names if resolve_model(name, workspace.root).folder is not None)


def _word(word: Word) -> WordAnswer:
    return WordAnswer(start=word.start, end=word.end, text=word.text, probability=word.probability)

"""The sound of an episode, for its editors: byte ranges to seek in, and how it looks."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse, JSONResponse, Response

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheNewsroom
from pipeline.faces.web.visitors import Looker
from pipeline.running.waveforms import audio_of, waveform_of

router = APIRouter()

# It may be made anew at any time, so browsers ask whether theirs is still the one.
_HEADERS = {"Cache-Control": "private, no-cache"}


@router.get("/episodes/{slug}/audio", include_in_schema=False)
@router.head("/episodes/{slug}/audio", include_in_schema=False)
def audio(episode: TheEpisode, _visitor: Looker) -> Response:
    """The MP3 that listeners hear, or will; times of the transcript are times of it."""
    return FileResponse(audio_of(episode), media_type="audio/mpeg", headers=_HEADERS)


@router.get("/api/episodes/{slug}/waveform")
def waveform(newsroom: TheNewsroom, episode: TheEpisode, _visitor: Looker) -> Response:
    """`bars` from 0 to 100, equally long stretches of `duration` seconds.

    The first time it may take half a minute for two hours of sound.
    """
    duration = newsroom.reviews.standing(episode).reviewed.machine.duration
    shown = waveform_of(episode, duration)
    return JSONResponse({"duration": shown.duration, "bars": shown.bars})

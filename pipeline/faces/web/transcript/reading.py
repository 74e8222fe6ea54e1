"""The editor's page, and where the transcript stands."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.guards import HEADERS
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import language_of, page
from pipeline.faces.web.static_files import STATIC
from pipeline.faces.web.transcript.answers import Answer, answered
from pipeline.faces.web.transcript.said import SAID_BY_SCRIPTS
from pipeline.faces.web.visitors import Looker
from pipeline.words.episode import Episode

router = APIRouter()
"""Revisions: `epoch` and `count` of the last answer; without them everything is answered."""

_POLICY = "Content-Security-Policy"
EPOCH = Query(max_length=40)


@router.get("/episodes/{slug}/transcript", include_in_schema=False)
def transcript_page(
    request: Request, newsroom: TheNewsroom, episode: TheEpisode, visitor: Looker
) -> Response:
    """The page; who has no scripts reads the transcript in it."""
    has_transcript = episode.transcript_json.is_file()
    lines = newsroom.reviews.standing(episode).reviewed.lines if has_transcript else ()
    # The waveform brings a style element of its own; this lets in that one and no other.
    nonce = secrets.token_urlsafe(16)
    answer = page(
        request,
        "transcript.html",
        visitor,
        episode=episode,
        has_transcript=has_transcript,
        lines=lines,
        nonce=nonce,
        names=_names(episode),
        said_by_scripts=SAID_BY_SCRIPTS,
        modules=_modules(),
    )
    answer.headers[_POLICY] = HEADERS[_POLICY].replace(
        "style-src 'self'", f"style-src 'self' 'nonce-{nonce}'"
    )
    return answer


@router.get("/api/episodes/{slug}/transcript", response_model=Answer)
def transcript(
    request: Request,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    episode: TheEpisode,
    visitor: Looker,
    epoch: Annotated[str, EPOCH] = "",
    count: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """The lines that changed since a revision, and all there is to know beside them."""
    standing = newsroom.reviews.standing(episode)
    return answered(standing, epoch, count, visitor.name, language_of(request, workspace))


@cache
def _modules() -> list[str]:
    """The editor's scripts: a browser that knows them all at once need not find them one by one."""
    names = [path.name for path in sorted((STATIC / "transcript").glob("*.js"))]
    return [*(f"transcript/{name}" for name in names), "asking.js", "events.js", "words.js"]


def _names(episode: Episode) -> list[str]:
    """Whose names are likely to be given to a speaker."""
    details = episode.details
    names = [details.host, *(guest.name for guest in details.guests)]
    names.extend(speaker.name for speaker in details.speakers)
    return list(dict.fromkeys(name for name in names if name))

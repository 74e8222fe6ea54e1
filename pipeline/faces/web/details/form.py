"""The form of an episode: everything that people say about it, its cover, and its consents."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, Field, JsonValue
from starlette.concurrency import run_in_threadpool

from pipeline.faces.web.details.consents import consents_answer
from pipeline.faces.web.details.field_words import words_for
from pipeline.faces.web.details.offers import Offers, offers_of
from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.events import Event
from pipeline.faces.web.guards import HEADERS, LARGEST_BODY, TOO_LARGE
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import TheLanguage, page
from pipeline.faces.web.visitors import Describer, Looker
from pipeline.ground.audit_file import record
from pipeline.ground.episode_file import EpisodeFile, faults_in
from pipeline.ground.files import replacing
from pipeline.ground.kept import put_aside
from pipeline.ground.workspace import Workspace
from pipeline.tools.artwork.cover import cover_of
from pipeline.tools.describing import ChangedMeanwhile, Described, describe, read_described
from pipeline.tools.translations import sentence_translator
from pipeline.words.episode import Episode

router = APIRouter()

_POLICY = "Content-Security-Policy"

Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Details(BaseModel):
    """What an episode's file says; `mark` comes back with what changes it."""

    mark: str
    details: dict[str, JsonValue]


class DetailsWish(BaseModel):
    """What the file shall say; null takes a key out. `seen` is the mark of what was read."""

    seen: Mark
    details: Annotated[dict[str, JsonValue], Field(max_length=64)]


class CoverAnswer(BaseModel):
    """`is_cut`: the picture was not square, and its edges were cut off."""

    is_cut: bool


@router.get("/episodes/{slug}/details", include_in_schema=False)
def details_page(
    request: Request, episode: TheEpisode, workspace: TheWorkspace, visitor: Looker
) -> Response:
    described = read_described(workspace, episode.slug)
    # The waveform brings a style element of its own; this lets in that one and no other.
    nonce = secrets.token_urlsafe(16)
    answer = page(
        request,
        "details.html",
        visitor,
        episode=episode,
        state=_answer(described, workspace).model_dump(mode="json"),
        offers=offers_of(episode).model_dump(mode="json"),
        consents=consents_answer(episode).model_dump(mode="json"),
        zone=workspace.show.show.timezone,
        show=workspace.show.show,
        nonce=nonce,
    )
    answer.headers[_POLICY] = HEADERS[_POLICY].replace(
        "style-src 'self'", f"style-src 'self' 'nonce-{nonce}'"
    )
    return answer


@router.get("/api/episodes/{slug}/details")
def read_details(episode: TheEpisode, workspace: TheWorkspace, _visitor: Looker) -> Details:
    """What the episode's file says now."""
    return _answer(read_described(workspace, episode.slug), workspace)


@router.put("/api/episodes/{slug}/details", responses={409: {}, 422: {}})
def change_details(
    wish: DetailsWish,
    episode: TheEpisode,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Describer,
    language: TheLanguage,
) -> Response:
    """Save the form. 422 says per field what is wrong, 409 what somebody else wrote meanwhile."""
    said = {key: value for key, value in wish.details.items() if key in EpisodeFile.model_fields}
    content = _with_zone({k: v for k, v in said.items() if v is not None}, workspace)
    faults = faults_in(content)
    sentence = sentence_translator(language)
    if faults:
        problem = sentence("Some fields need a look.")
        fields = words_for(faults, language)
        return JSONResponse({"problem": problem, "remedy": "", "fields": fields}, 422)
    everything = {**dict.fromkeys(said), **content}
    try:
        described = describe(workspace, episode.slug, wish.seen, everything)
    except ChangedMeanwhile as error:
        there = _answer(error.there, workspace).model_dump(mode="json")
        said_now = {"problem": sentence(error.problem), "remedy": sentence(error.remedy)}
        return JSONResponse({**said_now, "there": there}, 409)
    record(workspace, visitor.name, "changed the details", episode.slug)
    _tell(newsroom, episode.slug)
    return JSONResponse(_answer(described, workspace).model_dump(mode="json"))


@router.get("/api/episodes/{slug}/offers")
def what_is_offered(episode: TheEpisode, _visitor: Looker) -> Offers:
    """What the machine suggests for the form; people choose."""
    return offers_of(episode)


@router.get("/episodes/{slug}/cover", include_in_schema=False)
def cover(episode: TheEpisode, workspace: TheWorkspace, _visitor: Looker) -> Response:
    """The episode's own cover, or the show's artwork."""
    path = episode.cover or workspace.feed_folder / workspace.show.show.artwork
    if not path.is_file():
        raise HTTPException(404, "There is no cover yet.")
    return FileResponse(path, headers={"Cache-Control": "no-store"})


@router.put("/api/episodes/{slug}/cover")
async def change_cover(
    request: Request,
    episode: TheEpisode,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Describer,
) -> CoverAnswer:
    """Make a picture the episode's cover: the body is a JPEG, PNG or WebP."""
    content = await _body(request)
    is_cut = await run_in_threadpool(_put_cover, episode, content)
    record(workspace, visitor.name, "changed the cover", episode.slug)
    _tell(newsroom, episode.slug)
    return CoverAnswer(is_cut=is_cut)


@router.delete("/api/episodes/{slug}/cover")
def remove_cover(
    episode: TheEpisode, newsroom: TheNewsroom, workspace: TheWorkspace, visitor: Describer
) -> CoverAnswer:
    """Let the episode have the show's artwork again; its own is put aside."""
    if episode.cover is not None:
        put_aside(episode.cover)
        record(workspace, visitor.name, "removed the cover", episode.slug)
        _tell(newsroom, episode.slug)
    return CoverAnswer(is_cut=False)


def _put_cover(episode: Episode, content: bytes) -> bool:
    picture, is_cut = cover_of(content)
    with replacing(episode.folder / "cover.jpg") as file:
        file.write(picture)
        file.flush()
        os.fsync(file.fileno())  # a full disk shows here, while the cover of before is in its place
        while episode.cover is not None:
            put_aside(episode.cover)
    return is_cut


async def _body(request: Request) -> bytes:
    """The body, whatever length it announced."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            raise HTTPException(413, TOO_LARGE)
    return body


def _answer(described: Described, workspace: Workspace) -> Details:
    said = {key: _in_json(value, workspace) for key, value in described.said.items()}
    return Details(mark=described.mark, details=said)


def _in_json(value: Any, workspace: Workspace) -> Any:
    """Moments without an offset are meant on the show's clocks."""
    if isinstance(value, datetime):
        zone = ZoneInfo(workspace.show.show.timezone)
        aware = value if value.tzinfo else value.replace(tzinfo=zone)
        return aware.astimezone(zone).isoformat(timespec="minutes")
    if isinstance(value, list):
        return [_in_json(each, workspace) for each in value]
    if isinstance(value, dict):
        return {key: _in_json(each, workspace) for key, each in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _with_zone(content: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """A moment that a browser gives has no zone: it is the show's."""
    try:
        moment = datetime.fromisoformat(content["publish_at"])
    except (KeyError, TypeError, ValueError):
        return content
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(workspace.show.show.timezone))
    return {**content, "publish_at": moment.isoformat()}


def _tell(newsroom: TheNewsroom, slug: str) -> None:
    newsroom.events.tell(Event("details", slug))

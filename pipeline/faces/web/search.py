"""Searching the whole archive: hits grouped by episode, each at its second in the sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from pipeline.faces.web.newsroom import Newsroom, TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import page
from pipeline.faces.web.visitors import Looker
from pipeline.ground.workspace import Workspace
from pipeline.running.index import EpisodeHits, Hit, Kind
from pipeline.words.errors import EpisodeProblem

router = APIRouter()

Asked = Annotated[str, Query(max_length=1000)]
_REFRESH_SECONDS = 0.4
_PLACES = {
    Kind.TITLE: "Title",
    Kind.GUEST: "Guests",
    Kind.NOTES: "Details",
    Kind.ARTICLE: "Article",
    Kind.LINE: "Transcript",
}
_ROOMS = {
    Kind.TITLE: "",
    Kind.GUEST: "",
    Kind.NOTES: "/details",
    Kind.ARTICLE: "/article",
    Kind.LINE: "/transcript",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One episode with what was found in it; `title` is the episode's own."""

    slug: str
    title: str
    count: int
    hits: tuple[tuple[Hit, str, str], ...]


class HitSaid(BaseModel):
    """`text` is the passage around the hit, `address` where to read or hear it."""

    place: str
    text: str
    start_seconds: float | None
    speaker: str
    address: str


class FoundSaid(BaseModel):
    slug: str
    title: str
    count: int
    hits: list[HitSaid]


class SearchSaid(BaseModel):
    """`is_whole`: nothing waits to be taken into the index."""

    is_whole: bool
    episodes: list[FoundSaid]


@router.get("/search", include_in_schema=False)
def search_page(
    request: Request,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Looker,
    q: Asked = "",
) -> Response:
    found, is_whole = _look(newsroom, workspace, q)
    return page(request, "search.html", visitor, query=q, found=found, is_whole=is_whole)


@router.get("/api/search")
def search(
    newsroom: TheNewsroom, workspace: TheWorkspace, _visitor: Looker, q: Asked = ""
) -> SearchSaid:
    """The episodes that hold all words of `q`, the best first. Any text is a question."""
    found, is_whole = _look(newsroom, workspace, q)
    return SearchSaid(is_whole=is_whole, episodes=[_said(each) for each in found])


def _look(newsroom: Newsroom, workspace: Workspace, query: str) -> tuple[list[Found], bool]:
    is_whole = newsroom.archive.refresh(_REFRESH_SECONDS)
    hits = newsroom.archive.look(query)
    return [_found(workspace, each) for each in hits], is_whole


def _found(workspace: Workspace, of: EpisodeHits) -> Found:
    try:
        title = workspace.episode(of.slug).details.title
    except EpisodeProblem:
        title = of.slug
    hits = tuple((hit, _PLACES[hit.kind], _address(of.slug, hit)) for hit in of.hits)
    return Found(of.slug, title, of.count, hits)


def _address(slug: str, hit: Hit) -> str:
    at = "" if hit.start_seconds is None else f"?t={hit.start_seconds:.2f}"
    return f"/episodes/{slug}{_ROOMS[hit.kind]}{at}"


def _said(found: Found) -> FoundSaid:
    return FoundSaid(
        slug=found.slug,
        title=found.title,
        count=found.count,
        hits=[
            HitSaid(
                place=place,
                text="".join(piece.text for piece in hit.pieces),
                start_seconds=hit.start_seconds,
                speaker=hit.speaker,
                address=address,
            )
            for hit, place, address in found.hits
        ],
    )

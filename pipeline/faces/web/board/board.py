"""The board: every episode, where it stands, and what waits for whom."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from pipeline.faces.web.board.inbox_notes import notes_in
from pipeline.faces.web.board.rows import GROUPS, row_of
from pipeline.faces.web.drop.drops import for_dropping
from pipeline.faces.web.episodes import KnownSlug
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import page
from pipeline.faces.web.visitors import Looker

router = APIRouter(include_in_schema=False)


@router.get("/")
def board_page(
    request: Request, newsroom: TheNewsroom, workspace: TheWorkspace, visitor: Looker
) -> Response:
    standings = newsroom.standings.of_all(workspace)
    rows = [row_of(each, newsroom, workspace, visitor) for each in standings]
    rows.sort(key=lambda row: (row.day or date.min, row.slug), reverse=True)
    counts = {group: sum(group in row.groups for row in rows) for group in GROUPS}
    return page(
        request,
        "board.html",
        visitor,
        rows=rows,
        counts=counts,
        notes=notes_in(workspace),
        trouble=newsroom.at_work.trouble(),
        **for_dropping(),
    )


@router.get("/board/rows/{slug}")
def board_row(
    request: Request,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Looker,
    slug: KnownSlug,
) -> Response:
    """One episode as the board shows it now, for a page that is open already."""
    standing = newsroom.standings.of(workspace, slug)
    row = row_of(standing, newsroom, workspace, visitor)
    return page(request, "board_row.html", visitor, row=row)


@router.get("/board/inbox")
def board_inbox(request: Request, workspace: TheWorkspace, visitor: Looker) -> Response:
    """What could not be taken in, for a page that is open already."""
    return page(request, "board_inbox.html", visitor, notes=notes_in(workspace))


@router.get("/api/events")
async def events(newsroom: TheNewsroom, _visitor: Looker) -> Response:
    """What happens from now on, as server-sent events."""
    stream: AsyncIterator[str] = newsroom.events.stream()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

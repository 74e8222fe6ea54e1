"""The board: every episode, where it stands, and what waits for whom."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from pipeline.faces.status import status_of_all
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import page
from pipeline.faces.web.visitors import Looker

router = APIRouter()


@router.get("/", include_in_schema=False)
def board_page(request: Request, workspace: TheWorkspace, visitor: Looker) -> Response:
    return page(request, "board.html", visitor, episodes=status_of_all(workspace))


@router.get("/api/events", include_in_schema=False)
async def events(newsroom: TheNewsroom, _visitor: Looker) -> Response:
    """What happens from now on, as server-sent events."""
    stream: AsyncIterator[str] = newsroom.events.stream()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

"""The article on its way to the newsroom's WordPress site, as a draft there."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheWorkspace
from pipeline.faces.web.rendering import TheLanguage
from pipeline.faces.web.visitors import Publisher
from pipeline.ground.audit_file import record
from pipeline.tools.translations import sentence_translator

router = APIRouter()


class SendWish(BaseModel):
    """Whose words stand where both sides changed it, and whether a deleted post comes again."""

    prefer: Literal["neither", "ours", "theirs"] = "neither"
    again: bool = False


class Sent(BaseModel):
    """Which post it is now. `theirs` are fields that were changed there and stay."""

    outcome: str
    id: int
    status: str
    edit_link: str
    theirs: list[str]
    notes: list[str]


@router.post("/api/episodes/{slug}/wordpress", response_model=Sent, responses={409: {}})
def send(
    wish: SendWish,
    episode: TheEpisode,
    workspace: TheWorkspace,
    visitor: Publisher,
    language: TheLanguage,
) -> Response:
    """Make or renew the draft; 409 with the differences where both sides changed it."""
    # Loads the client, which other pages do without.
    from pipeline.faces.delivering import deliver
    from pipeline.tools.wordpress import ChangedThere, Side, Wish

    sentence = sentence_translator(language)
    try:
        done = deliver(workspace, episode.slug, Wish(again=wish.again, prefer=Side(wish.prefer)))
    except ChangedThere as error:
        differences = {str(name): text for name, text in error.differences.items()}
        said = {"problem": sentence(error.problem), "remedy": "", "differences": differences}
        return JSONResponse(said, 409)
    pushed = done.pushed
    record(workspace, visitor.name, "sent to WordPress", episode.slug, post=str(pushed.id))
    sent = Sent(
        outcome=str(pushed.outcome),
        id=pushed.id,
        status=pushed.status,
        edit_link=pushed.edit_link,
        theirs=[str(name) for name in pushed.theirs],
        notes=[sentence(note) for note in done.notes],
    )
    return JSONResponse(sent.model_dump())

"""Edits: operations come in, are kept at once, and everybody who looks is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Union

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.events import Event
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import language_of
from pipeline.faces.web.transcript.answers import Answer, answered
from pipeline.faces.web.visitors import Editor, Looker, Visitor
from pipeline.words.review import operations as ops
from pipeline.words.review.operations import Operation
from pipeline.words.review.replacing import replacements

router = APIRouter()

_MOST_OPERATIONS = 1000
_MOST_CHARACTERS = 20_000

# What a person may send: everything but what the machine does.
_Sent = Union[  # noqa: UP007 - read at run time
    ops.ChangeText,
    ops.Split,
    ops.Merge,
    ops.Delete,
    ops.Insert,
    ops.Retime,
    ops.RenameSpeakers,
    ops.AssignSpeaker,
    ops.TakeSuggestion,
    ops.RefuseSuggestion,
    ops.MarkReviewed,
    ops.AddNote,
    ops.RemoveNote,
    ops.Undo,
    ops.NameVersion,
    ops.Restore,
    ops.Resolve,
]
Sent = Annotated[_Sent, Field(discriminator="kind")]


class Edits(BaseModel):
    """Operations in the order in which they were made, and the revision that the sender knows.

    `author` is set to who is signed in. `at` may be earlier than now: of edits made offline.
    """

    epoch: str = Field("", max_length=40)
    count: int = Field(0, ge=0)
    operations: list[Sent] = Field(max_length=_MOST_OPERATIONS)


@router.post("/api/episodes/{slug}/transcript/operations", response_model=Answer)
def edit(
    request: Request,
    edits: Edits,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    episode: TheEpisode,
    visitor: Editor,
) -> Response:
    """Keep edits. They are on the disk when this answers; one that arrives twice counts once."""
    operations = [_signed(operation, visitor) for operation in edits.operations]
    before = newsroom.reviews.standing(episode).count
    standing = newsroom.reviews.keep(episode, operations)
    if standing.count > before:
        told = {"count": standing.count, "epoch": standing.epoch, "author": visitor.name}
        newsroom.events.tell(Event("transcript", episode.slug, told))
        newsroom.aligner.changed(episode.slug, operations)
    language = language_of(request, workspace)
    return answered(standing, edits.epoch, edits.count, visitor.name, language)


class ReplacementAnswer(BaseModel):
    """A line before and after; `found` gives first and last character of each find in `before`."""

    line: str
    version: str
    start: float
    before: str
    after: str
    found: list[tuple[int, int]]


@router.get("/api/episodes/{slug}/transcript/replacements")
def preview_replacements(
    newsroom: TheNewsroom,
    episode: TheEpisode,
    _visitor: Looker,
    find: Annotated[str, Query(max_length=200)],
    put: Annotated[str, Query(max_length=200)] = "",
    match_case: bool = False,
    whole_words: bool = True,
) -> list[ReplacementAnswer]:
    """What finding and replacing would do, line by line."""
    reviewed = newsroom.reviews.standing(episode).reviewed
    found = replacements(reviewed, find, put, match_case=match_case, whole_words=whole_words)
    return [
        ReplacementAnswer(
            line=each.line.id,
            version=each.line.version,
            start=each.line.start,
            before=each.before,
            after=each.after,
            found=list(each.found),
        )
        for each in found
    ]


def _signed(operation: Operation, visitor: Visitor) -> Operation:
    """The operation of who is signed in, made now or earlier. Raises HTTPException."""
    if len(repr(operation)) > _MOST_CHARACTERS * (1 + isinstance(operation, ops.ChangeText) * 50):
        raise HTTPException(422, "This change is too long.")
    now = datetime.now(UTC)
    at = operation.at if operation.at.tzinfo else now
    return replace(operation, author=visitor.name, at=min(at, now))

"""Bringing recordings: the page, and what its scripts ask for; the bytes go through `tus.py`."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from pipeline.faces.web.drop.bringing import Bringing, Refused
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import language_of, page
from pipeline.faces.web.visitors import Dropper, Visitor
from pipeline.ground.audit_file import record
from pipeline.tools.inbox.uploads import KEPT_DAYS, OpenDrop
from pipeline.tools.translations import sentence_translator
from pipeline.words.dropping import SOUNDS, DroppedFile, Refusal
from pipeline.words.errors import SetupProblem
from pipeline.words.people import Ability

router = APIRouter()

State = Literal["coming", "listening", "usable", "refused"]


class FileBody(BaseModel):
    """A file that somebody wants to bring."""

    name: Annotated[str, Field(min_length=1, max_length=255)]
    size: Annotated[int, Field(ge=0, le=1 << 53)]
    modified_ms: Annotated[int, Field(ge=-(1 << 53), le=1 << 53)] = 0


class DropBody(BaseModel):
    """A file, or a folder of files."""

    name: Annotated[str, Field(min_length=1, max_length=255)]
    is_folder: bool = False
    files: Annotated[list[FileBody], Field(min_length=1, max_length=1000)]


class GuestBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1, max_length=128)]
    role: Annotated[str, Field(max_length=255)] = ""


class SpeakerBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    track: Annotated[str, Field(min_length=1, max_length=255)]
    name: Annotated[str, Field(max_length=128)] = ""


class Said(BaseModel):
    """The form: keys of `episode.toml`. What is empty is not said."""

    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, Field(max_length=255)] = ""
    date: datetime.date | Literal[""] = ""
    guests: Annotated[list[GuestBody], Field(max_length=50)] = []
    host: Annotated[str, Field(max_length=128)] = ""
    place: Annotated[str, Field(max_length=255)] = ""
    tags: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=50)] = []
    layout: Literal["", "auto", "parts", "tracks"] = ""
    speakers: Annotated[list[SpeakerBody], Field(max_length=50)] = []


class HandOver(BaseModel):
    wanted: bool


class FileSaid(BaseModel):
    """`arrived` of `size` bytes are here. The bytes go to /api/uploads/{id}."""

    id: str
    name: str
    size: int
    modified_ms: int
    arrived: int


class DropSaid(BaseModel):
    """One drop; `problem` and `remedy` are in the reader's language."""

    id: str
    name: str
    is_folder: bool
    by: str
    state: State
    is_ready: bool
    problem: str
    remedy: str
    said: Said
    files: list[FileSaid]


class Drops(BaseModel):
    drops: list[DropSaid]


class Gone(BaseModel):
    gone: bool


def _bringing(newsroom: TheNewsroom) -> Bringing:
    return newsroom.bringing


TheBringing = Annotated[Bringing, Depends(_bringing)]


def _own(
    drop_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")],
    bringing: TheBringing,
    visitor: Dropper,
) -> OpenDrop:
    drop = bringing.uploads.find(drop_id)
    if drop is None or not is_theirs(drop, visitor):
        raise HTTPException(404, "This recording is not on its way any more.")
    return drop


OwnDrop = Annotated[OpenDrop, Depends(_own)]


def is_theirs(drop: OpenDrop, visitor: Visitor) -> bool:
    """People bring their own things; who manages sees all."""
    return drop.owner == visitor.person.login or visitor.person.may(Ability.MANAGE)


WORDS = (
    "Sending: {done} of {all}",
    "{minutes} min left",
    "Choose the same file again to go on.",
    "Paused.",
    "No connection. It goes on by itself.",
    "Listening whether it is whole…",
    "It can be used.",
    "It goes to the newsroom as soon as it is whole.",
    "It is in the newsroom now.",
    "Not accepted",
    "Pause",
    "Go on",
    "Kept.",
    "Not kept yet.",
    "Remove “{name}” and what has arrived of it?",
    "Hand over",
    "Not yet",
    "Guest {number}",
    "Role of guest {number}",
    "Remove guest {number}",
    "Who speaks in “{name}”",
)
"""What `drop/` says to people, as message ids."""


@router.get("/drop", include_in_schema=False)
def drop_page(request: Request, visitor: Dropper) -> Response:
    return page(request, "drop.html", visitor, **for_dropping())


def for_dropping() -> dict[str, Any]:
    """What the template `dropping.html` needs, wherever it stands."""
    return {"accepted": sorted(SOUNDS), "kept_days": KEPT_DAYS, "drop_words": WORDS}


@router.get("/api/drops")
def open_drops(request: Request, bringing: TheBringing, visitor: Dropper) -> Drops:
    """What is on its way, oldest first."""
    uploads = bringing.uploads
    mine = [drop for drop in uploads.all() if is_theirs(drop, visitor)]
    return Drops(drops=[_said(request, bringing, drop) for drop in mine])


@router.post("/api/drops", status_code=201)
def begin(request: Request, bringing: TheBringing, visitor: Dropper, body: DropBody) -> Response:
    """Bring a file or a folder: checked by its names and sizes, answered with where bytes go."""
    files = [DroppedFile("", file.name, file.size, file.modified_ms) for file in body.files]
    try:
        drop = bringing.begin(
            visitor.person.login, visitor.name, body.name, files, is_folder=body.is_folder
        )
    except Refused as refused:
        return told(request, refused)
    except SetupProblem as error:
        return told(request, Refused(Refusal(error.problem, error.remedy), 507))
    return JSONResponse(_said(request, bringing, drop).model_dump(mode="json"), 201)


@router.put("/api/drops/{drop_id}/details")
def describe(request: Request, bringing: TheBringing, drop: OwnDrop, body: Said) -> DropSaid:
    """Keep the form."""
    said = body.model_dump(mode="json")
    kept = {key: value for key, value in said.items() if value not in ("", [])}
    return _said(request, bringing, bringing.describe(drop, kept))


@router.post("/api/drops/{drop_id}/hand-over")
def hand_over(request: Request, bringing: TheBringing, drop: OwnDrop, body: HandOver) -> DropSaid:
    """Put it in the inbox as soon as it is whole and was heard; or not yet."""
    before = _said(request, bringing, drop)
    bringing.hand_over(drop, wanted=body.wanted)
    return before.model_copy(update={"is_ready": body.wanted})


@router.delete("/api/drops/{drop_id}")
def remove(workspace: TheWorkspace, bringing: TheBringing, visitor: Dropper, drop: OwnDrop) -> Gone:
    """Forget it, with every byte that has arrived."""
    bringing.remove(drop)
    record(workspace, visitor.name, "removed an upload", name=drop.name)
    return Gone(gone=True)


def told(request: Request, refused: Refused) -> Response:
    """A refusal in the reader's language."""
    language = language_of(request, request.app.state.newsroom.workspace)
    sentence = sentence_translator(language)
    said = {"problem": sentence(refused.problem), "remedy": sentence(refused.remedy)}
    return JSONResponse(said, refused.status)


def _said(request: Request, bringing: Bringing, drop: OpenDrop) -> DropSaid:
    sentence = sentence_translator(language_of(request, request.app.state.newsroom.workspace))
    return DropSaid(
        id=drop.id,
        name=drop.name,
        is_folder=drop.is_folder,
        by=drop.by,
        state=_state(bringing, drop),
        is_ready=drop.is_ready,
        problem=sentence(drop.problem),
        remedy=sentence(drop.remedy),
        said=Said.model_validate(drop.said),
        files=[
            FileSaid(
                id=file.id,
                name=file.name,
                size=file.size,
                modified_ms=file.modified_ms,
                arrived=bringing.uploads.arrived_bytes(drop, file),
            )
            for file in drop.files
        ],
    )


def _state(bringing: Bringing, drop: OpenDrop) -> State:
    if drop.problem:
        return "refused"
    if drop.was_checked:
        return "usable"
    return "listening" if bringing.is_listening(drop) else "coming"

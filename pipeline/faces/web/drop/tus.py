"""The bytes of what people bring: tus 1.0 (core, creation, termination, checksum).

Source: https://tus.io/protocols/resumable-upload, version 1.0.0. What an upload has is the size of
its file. One writer at a time; another is answered 423. Memory holds one block of a request.
"""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, HTTPException, Path, Request
from fastapi.responses import Response
from starlette.requests import ClientDisconnect

from pipeline.faces.web.drop.bringing import Refused
from pipeline.faces.web.drop.drops import TheBringing, is_theirs, told
from pipeline.faces.web.guards import LARGEST_BODY
from pipeline.faces.web.visitors import Dropper
from pipeline.ground.files import disk_problems_in_words
from pipeline.tools.inbox.uploads import Appending, OpenDrop
from pipeline.words.dropping import LARGEST_FILE_BYTES, DroppedFile
from pipeline.words.errors import SetupProblem

router = APIRouter()

VERSION = "1.0.0"
_BLOCK_BYTES = 1 << 20
_ALWAYS = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
_ABILITIES = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,termination,checksum",
    "Tus-Max-Size": str(LARGEST_FILE_BYTES),
    "Tus-Checksum-Algorithm": "sha256",
}
_GONE = "This recording is not on its way any more."


@dataclass
class _Writers:
    """Which files are being written to at this moment."""

    _busy: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begins(self, file_id: str) -> bool:
        with self._lock:
            if file_id in self._busy:
                return False
            self._busy.add(file_id)
            return True

    def ends(self, file_id: str) -> None:
        with self._lock:
            self._busy.discard(file_id)


_WRITERS = _Writers()


def _speaks_tus(request: Request, _visitor: Dropper) -> None:
    """Asked after who asks: strangers learn nothing."""
    if request.headers.get("tus-resumable") != VERSION:
        raise HTTPException(412, "This speaks tus 1.0.0.", headers={"Tus-Version": VERSION})


SpeaksTus = Depends(_speaks_tus)


def _wanted(
    file_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")],
    bringing: TheBringing,
    visitor: Dropper,
) -> tuple[OpenDrop, DroppedFile]:
    found = bringing.uploads.find_file(file_id)
    if found is None or not is_theirs(found[0], visitor):
        raise HTTPException(404, _GONE, headers=_ALWAYS)
    return found


Wanted = Annotated[tuple[OpenDrop, DroppedFile], Depends(_wanted)]


@router.options("/api/uploads")
def abilities(_visitor: Dropper) -> Response:
    """What of tus is spoken here."""
    return Response(status_code=204, headers={**_ALWAYS, **_ABILITIES})


@router.post("/api/uploads", status_code=201, dependencies=[SpeaksTus])
def create(request: Request, bringing: TheBringing, visitor: Dropper) -> Response:
    """Bring one file with any tus client: its length and, in the metadata, its `filename`."""
    size = _number(request.headers, "upload-length")
    name = _metadata(request.headers).get("filename", "")
    if not name:
        raise HTTPException(400, "The metadata name no filename.", headers=_ALWAYS)
    file = DroppedFile("", name[:255], size)
    try:
        drop = bringing.begin(
            visitor.person.login, visitor.name, name[:255], [file], is_folder=False
        )
    except Refused as refused:
        return told(request, refused)
    place = f"/api/uploads/{drop.files[0].id}"
    return Response(status_code=201, headers={**_ALWAYS, "Location": place})


@router.head("/api/uploads/{file_id}", dependencies=[SpeaksTus])
def how_far(bringing: TheBringing, wanted: Wanted) -> Response:
    """How many bytes have arrived."""
    drop, file = wanted
    offset = bringing.uploads.arrived_bytes(drop, file)
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(file.size)}
    return Response(status_code=200, headers={**_ALWAYS, **headers})


@router.patch("/api/uploads/{file_id}", status_code=204, dependencies=[SpeaksTus])
async def go_on(request: Request, bringing: TheBringing, wanted: Wanted) -> Response:
    """The next bytes, from where the last ones ended."""
    drop, file = wanted
    if request.headers.get("content-type") != "application/offset+octet-stream":
        raise HTTPException(415, "These are no bytes of an upload.", headers=_ALWAYS)
    offset = _number(request.headers, "upload-offset")
    checksum = _checksum(request.headers)
    if not _WRITERS.begins(file.id):
        raise HTTPException(423, "Somebody else is sending this file.", headers=_ALWAYS)
    try:
        if offset != bringing.uploads.arrived_bytes(drop, file):
            raise HTTPException(409, "Something else has arrived meanwhile.", headers=_ALWAYS)
        path = bringing.uploads.path_of(drop, file)
        with disk_problems_in_words(path):
            writing = await to_thread.run_sync(Appending, path, offset)
            try:
                await _write(request, writing, file.size - offset, checksum)
            finally:
                await to_thread.run_sync(writing.close)
        arrived = bringing.uploads.arrived_bytes(drop, file)
    except FileNotFoundError as error:
        raise HTTPException(404, _GONE, headers=_ALWAYS) from error
    except SetupProblem as error:
        raise HTTPException(507, error.problem, headers=_ALWAYS) from error
    finally:
        _WRITERS.ends(file.id)
    if arrived == file.size:
        await to_thread.run_sync(bringing.arrived, drop.id)
    return Response(status_code=204, headers={**_ALWAYS, "Upload-Offset": str(arrived)})


@router.delete("/api/uploads/{file_id}", status_code=204, dependencies=[SpeaksTus])
def terminate(bringing: TheBringing, wanted: Wanted) -> Response:
    """Forget the drop that the file is of."""
    bringing.remove(wanted[0])
    return Response(status_code=204, headers=_ALWAYS)


async def _write(
    request: Request, writing: Appending, most_bytes: int, checksum: bytes | None
) -> None:
    """Write what comes, block by block. What came before a lost connection stays."""
    digest = hashlib.sha256()
    block = bytearray()
    count = 0
    try:
        async for piece in request.stream():
            count += len(piece)
            if count > min(most_bytes, LARGEST_BODY):
                await to_thread.run_sync(writing.take_back)
                raise HTTPException(413, "This is more than was announced.", headers=_ALWAYS)
            block += piece
            if len(block) >= _BLOCK_BYTES:
                digest.update(block)
                await to_thread.run_sync(writing.write, bytes(block))
                block.clear()
    except ClientDisconnect:
        if checksum is not None:
            await to_thread.run_sync(writing.take_back)
            return
    digest.update(block)
    await to_thread.run_sync(writing.write, bytes(block))
    if checksum is not None and digest.digest() != checksum:
        await to_thread.run_sync(writing.take_back)
        raise HTTPException(460, "The bytes changed on their way.", headers=_ALWAYS)


def _number(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        raise HTTPException(400, f"{name} is no number of bytes.", headers=_ALWAYS)
    return int(text)


def _metadata(headers: Mapping[str, str]) -> dict[str, str]:
    """Pairs of a key and a value in Base64, parted by commas."""
    found = {}
    for pair in headers.get("upload-metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:
            raise HTTPException(400, "The metadata cannot be read.", headers=_ALWAYS) from error
    return found


def _checksum(headers: Mapping[str, str]) -> bytes | None:
    """The SHA-256 of what is sent, where the sender gives one."""
    said = headers.get("upload-checksum")
    if said is None:
        return None
    algorithm, _, value = said.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except ValueError as error:
        raise HTTPException(400, "The checksum cannot be read.", headers=_ALWAYS) from error
    if algorithm != "sha256" or len(digest) != 32:
        raise HTTPException(400, "The checksum is of an unknown kind.", headers=_ALWAYS)
    return digest

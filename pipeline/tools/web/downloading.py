"""Downloads a file so that a broken line or a kill costs only what had not arrived.

The file grows as `<name>.part` beside `<name>.part.json`, which says of which version it is a part.
It goes on with `Range` and `If-Range` (RFC 9110, 13.1.5 and 14), so that bytes of two versions are
never put together.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.ground.files import (
    disk_problems_in_words,
    read_json,
    sync_folder,
    write_json,
)
from pipeline.tools.web.asking import NotThere, asked
from pipeline.words.errors import SetupProblem, TemporaryProblem

_READ_BYTES = 1 << 16
_TRIES = 4
_PAUSE_SECONDS = 0.5
_ROOM_BYTES = 200 * 10**6
_PARTIAL_CONTENT, _RANGE_NOT_SATISFIABLE = 206, 416


@dataclass(frozen=True, slots=True)
class _Version:
    """Which version of a file a part is of: its strong ETag or its date; `size` 0 is unknown."""

    address: str
    mark: str = ""
    size: int = 0


def download(
    address: str,
    target: Path,
    report: Callable[[float], None],
    *,
    most_bytes: int,
    from_outside: bool = True,
) -> None:
    """Bring the file at `address` to `target`, whole; `report` is told 0..1 of a known size.

    Raises NotThere when the server refuses or the file is larger than `most_bytes`, SetupProblem
    when the disk cannot hold it, TemporaryProblem when the line breaks again and again; what
    arrived is kept for the next call.
    """
    part = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    tries_in_vain = 0
    while True:
        before = _size(part)
        try:
            with disk_problems_in_words(target):
                _go_on(address, part, report, most_bytes, from_outside)
            break
        except TemporaryProblem:
            tries_in_vain = 0 if _size(part) > before else tries_in_vain + 1
            if tries_in_vain == _TRIES:
                raise
            time.sleep(_PAUSE_SECONDS * 2**tries_in_vain)
    part.replace(target)
    _note(part).unlink(missing_ok=True)
    sync_folder(target.parent)


def _go_on(
    address: str,
    part: Path,
    report: Callable[[float], None],
    most_bytes: int,
    from_outside: bool,
) -> None:
    """Ask for what is missing and append it, or for all of it when the server has another."""
    version = _version_of(part, address)
    had = _size(part) if version.mark else 0
    if had and had == version.size:
        return
    headers = {"Range": f"bytes={had}-", "If-Range": version.mark} if had else {}
    try:
        with asked(address, headers, from_outside=from_outside) as answer:
            _take(answer, address, part, version, report, most_bytes)
    except NotThere as error:
        if not had or error.status != _RANGE_NOT_SATISFIABLE:
            raise
        part.unlink()
        raise _other_version(address) from error


def _take(
    answer: Any,
    address: str,
    part: Path,
    version: _Version,
    report: Callable[[float], None],
    most_bytes: int,
) -> None:
    goes_on = answer.status == _PARTIAL_CONTENT
    had = _size(part) if goes_on else 0
    if goes_on and (_first_byte(answer.headers), _mark(answer.headers)) != (had, version.mark):
        part.unlink(missing_ok=True)
        raise _other_version(address)
    if not goes_on:
        part.unlink(missing_ok=True)  # before the note calls it a part of this version
    length = int(answer.headers.get("Content-Length") or 0)
    size = had + length if length else 0
    _must_fit(address, part, size, length, most_bytes)
    write_json(_note(part), asdict(_Version(address, _mark(answer.headers), size)))
    with part.open("ab" if goes_on else "wb") as file:
        _copy(answer, file, had, size, most_bytes, report, address)


def _other_version(address: str) -> TemporaryProblem:
    return TemporaryProblem(
        f"{address} changed while it was downloaded.", "Run again; it is fetched anew."
    )


def _copy(
    answer: Any,
    file: Any,
    had: int,
    size: int,
    most_bytes: int,
    report: Callable[[float], None],
    address: str,
) -> None:
    done = had
    while block := answer.read1(_READ_BYTES):
        file.write(block)
        file.flush()  # a kill loses nothing of it
        done += len(block)
        if done > most_bytes:
            raise _too_large(address, most_bytes)
        if size:
            report(min(1.0, done / size))
    os.fsync(file.fileno())
    if size and done != size:
        raise TemporaryProblem(
            f"{address} broke off after {done:,} of {size:,} bytes.", "Run again; it goes on."
        )


def _must_fit(address: str, part: Path, size: int, length: int, most_bytes: int) -> None:
    if size > most_bytes:
        raise _too_large(address, most_bytes)
    status = os.statvfs(part.parent) if hasattr(os, "statvfs") else None
    if status and length + _ROOM_BYTES > status.f_bavail * status.f_frsize:
        raise SetupProblem(
            f"There is no room for {address}: it has {size / 1e6:,.0f} MB.",
            f"Free some space on the disk of {part.parent} and run again.",
        )


def _too_large(address: str, most_bytes: int) -> NotThere:
    return NotThere(
        f"{address} is larger than {most_bytes / 1e9:.0f} GB.", "That can be no episode."
    )


def _mark(headers: Any) -> str:
    """What `If-Range` may carry: a strong ETag, or else the date of the last change."""
    etag = str(headers.get("ETag") or "")
    return etag if etag.startswith('"') else str(headers.get("Last-Modified") or "")


def _first_byte(headers: Any) -> int:
    """Where an answer with a part of the file begins; -1 when it does not say."""
    unit, _, span = str(headers.get("Content-Range") or "").partition(" ")
    first = span.partition("-")[0]
    return int(first) if unit == "bytes" and first.isdigit() else -1


def _version_of(part: Path, address: str) -> _Version:
    try:
        version = _Version(**read_json(_note(part)))
    except (OSError, ValueError, TypeError):
        return _Version(address)
    return version if version.address == address else _Version(address)


def _note(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0

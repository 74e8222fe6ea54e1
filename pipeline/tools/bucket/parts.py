"""A file in parts, as S3 takes it: how it is cut, what its ETag will be, and how much is sent."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from pipeline.tools.bucket.port import Content, Progress, changed

# 5 MiB is the smallest part that S3 allows: over a line of 20 kB/s a larger one does not get
# through before a time-out.
PART_BYTES = 5 * 1024 * 1024
_MOST_PARTS = 10_000
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a file, from `start` on. `number` counts from 1; `md5` is hexadecimal."""

    number: int
    start: int
    size: int
    md5: str


def cut(file: IO[bytes], content: Content) -> list[Part]:
    """The parts of `content`, of which `file` is the open file.

    Raises TemporaryProblem when it is not the file that was planned. Holds one part in memory.
    """
    whole = hashlib.sha256()
    parts: list[Part] = []
    part_bytes = part_bytes_for(content.size)
    start = 0
    file.seek(0)
    while (body := file.read(part_bytes)) or not parts:
        whole.update(body)
        parts.append(Part(len(parts) + 1, start, len(body), md5_of(body)))
        start += len(body)
        if start > content.size:
            break
    if whole.hexdigest() != content.sha256:
        raise changed(content)
    return parts


def part_bytes_for(size: int) -> int:
    """5 MiB, or as many whole MiB as bring a larger file into 10,000 parts."""
    least = -(-size // _MOST_PARTS)
    return max(PART_BYTES, -(-least // _MIB) * _MIB)


def md5_of(body: bytes) -> str:
    """What S3 calls the ETag of a body, in one piece or as a part."""
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def etag_of(parts: Sequence[Part]) -> str:
    """The ETag of an upload in parts: the MD5 of the parts' MD5s, and how many there are."""
    digests = b"".join(bytes.fromhex(part.md5) for part in parts)
    return f"{md5_of(digests)}-{len(parts)}"


def read_part(file: IO[bytes], part: Part, content: Content) -> bytes:
    """The bytes of `part`. Raises TemporaryProblem when they are not those that were planned."""
    file.seek(part.start)
    body = file.read(part.size)
    if md5_of(body) != part.md5:
        raise changed(content)
    return body


class Ledger:
    """Tells `progress` of each byte once, however often it is sent, from any thread."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._told: dict[int, int] = {}
        self._arrived: set[int] = set()
        self._lock = threading.Lock()

    @property
    def parts_arrived(self) -> int:
        return len(self._arrived)

    def reached(self, number: int, sent_bytes: int) -> None:
        """So many bytes of this part are on their way."""
        with self._lock:
            more = sent_bytes - self._told.get(number, 0)
            if more > 0:
                self._told[number] = sent_bytes
                self._progress(more)

    def arrived(self, part: Part) -> None:
        """The server has this part, from now or from earlier."""
        self.reached(part.number, part.size)
        self._arrived.add(part.number)


class Outgoing(io.BytesIO):
    """A body that tells how much of it was sent, in blocks, so that a time-out is for a block."""

    def __init__(self, body: bytes, told: Callable[[int], None], stop: threading.Event) -> None:
        super().__init__(body)
        self._told = told
        self._stop = stop
        self._is_sent = False

    def starts(self) -> None:
        """From here on, reading is sending."""
        self._is_sent = True

    def read(self, size: int | None = -1, /) -> bytes:
        if self._stop.is_set():
            raise InterruptedError("the publication was stopped")
        block = super().read(size)
        if self._is_sent:
            self._told(self.tell())
        return block

    def seek(self, position: int, whence: int = 0, /) -> int:
        self._is_sent = False
        return super().seek(position, whence)

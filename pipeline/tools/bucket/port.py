"""The port to wherever public files live: a folder on this machine, or S3."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.words.errors import TemporaryProblem
from pipeline.words.feed import PublicFile

Progress = Callable[[int], None]
"""Told how many more bytes were sent."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a bucket holds under one key. `etag` names this very version of it."""

    size: int
    sha256: str
    etag: str


@dataclass(frozen=True, slots=True)
class Content:
    """Something to be stored: a file, or bytes made in memory. `sha256` is of its bytes."""

    source: Path | bytes
    size: int
    sha256: str


class KeyTaken(Exception):
    """A conditional write lost: the key exists, or its version is another one by now."""


class Bucket(Protocol):
    """Where public files live. Keys are relative, ASCII, with slashes; nothing is ever deleted."""

    @property
    def name(self) -> str:
        """What it is called in a sentence."""

    def stored(self, keys: Iterable[str], *, anew: Iterable[str] = ()) -> Mapping[str, Stored]:
        """What is there, of `keys` and of `anew`.

        What this machine remembers may answer for `keys`; the bucket itself answers for `anew`.
        """

    def believe(self, files: Iterable[PublicFile]) -> None:
        """Somebody else published `files` and read them back: they count as known from now on.

        Where the version is not known, the ETag of what is `stored` is empty.
        """

    def put(
        self,
        key: str,
        content: Content,
        *,
        if_absent: bool = False,
        if_match: str | None = None,
        progress: Progress = ...,
    ) -> Stored:
        """Store `content` under `key` whole or not at all, read it back, and return what is there.

        Raises KeyTaken when `if_absent` is set and the key exists, or when the version there is
        not `if_match`; TemporaryProblem when the file is no longer the one that was planned.
        """

    def get(self, key: str) -> tuple[bytes, Stored] | None:
        """The content under `key` and its version, or None."""

    def modified(self, key: str) -> datetime | None:
        """When what is under `key` was written, or None when nothing is there."""

    def check(self) -> str:
        """A sentence that says that files can be written; raises when they cannot."""

    def clock_skew_seconds(self, now: datetime) -> float:
        """How far this machine's clock is ahead of the bucket's."""


def opened(content: Content) -> io.BytesIO | io.BufferedReader:
    """The bytes of `content`. Raises TemporaryProblem when its file is gone."""
    if isinstance(content.source, bytes):
        return io.BytesIO(content.source)
    try:
        return content.source.open("rb")
    except FileNotFoundError as error:
        raise changed(content) from error


def changed(content: Content) -> TemporaryProblem:
    """The file is no longer the one that was planned; a run that goes on beside this made it."""
    name = "A page" if isinstance(content.source, bytes) else str(content.source)
    return TemporaryProblem(
        f"{name} changed while it was being published.",
        "Publish again; nothing of the new version is public yet.",
    )


def nothing(_sent_bytes: int) -> None:
    """Progress that nobody watches."""

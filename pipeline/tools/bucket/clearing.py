"""Listing and deleting in a bucket: what only `etam gc` does, and publishing never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pipeline.ground.config import Show
from pipeline.ground.files import sha256_of
from pipeline.ground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Found:
    """One file in the bucket: its size in bytes, when it was written, and which version it is."""

    key: str
    size: int
    written: datetime
    version: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An upload in parts that nobody has ended."""

    key: str
    upload: str
    begun: datetime


class Clearing(Protocol):
    """A bucket in the hands of whoever may delete in it."""

    def found(self) -> Iterable[Found]:
        """Every file of the show and whatever else lies there."""

    def unfinished(self) -> Iterable[Unfinished]:
        """Every upload that was begun and neither completed nor given up."""

    def digest_of(self, file: Found) -> str:
        """The SHA-256 that its publisher gave it; something else when that is not known."""

    def tell_publishers(self, when: str) -> None:
        """Let every machine that publishes forget what it knows of the bucket.

        `when` is a moment that no other clearing has.
        """

    def delete(self, file: Found) -> bool:
        """Delete this version; False when another is there by now, or none."""

    def give_up(self, upload: Unfinished) -> None:
        """Let the server forget the parts of an upload."""


def open_clearing(show: Show, workspace: Workspace) -> Clearing:
    """The bucket that `show` is published to, for clearing it."""
    if show.publish.target == "folder":
        return FolderClearing(workspace.public)
    # Imported when needed: boto3 takes a moment.
    from pipeline.tools.bucket.s3_clearing import S3Clearing

    return S3Clearing(show.publish)


class FolderClearing:
    """A folder; hidden files and links are no files of the show."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def found(self) -> Iterator[Found]:
        for path in sorted(self._folder.rglob("*")):
            key = path.relative_to(self._folder).as_posix()
            if path.is_file() and not path.is_symlink() and "/." not in f"/{key}":
                yield _found(key, path)

    def unfinished(self) -> Iterator[Unfinished]:
        yield from ()  # a write that was killed leaves a hidden file, which publishing sweeps

    def digest_of(self, file: Found) -> str:
        path = self._folder / file.key
        return sha256_of(path) if path.is_file() else "none"

    def tell_publishers(self, when: str) -> None:
        """A folder is looked at each time."""

    def delete(self, file: Found) -> bool:
        path = self._folder / file.key
        if not path.is_file() or _found(file.key, path) != file:
            return False
        path.unlink()
        return True

    def give_up(self, upload: Unfinished) -> None:
        """A folder knows no uploads."""


def _found(key: str, path: Path) -> Found:
    stat = path.stat()
    written = datetime.fromtimestamp(stat.st_mtime, UTC)
    return Found(key, stat.st_size, written, f"{stat.st_mtime_ns}-{stat.st_ino}")

"""A folder on this machine as a bucket, to be served by any web server."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO

from pipeline.ground.files import (
    Digests,
    disk_full_is_a_setup_problem,
    sha256_of,
    temporary_beside,
)
from pipeline.tools.bucket.port import Content, KeyTaken, Progress, Stored, nothing
from pipeline.words.errors import EpisodeProblem, SetupProblem

_BLOCK_BYTES = 1 << 20
# What `temporary_beside` leaves when it is killed: a hidden name with eight random characters.
_LEFTOVER = re.compile(r"^\..+\.[a-z0-9_]{8}(\.[a-z0-9]+)?$")


class FolderBucket:
    """A folder as a bucket. `digests` remembers, outside of the public tree, what is in it."""

    def __init__(self, folder: Path, digests: Digests) -> None:
        self._folder = folder
        self._digests = digests

    @property
    def name(self) -> str:
        return f"the folder {self._folder}"

    def stored(self, keys: Iterable[str]) -> Mapping[str, Stored]:
        return {key: entry for key in keys if (entry := self._entry(key)) is not None}

    def put(
        self,
        key: str,
        content: Content,
        *,
        if_absent: bool = False,
        if_match: str | None = None,
        progress: Progress = nothing,
    ) -> Stored:
        there = self._entry(key)
        if if_absent and there is not None:
            raise KeyTaken(key)
        if if_match is not None and (there is None or there.etag != if_match):
            raise KeyTaken(key)
        path = self._path(key)
        with disk_full_is_a_setup_problem(path), temporary_beside(path) as hidden:
            with hidden.open("wb") as target:
                copied = _copy(content, target, progress)
            if copied != content.sha256 or sha256_of(hidden) != content.sha256:
                raise EpisodeProblem(
                    f"{_source_name(content)} changed while it was being published.",
                    "Publish again; nothing of the new version is public yet.",
                )
        return Stored(content.size, content.sha256, content.sha256)

    def get(self, key: str) -> tuple[bytes, Stored] | None:
        try:
            body = self._path(key).read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            return None
        sha256 = hashlib.sha256(body).hexdigest()
        return body, Stored(len(body), sha256, sha256)

    def check(self) -> str:
        probe = self._folder / ".write-check"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise SetupProblem(
                f"{self._folder} cannot be written to.",
                "Give the user who publishes the right to write there.",
                str(error),
            ) from error
        return f"Files are published to {self.name}."

    def clock_skew_seconds(self, now: datetime) -> float:  # noqa: ARG002 - it is the same clock
        return 0.0

    def sweep(self) -> None:
        """Remove the hidden leftovers of publications that were killed. Call it under the lock."""
        for path in self._folder.rglob(".*"):
            if _LEFTOVER.match(path.name) and path.is_file():
                path.unlink(missing_ok=True)

    def _entry(self, key: str) -> Stored | None:
        path = self._path(key)
        sha256 = self._digests.of(path)
        return None if sha256 is None else Stored(path.stat().st_size, sha256, sha256)

    def _path(self, key: str) -> Path:
        if key.startswith("/") or ".." in key.split("/"):
            raise ValueError(f"{key!r} leaves the bucket")
        return self._folder / key


def _copy(content: Content, target: IO[bytes], progress: Progress) -> str:
    digest = hashlib.sha256()
    if isinstance(content.source, bytes):
        target.write(content.source)
        digest.update(content.source)
        progress(len(content.source))
        return digest.hexdigest()
    with content.source.open("rb") as source:
        while block := source.read(_BLOCK_BYTES):
            target.write(block)
            digest.update(block)
            progress(len(block))
    return digest.hexdigest()


def _source_name(content: Content) -> str:
    if isinstance(content.source, bytes):
        return "A page"
    return f"{content.source.name} of “{content.source.parent.name}”"

"""A folder on this machine as a bucket, to be served by any web server."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pipeline.ground.files import (
    TEMPORARY_PREFIX,
    Digests,
    disk_problems_in_words,
    locked_in_turn,
    sha256_of,
    temporary_beside,
)
from pipeline.tools.bucket.port import (
    Content,
    KeyTaken,
    Progress,
    Stored,
    changed,
    nothing,
    opened,
)
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import PublicFile

_BLOCK_BYTES = 1 << 20


class FolderBucket:
    """A folder as a bucket. `digests` remembers, outside of the public tree, what is in it."""

    def __init__(self, folder: Path, digests: Digests) -> None:
        self._folder = folder
        self._digests = digests

    @property
    def name(self) -> str:
        return f"the folder {self._folder}"

    def stored(self, keys: Iterable[str], *, anew: Iterable[str] = ()) -> Mapping[str, Stored]:
        both = (*keys, *anew)
        return {key: entry for key in both if (entry := self._entry(key)) is not None}

    def believe(self, files: Iterable[PublicFile]) -> None:
        """Nothing needs to be believed: a folder is looked at."""

    def put(
        self,
        key: str,
        content: Content,
        *,
        if_absent: bool = False,
        if_match: str | None = None,
        progress: Progress = nothing,
    ) -> Stored:
        with self._alone():
            if if_absent and self._path(key).is_file():
                raise KeyTaken(key)
            there = self._entry(key) if if_match is not None else None
            if if_match is not None and (there is None or there.etag != if_match):
                raise KeyTaken(key)
            with opened(content) as source, self._writing(self._path(key)) as hidden:
                with hidden.open("wb") as target:
                    copied = _copy(source, target, progress)
                if copied != content.sha256 or sha256_of(hidden) != content.sha256:
                    raise changed(content)
        return Stored(content.size, content.sha256, content.sha256)

    def get(self, key: str) -> tuple[bytes, Stored] | None:
        try:
            body = self._path(key).read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            return None
        sha256 = hashlib.sha256(body).hexdigest()
        return body, Stored(len(body), sha256, sha256)

    def modified(self, key: str) -> datetime | None:
        try:
            return datetime.fromtimestamp(self._path(key).stat().st_mtime, UTC)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def check(self) -> str:
        probe = self._folder / f"{TEMPORARY_PREFIX}check"
        with self._writing(probe):
            pass
        probe.unlink()
        return f"Files are published to {self.name}."

    def clock_skew_seconds(self, now: datetime) -> float:  # noqa: ARG002 - it is the same clock
        return 0.0

    def sweep(self) -> None:
        """Remove the hidden leftovers of publications that were killed."""
        with self._alone():
            for leftover in self._folder.rglob(f"{TEMPORARY_PREFIX}*"):
                leftover.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else writes meanwhile: two workspaces may share a folder on a network disk."""
        folder = self._folder.resolve()
        lock = folder.parent / f".{folder.name}.lock"
        with contextlib.ExitStack() as held:
            with self._reachable(lock):
                held.enter_context(locked_in_turn(lock))
            yield

    @contextlib.contextmanager
    def _writing(self, path: Path) -> Iterator[Path]:
        with self._reachable(path), temporary_beside(path) as hidden:
            yield hidden

    @contextlib.contextmanager
    def _reachable(self, path: Path) -> Iterator[None]:
        try:
            with disk_problems_in_words(path):
                yield
        except OSError as error:
            raise SetupProblem(
                f"{path} cannot be written: {error.strerror or error}.",
                "Give the user who publishes the right to write there, and move away what is in "
                "its place.",
                str(error),
            ) from error

    def _entry(self, key: str) -> Stored | None:
        path = self._path(key)
        sha256 = self._digests.of(path) if path.is_file() else None
        return None if sha256 is None else Stored(path.stat().st_size, sha256, sha256)

    def _path(self, key: str) -> Path:
        if key.startswith("/") or ".." in key.split("/"):
            raise ValueError(f"{key!r} leaves the bucket")
        return self._folder / key


def _copy(source: IO[bytes], target: IO[bytes], progress: Progress) -> str:
    digest = hashlib.sha256()
    while block := source.read(_BLOCK_BYTES):
        target.write(block)
        digest.update(block)
        progress(len(block))
    return digest.hexdigest()

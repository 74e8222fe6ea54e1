"""Files that are either whole or not there: atomic writes, digests, locks."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout

from pipeline.words.errors import SetupProblem, TemporaryProblem

TEMPORARY_PREFIX = ".etam-"
"""How the hidden file of a write that has not ended begins; a kill can leave one behind."""

_READ_BYTES = 1 << 20
# A file may change again within one tick of its time stamp and look unchanged (git calls such an
# index entry "racily clean"). Whole seconds mean a file system with coarse ticks.
_TICK_SECONDS = 0.05
_COARSE_TICK_SECONDS = 2.0


@contextlib.contextmanager
def replacing(path: Path, mode: str = "wb") -> Iterator[IO[Any]]:
    """Open a new file that takes the place of `path` when the block ends without an error.

    Whatever happens, `path` holds either its old content or the new: the content goes to a hidden
    file in the same folder, is flushed to the disk, and is renamed.
    """
    with temporary_beside(path) as hidden:
        encoding = None if "b" in mode else "utf-8"
        with hidden.open(mode, encoding=encoding, newline=None if "b" in mode else "\n") as file:
            yield file


@contextlib.contextmanager
def temporary_beside(path: Path) -> Iterator[Path]:
    """The path of an empty hidden file that takes the place of `path` when the block ends well.

    For libraries that want to open the file by name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(
        prefix=f"{TEMPORARY_PREFIX}{path.stem[:80]}.", suffix=path.suffix, dir=path.parent
    )
    os.close(handle)
    hidden = Path(name)
    try:
        with disk_problems_in_words(path):
            yield hidden
            hidden.chmod(0o644)
            _flush(hidden)
            hidden.replace(path)
            sync_folder(path.parent)
    finally:
        hidden.unlink(missing_ok=True)


def remove_leftovers(*folders: Path) -> None:
    """Remove the hidden files of writes that a kill ended; the caller holds the folders' lock."""
    for folder in folders:
        for leftover in folder.glob(f"{TEMPORARY_PREFIX}*"):
            leftover.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Replace `path` by `text` in UTF-8 with Unix line ends."""
    with replacing(path, "w") as file:
        file.write(text)


def write_json(path: Path, content: Any) -> None:
    """Replace `path` by `content`; the same content gives the same bytes."""
    write_text(path, json_text(content))


def json_text(content: Any) -> str:
    """`content` as `write_json` writes it."""
    return json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"


def read_json(path: Path) -> Any:
    """The content of a JSON file in UTF-8."""
    return json.loads(path.read_text(encoding="utf-8"))


@contextlib.contextmanager
def disk_problems_in_words(path: Path) -> Iterator[None]:
    """Say in words that the disk is full, or over quota, or read-only."""
    try:
        yield
    except OSError as error:
        problem = disk_problem(error, f"{path.name} in {path.parent}")
        if problem is None:
            raise
        raise problem from error


def disk_problem(error: OSError, what: str) -> SetupProblem | None:
    """What the operator reads where the disk took no `what`; None for any other error."""
    if error.errno == errno.EROFS:
        return SetupProblem(
            f"{what} cannot be written: the disk is read-only.",
            "Make it writable and run again; systems make a disk read-only when it fails.",
            str(error),
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return SetupProblem(
            f"There is no room to write {what}.",
            "Free some disk space and run again; what was finished before is kept.",
            str(error),
        )
    return None


def sync_folder(folder: Path) -> None:
    """Make sure that names made or changed in `folder` outlive a power cut."""
    _flush(folder)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


class Digests:
    """SHA-256 of files, remembered in one cache file by path, size, time stamp and inode.

    Deleting the cache costs time and nothing else.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._known: dict[str, list[Any]] = self._load()
        self._changed = False

    def of(self, path: Path) -> str | None:
        """The digest of `path`, or None when there is no such file."""
        try:
            stat = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        mark = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
        name = str(path).encode("utf-8", "backslashreplace").decode()  # a name may be no UTF-8
        known = self._known.get(name)
        if known is not None and known[:3] == mark:
            return str(known[3])
        settled = _wait_for_the_next_tick(stat.st_mtime_ns)
        digest = sha256_of(path)
        if settled:
            self._known[name] = [*mark, digest]
            self._changed = True
        return digest

    def save(self) -> None:
        """Keep what was learnt for the next run, where that can be written.

        Where it cannot, the next run digests again; whoever has to write says what is wrong.
        """
        if self._changed:
            with contextlib.suppress(OSError, SetupProblem):
                write_json(self._cache, dict(self._known))
                self._changed = False

    def _load(self) -> dict[str, list[Any]]:
        try:
            content = read_json(self._cache)
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}


def _wait_for_the_next_tick(changed_at_ns: int) -> bool:
    """Sleep until a change would show in the time stamp; False when that would take too long."""
    age_seconds = time.time() - changed_at_ns / 1e9
    if changed_at_ns % 1_000_000_000 == 0 and age_seconds < _COARSE_TICK_SECONDS:
        return False
    if age_seconds < 0:
        return False
    if age_seconds < _TICK_SECONDS:
        time.sleep(_TICK_SECONDS - age_seconds)
    return True


@contextlib.contextmanager
def locked(lock_file: Path, what: str, patience_seconds: float = 0.0) -> Iterator[None]:
    """Hold a lock between processes, or raise TemporaryProblem when another goes on holding it."""
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(lock_file, timeout=patience_seconds)
    try:
        lock.acquire()
    except Timeout as error:
        raise TemporaryProblem(
            f"{what} is being worked on by another etam at this moment.",
            "Wait until it has finished, then run again.",
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def locked_in_turn(lock_file: Path) -> Iterator[None]:
    """Hold a lock between processes for a moment, after waiting for whoever holds it."""
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock_file):
        yield

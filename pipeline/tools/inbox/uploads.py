"""Recordings on their way into the inbox: each drop has a hidden folder there until it is whole.

How much of a file has arrived is the size of the file, and nothing else, so a kill costs at most
the bytes that were not on the disk yet. What lies here is on the inbox's disk: handing it over is a
rename. Names on the disk are made here; what a request says is only ever looked up.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pipeline.ground.files import read_json, sync_folder, write_json
from pipeline.ground.workspace import Workspace
from pipeline.words.dropping import DroppedFile, inbox_name

UPLOADS = ".uploads"
KEPT_DAYS = 7
"""How long a drop waits for its next byte."""


@dataclass(frozen=True, slots=True)
class OpenDrop:
    """A file, or a folder of files, that one person is bringing.

    `said` is the form: keys of `episode.toml`. `is_ready`: its person wants it handed over.
    `was_checked`: it was heard and can be used; `problem` and `remedy` say why not.
    """

    id: str
    owner: str
    by: str
    name: str
    is_folder: bool
    files: tuple[DroppedFile, ...]
    said: dict[str, Any] = field(default_factory=dict)
    is_ready: bool = False
    was_checked: bool = False
    problem: str = ""
    remedy: str = ""


_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK)
_DROP = TypeAdapter(OpenDrop)


class Uploads:
    """The open drops of a show."""

    def __init__(self, workspace: Workspace) -> None:
        self._folder = workspace.inbox / UPLOADS

    def begin(
        self, owner: str, by: str, name: str, files: Sequence[DroppedFile], *, is_folder: bool
    ) -> OpenDrop:
        """Make room for a drop; its files are empty."""
        made = tuple(
            replace(file, id=uuid.uuid4().hex, name=inbox_name(file.name)) for file in files
        )
        drop = OpenDrop(uuid.uuid4().hex, owner, by, inbox_name(name), is_folder, made)
        folder = self._folder / drop.id
        (folder / "files").mkdir(parents=True)
        for file in made:
            (folder / "files" / file.name).touch()
        self.keep(drop)
        return drop

    def all(self) -> list[OpenDrop]:
        """Every open drop, oldest first."""
        found = [drop for folder in self._folders() if (drop := _read(folder))]
        return sorted(found, key=lambda drop: _begun_at(self._folder_of(drop)))

    def find(self, drop_id: str) -> OpenDrop | None:
        return next((drop for drop in self.all() if drop.id == drop_id), None)

    def find_file(self, file_id: str) -> tuple[OpenDrop, DroppedFile] | None:
        """The file that a browser names, and its drop."""
        for drop in self.all():
            for file in drop.files:
                if file.id == file_id:
                    return drop, file
        return None

    def keep(self, drop: OpenDrop) -> None:
        write_json(self._folder_of(drop) / "drop.json", asdict(drop))

    def path_of(self, drop: OpenDrop, file: DroppedFile) -> Path:
        return self._folder_of(drop) / "files" / file.name

    def files_folder(self, drop: OpenDrop) -> Path:
        return self._folder_of(drop) / "files"

    def arrived_bytes(self, drop: OpenDrop, file: DroppedFile) -> int:
        """All of a file that is not here any more: it is handed over at this moment."""
        try:
            return self.path_of(drop, file).stat().st_size
        except FileNotFoundError:
            return file.size

    def is_whole(self, drop: OpenDrop) -> bool:
        return all(self.arrived_bytes(drop, file) == file.size for file in drop.files)

    def missing_bytes(self) -> int:
        """How much all open drops still want of the disk."""
        return sum(
            file.size - self.arrived_bytes(drop, file) for drop in self.all() for file in drop.files
        )

    def remove(self, drop: OpenDrop) -> None:
        shutil.rmtree(self._folder_of(drop), ignore_errors=True)

    def remove_old(self, days: float = KEPT_DAYS) -> list[str]:
        """Remove what nobody went on with; returns the names."""
        removed = []
        for folder in self._folders():
            newest = max((path.stat().st_mtime for path in folder.rglob("*")), default=0.0)
            if newest < time.time() - days * 86400:
                drop = _read(folder)
                removed.append(drop.name if drop else folder.name)
                shutil.rmtree(folder, ignore_errors=True)
        return removed

    def _folder_of(self, drop: OpenDrop) -> Path:
        return self._folder / drop.id

    def _folders(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in self._folder.iterdir() if path.is_dir())


class Appending:
    """Writes the next bytes of a file and makes sure that they are on the disk."""

    def __init__(self, path: Path, offset: int) -> None:
        self._file = path.open("r+b")
        self._file.seek(offset)
        self._offset = offset

    def write(self, block: bytes) -> None:
        self._file.write(block)

    def take_back(self) -> None:
        """Forget what was written: it was not what its sender meant."""
        self._file.flush()
        self._file.truncate(self._offset)

    def close(self) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        finally:
            self._file.close()


def _begun_at(folder: Path) -> int:
    try:
        return (folder / "files").stat().st_ctime_ns
    except FileNotFoundError:
        return 0


def _read(folder: Path) -> OpenDrop | None:
    """The drop in a folder; None where it is being made or removed at this moment."""
    try:
        drop = _DROP.validate_python(read_json(folder / "drop.json"))
    except (OSError, ValueError):
        return None
    return drop if drop.id == folder.name else None


def put_in_inbox(workspace: Workspace, uploads: Uploads, drop: OpenDrop, sidecar: str) -> str:
    """Move a whole drop into the inbox, never over another, and return its name there.

    The sidecar lies there first, so that ingest never sees the recording without it.
    """
    inbox = workspace.inbox
    source = uploads.files_folder(drop)
    if drop.is_folder:
        target = _free(inbox / drop.name)
        if sidecar:
            _write_new(source / "episode.toml", sidecar)
        source.rename(target)
    else:
        target = _free(inbox / drop.files[0].name)
        if sidecar:
            _write_new(target.with_suffix(".toml"), sidecar)
        _move_beside_none(source / drop.files[0].name, target)
    sync_folder(inbox)
    uploads.remove(drop)
    return target.name


def _move_beside_none(source: Path, target: Path) -> None:
    """Move a file, failing where there is one of that name by now; a rename would replace it."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        source.rename(target)


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _free(path: Path) -> Path:
    """This name or one with a number: neither it nor its sidecar may be there."""
    stem, suffix, number = path.stem, path.suffix, 1
    free = path
    while free.exists() or free.with_suffix(".toml").exists():
        number += 1
        free = path.with_name(f"{stem} ({number}){suffix}")
    return free

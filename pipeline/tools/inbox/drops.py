"""What lies in the inbox: a file is one episode, a folder is one episode of several recordings."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.words.rejections import Fault, RecordingRejected

NOTE_SUFFIX = ".masalah.txt"
_PARTIAL = (
    ".part",
    ".partial",
    ".crdownload",
    ".tmp",
    ".filepart",
    ".download",
    ".opdownload",
    "~",
)
_COVERS = (".jpg", ".jpeg", ".png")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "readme.md"})
# What people put beside recordings; it goes with them and is not heard.
_EXTRAS = frozenset(
    (
        *(".txt", ".md", ".rtf", ".doc", ".docx", ".odt", ".pdf", ".xls", ".xlsx", ".csv"),
        *(".json", ".srt", ".vtt", ".html", ".toml", ".zip", ".log", ".xml", ".url"),
        *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"),
        *(".aup3", ".reapeaks", ".pkf", ".asd"),
    )
)


@dataclass(frozen=True, slots=True)
class Drop:
    """One thing that was dropped: `path` is the file or folder, the rest belongs to it.

    `fault` says why it cannot be an episode, as far as that shows from the outside;
    `is_unfinished` that a program is still copying something into it.
    """

    path: Path
    recordings: tuple[Path, ...] = ()
    sidecar: Path | None = None
    cover: Path | None = None
    extras: tuple[Path, ...] = ()
    fault: RecordingRejected | None = None
    is_unfinished: bool = False

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def stem(self) -> str:
        """The name without the suffix that a file has and a folder has not."""
        return self.path.name if self.path.is_dir() else self.path.stem

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that belongs to it."""
        beside = [path for path in (self.sidecar, self.cover) if path is not None]
        return (*self.recordings, *beside, *self.extras)


def drops_in(inbox: Path) -> list[Drop]:
    """Everything in the inbox that could become an episode, in natural order."""
    entries = [path for path in _in_order(inbox) if not _is_passed_over(path)]
    main = [path for path in entries if not _belongs_to_another(path, entries)]
    drops = (_drop(path, entries) for path in main)
    return [drop for drop in drops if drop is not None]


Look = frozenset[tuple[str, int, int]]


def look_of(drop: Drop) -> Look:
    """Names, sizes in bytes and time stamps in ns: while two looks differ, something is copied."""
    inside = drop.path.rglob("*") if drop.path.is_dir() else ()
    seen = (_seen(path) for path in {drop.path, *drop.files, *inside})
    return frozenset(look for look in seen if look is not None)


def _seen(path: Path) -> tuple[str, int, int] | None:
    try:
        stats = path.lstat()
    except (FileNotFoundError, PermissionError):
        return None
    return str(path), stats.st_size, stats.st_mtime_ns


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts `part 2` before `part 10`."""
    pieces = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces if p)


def _in_order(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(folder.iterdir(), key=lambda path: (natural_order(path.name), path.name))


def _is_passed_over(path: Path) -> bool:
    name = path.name.lower()
    return (
        name.startswith((".", "~$"))
        or name in _SYSTEM_FILES
        or name.endswith((NOTE_SUFFIX, *_PARTIAL))
    )


def _belongs_to_another(path: Path, entries: Iterable[Path]) -> bool:
    """`NAME.toml` and `NAME.jpg` beside `NAME.wav`; a `.toml` alone waits for its recording."""
    suffix = path.suffix.lower()
    if suffix == ".toml":
        return True
    others = (other for other in entries if other != path and not other.is_dir())
    beside = (other for other in others if path.stem in (other.stem, other.name))
    return suffix in _COVERS and any(other.suffix.lower() not in _EXTRAS for other in beside)


def _drop(path: Path, entries: list[Path]) -> Drop | None:
    """The drop that `path` is; None when it has been taken away meanwhile."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            return _folder_drop(path)
    except FileNotFoundError:
        return None
    except PermissionError as error:
        return Drop(path, fault=RecordingRejected(Fault.UNREADABLE, path.name, str(error)))
    if not stat.S_ISREG(mode):
        return Drop(path, fault=RecordingRejected(Fault.NOT_A_FILE, path.name))
    return _file_drop(path, entries)


def _file_drop(path: Path, entries: list[Path]) -> Drop:
    others = [other for other in entries if other != path and _is_plain(other)]
    beside = [other for other in others if other.stem in (path.stem, path.name)]
    return Drop(
        path,
        (path,),
        sidecar=next((other for other in beside if other.suffix.lower() == ".toml"), None),
        cover=next((other for other in beside if _is_picture(other)), None),
    )


def _folder_drop(folder: Path) -> Drop:
    if any(path.name.lower().endswith(_PARTIAL) for path in folder.iterdir()):
        return Drop(folder, is_unfinished=True)
    entries = [path for path in _in_order(folder) if not _is_passed_over(path)]
    for path in entries:
        if path.is_dir() and not path.is_symlink():
            nested = RecordingRejected(Fault.NESTED_FOLDER, folder.name, inner=path.name)
            return Drop(folder, fault=nested)
        if not _is_plain(path):
            return Drop(folder, fault=RecordingRejected(Fault.NOT_A_FILE, path.name))
    sidecar = next((path for path in entries if path.name.lower() == "episode.toml"), None)
    cover = next((p for p in entries if p.stem.lower() == "cover" and _is_picture(p)), None)
    others = [path for path in entries if path not in (sidecar, cover)]
    recordings = tuple(path for path in others if path.suffix.lower() not in _EXTRAS)
    extras = tuple(path for path in others if path not in recordings)
    fault = None if recordings else RecordingRejected(Fault.EMPTY_FOLDER, folder.name)
    return Drop(folder, recordings, sidecar, cover, extras, fault)


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in _COVERS


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False

"""Adding to the inbox: files and folders are copied whole or not at all."""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.ground.files import disk_problems_in_words, sync_folder
from pipeline.ground.stage import Report
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import EpisodeProblem

_BLOCK_BYTES = 1 << 20
ADDING = ".adding-"
"""How the name of a copy begins that is not whole yet."""


def add_to_inbox(workspace: Workspace, paths: Sequence[Path], report: Report) -> list[Path]:
    """Copy files and folders to the inbox and return where they are now.

    What is there already with the same bytes is not copied again; another file of the same name
    is never overwritten. Raises EpisodeProblem for what cannot be read, SetupProblem when the disk
    is full; then nothing half-copied is left.
    """
    progress = _Progress(sum(_size(path) for path in paths), report)
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    sidecars_first = sorted(paths, key=lambda path: path.suffix.lower() != ".toml")
    added = {path: _add(path, workspace.inbox, progress.copied) for path in sidecars_first}
    report(1.0)
    return [added[path] for path in paths]


def _add(source: Path, inbox: Path, copied: Callable[[int], None]) -> Path:
    target = _place(source, inbox)
    if target.exists():
        copied(_size(source))
        return target
    with disk_problems_in_words(target):
        hidden = Path(tempfile.mkdtemp(prefix=ADDING, dir=inbox))
        try:
            copy = hidden / "copy"
            _copy_tree(source, copy, copied)
            copy.rename(target)
            sync_folder(inbox)
        except PermissionError as error:
            raise _unreadable(source, error) from error
        finally:
            shutil.rmtree(hidden, ignore_errors=True)
    return target


def _copy_tree(source: Path, target: Path, copied: Callable[[int], None]) -> None:
    if source.is_dir():
        target.mkdir()
        for inner in sorted(source.iterdir()):
            if not inner.name.startswith("."):
                _copy_tree(inner, target / inner.name, copied)
        sync_folder(target)
        return
    with source.open("rb") as reader, target.open("xb") as writer:
        while block := reader.read(_BLOCK_BYTES):
            writer.write(block)
            copied(len(block))
        writer.flush()
        os.fsync(writer.fileno())
    seen = source.stat()
    os.utime(target, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def _place(source: Path, inbox: Path) -> Path:
    """Where `source` goes: its own name, with a number when another thing has that name."""
    if not (source.is_file() or source.is_dir()):
        raise EpisodeProblem(
            f"There is no file or folder {source}.", "Check the name and add it again."
        )
    if inbox.resolve().is_relative_to(source.resolve()):
        raise EpisodeProblem(
            f"{source} holds the inbox itself.", "Add the recordings in it, each by its name."
        )
    name = source.resolve().name.lstrip(".") or "recording"
    target, number = inbox / name, 1
    while target.exists() and not _same(source, target):
        number += 1
        path = inbox / name
        stem, suffix = (path.stem, path.suffix) if source.is_file() else (path.name, "")
        target = inbox / f"{stem} ({number}){suffix}"
    return target


def _same(source: Path, target: Path) -> bool:
    """Whether both hold the same bytes under the same names."""
    if source.is_file() and target.is_file():
        return filecmp.cmp(source, target, shallow=False)
    if not (source.is_dir() and target.is_dir()):
        return False
    names = [{p.name for p in folder.iterdir() if p.name[0] != "."} for folder in (source, target)]
    return names[0] == names[1] and all(_same(source / n, target / n) for n in names[0])


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file())


def _unreadable(source: Path, error: PermissionError) -> EpisodeProblem:
    return EpisodeProblem(
        f"{source} may not be read.", "Give yourself the right to read it.", str(error)
    )


class _Progress:
    def __init__(self, total_bytes: int, report: Report) -> None:
        self._total, self._done, self._report = max(1, total_bytes), 0, report

    def copied(self, count: int) -> None:
        self._done += count
        self._report(min(1.0, self._done / self._total))

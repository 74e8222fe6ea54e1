"""Where all episodes stand, quickly again and again: one whose files are the same is not read."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.ground.workspace import Workspace
from pipeline.running.standing import Standing, WaitsFor, standing_of

_Marks = tuple[tuple[str, int, int, int], ...]


class Standings:
    """Remembers each standing by the names, sizes and time stamps of the files it came from."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[_Marks, Standing]] = {}
        self._lock = threading.Lock()

    def of_all(self, workspace: Workspace) -> list[Standing]:
        """The standing of each episode, in the order of their slugs."""
        slugs = workspace.slugs()
        shows = _marks_of_show(workspace)
        found = [self._of(workspace, slug, shows) for slug in slugs]
        with self._lock:
            for gone in self._known.keys() - set(slugs):
                del self._known[gone]
        workspace.digests.save()
        return found

    def of(self, workspace: Workspace, slug: str) -> Standing:
        """The standing of one episode."""
        return self._of(workspace, slug, _marks_of_show(workspace))

    def _of(self, workspace: Workspace, slug: str, shows: _Marks) -> Standing:
        marks = (*shows, *_marks_of_episode(workspace, slug))
        with self._lock:
            before, standing = self._known.get(slug, ((), None))
        if standing is not None and before == marks and not _changes_by_itself(standing):
            return standing
        standing = standing_of(workspace, slug)
        with self._lock:
            self._known[slug] = marks, standing
        return standing


def _changes_by_itself(standing: Standing) -> bool:
    """Work ends by a kill, and times come, without a file telling so."""
    if standing.waits is WaitsFor.TIME:
        return standing.due is None or standing.due <= datetime.now(UTC)
    return standing.waits is WaitsFor.WORK or standing.error is not None


def _marks_of_show(workspace: Workspace) -> _Marks:
    """What every episode depends on."""
    return tuple(_marks(workspace.feed_folder)) + tuple(_marks(workspace.published))


def _marks_of_episode(workspace: Workspace, slug: str) -> Iterator[tuple[str, int, int, int]]:
    folder = workspace.episodes_folder / slug
    for each in (folder, folder / "receipts", workspace.transcripts_folder / slug):
        yield from _marks(each)


def _marks(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_file() and not entry.name.startswith("."):
                    stat = entry.stat()
                    yield entry.name, stat.st_size, stat.st_mtime_ns, stat.st_ino
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return

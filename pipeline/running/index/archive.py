"""The archive of a show, searched: kept up to date with the files, a little at a time."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.ground.workspace import Workspace
from pipeline.running.index import store
from pipeline.running.index.looking import EpisodeHits, look
from pipeline.running.index.passages import mark_of, readable
from pipeline.tools.dictionary import stem_of
from pipeline.words.errors import TemporaryProblem
from pipeline.words.looked_for import terms_of

_Result = TypeVar("_Result")


class Archive:
    """`.cache/index.sqlite`: deleting it costs the time to make it again."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._writing = threading.Lock()
        self.is_whole = False
        """Whether everything that was there at the last look is in the index."""

    def refresh(self, patience_seconds: float = float("inf")) -> bool:
        """Take in what is new or changed and forget what is gone; whether it is whole now.

        What does not fit into the time is left for the next call.
        """
        if not self._writing.acquire(blocking=patience_seconds == float("inf")):
            return self.is_whole
        try:
            until = time.monotonic() + patience_seconds
            self.is_whole = self._refreshed(until)
        finally:
            self._writing.release()
        return self.is_whole

    def look(self, query: str, most_episodes: int = 30, most_hits: int = 6) -> list[EpisodeHits]:
        """The episodes that hold all that was asked for; any query means something."""
        terms = terms_of(query, stem_of)

        def looked(connection: sqlite3.Connection) -> list[EpisodeHits]:
            return look(
                connection, terms, stem_of, most_episodes=most_episodes, most_hits=most_hits
            )

        return self._with_index(looked)

    @property
    def _path(self) -> Path:
        return Workspace(self._root).cache / "index.sqlite"

    def _with_index(self, use: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """What `use` gives; a damaged index is made anew first.

        Raises TemporaryProblem while it cannot be used, as when the disk is full.
        """
        try:
            try:
                with store.opened(self._path) as connection:
                    return use(connection)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                store.remove(self._path)
                with store.opened(self._path) as connection:
                    return use(connection)
        except sqlite3.OperationalError as error:
            raise TemporaryProblem(
                "The archive cannot be searched at this moment.", "Try again in a moment.",
                str(error),
            ) from error  # fmt: skip

    def _refreshed(self, until: float) -> bool:
        workspace = Workspace(self._root)
        is_whole = self._with_index(partial(_refresh, workspace, until))
        workspace.digests.save()
        return is_whole


def _refresh(workspace: Workspace, until: float, connection: sqlite3.Connection) -> bool:
    slugs = workspace.slugs()
    known = store.marks(connection)
    for gone in known.keys() - set(slugs):
        store.forget(connection, gone)
    for slug in _new_first(slugs, known):
        if time.monotonic() > until:
            return False
        mark = mark_of(workspace, slug)
        if known.get(slug) != mark:
            store.put(connection, slug, mark, readable(workspace, slug), stem_of)
            connection.commit()
    return True


def _new_first(slugs: list[str], known: Collection[str]) -> list[str]:
    """Who brought something looks for it first."""
    return sorted(slugs, key=lambda slug: (slug in known, slug))

"""Brings a show up to date whenever somebody drops or changes a file: `etam watch`, `etam review`.

What is done at each look is the caller's (`Work`); when to look, and that no failure ends it, is
said here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from watchfiles import watch

from pipeline.faces import report
from pipeline.faces.work import bars_for, publish_with_bars
from pipeline.ground.files import TEMPORARY_PREFIX
from pipeline.ground.workspace import Workspace
from pipeline.running.show import run_show
from pipeline.stages.ingest import Arrival, Outcome
from pipeline.words.errors import TemporaryProblem

_CALM_MS = 500
# Scheduled episodes come due, and disks and networks come back, without any file changing.
LOOK_AGAIN_SECONDS = 60
TRY_AGAIN_SECONDS = 30
STILL_COPYING_SECONDS = 3
_PEOPLES_FILES = {"episode.toml", "show.toml", "glossary.toml", "approval.json", "article.md"}


class Work(Protocol):
    """What is done at each look. `bring_up_to_date` says in how many seconds to look again."""

    def bring_up_to_date(self, workspace: Workspace) -> int: ...

    def failed(self, workspace: Workspace, error: Exception) -> None: ...


class Watcher:
    """Looks at a show again and again until it is told to stop."""

    def __init__(self, root: Path, stop: threading.Event, work: Work | None = None) -> None:
        self._root = root
        self._stop = stop
        self._work = work or WorkWithBars()

    def watch(self) -> None:
        """Bring the show up to date now, at each change people make, and once in a while."""
        workspace = Workspace(self._root)
        while not self._stop.is_set():
            seconds = self.look()
            if not self._stop.is_set():
                _wait_for_a_change(workspace, seconds, self._stop)

    def look(self) -> int:
        """Work once; returns after how many seconds to look again at the latest."""
        workspace = Workspace(self._root)  # show.toml may have changed
        try:
            return self._work.bring_up_to_date(workspace)
        except Exception as error:  # noqa: BLE001 - the watcher outlives every failure
            self._work.failed(workspace, error)
            return TRY_AGAIN_SECONDS


class WorkWithBars:
    """Runs and publishes all that may be; says each problem once, on stderr."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def bring_up_to_date(self, workspace: Workspace) -> int:
        seconds = self._run(workspace)
        publication = publish_with_bars(workspace)
        if publication.changes:
            report.show_publication(workspace, publication, dry_run=False, as_json=False)
        return seconds

    def failed(self, workspace: Workspace, error: Exception) -> None:
        bars_for(workspace, self._told).failed("watch", "", error)

    def _run(self, workspace: Workspace) -> int:
        bars = bars_for(workspace, self._told)
        with bars, bars.bar("looking at the inbox") as progress:
            done = run_show(workspace, bars, progress, patient=True)
            for arrival in done.arrivals:
                if arrival.problem is not None:
                    bars.failed(repr(arrival.name), "ingest", arrival.problem)
        return seconds_until_next_look(done.arrivals, done.errors)


def seconds_until_next_look(arrivals: Sequence[Arrival], errors: Sequence[Exception] = ()) -> int:
    """At the latest, after what a look has found."""
    if any(arrival.outcome is Outcome.STILL_COPYING for arrival in arrivals):
        return STILL_COPYING_SECONDS
    if any(isinstance(error, TemporaryProblem) for error in errors):
        return TRY_AGAIN_SECONDS
    return LOOK_AGAIN_SECONDS


def changed_paths(
    workspace: Workspace, stop: threading.Event, wanted: Callable[[Path], bool], seconds: int
) -> Iterator[set[Path]]:
    """The wanted files that change, as they change; nothing after `seconds` without a change."""
    changes = watch(
        workspace.episodes_folder,
        workspace.transcripts_folder,
        workspace.feed_folder,
        watch_filter=lambda _change, name: wanted(Path(name)),
        debounce=_CALM_MS,
        rust_timeout=seconds * 1000,
        yield_on_timeout=True,
        stop_event=stop,
    )
    for changed in changes:
        yield {Path(name) for _, name in changed}


def is_peoples(workspace: Workspace, path: Path) -> bool:
    """Whether a change of this file is somebody's, so that there may be work."""
    if path.name.startswith(TEMPORARY_PREFIX) or path.name.endswith(".masalah.txt"):
        return False
    if path.is_relative_to(workspace.inbox):
        within = path.relative_to(workspace.inbox)
        return not any(part.startswith(".") for part in within.parts)
    return path.name in _PEOPLES_FILES or path.name.startswith("cover.")


def _wait_for_a_change(workspace: Workspace, seconds: int, stop: threading.Event) -> None:
    wanted = partial(is_peoples, workspace)
    next(changed_paths(workspace, stop, wanted, seconds), None)

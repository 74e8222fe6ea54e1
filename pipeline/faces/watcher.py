"""`etam watch`: brings the show up to date whenever somebody drops or changes a file."""

from __future__ import annotations

import threading
from pathlib import Path

from watchfiles import Change, watch

from pipeline.faces import report
from pipeline.faces.work import bars_for, publish_with_bars
from pipeline.ground.files import TEMPORARY_PREFIX
from pipeline.ground.workspace import Workspace
from pipeline.running.show import run_show
from pipeline.stages.ingest import Outcome
from pipeline.words.errors import TemporaryProblem

_CALM_MS = 500
# Scheduled episodes come due, and disks and networks come back, without any file changing.
_LOOK_AGAIN_SECONDS = 60
_TRY_AGAIN_SECONDS = 30
_STILL_COPYING_SECONDS = 3
_PEOPLES_FILES = {"episode.toml", "show.toml", "glossary.toml", "approval.json", "article.md"}


class Watcher:
    """Looks at a show again and again until it is told to stop; says each problem once."""

    def __init__(self, root: Path, stop: threading.Event) -> None:
        self._root = root
        self._stop = stop
        self._told: set[str] = set()

    def watch(self) -> None:
        """Bring the show up to date now, at each change people make, and once in a while."""
        workspace = Workspace(self._root)
        while not self._stop.is_set():
            seconds = self.look()
            if not self._stop.is_set():
                _wait_for_a_change(workspace, seconds, self._stop)

    def look(self) -> int:
        """Run and publish once; returns after how many seconds to look again at the latest."""
        workspace = Workspace(self._root)  # show.toml may have changed
        try:
            seconds = self._run(workspace)
            publication = publish_with_bars(workspace)
            if publication.changes:
                report.show_publication(workspace, publication, dry_run=False, as_json=False)
        except Exception as error:  # noqa: BLE001 - the watcher outlives every failure
            bars_for(workspace, self._told).failed("watch", "", error)
            return _TRY_AGAIN_SECONDS
        return seconds

    def _run(self, workspace: Workspace) -> int:
        bars = bars_for(workspace, self._told)
        with bars, bars.bar("looking at the inbox") as progress:
            done = run_show(workspace, bars, progress, patient=True)
            for arrival in done.arrivals:
                if arrival.problem is not None:
                    bars.failed(repr(arrival.name), "ingest", arrival.problem)
        if any(arrival.outcome is Outcome.STILL_COPYING for arrival in done.arrivals):
            return _STILL_COPYING_SECONDS
        if any(isinstance(error, TemporaryProblem) for error in done.errors):
            return _TRY_AGAIN_SECONDS
        return _LOOK_AGAIN_SECONDS


def _wait_for_a_change(workspace: Workspace, seconds: int, stop: threading.Event) -> None:
    changes = watch(
        workspace.episodes_folder,
        workspace.transcripts_folder,
        workspace.feed_folder,
        watch_filter=lambda _change, name: _is_peoples(workspace, _change, Path(name)),
        debounce=_CALM_MS,
        rust_timeout=seconds * 1000,
        yield_on_timeout=True,
        stop_event=stop,
    )
    next(changes, None)


def _is_peoples(workspace: Workspace, _change: Change, path: Path) -> bool:
    if path.name.startswith(TEMPORARY_PREFIX) or path.name.endswith(".masalah.txt"):
        return False
    if path.is_relative_to(workspace.inbox):
        return True
    return path.name in _PEOPLES_FILES or path.name.startswith("cover.")

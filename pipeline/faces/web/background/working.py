"""The work behind the review app: takes in, runs and publishes what is due while pages are open."""

from __future__ import annotations

import threading
from pathlib import Path

from pipeline.faces.errors import sentences
from pipeline.faces.watcher import Watcher, changed_paths, is_peoples, seconds_until_next_look
from pipeline.faces.web.background.at_work import Trouble
from pipeline.faces.web.background.scheduled import Clock
from pipeline.faces.web.background.telling import Telling
from pipeline.faces.web.events import Event
from pipeline.faces.web.newsroom import Newsroom
from pipeline.faces.work import log_of
from pipeline.ground.workspace import Workspace
from pipeline.running.lanes import STILL_TYPING_SECONDS, Lanes
from pipeline.stages.ingest import Arrival, Outcome, ingest_inbox
from pipeline.tools.inbox.uploads import UPLOADS
from pipeline.words.errors import TemporaryProblem

_LOOK_AT_FILES_SECONDS = 60
_INDEX_SECONDS = 2.0
_INDEX_AFTER_SECONDS = 3.0
_WORDS = {"review.jsonl", "transcript.txt"}


class Worker:
    """Notices what changes and tells pages; does what there is to do where the newsroom says so."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._notice, name="noticing", daemon=True)]
        self._changed = threading.Event()
        self._threads.append(threading.Thread(target=self._index, name="indexing", daemon=True))
        self._work = _Work(newsroom)
        if newsroom.does_work:
            self._threads.append(
                threading.Thread(target=self._bring_up_to_date, name="worker", daemon=True)
            )

    def start(self) -> None:
        self._newsroom.bringing.take_up()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End it: what is at work stops at its next step, and is taken up again at the next run."""
        self._stop.set()
        self._newsroom.wake.set()
        self._changed.set()
        self._work.close()
        self._newsroom.bringing.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def _bring_up_to_date(self) -> None:
        watcher = Watcher(self._newsroom.root, self._stop, self._work)
        while not self._stop.is_set():
            self._newsroom.wake.clear()
            self._newsroom.wake.wait(watcher.look())

    def _notice(self) -> None:
        workspace = Workspace(self._newsroom.root)
        while not self._stop.is_set():
            try:
                for changed in changed_paths(
                    workspace, self._stop, _is_of_interest, _LOOK_AT_FILES_SECONDS
                ):
                    self._tell_changed(workspace, changed)
            except Exception as error:  # noqa: BLE001 - as when a folder is missing for a moment
                sentences(error, log_of(workspace))
                self._stop.wait(10)

    def _index(self) -> None:
        """Keep the archive's index up to date, so that whoever searches does not wait."""
        while not self._stop.is_set():
            self._changed.clear()
            try:
                while not self._newsroom.archive.refresh(_INDEX_SECONDS):
                    if self._stop.is_set():
                        return
            except Exception as error:  # noqa: BLE001 - whoever searches is told
                sentences(error, log_of(Workspace(self._newsroom.root)))
            self._changed.wait(_LOOK_AT_FILES_SECONDS)
            self._stop.wait(_INDEX_AFTER_SECONDS)

    def _tell_changed(self, workspace: Workspace, changed: set[Path]) -> None:
        self._changed.set()
        slugs = {_slug_of(workspace, path) for path in changed}
        for slug in slugs - {""}:
            self._newsroom.events.tell(Event("changed", slug))
        if any(path.is_relative_to(workspace.inbox) for path in changed):
            self._newsroom.events.tell(Event("inbox"))
        if any(is_peoples(workspace, path) or path.name in _WORDS for path in changed):
            self._newsroom.wake.set()


class _Work:
    """What is done at each look; one part that fails keeps no other from being done."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        log = log_of(newsroom.workspace)
        self._telling = Telling(newsroom.at_work, newsroom.events, log)
        self._clock = Clock()
        self._lanes = Lanes(self._telling, newsroom.wake.set)

    def bring_up_to_date(self, workspace: Workspace) -> int:
        for slug in self._newsroom.take_wanted():
            self._lanes.want(slug)
        failures = []
        arrivals: list[Arrival] = []
        try:
            arrivals = ingest_inbox(workspace)
        except TemporaryProblem:
            pass  # another etam takes it in
        except Exception as error:  # noqa: BLE001 - the episodes are brought up to date
            failures.append(error)
        self._tell_arrivals(arrivals)
        standings = self._newsroom.standings.of_all(workspace)
        is_awaiting_a_pause = self._lanes.start_what_must_run(workspace, standings)
        try:
            self._clock.publish_what_is_due(workspace, self._newsroom, standings)
        except Exception as error:  # noqa: BLE001 - said on the board
            failures.append(error)
        if failures:
            raise failures[0]
        self._newsroom.at_work.ends("")
        seconds = seconds_until_next_look(arrivals)
        return min(seconds, int(STILL_TYPING_SECONDS)) if is_awaiting_a_pause else seconds

    def failed(self, workspace: Workspace, error: Exception) -> None:
        before = self._newsroom.at_work.trouble()
        trouble = Trouble(*sentences(error, log_of(workspace)))
        self._newsroom.at_work.ends("", trouble)
        if before != trouble:
            self._newsroom.events.tell(Event("trouble"))

    def close(self) -> None:
        self._lanes.close()

    def _tell_arrivals(self, arrivals: list[Arrival]) -> None:
        for arrival in arrivals:
            if arrival.outcome is Outcome.NEW:
                self._newsroom.events.tell(Event("arrived", arrival.slug or ""))


def _is_of_interest(path: Path) -> bool:
    """Hidden files are on their way; so are uploads in their hidden folder."""
    return not path.name.startswith(".") and UPLOADS not in path.parts


def _slug_of(workspace: Workspace, path: Path) -> str:
    """The episode a file is of, if any."""
    for folder in (workspace.episodes_folder, workspace.transcripts_folder):
        if path.is_relative_to(folder):
            first = path.relative_to(folder).parts[:1]
            if not first or first[0] == workspace.inbox.name or first[0].startswith("."):
                return ""  # hidden: an episode on its way out of the inbox
            return first[0]
    return ""

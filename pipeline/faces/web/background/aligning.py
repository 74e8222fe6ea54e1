"""Words that somebody changed get the times at which the model hears them, where one is at hand.

It happens by itself, some seconds after the last key, in a thread of its own. The operation is the
program's, so it stands in nobody's way who takes back what they typed.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from pipeline.faces.errors import sentences
from pipeline.faces.web.events import Event, Events
from pipeline.ground.open_reviews import OpenReviews
from pipeline.ground.workspace import Workspace
from pipeline.words.episode import Episode
from pipeline.words.errors import PipelineError
from pipeline.words.review.line import Line
from pipeline.words.review.operations import ChangeText, Operation, Seen, TextEdit
from pipeline.words.review.timing import is_estimated, with_heard_times

AUTHOR = "etam"
CALM_SECONDS = 4.0
_MARGIN_SECONDS = 0.15

Place = tuple[str, str]
"""An episode and one of its lines."""


class Aligner:
    """Lays changed lines on the sound, one after another. May be asked from any thread."""

    def __init__(
        self, workspace: Callable[[], Workspace], reviews: OpenReviews, events: Events
    ) -> None:
        self._workspace = workspace
        self._reviews = reviews
        self._events = events
        self._due: dict[Place, float] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def changed(self, slug: str, operations: list[Operation]) -> None:
        """Lines got new words: lay them on the sound when nothing more comes for some seconds."""
        edits = (o.edits for o in operations if isinstance(o, ChangeText))
        lines = {edit.on.line for group in edits for edit in group if not edit.words}
        if not lines:
            return
        with self._changed:
            due = time.monotonic() + CALM_SECONDS
            self._due.update({(slug, line): due for line in lines})
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="aligner", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _work(self) -> None:
        while True:
            slug, line = self._next()
            workspace = self._workspace()
            try:
                self._lay(workspace, workspace.episode(slug), line)
            except PipelineError:
                continue  # estimated times are good enough to go on with, and nobody asked for this
            except Exception as error:  # noqa: BLE001 - a bug costs this line its times, not the thread
                sentences(error, workspace.cache / "etam.log")

    def _next(self) -> Place:
        """The next line that was left alone for long enough."""
        with self._changed:
            while True:
                now = time.monotonic()
                ready = [place for place, due in self._due.items() if due <= now]
                if ready:
                    del self._due[ready[0]]
                    return ready[0]
                first = min(self._due.values(), default=None)
                self._changed.wait(None if first is None else first - now)

    def _lay(self, workspace: Workspace, episode: Episode, name: str) -> None:
        line = self._line(episode, name)
        if line is None or not any(map(is_estimated, line.words)):
            return
        from pipeline.stages.transcribe.span import align_line  # loads the model's library

        start, end = max(line.start - _MARGIN_SECONDS, 0.0), line.end + _MARGIN_SECONDS
        heard = align_line(episode, workspace.show, start, end, line.text)
        if heard is None or len(heard) != len(line.words):
            return
        words = with_heard_times(line.words, heard)
        edit = TextEdit(Seen(line.id, line.version), line.text, words)
        operation = ChangeText(
            id=str(uuid.uuid4()), author=AUTHOR, at=datetime.now(UTC), edits=(edit,)
        )
        if self._line(episode, name) != line:
            self._again((episode.slug, name))
            return
        standing = self._reviews.keep(episode, [operation])
        told = {"count": standing.count, "epoch": standing.epoch, "author": AUTHOR}
        self._events.tell(Event("transcript", episode.slug, told))

    def _again(self, place: Place) -> None:
        """Somebody went on meanwhile: new words come by themselves, a mark or a name does not."""
        with self._changed:
            self._due.setdefault(place, time.monotonic())

    def _line(self, episode: Episode, name: str) -> Line | None:
        lines = self._reviews.standing(episode).reviewed.lines
        return next((line for line in lines if line.id == name), None)

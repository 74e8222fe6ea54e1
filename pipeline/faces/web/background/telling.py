"""The runner's observer for open pages: what it is told is kept and passed on."""

from __future__ import annotations

from pathlib import Path

from pipeline.faces.errors import sentences
from pipeline.faces.web.background.at_work import AtWork, Trouble, tell_progress
from pipeline.faces.web.events import Event, Events
from pipeline.running.plan import Step
from pipeline.words.errors import EpisodeProblem


class Telling:
    """Tells pages what is done with each episode; problems go to the log once, as sentences."""

    def __init__(self, at_work: AtWork, events: Events, log: Path) -> None:
        self._at_work = at_work
        self._events = events
        self._log = log

    def started(self, slug: str, step: Step) -> None:
        self._at_work.begins(slug, step.stage)
        self._events.tell(Event("started", slug, {"stage": step.stage}))

    def progressed(self, slug: str, stage: str, share: float) -> None:
        if self._at_work.goes_on(slug, stage, share):
            tell_progress(self._events, slug, self._at_work.doing(slug))

    def told(self, slug: str, stage: str, text: str) -> None:
        if self._at_work.goes_on(slug, stage, 0.0, text):
            tell_progress(self._events, slug, self._at_work.doing(slug))

    def finished(self, slug: str, stage: str, seconds: float) -> None:
        self._at_work.ends(slug)
        self._events.tell(Event("finished", slug, {"stage": stage, "seconds": round(seconds, 1)}))

    def failed(self, slug: str, stage: str, error: Exception) -> None:
        """What an EpisodeProblem says is in the episode's receipt."""
        known = isinstance(error, EpisodeProblem)
        trouble = None if known else Trouble(*sentences(error, self._log))
        self._at_work.ends(slug, trouble)
        self._events.tell(Event("failed", slug, {"stage": stage}))

"""What is being done at this moment, and what went wrong with it, for pages that open now."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from pipeline.faces.web.events import Event, Events

_TELL_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Doing:
    """One stage of one episode at work: `share` from 0 to 1, `text` is the latest of its result."""

    stage: str
    share: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something did not go on, where no receipt says so, and what to do."""

    problem: str
    remedy: str


@dataclass
class AtWork:
    """Kept by the worker, read by pages; each thing is one thread's at a time."""

    _doing: dict[str, Doing] = field(default_factory=dict)
    _troubles: dict[str, Trouble] = field(default_factory=dict)
    _told_at: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def doing(self, slug: str) -> Doing | None:
        """What is being done with an episode."""
        with self._lock:
            return self._doing.get(slug)

    def trouble(self, slug: str = "") -> Trouble | None:
        """What is wrong with an episode, or without a slug with the show."""
        with self._lock:
            return self._troubles.get(slug)

    def begins(self, slug: str, stage: str) -> None:
        with self._lock:
            self._doing[slug] = Doing(stage)
            self._troubles.pop(slug, None)

    def goes_on(self, slug: str, stage: str, share: float, text: str = "") -> bool:
        """Keep how far it is; whether it is time to tell it again."""
        now = time.monotonic()
        with self._lock:
            doing = self._doing.get(slug)
            if doing is None:
                return False
            self._doing[slug] = Doing(stage, share or doing.share, text or doing.text)
            is_time = now - self._told_at.get(slug, 0.0) >= _TELL_EVERY_SECONDS
            if is_time:
                self._told_at[slug] = now
            return is_time

    def ends(self, slug: str, trouble: Trouble | None = None) -> None:
        with self._lock:
            self._doing.pop(slug, None)
            if trouble is None:
                self._troubles.pop(slug, None)
            else:
                self._troubles[slug] = trouble


def tell_progress(events: Events, slug: str, doing: Doing | None) -> None:
    """Pass on how far an episode is."""
    if doing is not None:
        said = {"stage": doing.stage, "share": round(doing.share, 4), "text": doing.text}
        events.tell(Event("progress", slug, said))

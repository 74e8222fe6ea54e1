"""What happens while somebody looks: told to every open page (server-sent events)."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

_MOST_WAITING = 256
_KEEP_ALIVE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `kind` says what; `slug` is empty for what concerns the show."""

    kind: str
    slug: str = ""
    said: dict[str, Any] | None = None

    def as_text(self) -> str:
        """In the format of the HTML standard, section 9.2.5."""
        content = json.dumps({"slug": self.slug, **(self.said or {})}, ensure_ascii=False)
        return f"event: {self.kind}\ndata: {content}\n\n"


class Events:
    """Tells open pages what happens; called from any thread."""

    def __init__(self) -> None:
        # A signal may end the app while its own thread holds the lock.
        self._lock = threading.RLock()
        self._listeners: dict[asyncio.Queue[Event | None], asyncio.AbstractEventLoop] = {}
        self._is_over = False

    def tell(self, event: Event) -> None:
        """Pass an event on to everybody who listens now."""
        with self._lock:
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            loop.call_soon_threadsafe(_put, queue, event)

    def end(self) -> None:
        """End every stream, so that a server can stop."""
        with self._lock:
            self._is_over = True
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            loop.call_soon_threadsafe(_put, queue, None)

    async def stream(self) -> AsyncIterator[str]:
        """What happens from now on, as text for the browser, until it goes away."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue(_MOST_WAITING)
        with self._lock:
            if self._is_over:
                return
            self._listeners[queue] = asyncio.get_running_loop()
        try:
            yield ": listening\n\n"
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), _KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield ": still there\n\n"
                    continue
                if event is None:
                    return
                yield event.as_text()
        finally:
            with self._lock:
                self._listeners.pop(queue, None)


def _put(queue: asyncio.Queue[Event | None], event: Event | None) -> None:
    """A page that does not keep up misses the oldest: progress is told again anyway."""
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(event)

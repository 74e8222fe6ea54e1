"""Slows down whoever guesses passwords."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

_FREE_TRIES = 5
_FIRST_WAIT_SECONDS = 2.0
_LONGEST_WAIT_SECONDS = 900.0
_MOST_REMEMBERED = 10_000


@dataclass
class Throttle:
    """After five wrong passwords each further one doubles the wait of the name and the address."""

    _wrong: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_seconds(self, login: str, address: str) -> float:
        """How long this name, or this address, must still wait; 0 when it need not."""
        now = time.monotonic()
        with self._lock:
            return max(self._wait(key, now) for key in _keys(login, address))

    def was_wrong(self, login: str, address: str) -> None:
        now = time.monotonic()
        with self._lock:
            if len(self._wrong) > _MOST_REMEMBERED:
                self._wrong = {k: v for k, v in self._wrong.items() if self._wait(k, now) > 0}
            for key in _keys(login, address):
                self._wrong[key] = (self._wrong.get(key, (0, 0.0))[0] + 1, now)

    def was_right(self, login: str, address: str) -> None:
        with self._lock:
            for key in _keys(login, address):
                self._wrong.pop(key, None)

    def _wait(self, key: str, now: float) -> float:
        count, last = self._wrong.get(key, (0, now))
        if count < _FREE_TRIES:
            return 0.0
        wait = min(_FIRST_WAIT_SECONDS * 2.0 ** (count - _FREE_TRIES), _LONGEST_WAIT_SECONDS)
        return max(last + wait - now, 0.0)


def _keys(login: str, address: str) -> tuple[str, str]:
    return f"login {login}", f"address {address}"

"""Links that let somebody in once: the first start, an invitation, a forgotten password."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, field

_GOOD_FOR_SECONDS = 24 * 3600.0


@dataclass
class OneTimeLinks:
    """Tokens that work once within a day, for as long as the app runs."""

    _logins: dict[str, tuple[str, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def make(self, login: str) -> str:
        """A token for somebody; an empty `login` makes the first account."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._logins[_digest(token)] = (login, time.monotonic() + _GOOD_FOR_SECONDS)
        return token

    def look_at(self, token: str) -> str | None:
        """Whom a token is for, while it is good."""
        with self._lock:
            login, until = self._logins.get(_digest(token), ("", 0.0))
        return login if time.monotonic() < until else None

    def use(self, token: str) -> str | None:
        """The same, and it is used up."""
        login = self.look_at(token)
        with self._lock:
            gone = self._logins.pop(_digest(token), None)
        return login if gone is not None else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

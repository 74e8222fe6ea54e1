"""`newsroom/sessions.json`: who is signed in. It holds digests of tokens, never a token."""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter

from pipeline.ground.files import read_json, write_json
from pipeline.ground.workspace import Workspace

_IDLE = timedelta(days=7)
_LONGEST = timedelta(days=30)
_SEEN_STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's browser. `key` is the digest of the token in its cookie."""

    key: str
    login: str
    since: datetime
    seen: datetime
    browser: str = ""

    def is_over(self, now: datetime) -> bool:
        """Whether it was idle for a week, or began a month ago."""
        return now - self.seen > _IDLE or now - self.since > _LONGEST


_SESSIONS = TypeAdapter(list[Session])


class Sessions:
    """The sessions of one process, kept in a file so that a restart signs nobody out."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._open = {session.key: session for session in self._load()}

    def begin(self, login: str, browser: str = "") -> str:
        """Open a session and return its token, which is kept nowhere else."""
        token = secrets.token_urlsafe(32)
        now = datetime.now(UTC)
        with self._lock:
            session = Session(_key(token), login, now, now, browser[:200])
            self._open[session.key] = session
            self._save()
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, if it is not over."""
        now = datetime.now(UTC)
        with self._lock:
            session = self._open.get(_key(token))
            if session is None or session.is_over(now):
                return None
            if now - session.seen > _SEEN_STEP:
                session = replace(session, seen=now)
                self._open[session.key] = session
                self._save()
            return session

    def of(self, login: str) -> list[Session]:
        """Where somebody is signed in, the latest first."""
        now = datetime.now(UTC)
        with self._lock:
            sessions = [s for s in self._open.values() if s.login == login and not s.is_over(now)]
        return sorted(sessions, key=lambda session: session.seen, reverse=True)

    def end(self, key: str) -> None:
        """End one session."""
        with self._lock:
            if self._open.pop(key, None) is not None:
                self._save()

    def end_all_of(self, login: str) -> None:
        """End every session of somebody."""
        with self._lock:
            self._open = {k: s for k, s in self._open.items() if s.login != login}
            self._save()

    def _load(self) -> list[Session]:
        try:
            return _SESSIONS.validate_python(read_json(self._workspace.sessions_file))
        except (OSError, ValueError):
            return []  # everybody signs in again

    def _save(self) -> None:
        now = datetime.now(UTC)
        kept = [asdict(session) for session in self._open.values() if not session.is_over(now)]
        self._workspace.newsroom.mkdir(mode=0o700, exist_ok=True)
        write_json(self._workspace.sessions_file, kept)


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

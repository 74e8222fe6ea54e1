"""What a bucket is known to hold: the ETags and digests of what was found or sent."""

from __future__ import annotations

import contextlib
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from pipeline.tools.bucket.port import Stored
from pipeline.words.errors import SetupProblem


class EtagMemory:
    """What a bucket is known to hold, by key. Deleting the file costs requests only.

    It is an index in SQLite, so that remembering one upload does not rewrite what is known of all
    others. An entry without SHA-256 is there, but what it holds must be asked.
    """

    def __init__(self, path: Path, bucket: str) -> None:
        self._path = path
        self._bucket = bucket

    def known(self, keys: Iterable[str]) -> dict[str, Stored]:
        """What is known of `keys`."""
        with self._open() as index:
            index.execute("CREATE TEMPORARY TABLE asked (key TEXT)")
            index.executemany("INSERT INTO asked VALUES (?)", ((key,) for key in keys))
            return {key: Stored(*row) for key, *row in index.execute(_KNOWN, (self._bucket,))}

    def learn(self, key: str, stored: Stored) -> None:
        """What is under `key` by now."""
        self.learn_all([(key, stored)])

    def doubt(self, key: str) -> None:
        """Somebody else wrote `key`: it is there, and must be asked."""
        self.learn(key, Stored(0, "", ""))

    def listed(self, everything: Mapping[str, Stored], now: datetime) -> None:
        """The bucket held exactly this at this moment."""
        with self._open() as index:
            index.execute("DELETE FROM known WHERE bucket = ?", (self._bucket,))
            index.execute("REPLACE INTO listed VALUES (?, ?)", (self._bucket, now.timestamp()))
        self.learn_all(everything.items())

    def listed_seconds_ago(self, now: datetime) -> float:
        """How old the last listing is; infinite without one."""
        with self._open() as index:
            row = index.execute(
                "SELECT at FROM listed WHERE bucket = ?", (self._bucket,)
            ).fetchone()
        return math.inf if row is None else abs(now.timestamp() - float(row[0]))

    def learn_all(self, entries: Iterable[tuple[str, Stored]]) -> None:
        """What is under each of these keys by now."""
        rows = ((self._bucket, key, s.size, s.sha256, s.etag) for key, s in entries)
        with self._open() as index:
            index.executemany("REPLACE INTO known VALUES (?, ?, ?, ?, ?)", rows)

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The index; a file that is none is begun anew."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            index = self._connected()
        except sqlite3.OperationalError as error:
            raise SetupProblem(
                f"{self._path} cannot be used: {error}.",
                "Give yourself the right to write there, and free some disk space.",
            ) from error
        except sqlite3.DatabaseError:  # no database at all
            self._path.unlink()
            index = self._connected()
        with contextlib.closing(index), index:
            yield index

    def _connected(self) -> sqlite3.Connection:
        index = sqlite3.connect(self._path, timeout=30)
        try:
            index.execute("PRAGMA synchronous = OFF")  # a power cut costs requests only
            index.executescript(_TABLES)
        except sqlite3.DatabaseError:
            index.close()
            raise
        return index


_TABLES = """
CREATE TABLE IF NOT EXISTS known (
    bucket TEXT, key TEXT, size INTEGER, sha256 TEXT, etag TEXT, PRIMARY KEY (bucket, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS listed (bucket TEXT PRIMARY KEY, at REAL);
"""
_KNOWN = "SELECT key, size, sha256, etag FROM asked CROSS JOIN known USING (key) WHERE bucket = ?"

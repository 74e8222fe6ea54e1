"""The index on disk: SQLite with FTS5, one row for each passage.

Sources: https://sqlite.org/fts5.html. The number of a passage holds that of its episode, so that
episodes are counted without reading a text.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.running.index.passages import Passage
from pipeline.words.looked_for import Stem, tokens_of

_VERSION = 1
EPISODE_STEP = 100_000
"""Passages that an episode can have."""
_BUSY_SECONDS = 10.0

_TABLES = """
CREATE TABLE IF NOT EXISTS episodes (id INTEGER PRIMARY KEY, slug TEXT UNIQUE NOT NULL,
  mark TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passages (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,
  start_seconds REAL, speaker TEXT NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS terms USING fts5 (words, stems, tokenize = 'unicode61',
  prefix = '2 3');
"""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The index, made anew where there is none, an older one, or a damaged one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connected(path)
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def remove(path: Path) -> None:
    """Delete the index, as when it is damaged: it is made again from the files."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def marks(connection: sqlite3.Connection) -> dict[str, str]:
    """What each episode in the index was made of."""
    return dict(connection.execute("SELECT slug, mark FROM episodes"))


def forget(connection: sqlite3.Connection, slug: str) -> None:
    """Take an episode out."""
    found = connection.execute("SELECT id FROM episodes WHERE slug = ?", (slug,)).fetchone()
    if found is None:
        return
    within = (found[0] * EPISODE_STEP, (found[0] + 1) * EPISODE_STEP - 1)
    connection.execute("DELETE FROM terms WHERE rowid BETWEEN ? AND ?", within)
    connection.execute("DELETE FROM passages WHERE id BETWEEN ? AND ?", within)
    connection.execute("DELETE FROM episodes WHERE id = ?", found)


def put(
    connection: sqlite3.Connection, slug: str, mark: str, passages: Sequence[Passage], stem: Stem
) -> None:
    """Put an episode in, in the place of what was there of it."""
    forget(connection, slug)
    cursor = connection.execute("INSERT INTO episodes (slug, mark) VALUES (?, ?)", (slug, mark))
    first = (cursor.lastrowid or 0) * EPISODE_STEP
    numbered = list(enumerate(passages[:EPISODE_STEP], first))
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        [(n, each.kind, each.start_seconds, each.speaker, each.text) for n, each in numbered],
    )
    connection.executemany(
        "INSERT INTO terms (rowid, words, stems) VALUES (?, ?, ?)",
        [(n, *_terms(each.text, stem)) for n, each in numbered],
    )


def _terms(text: str, stem: Stem) -> tuple[str, str]:
    """The words as they are compared, and their roots; a name is its own."""
    tokens = list(tokens_of(text))
    words = " ".join(token.plain for token in tokens)
    return words, " ".join(t.plain if t.is_name else stem(t.plain) for t in tokens)


def _connected(path: Path) -> sqlite3.Connection:
    try:
        return _prepared(path)
    except sqlite3.OperationalError:
        raise  # somebody else writes, or the disk is full: the index itself may be well
    except sqlite3.DatabaseError:
        remove(path)
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError(f"index of version {version}")
        if version == 0:
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection

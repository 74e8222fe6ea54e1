"""Looking in the index: the episodes that hold all that was asked for, and where in them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.running.index.passages import Kind
from pipeline.running.index.store import EPISODE_STEP
from pipeline.words.looked_for import Piece, Stem, Term, pieces_of

_MOST_PASSAGES = 2000
_MOST_CHARACTERS = 260
# The rank of FTS5 is the smaller the better; a title says more than a line.
_WEIGHTS = {Kind.TITLE: 6.0, Kind.GUEST: 4.0, Kind.NOTES: 2.0, Kind.ARTICLE: 1.3, Kind.LINE: 1.0}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage; `start_seconds` is where it is heard, `pieces` is its text with what was found."""

    kind: Kind
    pieces: tuple[Piece, ...]
    start_seconds: float | None
    speaker: str


@dataclass(frozen=True, slots=True)
class EpisodeHits:
    """An episode with its best passages, of `count` in all."""

    slug: str
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    weight: float
    kind: Kind
    start_seconds: float | None
    speaker: str
    text: str


def look(
    connection: sqlite3.Connection,
    terms: Sequence[Term],
    stem: Stem,
    *,
    most_episodes: int,
    most_hits: int,
) -> list[EpisodeHits]:
    """The best episodes first, in each the best passages in the order of the recording."""
    if not terms:
        return []
    within, values = _within(terms)
    counts: dict[int, int] = dict(
        connection.execute(
            f"SELECT rowid / {EPISODE_STEP}, count(*) FROM terms WHERE terms MATCH ? "  # noqa: S608
            f"AND rowid / {EPISODE_STEP} IN ({within}) GROUP BY 1",
            (_any(terms), *values),
        )
    )
    rows = defaultdict(list)
    for row in _rows(connection, terms, within, values):
        rows[row.number // EPISODE_STEP].append(row)
    best = sorted(rows, key=lambda episode: (max(r.weight for r in rows[episode]), episode))
    slugs: dict[int, str] = dict(connection.execute("SELECT id, slug FROM episodes"))
    return [
        EpisodeHits(slugs[n], counts[n], _hits(rows[n], terms, stem, most_hits))
        for n in best[::-1][:most_episodes]
    ]


def _rows(
    connection: sqlite3.Connection, terms: Sequence[Term], within: str, values: list[str]
) -> list[_Row]:
    found = connection.execute(
        "SELECT passages.id, found.rank, kind, start_seconds, speaker, text FROM ("  # noqa: S608
        "SELECT rowid, rank FROM terms WHERE terms MATCH ? AND rank MATCH 'bm25(2.0, 1.0)' "
        f"AND rowid / {EPISODE_STEP} IN ({within}) ORDER BY rank LIMIT {_MOST_PASSAGES}"
        ") AS found JOIN passages ON passages.id = found.rowid",
        (_any(terms), *values),
    )
    return [
        _Row(number, -rank * _WEIGHTS[Kind(kind)], Kind(kind), start, speaker, text)
        for number, rank, kind, start, speaker, text in found
    ]


def _hits(rows: list[_Row], terms: Sequence[Term], stem: Stem, most: int) -> tuple[Hit, ...]:
    best = sorted(rows, key=lambda row: -row.weight)[:most]
    return tuple(
        Hit(
            row.kind,
            tuple(pieces_of(row.text, terms, stem, _MOST_CHARACTERS)),
            row.start_seconds,
            row.speaker,
        )
        for row in sorted(best, key=lambda row: row.number)
    )


def _within(terms: Sequence[Term]) -> tuple[str, list[str]]:
    """The query for the episodes that hold every term, somewhere."""
    one = f"SELECT rowid / {EPISODE_STEP} FROM terms WHERE terms MATCH ?"  # noqa: S608
    return " INTERSECT ".join([one] * len(terms)), [_expression(term) for term in terms]


def _any(terms: Sequence[Term]) -> str:
    return " OR ".join(map(_expression, terms))


def _expression(term: Term) -> str:
    """In the language of FTS5. Words hold letters and digits alone, so quoting them is enough."""
    if len(term.words) > 1:
        return f'(words : "{" ".join(term.words)}")'
    word = f'words : "{term.words[0]}"' + (" *" if term.is_beginning else "")
    return f'({word} OR stems : "{term.stem}")' if term.stem else f"({word})"

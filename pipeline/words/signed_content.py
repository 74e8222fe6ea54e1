"""What an editor signed, in words, so that a later change can be shown word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pipeline.words.article_joining import word_difference
from pipeline.words.review.history import Part, Sign

_AROUND = 12
"""So many words are shown on both sides of a change."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """How one part differs from what was signed: pieces of text with something around them."""

    name: str
    pieces: tuple[tuple[Part, ...], ...]


def changes_between(signed: Mapping[str, str], now: Mapping[str, str]) -> tuple[PartChange, ...]:
    """The parts that differ, in the order in which they are named."""
    names = list(dict.fromkeys([*now, *signed]))
    return tuple(
        PartChange(name, tuple(_pieces(signed.get(name, ""), now.get(name, ""))))
        for name in names
        if signed.get(name, "") != now.get(name, "")
    )


def details_in_words(details: Mapping[str, Any]) -> str:
    """Each thing that is said on a line of its own."""
    return "\n".join(_lines(details))


def _lines(details: Mapping[str, Any]) -> Iterator[str]:
    for key, value in details.items():
        if value in ("", None, [], ()):
            continue
        entries = value if isinstance(value, list | tuple) else [value]
        yield from (f"{key}: {_said(entry)}" for entry in entries)


def _said(entry: Any) -> str:
    if isinstance(entry, Mapping):
        return " · ".join(str(value) for value in entry.values() if value not in ("", None))
    return str(entry)


def _pieces(before: str, after: str) -> Iterator[tuple[Part, ...]]:
    """The changes with a few words around each; what is the same for long is left out."""
    piece: list[Part] = []
    for part in word_difference(before, after):
        if part.sign is not Sign.SAME:
            piece.append(part)
            continue
        head, tail = _first(part.text), _last(part.text)
        if len(head) + len(tail) >= len(part.text):
            piece.append(part)
            continue
        if any(each.sign is not Sign.SAME for each in piece):
            yield (*piece, Part(Sign.SAME, f"{head}…"))
        piece = [Part(Sign.SAME, f"…{tail}")]
    if any(each.sign is not Sign.SAME for each in piece):
        yield tuple(piece)


def _first(text: str) -> str:
    return "".join(_tokens(text)[: 2 * _AROUND])


def _last(text: str) -> str:
    return "".join(_tokens(text)[-2 * _AROUND :])


def _tokens(text: str) -> list[str]:
    """Words and the white space between them."""
    return ["".join(group) for _, group in groupby(text, str.isspace)]

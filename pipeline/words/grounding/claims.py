"""Sentences of an article outside its quotes, and the ground that they must stand on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.words.grounding.checked import Finding, Kind, Passage, Reason, Weight
from pipeline.words.grounding.digits import value_of
from pipeline.words.grounding.heard import Heard
from pipeline.words.grounding.hunks import shown
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.manuscript import Span
from pipeline.words.grounding.sources import Sources
from pipeline.words.grounding.tokens import Token
from pipeline.words.ordinary import is_ordinary

SHOWN_PASSAGES = 3


@dataclass(frozen=True)
class Ground:
    """All that can support a claim."""

    heard: Heard
    sources: Sources
    lists: Lists
    name_words: frozenset[str]
    people_and_places: frozenset[str] = frozenset()
    """The comparable words that stand for names of the glossary's people and places."""
    is_word: Callable[[str], bool] = is_ordinary
    """Whether something in lower case is a word of the language."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the article: its comparable words and where each word of the text stands."""

    span: Span
    text: str
    tokens: tuple[Token, ...]
    places: tuple[Span, ...]
    is_heading: bool

    def at(self, tokens: Sequence[Token]) -> Span:
        """Where some of its tokens stand in the article."""
        return Span(self.places[tokens[0].first].start, self.places[tokens[-1].last].end)


def said_together(keys: Sequence[str], heard: Heard) -> bool:
    return any(
        [token.key for token in heard.tokens[at : at + len(keys)]] == list(keys)
        for at in heard.where.get(keys[0], ())
    )


def is_known(key: str, ground: Ground) -> bool:
    return key in ground.heard.where or key in ground.sources.where or key in ground.name_words


def is_number_at(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and value_of(tokens[at].key) is not None


def key_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].key if 0 <= at < len(tokens) else ""


def finding(
    line: Line,
    tokens: Sequence[Token],
    kind: Kind,
    weight: Weight,
    because: Reason,
    passages: tuple[Passage, ...] = (),
) -> Finding:
    span = line.at(tokens)
    return Finding(span.start, span.end, shown(tokens), kind, weight, because, passages)

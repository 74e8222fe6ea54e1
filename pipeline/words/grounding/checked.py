"""What a check of an article found: a verdict for each quote, and findings about the rest.

Offsets are characters of the article's text as it was given, `end` not included. Times are seconds
of the recording.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from pipeline.words.review.history import Part


class Verdict(StrEnum):
    """How a quote stands to what was said."""

    EXACT = "exact"
    """The same words; only case and punctuation may differ."""
    EDITED = "edited"
    """Cleaned up: fillers, spoken forms, digits, small words; the difference is shown."""
    CHECK = "check"
    """Nothing forbidden, but an editor should compare: see the reasons."""
    BLOCKED = "blocked"
    """A negation, number, name or speaker is not what was said."""
    NOT_FOUND = "not found"
    """Nobody says this in the recording."""


class Weight(IntEnum):
    """What a finding asks for: the heavier, the more."""

    NOTE = 0
    """Good to know."""
    CHECK = 1
    """An editor should look."""
    BLOCKED = 2
    """It has no support: the article cannot be approved without an editor's reason."""


class Kind(StrEnum):
    """What a finding is about."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    SENTENCE = "sentence"
    SPEAKER = "speaker"
    NAME_VARIANT = "name variant"
    COUNT = "count"
    WEEKDAY = "weekday"
    SPELLING = "spelling"
    LEFTOVER = "leftover"


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence: `message` is an English message id with places in braces for `values`."""

    message: str
    values: tuple[tuple[str, str], ...] = ()

    def told(self, translate: Callable[[str], str] = lambda message: message) -> str:
        """The sentence in the language of `translate`."""
        return translate(self.message).format(**dict(self.values))


@dataclass(frozen=True, slots=True)
class WordPlace:
    """A word of the transcript: the id of its segment, and which of its words it is, from 0."""

    segment: int
    word: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Where something is said: first and last word (both count), seconds, who speaks, the words."""

    segments: tuple[int, ...]
    first: WordPlace
    last: WordPlace
    start: float
    end: float
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quote of the article; `start` and `end` are inside its quotation marks.

    `passages` is empty when nothing like it is said; more than one when the quote was joined.
    `source` names where the words come from when it is not the recording ("episode.toml").
    """

    start: int
    end: int
    text: str
    verdict: Verdict
    passages: tuple[Passage, ...] = ()
    difference: tuple[Part, ...] = ()
    reasons: tuple[Reason, ...] = ()
    attributed: str = ""
    source: str = ""

    @property
    def id(self) -> str:
        """Stays the same while the quote and what is wrong with it do."""
        said = "".join(part.text for part in self.difference)
        return _id("quote", self.verdict, " ".join(self.text.split()), self.attributed, said)

    @property
    def is_open(self) -> bool:
        """Whether the article cannot be approved with it."""
        return self.verdict in (Verdict.BLOCKED, Verdict.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a place of the article; `instead` is what could stand there."""

    start: int
    end: int
    text: str
    kind: Kind
    weight: Weight
    reason: Reason
    passages: tuple[Passage, ...] = ()
    instead: str = ""

    @property
    def id(self) -> str:
        """Stays the same while the words and what is wrong with them do."""
        return _id(self.kind, self.reason.told(), " ".join(self.text.split()))

    @property
    def is_open(self) -> bool:
        """Whether the article cannot be approved with it."""
        return self.weight is Weight.BLOCKED


@dataclass(frozen=True, slots=True)
class SupportedSentence:
    """A sentence of the article outside quotes: where it is said, or what else it comes from.

    `sources` are files such as "episode.toml". With neither, nothing supports it.
    """

    start: int
    end: int
    text: str
    passages: tuple[Passage, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole check of an article, each list in the order of the text."""

    quotes: tuple[CheckedQuote, ...]
    findings: tuple[Finding, ...]
    sentences: tuple[SupportedSentence, ...]

    @property
    def open(self) -> tuple[CheckedQuote | Finding, ...]:
        """What keeps the article from being approved, in the order of the text."""
        every: tuple[CheckedQuote | Finding, ...] = (*self.quotes, *self.findings)
        return tuple(sorted((each for each in every if each.is_open), key=lambda each: each.start))


def checked_to_json(checked: Checked, translate: Callable[[str], str]) -> dict[str, Any]:
    """What `etam check --json` prints; reasons are sentences in the language of `translate`."""
    return {
        "version": 1,
        "quotes": [_quote_to_json(quote, translate) for quote in checked.quotes],
        "findings": [_finding_to_json(finding, translate) for finding in checked.findings],
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                "passages": [_passage_to_json(passage) for passage in sentence.passages],
                "sources": list(sentence.sources),
            }
            for sentence in checked.sentences
        ],
    }


def _quote_to_json(quote: CheckedQuote, translate: Callable[[str], str]) -> dict[str, Any]:
    return {
        "id": quote.id,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "verdict": quote.verdict.value,
        "passages": [_passage_to_json(passage) for passage in quote.passages],
        "difference": [[part.sign.value, part.text] for part in quote.difference],
        "reasons": [reason.told(translate) for reason in quote.reasons],
        "attributed": quote.attributed,
        "source": quote.source,
    }


def _finding_to_json(finding: Finding, translate: Callable[[str], str]) -> dict[str, Any]:
    return {
        "id": finding.id,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "kind": finding.kind.value,
        "weight": finding.weight.name.lower(),
        "reason": finding.reason.told(translate),
        "passages": [_passage_to_json(passage) for passage in finding.passages],
        "instead": finding.instead,
    }


def _passage_to_json(passage: Passage) -> Mapping[str, Any]:
    return {
        "segments": list(passage.segments),
        "first": {"segment": passage.first.segment, "word": passage.first.word},
        "last": {"segment": passage.last.segment, "word": passage.last.word},
        "start": passage.start,
        "end": passage.end,
        "speaker": passage.speaker,
        "text": passage.text,
    }


def _id(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10]

"""Numbers, dates and names as they were said, each with its moment, for an editor to check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.tools.keywords import stop_words
from pipeline.tools.naming import Token, is_calendar, tokens_of
from pipeline.words.article import Evidence, Fact, FactKind
from pipeline.words.numbers import SpokenNumber, spoken_numbers
from pipeline.words.sentences import Sentence
from pipeline.words.spoken import SpokenLanguage, spoken
from pipeline.words.subjects import Subjects
from pipeline.words.transcript import Segment

_DIGITS = re.compile(r"(?:Rp\.?)?\d[\d.,:/]*%?")
_COUNTED_WORDS = 2
_PLAIN_ONE = 1


def facts_in(
    sentences: Sequence[Sentence],
    subjects: Subjects,
    segments: Mapping[int, Segment],
    language: str,
) -> tuple[Fact, ...]:
    """What can be checked, in the order of the talk; each name once, at its first mention."""
    counted = [fact for sentence in sentences for fact in _numbers_and_dates(sentence, language)]
    named = _names(subjects, segments)
    return tuple(sorted([*counted, *named], key=lambda fact: fact.evidence.start or 0.0))


def evidence_of(segments: Sequence[Segment]) -> Evidence:
    """Segments as evidence; the source alone when there are none."""
    if not segments:
        return Evidence()
    start, end = min(s.start for s in segments), max(s.end for s in segments)
    return Evidence(tuple(s.id for s in segments), start, end)


def _numbers_and_dates(sentence: Sentence, language: str) -> Iterator[Fact]:
    table = spoken(language)
    line = tokens_of(sentence)
    numbers = {number.first: number for number in _numbers(line, language)}
    index = 0
    while index < len(line):
        number = numbers.get(index)
        if number is None:
            index += 1
            continue
        last = _date_end(line, number, numbers, table)
        kind = FactKind.DATE if last else FactKind.NUMBER
        last = last or _counted_end(line, number, language)
        if kind is FactKind.DATE or number.value != _PLAIN_ONE or last > number.last:
            yield _fact(kind, sentence, line, number, last)
        index = max(last, number.last)


def _numbers(line: list[Token], language: str) -> list[SpokenNumber]:
    """Numbers in digits, and for Indonesian those in words; never across the end of a clause."""
    digits = [
        SpokenNumber(i, i + 1, float("nan"))
        for i, token in enumerate(line)
        if _DIGITS.fullmatch(token.bare)
    ]
    if language.partition("-")[0].lower() not in ("id", "ms"):
        return digits
    keys = [f"{token.key}{'|' if token.ends_clause else ''}" for token in line]
    return [*digits, *spoken_numbers([key.rstrip("|") for key in keys])]

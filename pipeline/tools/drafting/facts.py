"""Numbers, dates and names as they were said, each with its moment, for an editor to check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.tools.keywords import stop_words
from pipeline.tools.naming import Token, tokens_of
from pipeline.words.article import Evidence, Fact, FactKind
from pipeline.words.languages import primary_language
from pipeline.words.numbers import SpokenNumber, spoken_numbers
from pipeline.words.sentences import Sentence
from pipeline.words.spoken import spoken
from pipeline.words.subjects import Subjects
from pipeline.words.transcript import Segment

_DIGITS = re.compile(r"(?:Rp\.?)?\d[\d.,:/]*%?")
_YEARS = range(1900, 2100)
_YEAR = "tahun"
_NUMBERED = frozenset(("nomor", "pasal", "ayat"))
_COUNTED_WORDS = 2
_SMALL = 10
_SPEAKS_NUMBERS = ("id", "ms")
# No topic by themselves, but what people count.
_UNITS = frozenset(
    ("orang", "hari", "minggu", "bulan", "tahun", "jam", "menit", "kali", "bagian", "bidang")
) | {"ratus", "ribu", "juta", "miliar", "milyar", "triliun", "persen"}


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
    """The time from the first to the last of some segments, which there must be one of."""
    start, end = min(s.start for s in segments), max(s.end for s in segments)
    return Evidence(tuple(s.id for s in segments), start, end)


def _numbers_and_dates(sentence: Sentence, language: str) -> Iterator[Fact]:
    line = tokens_of(sentence)
    after = 0
    for number in _numbers(line, language):
        if number.first < after:
            continue
        before = line[number.first - 1].key if number.first else ""
        named = before in _NUMBERED or (before == _YEAR and number.value in _YEARS)
        after = number.last if named else _date_end(line, number, language)
        kind = FactKind.DATE if after and before not in _NUMBERED else FactKind.NUMBER
        after = after or _counted_end(line, number, language)
        if kind is FactKind.DATE or not _is_idle(number, line, after):
            yield _fact(kind, sentence, number, after, number.first - named)


def _numbers(line: list[Token], language: str) -> list[SpokenNumber]:
    """Numbers in digits, and for Indonesian those in words too, by position."""
    found = [
        SpokenNumber(index, index + 1, _value(token.bare))
        for index, token in enumerate(line)
        if _DIGITS.fullmatch(token.bare)
    ]
    if primary_language(language) in _SPEAKS_NUMBERS:
        found += _in_words(line)
    return sorted(found, key=lambda number: number.first)


def _in_words(line: list[Token]) -> Iterator[SpokenNumber]:
    """ "dua puluh, lima" are two numbers: the end of a clause ends a number."""
    start = 0
    for index, token in enumerate(line):
        if token.ends_clause or index == len(line) - 1:
            for number in spoken_numbers([t.key for t in line[start : index + 1]]):
                yield SpokenNumber(start + number.first, start + number.last, number.value)
            start = index + 1


def _value(digits: str) -> float:
    """The value of a plain year or whole number; nan when the writing leaves it open."""
    return float(digits) if digits.isascii() and digits.isdigit() else float("nan")


def _date_end(line: list[Token], number: SpokenNumber, language: str) -> int:
    """The index after a date that the number begins ("6 Oktober 2022"), or 0."""
    months = spoken(language).months
    if number.last >= len(line) or line[number.last].key not in months:
        return 0
    after = number.last + 1
    years = _numbers(line[after : after + 5], language) if after < len(line) else []
    if years and years[0].first == 0 and years[0].value in _YEARS:
        return after + years[0].last
    return after


def _counted_end(line: list[Token], number: SpokenNumber, language: str) -> int:
    """The index after the things that are counted: "dua puluh lima kelompok"."""
    empty = stop_words(language) - _UNITS
    after = number.last
    while (
        after < min(number.last + _COUNTED_WORDS, len(line))
        and not line[after - 1].ends_clause
        and not line[after - 1].bare.endswith("%")
        and line[after].key not in empty
        and not {line[after - 1].key, line[after].key} <= _UNITS
    ):
        after += 1
    return after


def _is_idle(number: SpokenNumber, line: list[Token], after: int) -> bool:
    """Whether a number counts nothing: "salah satu", or "satu, dua" by themselves."""
    if number.first > 0 and line[number.first - 1].key == "salah":
        return True
    in_words = not any(character.isdigit() for character in line[number.first].bare)
    return in_words and after == number.last and number.value <= _SMALL


def _fact(kind: FactKind, sentence: Sentence, number: SpokenNumber, after: int, first: int) -> Fact:
    words = sentence.words[first:after]
    text = " ".join(word.text for word in words).strip(" .,;:!?…")
    segments = tuple(dict.fromkeys(word.segment for word in words))
    in_words = not any(character.isdigit() for character in text)
    value = _digits(number.value) if in_words and kind is FactKind.NUMBER else ""
    if in_words and kind is FactKind.DATE and first < number.first:
        value = f"{int(number.value)}"  # a year by itself, which takes no dot
    return Fact(kind, text, Evidence(segments, words[0].start, words[-1].end), value)


def _digits(value: float) -> str:
    """1234567.5 as "1.234.567,5"."""
    shown = f"{int(value):,}" if value == int(value) else f"{value:,}"
    return shown.translate(str.maketrans(",.", ".,"))


def _names(subjects: Subjects, segments: Mapping[int, Segment]) -> Iterator[Fact]:
    rows = (
        *((FactKind.PERSON, person.name, person.segments) for person in subjects.people),
        *((FactKind.PLACE, place.name, place.segments) for place in subjects.places),
        *((FactKind.NAME, name.name, name.segments) for name in subjects.names),
    )
    for kind, name, ids in rows:
        if said := [segments[i] for i in ids[:1] if i in segments]:
            yield Fact(kind, name, evidence_of(said))

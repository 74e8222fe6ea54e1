"""The verb behind a quote, which says what its speaker does: asks, hopes, claims, explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.words.languages import primary_language
from pipeline.words.numbers import NUMBER_WORDS
from pipeline.words.speech_acts import is_question, looks_ahead
from pipeline.words.tokens import tokens_of

Words = frozenset[str]


class SpeechAct(StrEnum):
    """What somebody does by saying something."""

    ASK = "ask"
    HOPE = "hope"
    INVITE = "invite"
    CLAIM = "claim"
    EXPLAIN = "explain"
    COUNT = "count"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One language: by which words an act is recognised, and the verbs that fit it.

    Rows are tried in order; the last one is for everything else.
    """

    signs: tuple[tuple[SpeechAct, Words], ...]
    verbs: dict[SpeechAct, tuple[str, ...]]
    closing: str


def act_of(text: str, language: str) -> SpeechAct:
    """What is done with `text`: a question mark, a word such as “harus”, a number, or nothing."""
    row = _row(language)
    said = {token.key for token in tokens_of(text)}
    if is_question(text, language):
        return SpeechAct.ASK
    for act, signs in row.signs:
        if signs & said:
            return act
    if looks_ahead(text, language):
        return SpeechAct.INVITE
    has_number = any(token.has_digit or token.key in NUMBER_WORDS for token in tokens_of(text))
    return SpeechAct.COUNT if has_number else SpeechAct.SAY


def verbs_for(texts: Sequence[str], language: str) -> Iterator[str]:
    """A verb for each text of an article: it fits, and is a new one as long as there are any."""
    used: list[str] = []
    for text in texts:
        fitting = _row(language).verbs[act_of(text, language)]
        verb = min(fitting, key=lambda each: (used.count(each), fitting.index(each)))
        used.append(verb)
        yield verb


def closing_verb(text: str, language: str) -> str:
    """The verb of the last quote: “pungkas”, but for a question."""
    if act_of(text, language) is SpeechAct.ASK:
        return _row(language).verbs[SpeechAct.ASK][0]
    return _row(language).closing


def _row(language: str) -> Attribution:
    return _ROWS.get(primary_language(language), _ROWS["en"])


def _words(text: str) -> Words:
    return frozenset(text.split())


_ROWS = {
    "id": Attribution(
        signs=(
            (SpeechAct.HOPE, _words("harap harapan harapannya berharap semoga mudah-mudahan")),
            (SpeechAct.INVITE, _words("ajak mengajak mari imbau mengimbau menghimbau ayo")),
            (
                SpeechAct.CLAIM,
                _words(
                    "harus wajib jangan pasti penting tegas dilarang mesti komitmen berkomitmen"
                ),
            ),
            (
                SpeechAct.EXPLAIN,
                _words(
                    "karena sebab artinya yaitu yakni adalah merupakan singkatan misalnya "
                    "contohnya maksudnya caranya fungsinya tugasnya sehingga"
                ),
            ),
        ),
        verbs={
            SpeechAct.ASK: ("tanya",),
            SpeechAct.HOPE: ("harap",),
            SpeechAct.INVITE: ("ajak", "imbau"),
            SpeechAct.CLAIM: ("tegas", "tandas", "lugas"),
            SpeechAct.EXPLAIN: ("jelas", "terang", "papar"),
            SpeechAct.COUNT: ("ungkap", "sebut", "papar"),
            SpeechAct.SAY: ("ujar", "kata", "tutur", "ucap"),
        },
        closing="pungkas",
    ),
    "en": Attribution(
        signs=(
            (SpeechAct.HOPE, _words("hope hopes hopefully wish")),
            (SpeechAct.CLAIM, _words("must never certainly essential")),
            (SpeechAct.EXPLAIN, _words("because means therefore")),
        ),
        verbs={
            SpeechAct.ASK: ("asked",),
            SpeechAct.HOPE: ("hoped",),
            SpeechAct.INVITE: ("urged",),
            SpeechAct.CLAIM: ("stressed", "insisted"),
            SpeechAct.EXPLAIN: ("explained",),
            SpeechAct.COUNT: ("noted", "stated"),
            SpeechAct.SAY: ("said", "added", "remarked"),
        },
        closing="concluded",
    ),
}

"""Whether one person says all of a quote, and whether that is who is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.attribution import Beside, Somebody, are_same
from pipeline.words.grounding.checked import Passage, Reason, Verdict
from pipeline.words.grounding.heard import Heard
from pipeline.words.grounding.judging import Judgement
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.names import KnownNames
from pipeline.words.grounding.reasons import reason
from pipeline.words.grounding.sources import Sources
from pipeline.words.grounding.tokens import Token
from pipeline.words.ordinary import is_ordinary

_MINORITY = 0.25
_NUMBERED = re.compile(r".*\d$")


@dataclass(frozen=True)
class Bench:
    """All that a quote is compared with."""

    heard: Heard
    sources: Sources
    lists: Lists
    known: KnownNames
    people: tuple[Somebody, ...]
    name_words: frozenset[str]
    is_word: Callable[[str], bool] = is_ordinary


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a quote and how it was judged where it fits best."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    judgement: Judgement


def speaking(
    pieces: Sequence[Piece], passages: Sequence[Passage], beside: Beside, bench: Bench
) -> Iterator[tuple[Verdict, Reason]]:
    """Whether one person says all of it, and whether that is who is named."""
    voices = [_voice(piece, bench.heard) for piece in pieces]
    named = tuple(dict.fromkeys(name for names in voices for name in names if _is_somebody(name)))
    if len(named) > 1:
        yield Verdict.BLOCKED, reason(why.TWO_SPEAKERS, speakers=", ".join(named))
        return
    if not named or not beside.name or _are_one(named[0], beside.name, bench.people):
        return
    values = {"named": beside.name, "speaker": named[0]}
    if not beside.is_guessed and all(_is_sure(passage, bench.heard) for passage in passages):
        yield Verdict.BLOCKED, reason(why.WRONG_SPEAKER, **values)
    else:
        yield Verdict.CHECK, reason(why.SPEAKER_GUESSED, **values)


def _voice(piece: Piece, heard: Heard) -> list[str]:
    """Who says a good part of a piece."""
    kept = [step.said for step in piece.judgement.alignment.kept if step.said is not None]
    counted: dict[str, int] = {}
    for at in kept:
        speaker = heard.words[heard.tokens[at].first].speaker
        counted[speaker] = counted.get(speaker, 0) + 1
    return [name for name, count in counted.items() if count >= max(2, _MINORITY * len(kept))] or [
        max(counted, key=lambda name: counted[name])
    ]


def _is_somebody(name: str) -> bool:
    """“Pembicara 2” is nobody's name."""
    return bool(name) and not _NUMBERED.match(name)


def _are_one(speaker: str, named: str, people: Sequence[Somebody]) -> bool:
    """Whether both names are one person's, directly or through the person's full name."""
    if are_same(speaker, named):
        return True
    return any(are_same(speaker, p.name) and are_same(named, p.name) for p in people)


def _is_sure(passage: Passage, heard: Heard) -> bool:
    return all(
        word.is_sure_who
        for word in heard.words
        if word.start >= passage.start and word.end <= passage.end
    )

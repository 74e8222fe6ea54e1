"""Stretches worth sharing: one voice, whole sentences, understandable alone, 15 to 120 seconds.

The bounds are those of `podcast:soundbite` (podcastindex.org/namespace/1.0).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.tools.drafting.material import Material
from pipeline.tools.drafting.quotes import quote_of
from pipeline.tools.drafting.quoting import Passage, Talk, interrupted, starts_of_passages
from pipeline.words.article import SoundbiteCandidate
from pipeline.words.web_text import short_line

_SHORTEST_SECONDS, _LONGEST_SECONDS = 15.0, 120.0
_BEST_SECONDS = 35.0
_ENDS_TRIED = 4
_MOST = 3
_TITLE_CHARACTERS = 80


def soundbites_of(talk: Talk, material: Material) -> tuple[SoundbiteCandidate, ...]:
    """Up to three candidates in time order that do not overlap; none in a talk without them."""
    runs = (run for first in starts_of_passages(talk) for run in _runs_from(first, talk))
    ranked = sorted(runs, key=lambda p: (_far_from_best(p) - talk.score(p), p.start))
    chosen: list[Passage] = []
    for passage in ranked:
        apart = all(passage.end <= one.start or one.end <= passage.start for one in chosen)
        if apart and len(chosen) < _MOST:
            chosen.append(passage)
    return tuple(_candidate(p, material) for p in sorted(chosen, key=lambda p: p.start))


def _runs_from(first: int, talk: Talk) -> Iterator[Passage]:
    """The shortest runs from a sentence on that are long enough."""
    sentences, tried = talk.sentences, 0
    for last in range(first, len(sentences)):
        seconds = sentences[last].end - sentences[first].start
        whole = talk.quotable[last] and not (last > first and interrupted(sentences, last))
        if not whole or seconds > _LONGEST_SECONDS or tried == _ENDS_TRIED:
            return
        if seconds >= _SHORTEST_SECONDS:
            tried += 1
            yield Passage(sentences[first : last + 1])


def _far_from_best(passage: Passage) -> float:
    return abs(passage.end - passage.start - _BEST_SECONDS) / _BEST_SECONDS


def _candidate(passage: Passage, material: Material) -> SoundbiteCandidate:
    quote = quote_of(passage.words, material)
    first = quote_of(passage.sentences[0].words, material).text
    return SoundbiteCandidate(
        start_seconds=round(passage.start, 3),
        duration_seconds=round(passage.end - passage.start, 3),
        title=short_line(first, _TITLE_CHARACTERS),
        text=quote.text,
        speaker=quote.speaker,
        evidence=quote.evidence,
    )

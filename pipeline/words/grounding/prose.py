"""The text of an article outside its quotes: what it claims, and what supports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.words.grounding.checked import (
    Finding,
    Passage,
    SupportedSentence,
)
from pipeline.words.grounding.claimed_names import names
from pipeline.words.grounding.claimed_numbers import dates_and_numbers
from pipeline.words.grounding.claims import SHOWN_PASSAGES, Ground, Line
from pipeline.words.grounding.heard import Heard
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.sources import Sources
from pipeline.words.grounding.tokens import Token

_COVERED = 0.34
_WINDOW = 40
_FEW_WORDS = 3


def supported(line: Line, ground: Ground) -> SupportedSentence:
    """The sentence with the passages that say most of it, or the files that do."""
    weighty = [
        token for token in line.tokens
        if not token.is_light
        and token.key not in ground.lists.small | ground.lists.verbs | ground.lists.telling
    ]  # fmt: skip
    passages = tuple(_passages(weighty, ground.heard)) if weighty else ()
    files = _files(weighty, ground.sources)
    return SupportedSentence(line.span.start, line.span.end, line.text, passages, files)


def findings_in(line: Line, ground: Ground) -> Iterator[Finding]:
    """The numbers, dates and names of a sentence that nothing supports."""
    yield from dates_and_numbers(line, ground)
    yield from names(line, ground)


def is_unsupported(sentence: SupportedSentence, line: Line, lists: Lists) -> bool:
    """Whether a sentence that claims something has no support at all."""
    weighty = [t for t in line.tokens if not t.is_light and t.key not in lists.small]
    return len(weighty) > _FEW_WORDS and not sentence.passages and not sentence.sources


def _passages(weighty: Sequence[Token], heard: Heard) -> Iterator[Passage]:
    """Up to three stretches that hold a good part of what the words weigh."""
    unsaid = heard.rarity_unsaid
    whole = sum(heard.rarity(t.key) or unsaid for t in {t.key: t for t in weighty}.values())
    hits: dict[int, list[int]] = {}
    for key in {token.key for token in weighty}:
        if heard.tells(key):
            for at in _said_at(key, heard):
                hits.setdefault(at // _WINDOW, []).append(at)
    scored = sorted(((*_weight(bucket, hits, heard), bucket) for bucket in hits), reverse=True)
    chosen: list[int] = []
    for weight, first, last, bucket in scored:
        if weight < _COVERED * whole or len(chosen) == SHOWN_PASSAGES:
            break
        if all(abs(bucket - other) > 1 for other in chosen):
            chosen.append(bucket)
            yield heard.passage(first, last)


def _weight(bucket: int, hits: dict[int, list[int]], heard: Heard) -> tuple[float, int, int]:
    """What a stretch of two neighbouring buckets weighs, and where its first and last hit is."""
    places = sorted([*hits[bucket], *hits.get(bucket + 1, [])])
    keys = {heard.tokens[at].key for at in places}
    return sum(heard.rarity(key) for key in keys), places[0], places[-1]


def _said_at(key: str, heard: Heard) -> Iterator[int]:
    yield from heard.where.get(key, ())
    for other in heard.alike(key):
        yield from heard.where[other]


def _files(weighty: Sequence[Token], sources: Sources) -> tuple[str, ...]:
    """The files that hold at least half of the words."""
    found: dict[str, int] = {}
    for token in weighty:
        for file in sources.where.get(token.key, ()):
            found[file] = found.get(file, 0) + 1
    most = max(1, len(weighty))
    files = tuple(file for file, count in found.items() if count / most >= 0.5)
    together = sum(token.key in sources.where for token in weighty) / most
    return files or (tuple(found) if together >= 0.5 else ())

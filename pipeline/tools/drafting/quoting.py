"""Passages worth quoting: complete, on topic, understandable alone, spread over the recording."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from pipeline.tools.keywords import content_stems, content_words
from pipeline.words.sentences import Sentence, SpokenWord, is_punctuated
from pipeline.words.speech_acts import (
    addresses_somebody,
    is_courtesy,
    is_introduction,
    is_question,
    leans_on_what_came_before,
    looks_ahead,
)
from pipeline.words.spoken import spoken
from pipeline.words.tidying.tidy import corrects_itself, without_padding

_SENTENCE_WORDS = range(4, 46)
_PASSAGE_WORDS = range(10, 66)
_BEST_PASSAGE_WORDS = 32
_MOST_SENTENCES = 4
_LONGEST_PAUSE_SECONDS = 3.0
_LEAST_PROBABILITY = 0.4
_MOST_LIKENESS = 0.4
_CLOSING_SHARE = 0.6
_MAIN_QUOTES, _MORE_QUOTES = 2, 4


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one speaker."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The words as the transcript has them."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def start(self) -> float:
        return self.sentences[0].start

    @property
    def end(self) -> float:
        return self.sentences[-1].end

    @property
    def speaker(self) -> str:
        """As the transcript has it: a name, a numbered voice, or ""."""
        return self.sentences[0].speaker

    @property
    def words(self) -> tuple[SpokenWord, ...]:
        return tuple(word for sentence in self.sentences for word in sentence.words)


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages for the article in time order, the one that closes it, and others to choose from."""

    main: tuple[Passage, ...] = ()
    closing: Passage | None = None
    more: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as passages are chosen from it: for each sentence its words without padding, and
    whether it can be a part of a quote; `score` says how well a passage stands for the talk."""

    sentences: tuple[Sentence, ...]
    language: str
    plain: tuple[str, ...]
    quotable: tuple[bool, ...]
    score: Callable[[Passage], float]


def talk_to_quote(
    sentences: Sequence[Sentence],
    topics: Sequence[str],
    language: str,
    hosts: AbstractSet[str] = frozenset(),
    addressed: AbstractSet[str] = frozenset(),
) -> Talk:
    """A talk with what can be quoted from it.

    The voices of `hosts` are never quoted, nor a sentence that holds one of the lower-case names
    in `addressed`: it is said to that person, or it is how the person introduces himself.
    """
    plain = tuple(without_padding(sentence.words, language) for sentence in sentences)
    quotable = _quotable(sentences, plain, language, hosts, addressed)
    return Talk(tuple(sentences), language, plain, quotable, _scorer(sentences, topics, language))


def choose_passages(talk: Talk) -> Passages:
    """The passages to quote from a talk."""
    sentences, language, score = talk.sentences, talk.language, cache(talk.score)
    ranked = sorted(_runs(talk), key=lambda p: (-score(p), p.start))
    closing = _closing(ranked, sentences, language, score)
    before = [p for p in ranked if closing is None or p.end <= closing.start]
    main = _spread(before, _MAIN_QUOTES, sentences, [closing] if closing else [], language)
    taken = [*main, *([closing] if closing else [])]
    more = _spread(ranked, _MORE_QUOTES, sentences, taken, language)
    return Passages(_by_time(main), closing, _by_time(more))


def _quotable(
    sentences: Sequence[Sentence],
    plain: Sequence[str],
    language: str,
    hosts: AbstractSet[str],
    addressed: AbstractSet[str],
) -> tuple[bool, ...]:
    """For each sentence, and its words without padding, whether it can be a part of a quote."""
    punctuated = is_punctuated(sentences)
    asks = [is_question(sentence.text, language) for sentence in sentences]
    # Before the first question an interview is greetings and introductions.
    first = asks.index(True) if any(asks) else 0
    return tuple(
        index >= first
        and not asks[index]
        and (sentence.is_complete if punctuated else not _addresses(sentence, language))
        and len(plain[index].split()) in _SENTENCE_WORDS
        and sentence.probability >= _LEAST_PROBABILITY
        and not sentence.may_be_invented
        and not is_courtesy(plain[index], language)
        and not is_introduction(plain[index], language)
        and not addresses_somebody(sentence.text, language)
        and not corrects_itself(sentence.words, language)
        and sentence.speaker not in hosts
        and not addressed & set(content_words(sentence.text))
        for index, sentence in enumerate(sentences)
    )


def _addresses(sentence: Sentence, language: str) -> bool:
    """Whether it says "Bu" or "Pak", as those who ask do; without punctuation the only sign."""
    return bool(spoken(language).honorifics.intersection(content_words(sentence.text)))


def starts_of_passages(talk: Talk) -> Iterator[int]:
    """The sentences with which a passage can start: they do not lean on what came before."""
    for index, text in enumerate(talk.plain):
        if talk.quotable[index] and not leans_on_what_came_before(text, talk.language):
            yield index


def _runs(talk: Talk) -> Iterator[Passage]:
    """Every run of quotable sentences that is long enough and does not lean on what came before."""
    sentences = talk.sentences
    for first in starts_of_passages(talk):
        for last in range(first, min(first + _MOST_SENTENCES, len(sentences))):
            if not talk.quotable[last] or (last > first and interrupted(sentences, last)):
                break
            run = sentences[first : last + 1]
            if sum(len(s.words) for s in run) in _PASSAGE_WORDS:
                yield Passage(run)


def interrupted(sentences: Sequence[Sentence], index: int) -> bool:
    """Whether another voice or a long pause lies before a sentence."""
    before, here = sentences[index - 1], sentences[index]
    return before.speaker != here.speaker or here.start - before.end > _LONGEST_PAUSE_SECONDS


def _scorer(
    sentences: Sequence[Sentence], topics: Sequence[str], language: str
) -> Callable[[Passage], float]:
    """How well a passage stands for the talk: words said often, topics, length, certainty."""
    said = Counter(w for sentence in sentences for w in content_stems(sentence.text, language))
    wanted = [set(topic.casefold().split()) for topic in topics]

    def score(passage: Passage) -> float:
        stems = set(content_stems(passage.text, language))
        length = len(passage.text.split())
        weight = sum(math.log1p(said[word]) for word in stems) / math.sqrt(length)
        words = set(content_words(passage.text))
        on_topic = sum(topic <= words for topic in wanted)
        fits = -abs(length - _BEST_PASSAGE_WORDS) / _BEST_PASSAGE_WORDS
        sure = sum(s.probability for s in passage.sentences) / len(passage.sentences)
        return weight + 0.3 * on_topic + 0.5 * fits + sure

    return score


def _closing(
    ranked: Sequence[Passage],
    sentences: Sequence[Sentence],
    language: str,
    score: Callable[[Passage], float],
) -> Passage | None:
    """The best passage of the last part, one that hopes or invites before others."""
    if not ranked or len({p.sentences[0] for p in ranked}) == 1:
        return None
    late = sentences[0].start + (sentences[-1].end - sentences[0].start) * _CLOSING_SHARE
    ending = [p for p in ranked if p.start >= late]
    return max(
        ending,
        key=lambda p: (looks_ahead(p.text, language), score(p), p.start),
        default=None,
    )


def _spread(
    ranked: Sequence[Passage],
    count: int,
    sentences: Sequence[Sentence],
    taken: Sequence[Passage],
    language: str,
) -> list[Passage]:
    """The best `count` passages that do not overlap, repeat each other or stand close together."""
    if not ranked:
        return []
    apart = (sentences[-1].end - sentences[0].start) / (4 * count)
    chosen: list[Passage] = []
    for least_apart in (apart, 0.0):
        for passage in ranked:
            others = [*taken, *chosen]
            if len(chosen) < count and all(
                _distance(passage, other) >= least_apart and not _alike(passage, other, language)
                for other in others
            ):
                chosen.append(passage)
    return chosen


def _distance(one: Passage, other: Passage) -> float:
    """Seconds between two passages; negative when they overlap."""
    return max(one.start - other.end, other.start - one.end)


def _alike(one: Passage, other: Passage, language: str) -> bool:
    """Whether they share sentences or most of their words."""
    if set(one.sentences) & set(other.sentences):
        return True
    a, b = (set(content_stems(p.text, language)) for p in (one, other))
    return len(a & b) > _MOST_LIKENESS * len(a | b)


def _by_time(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(sorted(passages, key=lambda passage: passage.start))

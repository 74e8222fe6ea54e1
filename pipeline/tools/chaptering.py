"""Chapters of a recording: where the talk turns to something else.

After TextTiling (Hearst 1997): the words before and after each gap between sentences are compared,
and the deepest valleys of likeness become chapter starts. In an interview the interviewer's
questions are where topics turn, so a gap before a question counts for more.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.tools.keywords import content_forms, content_stems, distinctive_words
from pipeline.words.chapters import Chapter
from pipeline.words.languages import primary_language
from pipeline.words.sentences import Sentence
from pipeline.words.speech_acts import is_greeting, is_question, without_address

_SECONDS_A_CHAPTER = 300.0
_FEWEST_CHAPTERS, _MOST_CHAPTERS = 4, 10
_SHORTEST_SECONDS, _LONG_ENOUGH_SECONDS = 15.0, 120.0
_SHORTEST_SHARE = 1 / 6
_LONGEST_BLOCK_SECONDS = 60.0
_QUESTION_BONUS = 0.5
_TITLE_WORDS = range(3, 13)
_TITLE_KEYWORDS = 3
_SENTENCES_FOR_A_TITLE = 5

_OPENING = {"id": "Pembukaan", "en": "Introduction"}
_NUMBERED = {"id": "Bagian {}", "en": "Part {}"}


def chapters_of(
    sentences: Sequence[Sentence], seconds: float, language: str, people: Iterable[str] = ()
) -> tuple[Chapter, ...]:
    """Up to ten chapters in time order, the first at 0, none at or past `seconds`.

    Names of `people` make no title. A recording without speech, or too short for two
    chapters of 15 s, is one chapter.
    """
    heard = sorted((s for s in sentences if 0 <= s.start < seconds), key=lambda s: s.start)
    stems = [content_stems(sentence.text, language) for sentence in heard]
    turns = _turns(heard, stems, seconds, language)
    parts = list(zip([0, *turns], [*turns, len(heard)], strict=True))
    names = {stem for name in people for stem in content_stems(name, language)}
    titles = _titles(heard, [[w for w in ws if w not in names] for ws in stems], parts, language)
    starts = [0.0, *(heard[turn].start for turn in turns)]
    return tuple(Chapter(start, title) for start, title in zip(starts, titles, strict=True))


def _turns(
    heard: Sequence[Sentence], stems: list[list[str]], seconds: float, language: str
) -> list[int]:
    """Indices of the sentences that start a chapter, the first chapter's left out."""
    shortest = min(max(seconds * _SHORTEST_SHARE, _SHORTEST_SECONDS), _LONG_ENOUGH_SECONDS)
    wanted = min(max(round(seconds / _SECONDS_A_CHAPTER), _FEWEST_CHAPTERS), _MOST_CHAPTERS)
    scores = _scores(heard, stems, min(shortest, _LONGEST_BLOCK_SECONDS), language)
    taken = [0.0, seconds]
    turns: list[int] = []
    for index in sorted(range(1, len(heard)), key=lambda i: (-scores[i], i)):
        if len(turns) + 1 >= wanted or scores[index] <= 0:
            break
        start = heard[index].start
        if all(abs(start - other) >= shortest for other in taken):
            taken.append(start)
            turns.append(index)
    return sorted(turns)


def _scores(
    heard: Sequence[Sentence], stems: list[list[str]], block_seconds: float, language: str
) -> list[float]:
    """How well a chapter would start at each sentence: depth of the valley, and a question."""
    likeness = [_likeness(heard, stems, i, block_seconds) for i in range(len(heard))]
    asks = [is_question(sentence.text, language) for sentence in heard]
    depths = _depths(likeness)
    return [
        depth + (_QUESTION_BONUS if ask and not (i and asks[i - 1]) else 0.0)
        for i, (depth, ask) in enumerate(zip(depths, asks, strict=True))
    ]


def _likeness(
    heard: Sequence[Sentence], stems: list[list[str]], index: int, block_seconds: float
) -> float:
    """Cosine of the words in the block before a gap and in the block after it."""
    if index == 0:
        return 1.0  # nothing can be unlike the beginning
    gap = heard[index].start
    first = bisect_left(heard, gap - block_seconds, hi=index, key=lambda s: s.start)
    last = bisect_left(heard, gap + block_seconds, lo=index, key=lambda s: s.start)
    before = Counter(word for words in stems[first:index] for word in words)
    after = Counter(word for words in stems[index:last] for word in words)
    return _cosine(before, after)


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(count * other[word] for word, count in one.items())
    return shared / (_length(one) * _length(other)) if shared else 0.0


def _length(words: Counter[str]) -> float:
    return math.sqrt(sum(count * count for count in words.values()))


def _depths(likeness: list[float]) -> list[float]:
    """How far each value lies below the nearest peaks on its left and on its right."""
    left = _climb(likeness)
    right = _climb(likeness[::-1])[::-1]
    return [a + b - 2 * here for a, b, here in zip(left, right, likeness, strict=True)]


def _climb(values: list[float]) -> list[float]:
    """For each value the peak that is reached by going back while it rises."""
    peaks: list[float] = []
    for index, value in enumerate(values):
        rises = index > 0 and values[index - 1] >= value
        peaks.append(peaks[-1] if rises else value)
    return peaks


def _titles(
    heard: Sequence[Sentence],
    stems: list[list[str]],
    parts: list[tuple[int, int]],
    language: str,
) -> list[str]:
    """The first question of each part, or its most distinctive words; each title once."""
    whole = Counter(word for words in stems for word in words)
    titles: list[str] = []
    for number, (first, last) in enumerate(parts, start=1):
        inside = heard[first:last]
        choices = (
            _opening(inside, language) if number == 1 else "",
            _question(inside, language),
            _keywords(inside, [w for words in stems[first:last] for w in words], whole, language),
            _phrase(_NUMBERED, language).format(number),
        )
        titles.append(next(choice for choice in choices if choice and choice not in titles))
    return titles


def _opening(inside: Sequence[Sentence], language: str) -> str:
    greets = any(is_greeting(sentence.text, language) for sentence in inside[:2])
    return _phrase(_OPENING, language) if greets else ""


def _question(inside: Sequence[Sentence], language: str) -> str:
    for sentence in inside[:_SENTENCES_FOR_A_TITLE]:
        if is_question(sentence.text, language):
            question = without_address(sentence.text, language)
            if len(question.split()) in _TITLE_WORDS:
                return question
    return ""


def _keywords(
    inside: Sequence[Sentence], stems: list[str], whole: Counter[str], language: str
) -> str:
    """ "Anggaran, desa, relawan": what is said here more than once, or else at all."""
    here = Counter(stems)
    often = [word for word in stems if here[word] > 1]
    forms = _forms(inside, language)
    words = distinctive_words(often if len(set(often)) > 1 else stems, whole, _TITLE_KEYWORDS)
    title = ", ".join(forms[word] for word in words)
    return title[:1].upper() + title[1:]


def _forms(inside: Sequence[Sentence], language: str) -> dict[str, str]:
    """How each word is written: in its shortest form, small unless it is a name ("Diskominfo")."""
    # A capital within a sentence is a name's; at the start it says nothing.
    later = " ".join(word.text for sentence in inside for word in sentence.words[1:])
    names = {form for _, form in content_forms(later, language) if not form.islower()}
    said: dict[str, list[str]] = {}
    for word, form in content_forms(" ".join(s.text for s in inside), language):
        said.setdefault(word, []).append(form if form in names else form.lower())
    return {word: min(forms, key=lambda form: (len(form), form)) for word, forms in said.items()}


def _phrase(table: dict[str, str], language: str) -> str:
    return table.get(primary_language(language), table["en"])

"""Topics of a text (yake), and the words that carry none (stopwordsiso)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from pipeline.words.languages import primary_language
from pipeline.words.sentences import Sentence
from pipeline.words.spoken import SpokenLanguage, spoken

_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[^\W\d_]\w*)*")
_MOST_WORDS_IN_A_TOPIC = 2
_PAIR_WEIGHT = 4
_MOSTLY = 0.6
_CANDIDATES = 60
_SUFFIXES = ("nya", "lah", "kah", "pun", "kan", "an")
_LEAST_LETTERS = 4


def topics_of(
    sentences: Sequence[Sentence], language: str, not_topics: Iterable[str] = (), count: int = 8
) -> tuple[str, ...]:
    """Up to `count` topics of one or two words, the strongest first.

    They are in lower case, acronyms in capitals. Words in `not_topics` (names of people and
    places) make no topic; nor does what is said once.
    """
    text = " ".join(sentence.text for sentence in sentences)
    said = _times_said(text)
    excluded = {word for name in not_topics for word in content_words(name)}
    found = [topic for topic in _candidates(text, language) if not excluded & set(topic.split())]
    # A pair of words says more than one word does; yake's own order decides between equals.
    twice = [t for t in found if said[t] > 1 and not _is_half_of_a_pair(t, said)]
    twice.sort(key=lambda topic: -said[topic] * _PAIR_WEIGHT ** topic.count(" "))
    return tuple(_as_written(topic, text) for topic in _without_overlap(twice)[:count])


def stop_words(language: str) -> frozenset[str]:
    """Words without a topic of their own: function words, fillers and other padding of speech."""
    return _stop_words(primary_language(language))


@cache
def _stop_words(primary: str) -> frozenset[str]:
    import stopwordsiso

    table = spoken(primary)
    written = stopwordsiso.stopwords(primary) if stopwordsiso.has_lang(primary) else ()
    return frozenset(
        {*written, *table.fillers, *table.empty, *table.question_words}
        | {*table.show_words, *table.honorifics}
    )


@cache
def function_words(language: str) -> frozenset[str]:
    """Words that a text in `language` is full of, whatever it is about; none for some languages."""
    import stopwordsiso

    primary = primary_language(language)
    if not stopwordsiso.has_lang(primary):
        return frozenset()
    return frozenset(
        word for word in stopwordsiso.stopwords(primary) if len(word) > 1 and word.isalpha()
    )


def content_words(text: str) -> list[str]:
    """The words of a text in lower case, numbers and punctuation left out."""
    return [word.casefold() for word in _WORD.findall(text)]


def stem(word: str) -> str:
    """A word without the endings that Indonesian hangs on it; rough, for grouping only.

    Abbreviations (in capitals) and short words stay as they are.
    """
    if word.isupper():
        return word.casefold()
    word = word.casefold()
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_LETTERS:
            word = word[: -len(suffix)]
    return word


def content_stems(text: str, language: str) -> list[str]:
    """Stems of the words of a text that can carry a topic, in order."""
    return [word for word, _ in content_forms(text, language)]


def content_forms(text: str, language: str) -> list[tuple[str, str]]:
    """The stem of each word that can carry a topic, and the word as it was said."""
    empty = stop_words(language)
    words = (word for word in _WORD.findall(text) if word.casefold() not in empty)
    return [(stem(word), word) for word in words]


def distinctive_words(part: Sequence[str], whole: Counter[str], count: int) -> tuple[str, ...]:
    """The words of `part` that are said most here and least elsewhere, the strongest first."""
    here = Counter(part)
    weight = {word: here[word] ** 2 / whole[word] for word in here}
    first_said = {word: index for index, word in reversed(list(enumerate(part)))}
    return tuple(sorted(weight, key=lambda w: (-weight[w], first_said[w]))[:count])


def _candidates(text: str, language: str) -> list[str]:
    # Imported when needed: yake brings networkx, half a second that `etam plan` need not wait.
    import yake

    empty = stop_words(language)
    primary = primary_language(language)
    extractor = yake.KeywordExtractor(
        lan=primary, n=_MOST_WORDS_IN_A_TOPIC, top=_CANDIDATES, stopwords=set(empty)
    )
    phrases = [str(phrase).casefold() for phrase, _ in extractor.extract_keywords(text)]
    # yake rates a pair low when its words are also said alone; two mentions make it a candidate.
    phrases += [said for said, count in _times_said(text).items() if " " in said and count > 1]
    return [p for p in dict.fromkeys(phrases) if _can_be_topic(p, empty, spoken(language))]


def _can_be_topic(phrase: str, empty: frozenset[str], table: SpokenLanguage) -> bool:
    words = phrase.split()
    verbs = [w for w in words if w.startswith(table.verb_starts) and w not in table.verb_lookalikes]
    return (
        bool(words)
        and not verbs
        and len(set(words)) == len(words)
        and all(_WORD.fullmatch(w) and len(w) > 2 and w not in empty for w in words)
    )


def _times_said(text: str) -> Counter[str]:
    """How often each word, and each pair of words that follow each other, is said."""
    words = content_words(text)
    return Counter([*words, *(f"{one} {next_one}" for one, next_one in pairwise(words))])


def _as_written(topic: str, text: str) -> str:
    """Acronyms, which are never said otherwise than in capitals, keep them."""
    forms: dict[str, set[str]] = {}
    for form in _WORD.findall(text):
        forms.setdefault(form.casefold(), set()).add(form)
    return " ".join(
        word.upper() if forms.get(word) == {word.upper()} else word for word in topic.split()
    )


def _without_overlap(topics: Iterable[str]) -> list[str]:
    """Leave out a topic when stronger ones hold all of its words."""
    kept: list[str] = []
    taken: set[str] = set()
    for topic in topics:
        stems = {stem(word) for word in topic.split()}
        if not stems <= taken:
            kept.append(topic)
            taken |= stems
    return kept


def _is_half_of_a_pair(topic: str, said: Counter[str]) -> bool:
    """Whether a word is mostly said in one pair: "bohong" in "berita bohong"."""
    pairs = (count for pair, count in said.items() if " " in pair and topic in pair.split())
    return " " not in topic and max(pairs, default=0) > said[topic] * _MOSTLY

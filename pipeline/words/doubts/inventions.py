"""Phrases that Whisper is known to write where nobody speaks, and words of the hint gone astray.

A phrase alone proves nothing: "Terima kasih" is said in every interview. Whoever asks here must
also know that little speech is heard in its place.

Sources: openai/whisper discussions 679 and 928; Barański and others, "Investigation of Whisper ASR
Hallucinations Induced by Non-Speech Audio" (arXiv 2501.11378).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from pipeline.words.plain_text import bare_word

_PHRASES = (
    # Indonesian: the ends of videos, and credits of subtitles.
    "terima kasih",
    "terima kasih telah menonton",
    "terima kasih sudah menonton",
    "terima kasih atas perhatiannya",
    "terima kasih kerana menonton",
    "selamat menikmati",
    "selamat menonton",
    "sampai jumpa",
    "sampai jumpa di video selanjutnya",
    "sampai jumpa di video berikutnya",
    "jangan lupa like",
    "jangan lupa subscribe",
    "jangan lupa like dan subscribe",
    "jangan lupa like share dan subscribe",
    "like dan subscribe",
    "like share dan subscribe",
    "like comment dan subscribe",
    "subtitle oleh",
    "subtitel oleh",
    "terjemahan oleh",
    "diterjemahkan oleh",
    "teks oleh",
    "wassalamualaikum warahmatullahi wabarakatuh",
    # English.
    "thank you",
    "thank you very much",
    "thank you for watching",
    "thanks for watching",
    "thank you for listening",
    "please subscribe",
    "please subscribe to my channel",
    "like and subscribe",
    "dont forget to like and subscribe",
    "see you next time",
    "see you in the next video",
    "see you in the next one",
    "subtitles by",
    "subtitles by the amara org community",
    "transcribed by",
    "amara org",
    "bye bye",
    # Of other languages, when the model loses its way.
    "merci davoir regardé",
    "soustitres réalisés",
    "gracias por ver",
    "obrigado por assistir",
    "untertitel der amara org community",
    "untertitel im auftrag",
    "спасибо за просмотр",
    "продолжение следует",
)
# Greetings that open a window without having been said, and words that are all of an answer.
_OPENINGS = frozenset(["hai", "halo", "hi", "hey", "hello", "assalamualaikum"])
_ALONE = frozenset([*_OPENINGS, "you", "oke", "ya", "amin", "oh", "so", "bye", "yeah", "uh"])

_BETWEEN_TERMS = re.compile(r"[,;\n/|.]+")
_SEVERAL_TERMS = 4
_LONG_RUN_WORDS = 8


def known_inventions(texts: Sequence[str]) -> Iterator[range]:
    """Indexes of the words of phrases that models invent; `texts` are the words of a window."""
    bare = _bare(texts)
    if (len(bare) == 1 and bare[0] in _ALONE) or (bare and bare[0] in _OPENINGS):
        yield range(1)
    for first in range(len(bare)):
        lengths = (len(p) for p in _STARTING.get(bare[first], ()) if _is_at(p, bare, first))
        if longest := max(lengths, default=0):
            yield range(first, first + longest)


def hint_terms(texts: Sequence[str], hint: str) -> Iterator[range]:
    """Indexes of the words that are a term of the hint, or a part of one of two words or more."""
    bare = _bare(texts)
    pairs = {pair for term in _terms(hint) for pair in pairwise(term)}
    singles = {term[0] for term in _terms(hint) if len(term) == 1}
    marked = [word in singles for word in bare]
    for index, pair in enumerate(pairwise(bare)):
        if pair in pairs:
            marked[index] = marked[index + 1] = True
    return _runs(marked)


def recited_hint(texts: Sequence[str], hint: str) -> Iterator[range]:
    """Indexes of words that read the hint out: four terms in its order, or eight words of it."""
    bare = _bare(texts)
    said = [word for term in _terms(hint) for word in term]
    starts = list(accumulate(map(len, _terms(hint)), initial=0))
    first = 0
    while first < len(bare):
        places = [place for place, word in enumerate(said) if word == bare[first]]
        runs = [range(place, place + _common(bare[first:], said[place:])) for place in places]
        longest = max(runs, key=len, default=range(0))
        whole_terms = sum(a in longest and b - 1 in longest for a, b in pairwise(starts))
        if whole_terms >= _SEVERAL_TERMS or len(longest) >= _LONG_RUN_WORDS:
            yield range(first, first + len(longest))
        first += max(1, len(longest))


def _bare(texts: Sequence[str]) -> list[str]:
    return [bare_word(text) for text in texts]


@lru_cache(maxsize=16)
def _terms(hint: str) -> tuple[tuple[str, ...], ...]:
    """The terms of a hint, each a row of bare words; a show has one hint for all its windows."""
    terms = (map(bare_word, term.split()) for term in _BETWEEN_TERMS.split(hint))
    return tuple(term for term in (tuple(filter(None, words)) for words in terms) if term)


def _runs(marked: Sequence[bool]) -> Iterator[range]:
    first = 0
    for index, (mark, following) in enumerate(pairwise([*marked, False])):
        if not mark:
            first = index + 1
        elif not following:
            yield range(first, index + 1)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _is_at(phrase: Sequence[str], words: Sequence[str], first: int) -> bool:
    return list(phrase) == list(words[first : first + len(phrase)])


_STARTING: dict[str, list[list[str]]] = {}
for _phrase in _PHRASES:
    _STARTING.setdefault(_phrase.split()[0], []).append(_phrase.split())

"""Indonesian root words (PySastrawi): what is a word of the language, and so perhaps no name."""

from __future__ import annotations

from functools import cache

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from pipeline.words.ordinary import is_ordinary, possible_roots


@cache
def is_word(text: str) -> bool:
    """Whether `text` (lower case) is a word of the dictionary, with or without affixes.

    Some of them are names too (“budi”, “rahmat”): a capital inside a sentence still says so.
    """
    return is_ordinary(text) or not root_words().isdisjoint(possible_roots(text))


@cache
def root_words() -> frozenset[str]:
    """The 29,932 root words of the dictionary that PySastrawi brings."""
    return frozenset(StemmerFactory().get_words())

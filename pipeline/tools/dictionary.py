"""Indonesian root words and stems (PySastrawi): what is a word, and what is its root."""

from __future__ import annotations

from functools import cache, lru_cache

from Sastrawi.Stemmer.Stemmer import Stemmer
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


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """The root of a word in small letters ("pengiriman": "kirim"); without one the word itself.

    Names and acronyms must not be asked about: a name may look like a word with an affix.
    """
    return str(_stemmer().stem_word(word))


@cache
def _stemmer() -> Stemmer:
    return StemmerFactory().create_stemmer(isDev=False).delegatedStemmer

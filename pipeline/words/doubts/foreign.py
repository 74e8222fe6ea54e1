"""Words that look like another language than the one that was asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set

from pipeline.words.languages import primary_language
from pipeline.words.plain_text import bare_word

# Scripts by the first word of a character's Unicode name; languages that are not here use Latin.
_SCRIPTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ar", "fa", "ur"), ("ARABIC",)),
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be", "kk", "mn"), ("CYRILLIC",)),
    "zh": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
    "ko": ("HANGUL",),
    "th": ("THAI",),
    "el": ("GREEK",),
    "he": ("HEBREW",),
    "hi": ("DEVANAGARI",),
    "ta": ("TAMIL",),
}
# Names and loanwords are written in Latin letters everywhere.
_EVERYWHERE = "LATIN"

# Languages that a listener, and Whisper's detector, often takes for one another.
_KIN: tuple[frozenset[str], ...] = (
    frozenset(["id", "ms", "jv", "jw", "su"]),
    frozenset(["no", "nn", "nb", "da", "sv"]),
    frozenset(["hr", "bs", "sr", "sl"]),
    frozenset(["es", "gl", "ca", "pt"]),
    frozenset(["nl", "af"]),
    frozenset(["hi", "ur"]),
    frozenset(["zh", "yue"]),
)

_WORDS_IN_A_ROW = 8
_LEAST_FUNCTION_WORDS = 3
_LEAST_SHARE = 0.5
# They are function words somewhere, and parts of names everywhere: "Muadz bin Jabal bin Amr".
_IN_NAMES = frozenset(
    ["al", "bin", "da", "de", "del", "der", "di", "dos", "el", "la", "van", "von"]
)


def strange_scripts(texts: Sequence[str], language: str) -> Iterator[range]:
    """Indexes of the words with letters that `language` is not written in."""
    scripts = (*_SCRIPTS.get(primary_language(language), ()), _EVERYWHERE)
    for index, text in enumerate(texts):
        if any(c.isalpha() and not _script(c).startswith(scripts) for c in text):
            yield range(index, index + 1)


def foreign_stretches(
    texts: Sequence[str], own: Set[str], others: Mapping[str, Set[str]]
) -> Iterator[range]:
    """Indexes of words among which another language's function words outweigh our own.

    `own` are the function words of the language asked for, `others` those of other languages. Of
    eight words in a row (or all, if there are fewer) half must be another language's alone, and
    none or few our own: an English term or title in Indonesian talk is no drift.
    """
    bare = [bare_word(text) for text in texts]
    length = min(_WORDS_IN_A_ROW, len(bare))
    least = max(_LEAST_FUNCTION_WORDS, _LEAST_SHARE * length)
    strangers = [other - own - _IN_NAMES for other in others.values()]
    for first in range(len(bare) - length + 1):
        row = range(first, first + length)
        ours = sum(bare[index] in own for index in row)
        for stranger in strangers:
            theirs = [index for index in row if bare[index] in stranger]
            if len(theirs) >= least and len(theirs) > 2 * ours:
                yield range(theirs[0], theirs[-1] + 1)


def are_kin(one: str, other: str) -> bool:
    """Whether two languages are the same, or so close that one is often taken for the other."""
    return one == other or any({one, other} <= kin for kin in _KIN)


def _script(character: str) -> str:
    return unicodedata.name(character, _EVERYWHERE)

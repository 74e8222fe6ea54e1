"""How an Indonesian name sounds, so that spellings which sound alike share a key.

Sources: the spelling reform of 1972 (EYD: oe→u before it in 1947, tj→c, dj→j, nj→ny, sj→sy, ch→kh,
j→y) for old spellings in names; the phonology of Indonesian for the rest (f, v and p, and z and j
or s are one sound to many speakers; a final k is a glottal stop; h between vowels is hardly heard).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# In this order. What stands in capitals is a sound of its own that later rows leave alone.
_RULES: tuple[tuple[str, str], ...] = (
    (r"tj", "c"),
    (r"dj", "j"),
    (r"nj(?=[aiueo])", "N"),
    (r"ny", "N"),
    (r"s[jy]", "S"),
    (r"sh", "S"),
    (r"kh|ch", "h"),
    (r"gh", "g"),
    (r"ngg", "G"),
    (r"ng|n(?=k)", "G"),
    (r"dh", "d"),
    (r"th", "t"),
    (r"ph", "p"),
    (r"bh", "b"),
    (r"oe|oo|ou", "u"),
    (r"ee|ie\b", "i"),
    (r"x", "ks"),
    (r"q", "k"),
    (r"c(?=[^aiueo]|$)", "k"),
    (r"[fv]", "p"),
    (r"[zS]", "s"),
    (r"y(?![aiueo])", "i"),
    (r"(?<=[aiueo])[yw](?=[aiueo])", ""),
    (r"(?<=[aiueo])h(?=[aiueo])", ""),
    (r"h\b", ""),
    (r"\bh", ""),
    (r"(?<=[aiueo])k\b", "K"),
    (r"d\b", "t"),
    (r"b\b", "p"),
    (r"g\b", "K"),
    (r"ai\b", "e"),
    (r"au\b", "o"),
    (r"(.)\1+", r"\1"),
)
_COMPILED = tuple((re.compile(pattern), sound) for pattern, sound in _RULES)


@lru_cache(maxsize=65_536)
def sound_of(text: str) -> str:
    """The sound of a name, its words run together: “Tjokroaminoto” and “cokro aminoto” share it."""
    sound = "".join(letters_of(text))
    for pattern, replacement in _COMPILED:
        sound = pattern.sub(replacement, sound)
    return sound


def letters_of(text: str) -> str:
    """Letters and digits alone, in lower case, without accents and blanks."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in plain if c.isalnum())


# What the letters of an acronym are called; a model writes "KPU" as "ka pe u" or "kapeu".
_LETTER_NAMES = {
    **dict(zip("abcdefgh", ("a", "be", "ce", "de", "e", "ef", "ge", "ha"), strict=True)),
    **dict(zip("ijklmnop", ("i", "je", "ka", "el", "em", "en", "o", "pe"), strict=True)),
    **dict(zip("qrstuvwx", ("ki", "er", "es", "te", "u", "pe", "we", "eks"), strict=True)),
    **dict(zip("yz", ("ye", "jet"), strict=True)),
}


def spelled_out(acronym: str) -> str:
    """The letters of an acronym as they are said: “DPRD” is “depeerde”."""
    return "".join(_LETTER_NAMES.get(letter, letter) for letter in letters_of(acronym))


def is_letter_name(word: str) -> bool:
    """Whether a word is how a letter is called, such as “pe”."""
    return letters_of(word) in _SAID


_SAID = frozenset(_LETTER_NAMES.values()) | {"fe", "zet", "ku", "ve", "qi"}

"""Two spellings of the same speech made alike, so that only what was misheard counts as an error.

Both texts lose case, punctuation and hesitations; for Indonesian and Malay, numbers become digits
("dua puluh lima" and "25"), money and units are written out ("Rp5.000", "5%"), a doubled word needs
no hyphen ("anak-anak", "anak2"), and abbreviations of messages are words ("yg", "dll."). Raise
`RULES` when the same texts should compare otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from pipeline.words.languages import primary_language
from pipeline.words.numbers import spoken_numbers

RULES = 1

_HESITATIONS = frozenset(("e", "ee", "eee", "eh", "ehm", "em", "emm", "hm", "hmm", "mm", "mmm"))
_WITH_INDONESIAN_NUMBERS = frozenset(("id", "ms"))
_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_SAME_WORD = {
    "yg": "yang",
    "dgn": "dengan",
    "utk": "untuk",
    "dlm": "dalam",
    "tdk": "tidak",
    "dll": "dan lain lain",
    "dsb": "dan sebagainya",
    "dst": "dan seterusnya",
    "bpk": "bapak",
    "sdr": "saudara",
    "tgl": "tanggal",
    "jl": "jalan",
    "jln": "jalan",
    "kab": "kabupaten",
    "kec": "kecamatan",
    "prov": "provinsi",
    "sejuta": "satu juta",
    "semiliar": "satu miliar",
    "semilyar": "satu miliar",
    "setriliun": "satu triliun",
    "milyar": "miliar",
}
_ORDINALS = {
    f"ke{number}": f"ke {number}"
    for number in (
        *("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
        *("sepuluh", "sebelas", "seratus", "seribu"),
    )
}
# A sign or unit beside digits, and how it is said.
_UNITS = {"km": "kilometer", "cm": "sentimeter", "mm": "milimeter", "kg": "kilogram"}
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`ʼ](?=\w)")
_LETTER_BEFORE_A_WORD = re.compile(r"\b([^\W\d_])-(?=[^\W\d_]{2})")
_DOTTED_ACRONYM = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_DOUBLED = re.compile(r"\b([^\W\d_]{3,})2\b")
_MONEY = re.compile(rf"\brp\.?\s*(\d[\d.,]*)((?:\s+(?:{'|'.join(_SCALES)})\b)?)")
_UNIT = re.compile(r"(?<=\d)\s*(km|cm|mm|kg)\b")
_FULL_HOUR = re.compile(r"\b(\d{1,2})[.:]00\b(?![.,]?\d)")
_PHONE_NUMBER = re.compile(r"\b0\d{2,}(?:[- ]\d{3,})+\b")
_DIGITS = re.compile(r"\d(?:[\d.,]*\d)?")
_SCALED = re.compile(rf"(?<!\S)(\d+(?:\.\d+)?) ({'|'.join(_SCALES)})(?!\S)")
_YEAR = re.compile(r"(?<!\S)tahun (19|20) (\d\d)(?!\S)")
_DIGIT_BY_DIGIT = re.compile(r"(?<!\S)\d(?: \d)+(?!\S)")
_WORD = re.compile(r"\d+\.\d+|\w+")


def comparable_words(text: str, language: str) -> tuple[str, ...]:
    """The words of `text` as they are compared with another text in `language`."""
    text = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text).casefold())
    text = _LETTER_BEFORE_A_WORD.sub(r"\1", text)  # e-KTP, e-mail
    text = _DOTTED_ACRONYM.sub(lambda match: match[0].replace(".", "") + " ", text)
    if primary_language(language) not in _WITH_INDONESIAN_NUMBERS:
        text = _DIGITS.sub(lambda match: _plain_digits(match[0], thousands=",", point="."), text)
        return tuple(_spoken_only(_WORD.findall(text)))
    text = _DOUBLED.sub(r"\1 \1", _MONEY.sub(r"\1\2 rupiah", text))
    text = _UNIT.sub(lambda match: f" {_UNITS[match[1]]}", text)
    text = text.replace("%", " persen ").replace("&", " dan ")
    text = _FULL_HOUR.sub(r"\1", text)
    text = _PHONE_NUMBER.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    text = _DIGITS.sub(lambda match: _plain_digits(match[0], thousands=".", point=","), text)
    words = _spoken_only(_words_said(_WORD.findall(text)))
    return tuple(_one_number_each(" ".join(_in_digits(list(words)))).split())


def comparable_text(text: str, language: str) -> str:
    """`comparable_words` in one line."""
    return " ".join(comparable_words(text, language))


def _plain_digits(text: str, thousands: str, point: str) -> str:
    """Makes "1500.75" of "1.500,75"; what is no number ("07.30") falls into its parts."""
    whole, _, decimals = text.partition(point)
    groups = whole.split(thousands)
    is_grouped = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    if not (len(groups) == 1 or is_grouped) or not decimals.isdigit() | (not decimals):
        return f" {' '.join(part.lstrip('0') or '0' for part in re.split(r'[.,]+', text))} "
    decimals = decimals.rstrip("0")
    return "".join(groups) + (f".{decimals}" if decimals else "")


def _words_said(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield from _SAME_WORD.get(word, _ORDINALS.get(word, word)).split()


def _spoken_only(words: Iterable[str]) -> Iterator[str]:
    return (word for word in words if word not in _HESITATIONS)


def _in_digits(words: Sequence[str]) -> Iterator[str]:
    at = 0
    for number in spoken_numbers(words):
        yield from words[at : number.first]
        yield _digits(number.value)
        at = number.last
    yield from words[at:]


def _one_number_each(text: str) -> str:
    """Numbers that were read in parts: "1.5 miliar", "tahun 19 98", "0 8 1 2"."""
    text = _SCALED.sub(lambda match: _digits(float(match[1]) * _SCALES[match[2]]), text)
    text = _YEAR.sub(r"tahun \1\2", text)
    return _DIGIT_BY_DIGIT.sub(lambda match: match[0].replace(" ", ""), text)


def _digits(value: float) -> str:
    value = round(value, 6)
    return str(int(value)) if value.is_integer() else f"{value:f}".rstrip("0")

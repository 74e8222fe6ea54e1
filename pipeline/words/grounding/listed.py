"""A count and the list behind it: “empat kelompok, seperti A, B, serta C”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.checked import Finding, Kind, Weight
from pipeline.words.grounding.desk import Desk
from pipeline.words.grounding.lists import words
from pipeline.words.grounding.manuscript import (
    Manuscript,
    sentences_in,
)
from pipeline.words.grounding.reasons import reason
from pipeline.words.numbers import DIGITS

_SMALL_NUMBERS = {word: value for value, word in enumerate(DIGITS)} | {"sepuluh": 10}
_LIST_STARTS = re.compile(
    r",?\s*(?P<how>seperti|yaitu|yakni|meliputi|mencakup|terdiri (?:atas|dari)|ialah|antara lain|"
    r"di antaranya|misalnya|namely|such as)\s+|:\s+",
    re.IGNORECASE,
)
_OPEN_LISTS = ("antara lain", "di antaranya", "misalnya")
_LAST_ITEM = re.compile(r"^(?:dan|serta|atau|and|or)\s+", re.IGNORECASE)
_JOINT = re.compile(r"\s+(?:dan|serta|and)\s+", re.IGNORECASE)
_LONGEST_ITEM_WORDS = 9
_COUNTED = re.compile(
    r"\b(?P<number>dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|[2-9]|10)\s+"
    r"(?P<what>[^\W\d_]+(?:-[^\W\d_]+)?)",
    re.IGNORECASE,
)
_NOT_LISTED = words(
    "tahun bulan minggu hari jam menit detik kali puluh belas ratus ribu juta miliar triliun "
    "persen meter kilometer hektare rupiah orang koma"
)


def counts(manuscript: Manuscript, _: Desk) -> Iterator[Finding]:
    """ "empat kelompok, seperti A, B, serta C": three are listed."""
    shown = manuscript.shown
    for paragraph in manuscript.paragraphs:
        for sentence in sentences_in(shown, paragraph.start, paragraph.end):
            text = shown[sentence.start : sentence.end]
            for counted in _COUNTED.finditer(text):
                if counted["what"].casefold() in _NOT_LISTED:
                    continue
                starts = _LIST_STARTS.search(text, counted.end())
                listed = _items(text[starts.end() :]) if starts else 0
                is_open = starts is not None and (starts["how"] or "").casefold() in _OPEN_LISTS
                said = _value(counted["number"])
                if listed > 1 and (listed > said if is_open else listed != said):
                    because = reason(why.COUNT_WRONG, said=str(said), listed=str(listed))
                    start, end = sentence.start + counted.start(), sentence.start + counted.end()
                    yield Finding(start, end, shown[start:end], Kind.COUNT, Weight.CHECK, because)
                break


def _items(text: str) -> int:
    """How many things a list holds; 0 where it is none."""
    parts = [part.strip(' .;”"\x00') for part in re.split(r"[,;]", text)]
    parts = [part for part in parts if part]
    if not parts or any(len(_LAST_ITEM.sub("", p).split()) > _LONGEST_ITEM_WORDS for p in parts):
        return 0
    if len(parts) > 1 and not _LAST_ITEM.match(parts[-1]) and not _JOINT.search(parts[-1]):
        return 0  # no list that ends
    has_last = bool(_LAST_ITEM.match(parts[-1])) and len(parts) > 1
    return len(parts) if has_last else len(parts) + bool(_JOINT.search(parts[-1]))


def _value(text: str) -> int:
    return int(text) if text.isdigit() else _SMALL_NUMBERS[text.casefold()]

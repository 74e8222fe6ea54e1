"""The text of a transcript that people read, without the times and names before its paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_TIME = re.compile(r"^\s*\[\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d+)?\]\s*")
_NAME = re.compile(r"^\s*([^\W_][^:\[\]<>.!?]{0,59}?)\s*:\s+")
_MOST_WORDS_OF_A_NAME = 6


def without_labels(text: str, speakers: Collection[str] = ()) -> str:
    """`text` without `[hh:mm:ss]` and `Name:` at the start of its lines.

    A name is what is in `speakers`, what stands before several lines, or two to six capitalised
    words: "Perhatikan: " at the start of one line stays, for somebody may have said it.
    """
    return "\n".join(line.said for line in labelled_lines(text, speakers)).strip()


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line of a text: the time and the name before it, as they are written, and what is said.

    `whole` is all of it.
    """

    time: str
    name: str
    said: str
    whole: str


def labelled_lines(text: str, speakers: Collection[str] = ()) -> list[LabelledLine]:
    """The lines of a text with their labels taken apart; see `without_labels`."""
    lines = [(line, *_timed(line)) for line in text.splitlines()]
    labels = Counter(found[1] for *_, line in lines if (found := _NAME.match(line)))
    known = {speaker.casefold() for speaker in speakers}
    names = {
        label
        for label, times in labels.items()
        if label.casefold() in known or _looks_like_a_name(label, times)
    }
    exactly = sorted(filter(None, speakers), key=len, reverse=True)
    return [LabelledLine(time, *_named(line, exactly, names), whole) for whole, time, line in lines]


def _timed(line: str) -> tuple[str, str]:
    found = _TIME.match(line)
    return (found[0].strip(), line[found.end() :]) if found else ("", line)


def _named(line: str, exactly: Sequence[str], names: Collection[str]) -> tuple[str, str]:
    for speaker in exactly:  # a name may hold any sign
        if line.startswith(f"{speaker}:"):
            return speaker, line[len(speaker) + 1 :].lstrip()
    found = _NAME.match(line)
    return (found[1], line[found.end() :]) if found and found[1] in names else ("", line)


def _looks_like_a_name(label: str, times: int) -> bool:
    words = label.split()
    if len(words) > _MOST_WORDS_OF_A_NAME or not words[0][0].isupper():
        return False
    return times > 1 or (len(words) > 1 and all(word[0].isupper() for word in words))

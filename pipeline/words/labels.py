"""The text of a transcript that people read, without the times and names before its paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

_TIME = re.compile(r"^\s*\[\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d+)?\]\s*")
_NAME = re.compile(r"^\s*([^\W_][^:\[\]<>.!?]{0,59}?)\s*:\s+")
_MOST_WORDS_OF_A_NAME = 6


def without_labels(text: str, speakers: Collection[str] = ()) -> str:
    """`text` without `[hh:mm:ss]` and `Name:` at the start of its lines.

    A name is what is in `speakers`, what stands before several lines, or two to six capitalised
    words: "Perhatikan: " at the start of one line stays, for somebody may have said it.
    """
    lines = [_TIME.sub("", line) for line in text.splitlines()]
    labels = Counter(found[1] for line in lines if (found := _NAME.match(line)))
    known = {speaker.casefold() for speaker in speakers}
    names = {
        label
        for label, times in labels.items()
        if label.casefold() in known or _looks_like_a_name(label, times)
    }
    return "\n".join(_without_name(line, names) for line in lines).strip()


def _without_name(line: str, names: Collection[str]) -> str:
    found = _NAME.match(line)
    return line[found.end() :] if found and found[1] in names else line


def _looks_like_a_name(label: str, times: int) -> bool:
    words = label.split()
    if len(words) > _MOST_WORDS_OF_A_NAME or not words[0][0].isupper():
        return False
    return times > 1 or (len(words) > 1 and all(word[0].isupper() for word in words))

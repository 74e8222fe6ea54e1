"""The transcript as a language model is shown it: numbered segments and words, in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.words.sentences import SpokenWord

_NUMBERED_EVERY = 5

Line = tuple[SpokenWord, ...]


def lines_of(words: Sequence[SpokenWord]) -> tuple[Line, ...]:
    """The words by segment, in order."""
    return tuple(tuple(group) for _, group in groupby(words, key=lambda word: word.segment))


def parts_of(lines: Sequence[Line], most_words: int) -> Iterator[tuple[Line, ...]]:
    """Consecutive segments of together at most `most_words`; a longer segment is a part alone."""
    part: list[Line] = []
    count = 0
    for line in lines:
        if part and count + len(line) > most_words:
            yield tuple(part)
            part, count = [], 0
        part.append(line)
        count += len(line)
    if part:
        yield tuple(part)


def shown(lines: Sequence[Line]) -> str:
    """ "[12] Nur: 0|Kelompok ini lahir dari warga, 5|jadi bukan pemerintah", one segment a line."""
    return "\n".join(_shown(line) for line in lines)


def _shown(line: Line) -> str:
    speaker = f" {_plain(line[0].speaker)}:" if line[0].speaker else ""
    said = " ".join(
        f"{word.index}|{_plain(word.text)}" if at % _NUMBERED_EVERY == 0 else _plain(word.text)
        for at, word in enumerate(line)
    )
    return f"[{line[0].segment}]{speaker} {said}"


def _plain(text: str) -> str:
    """Without what could look like the end of the transcript or like a number of ours."""
    return " ".join(text.replace("<", "‹").replace("|", "¦").replace("[", "(").split())

"""The lines of a caption: how much fits, and where a line may end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.words.segments import ends_clause

# Words that belong to what follows them: neither a line nor a cue should end in one.
_LEANING = """
di ke dari yang dan atau untuk dengan pada oleh kepada dalam sebagai adalah karena jika agar bahwa
para sang si tidak bukan belum akan sudah telah sedang sangat lebih paling
the a an of to in on at for with and or that is are not
"""
_LEANING_WORDS = frozenset(_LEANING.split())


@dataclass(frozen=True, slots=True)
class Layout:
    """How much text a cue may hold, and whether it names who speaks where the voice changes."""

    line_characters: int
    lines: int = 2
    names: bool = False


VTT_LAYOUT = Layout(line_characters=42)
SRT_LAYOUT = Layout(line_characters=32, names=True)


def wrapped(texts: Sequence[str], layout: Layout) -> tuple[str, ...]:
    """The words in as few lines as possible: balanced, ending at phrases; perhaps too many."""
    whole = " ".join(texts)
    if len(whole) <= layout.line_characters:
        return (whole,)
    halves = [(" ".join(texts[:n]), " ".join(texts[n:]), n) for n in range(1, len(texts))]
    fitting = [half for half in halves if max(map(len, half[:2])) <= layout.line_characters]
    if fitting:
        first, second, _ = min(fitting, key=lambda half: _ugliness(texts, half))
        return first, second
    return tuple(_greedy(texts, layout))


def leans_on_the_next(text: str) -> bool:
    """Whether a word belongs to the one after it, such as a preposition."""
    return text.lower() in _LEANING_WORDS


def _ugliness(texts: Sequence[str], half: tuple[str, str, int]) -> float:
    first, second, count = half
    last = texts[count - 1]
    return abs(len(first) - len(second)) - 12 * ends_clause(last) + 8 * leans_on_the_next(last)


def _greedy(texts: Sequence[str], layout: Layout) -> Iterator[str]:
    line = ""
    for text in texts:
        if line and len(line) + 1 + len(text) > layout.line_characters:
            yield line
            line = text
        else:
            line = f"{line} {text}".strip()
    yield line

"""Words in pictures: set in Inter, which ships with the package, as large as they fit.

Glyphs are placed one by one (no Raqm), so that a picture is the same on every machine. Scripts that
need more than that, and emoji, have no glyphs in Inter and are left out.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from math import ceil
from pathlib import Path

from PIL import ImageDraw, ImageFont

from pipeline.tools.artwork.palette import Colour
from pipeline.words.plain_text import one_line

_FONTS = Path(__file__).parent / "fonts"
_LEADING = 1.22
_STEP_PX = 2
_NO_GLYPH = "\uffff"
_ELLIPSIS = "…"


class Weight(StrEnum):
    """A cut of the typeface, by its file."""

    REGULAR = "Inter-Regular.otf"
    BOLD = "Inter-Bold.otf"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size, as they are written under each other."""

    lines: tuple[str, ...]
    weight: Weight
    size_px: int

    @property
    def leading_px(self) -> int:
        return round(self.size_px * _LEADING)

    @property
    def height_px(self) -> int:
        return len(self.lines) * self.leading_px

    @property
    def width_px(self) -> int:
        measure = font(self.weight, self.size_px).getlength
        return round(max(map(measure, self.lines), default=0))


@cache
def font(weight: Weight, size_px: int) -> ImageFont.FreeTypeFont:
    """The typeface in one size."""
    return ImageFont.truetype(_FONTS / weight, size_px, layout_engine=ImageFont.Layout.BASIC)


def fitted(
    text: str, weight: Weight, width_px: int, height_px: int, sizes_px: tuple[int, int]
) -> Block:
    """`text` as large as it fits, from the second of `sizes_px` down to the first.

    What does not fit in the smallest size ends in an ellipsis.
    """
    smallest, largest = sizes_px
    words = drawable(text).split()
    for size in range(largest, smallest - 1, -_STEP_PX):
        if max(map(font(weight, size).getlength, words), default=0) > width_px:
            continue
        block = Block(tuple(_lines(words, weight, size, width_px)), weight, size)
        if block.height_px <= height_px:
            return replace(block, lines=tuple(_balanced(words, block, width_px)))
    lines = list(_lines(words, weight, smallest, width_px))
    most = max(1, height_px // round(smallest * _LEADING))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], font(weight, smallest), width_px)]
    return Block(tuple(lines), weight, smallest)


def set_lines(
    lines: Sequence[str], weight: Weight, width_px: int, sizes_px: tuple[int, int]
) -> Block:
    """Lines as they are, as large as the longest fits, from the second of `sizes_px` down."""
    smallest, largest = sizes_px
    shown = tuple(line for line in map(drawable, lines) if line)
    widest = Block(shown, weight, largest).width_px
    fits = largest * width_px // max(widest, width_px)
    return Block(shown, weight, max(smallest, fits))


def write(
    draw: ImageDraw.ImageDraw, block: Block, at: tuple[int, int], colour: Colour, anchor: str = "la"
) -> int:
    """Write `block` from `at` downwards, and give the y below it."""
    x, y = at
    for line in block.lines:
        draw.text((x, y), line, font=font(block.weight, block.size_px), fill=colour, anchor=anchor)
        y += block.leading_px
    return y


def drawable(text: str) -> str:
    """`text` in one line without what has no glyph; nothing where that leaves it unreadable."""
    whole = unicodedata.normalize("NFC", one_line(text))
    kept = " ".join("".join(map(_with_glyphs, whole)).split())
    letters, left = (sum(map(str.isalnum, each)) for each in (whole, kept))
    return kept if 2 * left >= letters else ""


@cache
def _with_glyphs(character: str) -> str:
    """A character as Inter has it: itself, its plain form (𝐀 is A), or nothing."""
    if character.isspace():
        return " "
    return next(
        (form for form in (character, unicodedata.normalize("NFKC", character)) if _has(form)), ""
    )


def _has(text: str) -> bool:
    drawn = font(Weight.REGULAR, 40)
    unknown = bytes(drawn.getmask(_NO_GLYPH))
    return all(bytes(drawn.getmask(c)) != unknown and drawn.getlength(c) > 0 for c in text)


def _balanced(words: Sequence[str], block: Block, width_px: int) -> Iterator[str]:
    """As many lines as `block` has, each about as long as the others."""
    narrowest, widest = width_px // 2, width_px
    while len(block.lines) > 1 and widest - narrowest > block.size_px // 4:
        middle = (narrowest + widest) // 2
        if len(list(_lines(words, block.weight, block.size_px, middle))) == len(block.lines):
            widest = middle
        else:
            narrowest = middle
    return _lines(words, block.weight, block.size_px, widest)


def _lines(words: Sequence[str], weight: Weight, size_px: int, width_px: int) -> Iterator[str]:
    measure = font(weight, size_px).getlength
    line = ""
    for word in words:
        for piece, gap in _pieces(word, font(weight, size_px), width_px):
            longer = f"{line}{gap}{piece}" if line else piece
            if line and measure(longer) > width_px:
                yield line
                line = piece
            else:
                line = longer
    if line:
        yield line


def _pieces(word: str, face: ImageFont.FreeTypeFont, width_px: int) -> Iterator[tuple[str, str]]:
    """A word whole, or cut where it is wider than a line; with what joins each piece on."""
    gap = " "
    while face.getlength(word) > width_px and len(word) > 1:
        lengths = range(1, len(word))
        fits = max(1, bisect_right(lengths, width_px, key=lambda n: ceil(face.getlength(word[:n]))))
        at = word.rfind("-", 0, fits) + 1 or fits
        yield word[:at], gap
        word, gap = word[at:], ""
    yield word, gap


def _cut(line: str, face: ImageFont.FreeTypeFont, width_px: int) -> str:
    while line and face.getlength(line + _ELLIPSIS) > width_px:
        line = line[:-1].rstrip()
    return line + _ELLIPSIS

"""The pictures of a clip: who and what above, the words while they are said, the sound below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from pipeline.tools.artwork.bars import bars_mask
from pipeline.tools.artwork.lettering import Block, Weight, fitted, set_lines, write
from pipeline.tools.artwork.palette import LEAF, MIST, RIVER, SAND, Colour, dusk, mixed
from pipeline.tools.artwork.sharing import square_of
from pipeline.words.clips import Shape
from pipeline.words.cues import Cue
from pipeline.words.lines import Layout

Picture: TypeAlias = npt.NDArray[np.uint8]
"""Shape (height, width, 3): red, green, blue."""

_GAP = 28
_NOT_HEARD_YET: Colour = mixed(RIVER, MIST, 0.35)


@dataclass(frozen=True, slots=True)
class Canvas:
    """How large the picture is, in pixels, and where its parts are.

    `left`, `top`, `right` and `bottom` are margins: in a tall picture apps lay their buttons over
    the rest. `artwork` is the side of the cover, `caption_px` the size of the words, and `captions`
    how many fit.
    """

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int
    artwork: int
    bars_height: int
    bars: int
    caption_px: int
    captions: Layout

    @property
    def room(self) -> int:
        return self.width - self.left - self.right

    @property
    def bars_top(self) -> int:
        return self.height - self.bottom - self.bars_height


CANVASES: dict[Shape, Canvas] = {
    Shape.SQUARE: Canvas(1080, 1080, 72, 72, 72, 72, 200, 150, 72, 58, Layout(28)),
    Shape.PORTRAIT: Canvas(1080, 1920, 80, 270, 130, 430, 220, 180, 64, 60, Layout(26)),
    Shape.LANDSCAPE: Canvas(1920, 1080, 120, 84, 120, 84, 220, 160, 120, 72, Layout(42)),
}
"""Margins of the tall one: Instagram's and TikTok's advice for full-screen video."""


@dataclass(frozen=True, slots=True)
class Clip:
    """What is shown: three texts, a cover, the heights of the bars, and the cues of the captions.

    Times of cues are milliseconds from the start of the clip.
    """

    show: str
    title: str
    about: str
    cover: Path | None
    levels: Sequence[float]
    cues: Sequence[Cue]


def pictures_of(clip: Clip, canvas: Canvas, count: int, a_second: int) -> Iterator[Picture]:
    """The picture of each moment, `count` of them.

    It is the same array each time, so each must be used before the next is asked for.
    """
    still, heard = _still(clip, canvas, _NOT_HEARD_YET), _still(clip, canvas, SAND)
    shown = still.copy()
    rows = slice(canvas.bars_top, canvas.bars_top + canvas.bars_height)
    words = slice(canvas.top + canvas.artwork, canvas.bars_top)
    cue: Cue | None = None
    for number in range(count):
        said = _cue_at(clip.cues, number * 1000 / a_second)
        if said is not cue:
            shown[words] = still[words] if said is None else _captioned(still, said, canvas)[words]
            cue = said
        until = canvas.left + round(canvas.room * (number + 1) / count)
        shown[rows, canvas.left : until] = heard[rows, canvas.left : until]
        yield shown


def _cue_at(cues: Sequence[Cue], ms: float) -> Cue | None:
    return next((cue for cue in cues if cue.start_ms <= ms < cue.end_ms), None)


def _still(clip: Clip, canvas: Canvas, bars: Colour) -> Picture:
    """Everything that does not move, with all bars in one colour."""
    image = dusk(canvas.width, canvas.height)
    mask = bars_mask(clip.levels, canvas.room, canvas.bars_height)
    image.paste(bars, (canvas.left, canvas.bars_top), mask)
    left, room = canvas.left, canvas.room
    if clip.cover is not None:
        image.paste(square_of(clip.cover, canvas.artwork), (left, canvas.top))
        left, room = left + canvas.artwork + _GAP, room - canvas.artwork - _GAP
    _write_heading(ImageDraw.Draw(image), clip, (left, canvas.top), (room, canvas.artwork))
    return np.array(image)


def _write_heading(
    draw: ImageDraw.ImageDraw, clip: Clip, at: tuple[int, int], room: tuple[int, int]
) -> None:
    (x, y), (width, height) = at, room
    show = fitted(clip.show, Weight.BOLD, width, 44, (24, 32))
    about = fitted(clip.about, Weight.REGULAR, width, 38, (22, 28))
    y = write(draw, show, (x, y), MIST) + 6
    left = height - show.height_px - about.height_px - 12
    y = write(draw, fitted(clip.title, Weight.BOLD, width, left, (26, 48)), (x, y), SAND) + 6
    write(draw, about, (x, y), MIST)


def _captioned(still: Picture, cue: Cue, canvas: Canvas) -> Picture:
    """The still picture with the words of one cue in the middle of their place."""
    image = Image.fromarray(still)
    draw = ImageDraw.Draw(image)
    speaker = fitted(cue.speaker, Weight.REGULAR, canvas.room, 48, (28, 36))
    words = set_lines(cue.lines, Weight.BOLD, canvas.room, (24, canvas.caption_px))
    top, bottom = canvas.top + canvas.artwork, canvas.bars_top
    y = top + (bottom - top - speaker.height_px - words.height_px) // 2
    y = _write_centred(draw, speaker, y, canvas, LEAF)
    _write_centred(draw, words, y, canvas, SAND)
    return np.array(image)


def _write_centred(
    draw: ImageDraw.ImageDraw, block: Block, y: int, canvas: Canvas, colour: Colour
) -> int:
    return write(draw, block, (canvas.left + canvas.room // 2, y), colour, anchor="ma")

"""The picture under which an episode is shared: what it is called, who is in it, how it sounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from pipeline.ground.files import temporary_beside
from pipeline.tools.artwork.bars import bars_mask
from pipeline.tools.artwork.lettering import Weight, drawable, fitted, write
from pipeline.tools.artwork.palette import LEAF, MIST, SAND, dusk, mixed
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import SHARE_PICTURE_PX

BARS = 98
"""How many bars the sound is drawn in."""

_WIDTH, _HEIGHT = SHARE_PICTURE_PX
_MARGIN, _GAP, _LINE_GAP = 64, 44, 14
_ARTWORK = 264
_BARS_TOP, _BARS_HEIGHT = 424, 150


@dataclass(frozen=True, slots=True)
class Wording:
    """What is written in the picture; anything may be empty."""

    show: str
    title: str
    guests: str
    date: str


def draw_share_picture(
    path: Path, wording: Wording, levels: Sequence[float], artwork: Path | None
) -> None:
    """Draw a JPEG of 1200 × 630 pixels; the same input gives the same bytes.

    `levels` are the heights of its bars, from 0 to 1. Raises SetupProblem when `artwork` cannot be
    read.
    """
    image = dusk(_WIDTH, _HEIGHT)
    _draw_bars(image, levels)
    room = _WIDTH - 2 * _MARGIN
    if artwork is not None:
        image.paste(square_of(artwork, _ARTWORK), (_WIDTH - _MARGIN - _ARTWORK, _MARGIN))
        room -= _ARTWORK + _GAP
    _write_words(image, wording, room)
    with temporary_beside(path) as hidden:
        # Letters need their colours at full resolution (4:4:4).
        image.save(hidden, format="JPEG", quality=88, subsampling=0, optimize=True)


def square_of(path: Path, side_px: int) -> Image.Image:
    """The middle of a picture as a square. Raises SetupProblem when it cannot be read."""
    try:
        with Image.open(path) as image:
            image.draft("RGB", (2 * side_px, 2 * side_px))
            upright = ImageOps.exif_transpose(image).convert("RGB")
            return ImageOps.fit(upright, (side_px, side_px), Image.Resampling.LANCZOS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise SetupProblem(
            f"The picture {path.name} in {path.parent} cannot be read.",
            "Replace it by a JPEG or PNG.",
            str(error),
        ) from error


def _draw_bars(image: Image.Image, levels: Sequence[float]) -> None:
    size = (_WIDTH - 2 * _MARGIN, _BARS_HEIGHT)
    colours = Image.new("RGB", (len(levels), 1))
    colours.putdata([mixed(LEAF, SAND, n / max(1, len(levels) - 1)) for n in range(len(levels))])
    painted = colours.resize(size, Image.Resampling.BILINEAR)
    image.paste(painted, (_MARGIN, _BARS_TOP), bars_mask(levels, *size))


def _write_words(image: Image.Image, wording: Wording, room: int) -> None:
    draw = ImageDraw.Draw(image)
    title = wording.title if drawable(wording.title) else wording.show
    show = fitted(wording.show, Weight.BOLD, room, 40, (20, 28))
    below = fitted(_joined(wording), Weight.REGULAR, room, 72, (24, 28))
    y = write(draw, show, (_MARGIN, _MARGIN), MIST) + _LINE_GAP
    height = _BARS_TOP - y - below.height_px - 3 * _LINE_GAP
    y = write(draw, fitted(title, Weight.BOLD, room, height, (30, 68)), (_MARGIN, y), SAND)
    write(draw, below, (_MARGIN, y + _LINE_GAP), MIST)


def _joined(wording: Wording) -> str:
    return " · ".join(part for part in (wording.guests, wording.date) if drawable(part))

"""Artwork is drawn for a show that has none."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from pipeline.ground.files import temporary_beside
from pipeline.tools.artwork.lettering import Weight, fitted, write
from pipeline.tools.artwork.palette import LEAF, MIST, SAND, dusk, mixed

_SIZE_PX = 1600
_LEFT_PX = 150
_ROOM_PX = _SIZE_PX - 2 * _LEFT_PX


def draw_artwork(path: Path, title: str, subtitle: str) -> None:
    """Draw artwork of 1600 × 1600 pixels as a JPEG; the same words give the same picture."""
    image = dusk(_SIZE_PX, _SIZE_PX)
    _draw_waves(image)
    draw = ImageDraw.Draw(image)
    below = write(draw, fitted(title, Weight.BOLD, _ROOM_PX, 480, (30, 190)), (_LEFT_PX, 190), SAND)
    draw.rectangle((_LEFT_PX, below + 40, _LEFT_PX + 240, below + 52), fill=LEAF)
    who = fitted(subtitle, Weight.REGULAR, _ROOM_PX, 170, (30, 76))
    write(draw, who, (_LEFT_PX, below + 100), MIST)
    with temporary_beside(path) as hidden:
        image.save(hidden, format="JPEG", quality=90, optimize=True)


def _draw_waves(image: Image.Image) -> None:
    """Sound bars that stand on the bank and are mirrored in the water."""
    draw = ImageDraw.Draw(image, "RGBA")
    heights = (34, 62, 96, 150, 118, 190, 250, 176, 228, 140, 84, 128, 204, 270, 214, 150,
               92, 60, 108, 164, 122, 76, 44)  # fmt: skip
    step, width, bank = 58, 30, 1330
    left = (_SIZE_PX - step * (len(heights) - 1) - width) // 2
    for index, height in enumerate(heights):
        x = left + index * step
        colour = mixed(LEAF, SAND, index / (len(heights) - 1))
        draw.rounded_rectangle((x, bank - height, x + width, bank), 15, fill=(*colour, 255))
        draw.rounded_rectangle(
            (x, bank + 22, x + width, bank + 22 + height * 0.45), 15, fill=(*colour, 70)
        )

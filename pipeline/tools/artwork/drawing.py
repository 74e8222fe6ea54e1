"""Artwork is drawn for a show that has none."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pipeline.ground.files import temporary_beside
from pipeline.tools.artwork.palette import LEAF, MIST, SAND, Colour, dusk, mixed

_SIZE_PX = 1600
_LEADING = 1.18


def draw_artwork(path: Path, title: str, subtitle: str) -> None:
    """Draw artwork of 1600 × 1600 pixels as a JPEG; the same words give the same picture."""
    image = dusk(_SIZE_PX, _SIZE_PX)
    _draw_waves(image)
    draw = ImageDraw.Draw(image)
    below = _write(draw, title, top=190, height=480, tallest_px=190, colour=SAND)
    draw.rectangle((150, below + 40, 390, below + 52), fill=LEAF)
    _write(draw, subtitle, top=below + 100, height=170, tallest_px=76, colour=MIST)
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


def _write(
    draw: ImageDraw.ImageDraw,
    text: str,
    *,
    top: int,
    height: int,
    tallest_px: int,
    colour: Colour,
) -> int:
    """Write `text` as large as it fits in `height`; the y below its last line."""
    room = _SIZE_PX - 300
    for size in range(tallest_px, 29, -6):
        font = ImageFont.load_default(size)
        lines = _broken(draw, text, font, room)
        most_lines = max(1, int(height / (size * _LEADING)))
        if len(lines) <= most_lines and all(draw.textlength(ln, font) <= room for ln in lines):
            break
    shown = lines[:most_lines]
    for number, line in enumerate(shown):
        draw.text((150, top + round(number * size * _LEADING)), line, font=font, fill=colour)
    return top + round(len(shown) * size * _LEADING)


def _broken(
    draw: ImageDraw.ImageDraw,
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    room: int,
) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

"""The colours of everything that is drawn here: an evening on the Mahakam."""

from __future__ import annotations

from typing import TypeAlias

from PIL import Image

Colour: TypeAlias = tuple[int, int, int]

NIGHT: Colour = (10, 38, 52)
RIVER: Colour = (16, 94, 104)
LEAF: Colour = (88, 168, 120)
SAND: Colour = (247, 233, 205)
MIST: Colour = (190, 220, 208)


def dusk(width_px: int, height_px: int) -> Image.Image:
    """A sky that brightens towards the river."""
    column = Image.new("RGB", (1, height_px))
    for y in range(height_px):
        column.putpixel((0, y), mixed(NIGHT, RIVER, (y / height_px) ** 1.6))
    return column.resize((width_px, height_px))


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """The colour that has gone `share` of the way from `first` to `second`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue

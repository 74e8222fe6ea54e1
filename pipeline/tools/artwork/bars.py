"""The shape of a sound as bars that stand side by side, mirrored at their middle."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

# Pillow draws shapes without smooth edges: they are drawn larger and scaled down.
_FINER = 4
_BAR_SHARE = 0.56


def bars_mask(levels: Sequence[float], width_px: int, height_px: int) -> Image.Image:
    """Where the bars are, for `Image.paste`; a level of 1 is as high as the picture."""
    mask = Image.new("L", (width_px * _FINER, height_px * _FINER))
    draw = ImageDraw.Draw(mask)
    step = mask.width / max(1, len(levels))
    width = step * _BAR_SHARE
    for number, level in enumerate(levels):
        left = number * step + (step - width) / 2
        half = max(width, level * (mask.height - 1)) / 2
        middle = (mask.height - 1) / 2
        box = (left, middle - half, left + width, middle + half)
        draw.rounded_rectangle(box, radius=width / 2, fill=255)
    return mask.resize((width_px, height_px), Image.Resampling.BOX)

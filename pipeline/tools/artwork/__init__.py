"""Pictures, by Pillow: the show's artwork, an episode's picture for sharing, the look of a clip."""

from __future__ import annotations

from pipeline.tools.artwork.checking import (
    Picture,
    check_artwork,
    check_is_picture,
    check_share_picture,
)
from pipeline.tools.artwork.drawing import draw_artwork

__all__ = ["Picture", "check_artwork", "check_is_picture", "check_share_picture", "draw_artwork"]

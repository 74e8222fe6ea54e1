"""The show's artwork as pages show it: what directories ask for is too large for a page."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from pipeline.tools.artwork.sharing import square_of

# Twice as many as the largest place on a page has.
_SIDE_PX = 480


def small_artwork(path: Path) -> bytes:
    """A JPEG of 480 × 480 pixels. Raises SetupProblem when `path` cannot be read as a picture."""
    picture: Image.Image = square_of(path, _SIDE_PX)
    stored = io.BytesIO()
    picture.save(stored, format="JPEG", quality=85, optimize=True, progressive=True)
    return stored.getvalue()

"""An episode's own cover, made of any picture: square, RGB, of a size that directories take."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.words.errors import EpisodeProblem

SMALLEST_PX, LARGEST_PX = 1400, 3000
_MOST_PIXELS = 100_000_000
_QUALITY = 88
_SMALLER = "Make it smaller, 3000 pixels are enough."
_FORMATS = ("JPEG", "PNG", "WEBP")


def cover_of(content: bytes) -> tuple[bytes, bool]:
    """A square JPEG of 1400 to 3000 pixels, and whether the edges of the picture were cut off.

    The middle is kept; transparency becomes white. What a camera noted, such as a place, is left
    out. Raises EpisodeProblem for what is no picture, or too small a one.
    """
    image = _upright(content)
    side = min(image.size)
    if side < SMALLEST_PX:
        raise EpisodeProblem(
            f"The picture is {image.width} × {image.height} pixels, which is too small.",
            f"Take one whose shorter side has at least {SMALLEST_PX} pixels.",
        )
    is_cut = image.width != image.height
    size = min(side, LARGEST_PX)
    square = ImageOps.fit(_in_rgb(image), (size, size), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    square.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return written.getvalue(), is_cut


def _upright(content: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise EpisodeProblem(
                    f"The picture is {image.width} × {image.height} pixels, which is too large.",
                    _SMALLER,
                )
            image.load()
            return ImageOps.exif_transpose(image)
    except Image.DecompressionBombError as error:
        raise EpisodeProblem(
            "The picture has hundreds of millions of pixels.", _SMALLER, str(error)
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise EpisodeProblem(
            "This cannot be read as a picture.", "Take a JPEG, PNG or WebP.", str(error)
        ) from error


def _in_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):  # Pillow would cut off what is brighter than 255
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        transparent = image.convert("RGBA")
        white = Image.new("RGBA", transparent.size, "white")
        return Image.alpha_composite(white, transparent).convert("RGB")
    return image.convert("RGB")

"""Artwork is checked by what directories ask for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.feed import SHARE_PICTURE_PX

# Apple Podcasts for Creators, "Show cover": square, 1400 to 3000 pixels, JPEG or PNG, RGB.
_SMALLEST_PX, _LARGEST_PX = 1400, 3000
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png"}
_ASKED = (
    f"a square JPEG or PNG of {_SMALLEST_PX} to {_LARGEST_PX} pixels in RGB, without transparency"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What was found out of artwork: ".jpg" or ".png" by its bytes, and how wide and high it is."""

    suffix: str
    pixels: int


def check_artwork(path: Path) -> Picture:
    """What kind of picture is in `path`.

    Raises SetupProblem with a sentence when it is missing or not what directories ask for.
    """
    try:
        with Image.open(path) as image:
            image.load()
            fault = _fault(image)
            picture = Picture(_SUFFIXES.get(image.format or "", ""), image.width)
    except FileNotFoundError as error:
        raise SetupProblem(
            f"The artwork {path.name} is missing in {path.parent}.", f"Put there {_ASKED}."
        ) from error
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise SetupProblem(
            f"The artwork {path} cannot be read as an image.",
            f"Replace it by {_ASKED}.",
            str(error),
        ) from error
    if fault:
        raise SetupProblem(f"The artwork {path} {fault}.", f"Replace it by {_ASKED}.")
    return picture


def _fault(image: Image.Image) -> str:
    width, height = image.size
    if image.format not in _SUFFIXES:
        return f"is a {image.format}"
    if width != height:
        return f"is {width} × {height} pixels, not square"
    if not _SMALLEST_PX <= width <= _LARGEST_PX:
        return f"is {width} × {height} pixels"
    if image.mode != "RGB" or "transparency" in image.info:
        return f"has the colours {image.mode}, not plain RGB"
    return ""


def check_share_picture(path: Path) -> None:
    """Raises EpisodeProblem when the picture, which anybody may replace, is not what pages say."""
    try:
        with Image.open(path) as image:
            found = f"{image.format} of {image.width} × {image.height} pixels"
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError):
        found = "file that is no image"
    width, height = SHARE_PICTURE_PX
    if found != (asked := f"JPEG of {width} × {height} pixels"):
        raise EpisodeProblem(
            f"{path.name} of “{path.parent.name}” is a {found}.",
            f"Replace it by a {asked}, or delete it and run `etam run {path.parent.name}`.",
        )


def check_is_picture(path: Path) -> str:
    """Whether a picture is a JPEG or a PNG: ".jpg" or ".png". Raises EpisodeProblem otherwise."""
    try:
        with Image.open(path) as image:
            image.load()
            found = image.format or ""
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise EpisodeProblem(
            f"The picture {path} cannot be read as an image.",
            "Replace it by a JPEG or a PNG.",
            str(error),
        ) from error
    if found not in _SUFFIXES:
        raise EpisodeProblem(f"The picture {path} is a {found}.", "Replace it by a JPEG or a PNG.")
    return _SUFFIXES[found]

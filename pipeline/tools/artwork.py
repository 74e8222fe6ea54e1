"""The show's artwork: checked by what directories ask for, and drawn for a show that has none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from pipeline.ground.files import temporary_beside
from pipeline.words.errors import SetupProblem

# Apple Podcasts for Creators, "Show cover": square, 1400 to 3000 pixels, JPEG or PNG, RGB.
_SMALLEST_PX, _LARGEST_PX = 1400, 3000
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png"}
_ASKED = (
    f"a square JPEG or PNG of {_SMALLEST_PX} to {_LARGEST_PX} pixels in RGB, without transparency"
)

_SIZE_PX = 1600
_NIGHT, _RIVER, _LEAF, _SAND = (10, 38, 52), (16, 94, 104), (88, 168, 120), (247, 233, 205)
_MIST = (190, 220, 208)
_LEADING = 1.18


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


def draw_artwork(path: Path, title: str, subtitle: str) -> None:
    """Draw artwork of 1600 × 1600 pixels as a JPEG; the same words give the same picture."""
    image = _dusk()
    _draw_waves(image)
    draw = ImageDraw.Draw(image)
    below = _write(draw, title, top=190, height=480, tallest_px=190, colour=_SAND)
    draw.rectangle((150, below + 40, 390, below + 52), fill=_LEAF)
    _write(draw, subtitle, top=below + 100, height=170, tallest_px=76, colour=_MIST)
    with temporary_beside(path) as hidden:
        image.save(hidden, format="JPEG", quality=90, optimize=True)


def _dusk() -> Image.Image:
    """A sky that brightens towards the river."""
    column = Image.new("RGB", (1, _SIZE_PX))
    for y in range(_SIZE_PX):
        share = (y / _SIZE_PX) ** 1.6
        column.putpixel((0, y), _mixed(_NIGHT, _RIVER, share))
    return column.resize((_SIZE_PX, _SIZE_PX))


def _draw_waves(image: Image.Image) -> None:
    """Sound bars that stand on the bank and are mirrored in the water."""
    draw = ImageDraw.Draw(image, "RGBA")
    heights = (34, 62, 96, 150, 118, 190, 250, 176, 228, 140, 84, 128, 204, 270, 214, 150,
               92, 60, 108, 164, 122, 76, 44)  # fmt: skip
    step, width, bank = 58, 30, 1330
    left = (_SIZE_PX - step * (len(heights) - 1) - width) // 2
    for index, height in enumerate(heights):
        x = left + index * step
        colour = _mixed(_LEAF, _SAND, index / (len(heights) - 1))
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
    colour: tuple[int, int, int],
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


def _mixed(
    first: tuple[int, int, int], second: tuple[int, int, int], share: float
) -> tuple[int, int, int]:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue

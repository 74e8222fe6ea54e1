"""Words in pictures fit, and whatever cannot be drawn is left out."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.tools.artwork.lettering import Weight, drawable, fitted, font, set_lines, write
from pipeline.tools.artwork.palette import MIST, NIGHT, RIVER, SAND, Colour
from tests.tools.rss.test_feed import HOSTILE

LONG = "Mempertanggungjawabkan ketidakberlangsungan pembangunan jembatan di Tenggarong Seberang"


@pytest.mark.parametrize("width", [200, 500, 900])
@pytest.mark.parametrize("text", [LONG, LONG * 4, "Ya", "a" * 300, "kata-" * 60, *HOSTILE])
def test_what_is_fitted_fits(text: str, width: int) -> None:
    block = fitted(text, Weight.BOLD, width, 200, (20, 60))
    assert block.width_px <= width
    assert block.height_px <= 200
    assert 20 <= block.size_px <= 60


def test_short_titles_are_large_and_long_ones_small_and_whole() -> None:
    short = fitted("Pesut", Weight.BOLD, 800, 200, (20, 60))
    long = fitted(LONG, Weight.BOLD, 800, 200, (20, 60))
    assert short.size_px == 60 > long.size_px
    assert " ".join(long.lines) == LONG


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    block = fitted(LONG * 9, Weight.BOLD, 400, 100, (20, 60))
    assert block.lines[-1].endswith("…")


def test_a_word_that_is_wider_than_a_line_is_cut_at_its_hyphen_first() -> None:
    block = fitted("berbondong-bondong", Weight.BOLD, 260, 300, (40, 40))
    assert block.lines == ("berbondong-", "bondong")


def test_lines_are_about_as_long_as_each_other() -> None:
    block = fitted("satu dua tiga empat lima enam tujuh", Weight.BOLD, 560, 200, (40, 40))
    first, second = (font(Weight.BOLD, 40).getlength(line) for line in block.lines)
    assert min(first, second) > 0.75 * max(first, second)


@pytest.mark.parametrize(
    ("text", "left"),
    [("Café “Ṭāhā” – 50 % · №1", "Café “Ṭāhā” – 50 % · №1"), ("🎙️ Bincang 🎉", "Bincang"),
     ("𝐁erita", "Berita"), ("Cafe\u0301", "Café"), ("中文播客", ""), ("a\x00b\nc\u200bd", "ab cd"),
     ("Bincang 中", "Bincang"), ("", ""), ("\uffff", "")],
)  # fmt: skip
def test_what_has_no_glyph_is_left_out(text: str, left: str) -> None:
    assert drawable(text) == left


def test_lines_that_are_given_stay_lines() -> None:
    block = set_lines(("Air bersih sudah mengalir", "di Tenggarong"), Weight.BOLD, 300, (10, 60))
    assert block.lines == ("Air bersih sudah mengalir", "di Tenggarong")
    assert block.width_px <= 300


@pytest.mark.parametrize("colour", [SAND, MIST])
@pytest.mark.parametrize("ground", [NIGHT, RIVER])
def test_words_can_be_read_on_their_ground(colour: Colour, ground: Colour) -> None:
    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5  # WCAG 2.2, 1.4.3


def luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (value / 255 for value in colour)]  # fmt: skip
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def test_what_is_written_stays_within_its_block() -> None:
    image = Image.new("RGB", (800, 400))
    block = fitted(LONG, Weight.BOLD, 600, 200, (20, 60))
    below = write(ImageDraw.Draw(image), block, (100, 50), SAND)
    left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
    assert (left >= 95, top >= 50) == (True, True)
    assert (right <= 705, bottom <= below) == (True, True)

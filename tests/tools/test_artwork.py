"""Artwork is what directories ask for, or a sentence says what it is instead."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.tools.artwork import check_artwork, draw_artwork
from pipeline.tools.artwork.cover import cover_of
from pipeline.words.errors import EpisodeProblem, SetupProblem
from tests.tools.rss.test_feed import HOSTILE


def test_drawn_artwork_is_what_directories_ask_for(tmp_path: Path) -> None:
    path = tmp_path / "artwork.jpg"
    draw_artwork(path, "Etam Berkesah", "Redaksi Contoh")
    assert check_artwork(path).suffix == ".jpg"
    with Image.open(path) as image:
        assert (image.size, image.mode, image.format) == ((1600, 1600), "RGB", "JPEG")
    assert path.stat().st_size < 500_000


def test_the_same_words_give_the_same_picture(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        draw_artwork(tmp_path / name, "Etam Berkesah", "Redaksi Contoh")
    assert (tmp_path / "a.jpg").read_bytes() == (tmp_path / "b.jpg").read_bytes()
    draw_artwork(tmp_path / "c.jpg", "Kabar Lain", "Redaksi Contoh")
    assert (tmp_path / "a.jpg").read_bytes() != (tmp_path / "c.jpg").read_bytes()


@pytest.mark.parametrize("title", [*HOSTILE, "", "Satu" * 60], ids=lambda t: repr(t[:20]))
def test_any_title_can_be_drawn(tmp_path: Path, title: str) -> None:
    draw_artwork(tmp_path / "artwork.jpg", title, title)
    assert check_artwork(tmp_path / "artwork.jpg").suffix == ".jpg"


@pytest.mark.parametrize(
    ("size", "mode", "kind", "sentence"),
    [
        ((1399, 1399), "RGB", "JPEG", "1399 × 1399"),
        ((3001, 3001), "RGB", "JPEG", "3001 × 3001"),
        ((1400, 1500), "RGB", "PNG", "not square"),
        ((1400, 1400), "RGBA", "PNG", "RGBA"),
        ((1400, 1400), "L", "JPEG", "colours L"),
        ((1400, 1400), "CMYK", "JPEG", "CMYK"),
        ((1400, 1400), "P", "PNG", "colours P"),
        ((1400, 1400), "RGB", "GIF", "GIF"),
        ((1400, 1400), "RGB", "WEBP", "WEBP"),
    ],
)
def test_wrong_artwork_is_refused_with_what_is_wrong(
    tmp_path: Path, size: tuple[int, int], mode: str, kind: str, sentence: str
) -> None:
    path = tmp_path / "artwork.jpg"
    Image.new(mode, size).save(path, format=kind)
    with pytest.raises(SetupProblem, match=sentence) as caught:
        check_artwork(path)
    assert "square JPEG or PNG" in caught.value.remedy


@pytest.mark.parametrize(
    ("size", "kind", "suffix"), [(1400, "PNG", ".png"), (3000, "JPEG", ".jpg")]
)
def test_the_suffix_follows_the_bytes_and_not_the_name(
    tmp_path: Path, size: int, kind: str, suffix: str
) -> None:
    path = tmp_path / "artwork.jpeg"
    Image.new("RGB", (size, size), "teal").save(path, format=kind)
    assert check_artwork(path).suffix == suffix


@pytest.mark.parametrize("content", [b"", b"no image", b"\xff\xd8\xff\xe0 torn"])
def test_what_is_no_image_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "artwork.jpg").write_bytes(content)
    with pytest.raises(SetupProblem, match="cannot be read as an image"):
        check_artwork(tmp_path / "artwork.jpg")


def test_a_picture_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "artwork.jpg"
    draw_artwork(path, "Etam Berkesah", "Redaksi")
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(SetupProblem, match="cannot be read as an image"):
        check_artwork(path)


def test_missing_artwork_is_said(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match=r"artwork\.jpg is missing"):
        check_artwork(tmp_path / "artwork.jpg")


def test_a_cover_of_sixteen_bits_of_grey_keeps_its_shades() -> None:
    shades = np.tile(np.linspace(0, 65535, 1400).astype(np.uint16), (1400, 1))
    cover, is_cut = cover_of(_png(Image.fromarray(shades)))
    assert not is_cut
    with Image.open(io.BytesIO(cover)) as image:
        seen = np.asarray(image.convert("L"))[700]
    assert np.abs(seen.astype(int) - shades[0] / 257).max() < 4


def test_a_cover_of_too_many_pixels_is_called_that() -> None:
    with pytest.raises(EpisodeProblem, match="hundreds of millions of pixels"):
        cover_of(_png(Image.new("1", (20_000, 20_000))))


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()

"""Texts to post keep to the limits of each place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words.deliveries import ArticleText
from pipeline.words.marked_text import pieces_of
from pipeline.words.share_texts import hashtags, share_texts, weighted_length

URL = "https://podcast.example.org/etam/episodes/kim/index.html"
BODY = "Portal Contoh – Lead tentang KIM.\n\n“KIM lahir dari masyarakat,” pungkas Rianto.\n"


def article(headline: str = "KIM, dari Warga untuk Warga", excerpt: str = "") -> ArticleText:
    tags = ("berita bohong", "KIM", "desa")
    return ArticleText(headline, excerpt, "", pieces_of(BODY), tags)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Selamat pagi", 12),
        ("“kutipan” – ya…", 16),
        ("é", 1),
        ("e\u0301", 1),
        ("日本", 4),
        ("🎙", 2),
        (URL, 23),
        (f"Dengar {URL} ya", 7 + 23 + 3),
        ("portal.or.id", 23),
        ("", 0),
    ],
)
def test_x_counts_as_twitter_text_does(text: str, length: int) -> None:
    assert weighted_length(text) == length


def test_each_place_gets_headline_and_link_and_what_it_has_room_for() -> None:
    telegram, whatsapp, short = share_texts(article(excerpt="Ringkasan."), URL, "Dengarkan")
    quote = "“KIM lahir dari masyarakat,” pungkas Rianto."
    tags = "#BeritaBohong #KIM #desa"
    said = f"Ringkasan.\n\n{quote}\n\nDengarkan: {URL}\n\n{tags}"
    assert telegram.text == f"**KIM, dari Warga untuk Warga**\n\n{said}"
    assert whatsapp.text == f"*KIM, dari Warga untuk Warga*\n\n{said}"
    assert short.text == f"KIM, dari Warga untuk Warga\n\nRingkasan.\n\n{URL}\n\n{tags}"


def test_what_is_too_long_for_x_gives_up_its_excerpt_before_its_tags() -> None:
    short = share_texts(article(excerpt="kata " * 60), URL, "Dengarkan")[-1]
    assert "#KIM" in short.text
    assert "kata" not in short.text


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="Aku 日é🎙.", max_size=400),
    st.text(alphabet="kata 日🎙.", max_size=9000),
)
def test_no_text_is_longer_than_its_place_allows(headline: str, excerpt: str) -> None:
    for each in share_texts(article(headline, excerpt), URL, "Dengarkan"):
        assert each.length <= each.limit
        assert URL in each.text


def test_hashtags_hold_letters_and_digits_only() -> None:
    assert hashtags(("informasi publik", "UU 14/2008", "KIM", "!!", "KIM")) == (
        "#InformasiPublik #UU142008 #KIM"
    )

"""Text within a feed's limits, and names that are safe in a web address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.web_text import ascii_key, ascii_url, paragraphs, short_line, within_bytes


def test_a_long_line_is_cut_at_a_word() -> None:
    assert short_line("satu dua tiga", 10) == "satu dua…"
    assert short_line("satu\n dua\x00", 255) == "satu dua"


@given(st.text(), st.integers(min_value=3, max_value=80))
def test_a_text_never_takes_more_bytes_than_it_may(text: str, longest: int) -> None:
    assert len(within_bytes(text, longest).encode()) <= longest


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_a_line_never_has_more_characters_than_it_may(text: str, longest: int) -> None:
    assert len(short_line(text, longest)) <= longest


def test_paragraphs_are_what_empty_lines_part() -> None:
    assert paragraphs("Satu\nbaris.\r\n\r\n \nDua.\n\n") == ["Satu baris.", "Dua."]


def test_a_plain_slug_is_its_own_key() -> None:
    assert ascii_key("2022-10-06-air-bersih") == "2022-10-06-air-bersih"


@given(st.text(min_size=1))
def test_a_key_is_ascii_and_one_step_of_a_path(slug: str) -> None:
    key = ascii_key(slug)
    assert key.isascii()
    assert "/" not in key
    assert key not in ("", ".", "..")
    assert not key.startswith(".")


def test_a_key_leaves_room_for_what_is_added_to_it_in_a_file_name() -> None:
    longest = "x" * 255
    assert len(ascii_key(longest)) <= 255 - len("item--0123456789abcdef.json") - 10
    assert ascii_key(longest) != ascii_key("x" * 254)


def test_different_slugs_have_different_keys() -> None:
    assert ascii_key("kafé") != ascii_key("kaf") != ascii_key("kafè")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://münchen.example/ä b", "https://xn--mnchen-3ya.example/%C3%A4%20b"),
        ("http://127.0.0.1:8000/feed.xml", "http://127.0.0.1:8000/feed.xml"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("https://example.org/%20?q=é#ü", "https://example.org/%20?q=%C3%A9#%C3%BC"),
    ],
)
def test_addresses_become_ascii(url: str, expected: str) -> None:
    assert ascii_url(url) == expected

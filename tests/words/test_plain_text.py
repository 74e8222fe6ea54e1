"""Text from anywhere is safe in tags, feeds and Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.plain_text import markdown, one_line, without_controls


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x07c", "abc"),
        ("a\r\nb\tc", "a b c"),
        ("\ud800x\ufffe", "x"),
        ("  rapi  ", "rapi"),
        ("📻 é", "📻 é"),
    ],
)
def test_one_line_has_no_controls(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_line_ends_stay_where_they_may() -> None:
    assert without_controls("a\r\nb\x0b\n") == "a\nb"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# judul", "\\# judul"),
        ("- butir", "\\- butir"),
        ("1. butir", "1\\. butir"),
        ("1.5 miliar", "1.5 miliar"),
        ("*a* _b_ `c` [d](e) <f>", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\>"),
        ("A & B &lt;", "A &amp; B &amp;lt;"),
        ("anak-anak, “ya”", "anak-anak, “ya”"),
    ],
)
def test_markdown_shows_text_as_it_is(text: str, escaped: str) -> None:
    assert markdown(text) == escaped


@given(st.text())
def test_any_text_is_safe(text: str) -> None:
    line = one_line(text)
    line.encode("utf-8")
    assert "\n" not in line
    assert one_line(line) == line

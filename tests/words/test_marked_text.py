"""An editor's Markdown is read once, for every form in which an article leaves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words.marked_plain import pieces_as_markdown, pieces_as_text
from pipeline.words.marked_text import Form, Piece, Span, line_of, pieces_of

ARTICLE = """\
<!-- catatan redaksi -->

# Judul *miring*

Satu **tebal** dan [situs](https://example.org/a).

> Kutipan
>
> dua

- satu
- dua
  lanjut

1. pertama
2. kedua

---

Akhir <https://example.org/b>.
"""


def test_each_block_is_what_the_editor_meant() -> None:
    assert [(piece.form, piece.text) for piece in pieces_of(ARTICLE)] == [
        (Form.HEADING, "Judul miring"),
        (Form.PARAGRAPH, "Satu tebal dan situs."),
        (Form.QUOTE, "Kutipan\ndua"),
        (Form.BULLETS, "satu\ndua lanjut"),
        (Form.NUMBERS, "pertama\nkedua"),
        (Form.RULE, ""),
        (Form.PARAGRAPH, "Akhir https://example.org/b."),
    ]


@pytest.mark.parametrize(
    ("markdown", "spans"),
    [
        ("biasa", [Span("biasa")]),
        ("a **b *c* d**", [Span("a "), Span("b ", True), Span("c", True, True), Span(" d", True)]),
        (r"2 \* 3 \*\*", [Span("2 * 3 **")]),
        ("<https://example.org/a_b_c>",
         [Span("https://example.org/a_b_c", link="https://example.org/a_b_c")]),
        ("[a](javascript:alert(1))", [Span("a)")]),
        ("![foto](https://example.org/a.jpg)", [Span("foto")]),
        ("[a [b](http://[)", [Span("a [b")]),
        (r"[a\]b](https://example.org/x\_y)", [Span("a]b", link="https://example.org/x_y")]),
        ("", []),
    ],
)  # fmt: skip
def test_marks_are_read_where_they_are_meant(markdown: str, spans: list[Span]) -> None:
    assert list(line_of(markdown)) == spans


def test_plain_text_can_be_pasted_anywhere() -> None:
    assert pieces_as_text(pieces_of(ARTICLE)) == (
        "Judul miring\n\nSatu tebal dan situs (https://example.org/a).\n\nKutipan\n\ndua\n\n"
        "• satu\n• dua lanjut\n\n1. pertama\n2. kedua\n\n* * *\n\nAkhir https://example.org/b.\n"
    )


def test_markdown_reads_back_as_the_same_article() -> None:
    pieces = pieces_of(ARTICLE)
    assert pieces_of(pieces_as_markdown(pieces)) == pieces


_LINES = st.text(alphabet="ab *_#>-[]()<&\\`!1.“”é", min_size=1, max_size=30)


@settings(max_examples=200, deadline=None)
@given(st.lists(_LINES, min_size=1, max_size=3))
def test_whatever_is_written_keeps_its_words_as_markdown(lines: list[str]) -> None:
    pieces = tuple(
        Piece(Form.PARAGRAPH, ((Span(" ".join(line.split())),),)) for line in lines if line.strip()
    )
    read = pieces_of(pieces_as_markdown(pieces))
    assert [piece.text for piece in read] == [piece.text for piece in pieces]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab*_#>-[]()<&\\`!1. \n\x00\x01", max_size=60))
def test_any_text_is_read(markdown: str) -> None:
    for piece in pieces_of(markdown):
        assert not set(piece.text) & set("\x00\x01\x02\x03\x04")

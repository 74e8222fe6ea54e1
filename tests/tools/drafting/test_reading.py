"""An article is read back from what an editor made of a draft."""

from __future__ import annotations

import pytest

from pipeline.tools.drafting.markdown import draft_as_markdown, in_every_language
from pipeline.tools.drafting.reading import read_article, read_draft
from pipeline.words.marked_text import Form
from tests.drafts import golden_draft

ARTICLE = """\
# KIM, dari Warga

*Ringkasan untuk daftar.*

Keterangan foto: Kabid PKP, Ahmad Rianto

Portal Contoh, Kukar – Lead. [00:28] [1:02:03]

“Kutipan,” ujar Rianto. [00:32] [lihat](https://example.org/)

Tag: berita bohong, KIM,

Dengarkan: <https://example.org/episodes/kim/index.html>
"""


def test_what_stands_around_an_article_is_told_apart_from_it() -> None:
    article = read_article(ARTICLE)
    assert article.headline == "KIM, dari Warga"
    assert article.excerpt == "Ringkasan untuk daftar."
    assert article.caption == "Kabid PKP, Ahmad Rianto"
    assert article.tags == ("berita bohong", "KIM")
    assert [piece.text for piece in article.body] == [
        "Portal Contoh, Kukar – Lead.",
        "“Kutipan,” ujar Rianto. lihat",
    ]
    assert article.leftovers == ()


def test_an_article_without_any_of_it_is_its_body() -> None:
    article = read_article("Satu.\n\nDua [00:28](https://example.org/).\n")
    assert (article.headline, article.excerpt, article.tags) == ("", "", ())
    assert [piece.text for piece in article.body] == ["Satu.", "Dua 00:28."]


def test_a_paragraph_that_is_only_partly_in_italics_is_no_excerpt() -> None:
    assert read_article("# Judul\n\n*Lead* biasa.\n").excerpt == ""


def test_what_a_draft_says_to_its_editor_is_noticed_when_it_is_left() -> None:
    draft = draft_as_markdown(golden_draft("interview"))
    leftovers = read_article(draft).leftovers
    assert "Draf buatan mesin, belum ditinjau" in leftovers
    assert "Untuk penyunting (hapus sebelum terbit)" in leftovers
    assert "(pembicara diduga, periksa)" in leftovers


@pytest.mark.parametrize("mark", ["assumed", "introduced", "unknown", "unsupported"])
def test_each_mark_of_doubt_is_noticed_in_every_language(mark: str) -> None:
    for words in in_every_language(mark):
        assert read_article(f"# Judul\n\nIsi. *({words})*\n").leftovers == (f"({words})",)


def test_a_draft_keeps_its_time_codes_and_notes() -> None:
    article = read_draft(draft_as_markdown(golden_draft("interview")))
    text = "\n".join(piece.text for piece in article.body)
    assert "[00:32]" in text
    assert article.body[0].form is Form.QUOTE
    assert "Untuk penyunting" in text

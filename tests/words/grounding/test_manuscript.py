"""Markdown as it is read: quotes, paragraphs and sentences, with the file's own offsets."""

from __future__ import annotations

import pytest

from pipeline.words.grounding.attribution import beside, somebody
from pipeline.words.grounding.languages import lists_for
from pipeline.words.grounding.manuscript import Form, manuscript_of, sentences_in, words_in

LISTS = lists_for("id")
PEOPLE = (somebody("Ahmad Rianto", "Kepala Bidang"), somebody("Nur Hidayah, S.Sos."))


def _quotes(text: str) -> list[str]:
    manuscript = manuscript_of(text)
    return [manuscript.read(q) for p in manuscript.paragraphs for q in manuscript.quotes(p)]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Ia berkata, “Ya.”", ["Ya."]),
        ('Ia berkata, "Ya sudah," lalu "pergi".', ["Ya sudah,", "pergi"]),
        ("«Ya» dan „tidak“", ["Ya", "tidak"]),
        ("> Kata-kata.\n> — Rianto", ["Kata-kata."]),
        ("> Ia berkata, “Ya.”", ["Ya."]),
        ("“Tanpa penutup\n\nParagraf lain.", ["Tanpa penutup"]),
        ("Tak ada kutipan. <!-- “ini bukan” -->", []),
        ("“”", []),
        ("“*Air* [bersih](https://x.example/a \"b\") itu\u200b hak”", ["Air bersih itu hak"]),
    ],
)  # fmt: skip
def test_quotes_are_found(text: str, quotes: list[str]) -> None:
    assert _quotes(text) == quotes


def test_what_is_shown_has_the_length_of_the_file() -> None:
    text = "---\ntitle: x\n---\n# Judul\n\n<!-- y -->\n**Tebal** [tautan](https://x.example).\n"
    manuscript = manuscript_of(text)
    assert len(manuscript.shown) == len(text)
    assert "x.example" not in manuscript.shown
    assert [p.form for p in manuscript.paragraphs] == [Form.HEADING, Form.TEXT]


def test_what_a_draft_says_to_its_editor_is_passed_over() -> None:
    text = (
        "<!-- etam: machine-made draft, not reviewed -->\n\n> **Draf buatan mesin.** Kerangka.\n\n"
        "# Judul\n\n“Ya,” ujar Rianto. [00:32] *(pembicara diduga, periksa)*\n\n---\n\n"
        "## Untuk penyunting (hapus sebelum terbit)\n\n- [00:51] “Bukan kutipan.”\n"
    )
    assert _quotes(text) == ["Ya,"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Satu. Dua! Tiga?", ["Satu.", "Dua!", "Tiga?"]),
        ("Murid ada 96. Guru ada 8.", ["Murid ada 96.", "Guru ada 8."]),
        ("Dr. H. Budi datang. Ia duduk.", ["Dr. H. Budi datang.", "Ia duduk."]),
        ("Kamis (6/10/2022), pukul 08.30.", ["Kamis (6/10/2022), pukul 08.30."]),
    ],
)
def test_sentences_end_where_they_should(text: str, sentences: list[str]) -> None:
    assert [text[s.start : s.end] for s in sentences_in(text, 0, len(text))] == sentences


def test_words_point_at_the_file() -> None:
    texts, spans = words_in("ab \x00cd\x00 e", 0, 9)
    assert texts == ["ab", "cd", "e"]
    assert [(span.start, span.end) for span in spans] == [(0, 2), (4, 6), (8, 9)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“Ya,” ujar Rianto.", "Rianto"),
        ("“Ya,” ujar Ahmad Rianto, Kamis (6/10/2022).", "Ahmad Rianto"),
        ("“Ya,” kata Kepala Bidang PKP Ahmad Rianto di Tenggarong.", "Ahmad Rianto"),
        ("Menurut Hidayah, “ya.”", "Hidayah"),
        ("Nur Hidayah mengatakan, “Ya.”", "Nur Hidayah"),
        ("“Ya,” ujar Sutrisno.", "Sutrisno"),
        ("“Ya,” jelasnya.", ""),
        ("“Ya,” ujar narasumber.", ""),
        ("Episode “Ya” bersama Rianto.", ""),
        ("> Ya.\n> — Ahmad Rianto", "Ahmad Rianto"),
        ("“Ya,” ujar Rianto. “Tidak,” ujar Hidayah.", "Rianto"),
    ],
)
def test_who_is_named_beside_a_quote(text: str, name: str) -> None:
    manuscript = manuscript_of(text)
    paragraph = manuscript.paragraphs[0]
    quote = manuscript.quotes(paragraph)[0]
    found = beside(manuscript, paragraph, quote, LISTS, PEOPLE)
    assert found.name == name
    assert found.is_attributed == ("bersama" not in text)

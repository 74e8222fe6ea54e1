"""An article leaves in formats that other programs open."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import html5lib
import pytest
from docx import Document
from docx.oxml.ns import qn

from pipeline.tools.drafting.reading import read_article
from pipeline.tools.exporting import ARTICLE_FORMATS, article_as
from pipeline.words.deliveries import ExportFormat
from pipeline.words.marked_text import Form, Piece, Span
from tests.tools.exporting.exports import ABOUT, ARTICLE, URL

LINES = [
    "KIM & <Warga>",
    "Ringkasan.",
    "Koreksi (8 Oktober 2022): Bukan empat, tiga.",
    "Keterangan foto: Ahmad Rianto",
    "Portal – Lead dengan peraturan.",
    "Bagian",
    "Kutipan panjang.",
    "satu",
    "dua",
    "pertama",
    "kedua",
    "Antara.",
    "lagi",
    "* * *",
    "(Tim Portal)",
    "Dengarkan: KIM, dari Warga – Etam Berkesah",
    "Tag: berita bohong, KIM",
]


def exported(wanted: ExportFormat) -> bytes:
    return article_as(wanted, ARTICLE, ABOUT).content


@pytest.mark.parametrize(
    ("wanted", "name", "media_type"),
    [
        (ExportFormat.HTML, "kim-article.html", "text/html; charset=utf-8"),
        (ExportFormat.MARKDOWN, "kim-article.md", "text/markdown; charset=utf-8"),
        (
            ExportFormat.DOCX,
            "kim-article.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (ExportFormat.TEXT, "kim-article.txt", "text/plain; charset=utf-8"),
        (ExportFormat.SOCIAL, "kim-social.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_format_says_what_it_is(wanted: ExportFormat, name: str, media_type: str) -> None:
    export = article_as(wanted, ARTICLE, ABOUT)
    assert (export.file_name, export.media_type) == (name, media_type)


@pytest.mark.parametrize("wanted", ARTICLE_FORMATS)
def test_the_same_article_gives_the_same_bytes(wanted: ExportFormat) -> None:
    assert exported(wanted) == exported(wanted)


def test_a_page_says_everything_in_valid_html() -> None:
    page = exported(ExportFormat.HTML)
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert document.get("lang") == "id"
    article = document.find(".//article")
    found = ["".join(e.itertext()) for e in article.iter() if e.tag in ("h1", "h2", "p", "li")]
    assert found == [line for line in LINES if line != "* * *"]
    links = [link.get("href") for link in article.iter("a")]
    assert links == ["https://example.org/uu?a=1&b=2", URL]


def test_plain_text_says_everything() -> None:
    text = exported(ExportFormat.TEXT).decode()
    for line in LINES:
        assert line.removesuffix(".") in text
    assert f"({URL})" in text
    assert "**" not in text


def test_markdown_reads_back_as_the_article() -> None:
    again = read_article(exported(ExportFormat.MARKDOWN).decode())
    assert again.headline == ARTICLE.headline
    assert (again.excerpt, again.caption, again.tags) == (
        "Ringkasan.",
        "Ahmad Rianto",
        ARTICLE.tags,
    )
    correction, *body = again.body
    assert correction.text == "Koreksi (8 Oktober 2022): Bukan empat, tiga."
    assert tuple(body) == ARTICLE.body


def test_a_word_document_has_styles_links_and_lists() -> None:
    document = Document(io.BytesIO(exported(ExportFormat.DOCX)))
    assert [paragraph.text for paragraph in document.paragraphs] == LINES
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["KIM & <Warga>"] == "Heading 1"
    assert styles["Bagian"] == "Heading 2"
    assert styles["Kutipan panjang."] == "Quote"
    assert styles["satu"] == "List Bullet"
    links = [link.address for p in document.paragraphs for link in p.hyperlinks]
    assert links == ["https://example.org/uu?a=1&b=2", URL]
    bold = [run.text for p in document.paragraphs for run in p.runs if run.bold]
    assert bold == ["Koreksi (8 Oktober 2022):", "Lead"]


def test_each_numbered_list_in_word_begins_at_one() -> None:
    document = Document(io.BytesIO(exported(ExportFormat.DOCX)))
    numbers = [
        p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"
    ]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


def test_word_checks_the_spelling_in_the_shows_language() -> None:
    document = Document(io.BytesIO(exported(ExportFormat.DOCX)))
    languages = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"id-ID"}
    assert document.core_properties.title == "KIM & <Warga>"
    assert document.core_properties.author == "Etam Berkesah"


def test_a_word_document_is_a_whole_archive() -> None:
    with zipfile.ZipFile(io.BytesIO(exported(ExportFormat.DOCX))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize("wanted", ARTICLE_FORMATS)
def test_characters_that_no_file_may_hold_are_left_out(wanted: ExportFormat) -> None:
    odd = Piece(Form.PARAGRAPH, ((Span("a\x00\x0bb\ud800c"),),))
    content = article_as(wanted, replace(ARTICLE, body=(odd,)), ABOUT).content
    assert content


def test_an_article_without_a_headline_has_the_episodes_title() -> None:
    bare = read_article("Isi.\n")
    assert b"<h1>KIM, dari Warga</h1>" in article_as(ExportFormat.HTML, bare, ABOUT).content
    document = Document(io.BytesIO(article_as(ExportFormat.DOCX, bare, ABOUT).content))
    assert document.core_properties.title == "KIM, dari Warga"


def test_social_texts_name_place_and_length() -> None:
    text = exported(ExportFormat.SOCIAL).decode()
    assert "== X (" in text
    assert "/280) ==" in text
    assert "#BeritaBohong #KIM" in text

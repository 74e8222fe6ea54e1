"""The public pages: whole, safe, readable by everybody, and without help from anywhere else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from pipeline.tools.site import EpisodePage, Paragraph, episode_page, index_page, show_notes
from pipeline.tools.site.pages import stylesheet
from pipeline.words.chapters import Chapter
from pipeline.words.podcasting import Place
from tests.tools.rss.test_feed import CHANNEL, HOSTILE, make_item

VOID = {"meta", "link", "img", "br", "hr", "input"}
PAGE = EpisodePage(
    recorded_on=date(2022, 10, 6),
    guests=(("Ahmad Rianto", "Kepala Bidang"), ("Dewi & Rekan", "")),
    host="Siti Aminah",
    summary="Satu.\n\nDua.",
    chapters=(Chapter(0.0, "Pembuka"), Chapter(3723.0, "Air & listrik")),
    transcript=(
        Paragraph(0.0, "Siti Aminah", "Selamat pagi."),
        Paragraph(65.2, "Ahmad Rianto", "Pagi."),
    ),
    article_markdown="# Air Bersih\n\n**Tenggarong** – Isi.\n",
    stylesheet_key="style-0123456789abcdef.css",
)


class Outline(HTMLParser):
    """Reads a page strictly: what was opened is closed in order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.decode("utf-8"))
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def the_episode(**changes: object) -> bytes:
    return episode_page(CHANNEL, make_item(), replace(PAGE, **changes))  # type: ignore[arg-type]


def the_index() -> bytes:
    return index_page(CHANNEL, [make_item(1), make_item(2)], PAGE.stylesheet_key)


@pytest.mark.parametrize("page", [the_episode(), the_index()], ids=["episode", "index"])
def test_a_page_has_its_landmarks_and_its_language(page: bytes) -> None:
    outline = Outline(page)
    assert page.startswith(b"<!doctype html>")
    assert outline.all("html")[0]["lang"] == "id"
    for tag in ("header", "main", "footer", "h1", "title"):
        assert len(outline.all(tag)) == 1, tag
    assert outline.all("a")[0]["href"] == "#content"
    assert outline.all("main")[0]["id"] == "content"
    assert all("alt" in image for image in outline.all("img"))


@pytest.mark.parametrize("page", [the_episode(), the_index()], ids=["episode", "index"])
def test_headings_skip_no_level(page: bytes) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("page", [the_episode(), the_index()], ids=["episode", "index"])
def test_a_page_asks_nobody_else_for_anything(page: bytes) -> None:
    outline = Outline(page)
    policy = next(m["content"] for m in outline.all("meta") if m.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert outline.all("script") == outline.all("style") == outline.all("iframe") == []
    assert not [attrs for _, attrs in outline.tags if "style" in attrs]
    loaded = [attrs["src"] for _, attrs in outline.tags if "src" in attrs]
    loaded += [link["href"] for link in outline.all("link") if link.get("rel") != "canonical"]
    assert loaded
    assert not [address for address in loaded if address is None or "//" in address]


def test_ids_are_given_once() -> None:
    ids = [attrs["id"] for _, attrs in Outline(the_episode()).tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_the_episode_page_tells_everything() -> None:
    outline = Outline(the_episode())
    for words in ("Air bersih 1", "Satu.", "Dua.", "Ahmad Rianto, Kepala Bidang", "1:02:03",
                  "Air & listrik", "Selamat pagi.", "1:05", "6 Oktober 2022", "Transkrip",
                  "Narasumber", "Tenggarong – Isi."):  # fmt: skip
        assert words in outline.text, words
    assert outline.all("audio")[0]["src"] == "../../media/ke-1-0123456789abcdef.mp3"
    assert outline.all("audio")[0]["preload"] == "none"
    links = [link["href"] for link in outline.all("a")]
    assert "../../episodes/ke-1/transcript-0123456789abcdef.vtt" in links


def test_the_index_lists_the_newest_first() -> None:
    text = Outline(the_index()).text
    assert text.index("Air bersih 1") < text.index("Air bersih 2")


def test_an_empty_index_says_so() -> None:
    assert "Belum ada episode" in Outline(index_page(CHANNEL, [], "style.css")).text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:20]))
def test_hostile_words_stay_words(text: str) -> None:
    page = episode_page(
        replace(CHANNEL, title=text, description=text),
        make_item(title=text, description=text, place=Place(text), keywords=(text,)),
        replace(
            PAGE,
            guests=((text, text),),
            host=text,
            summary=text,
            chapters=(Chapter(0, text),),
            transcript=(Paragraph(0, text, text),),
            article_markdown=text,
        ),
    )
    outline = Outline(page)
    assert outline.all("script") == []
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", page)


def test_an_english_show_reads_english() -> None:
    page = episode_page(replace(CHANNEL, language="en"), make_item(), PAGE)
    assert "Transcript" in Outline(page).text
    assert Outline(page).all("html")[0]["lang"] == "en"


def test_a_language_from_right_to_left_is_set_so() -> None:
    page = index_page(replace(CHANNEL, language="ar"), [], "style.css")
    assert Outline(page).all("html")[0]["dir"] == "rtl"


def test_notes_use_only_what_podcast_apps_allow_and_fit() -> None:
    chapters = tuple(Chapter(n * 60.0, f"Bab tentang sesuatu yang panjang {n}") for n in range(200))
    long = replace(PAGE, summary="Kalimat. " * 2000, chapters=chapters)
    for page in (PAGE, long):
        notes = show_notes(CHANNEL, make_item(), page, "https://podcast.example.org/a")
        tags = set(re.findall(r"<(\w+)", notes))
        assert tags <= {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em"}
        assert len(notes.encode()) <= 4000
        assert '<a href="https://podcast.example.org/a">' in notes
        Outline(notes.encode())


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, contrast ratio."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_in_both_colour_schemes(scheme: int) -> None:
    blocks = re.findall(r":root \{(.*?)\}", stylesheet().decode(), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    for text, ground in (
        ("ink", "paper"),
        ("quiet", "paper"),
        ("link", "paper"),
        ("on-button", "button"),
        ("quiet", "note"),
        ("link", "note"),
    ):
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)

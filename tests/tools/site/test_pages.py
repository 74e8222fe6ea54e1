"""The public pages: whole, safe, readable by everybody, and without help from anywhere else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from lxml import etree

from pipeline.tools.site import (
    EpisodePage,
    Line,
    Paragraph,
    article_page,
    assets,
    episode_page,
    episode_pages,
    index_page,
    show_notes,
    show_pages,
)
from pipeline.words.chapters import Chapter
from pipeline.words.podcasting import Correction, Place
from tests.tools.rss.test_feed import CHANNEL, HOSTILE, make_item

VOID = {"meta", "link", "img", "br", "hr", "input"}
PAGE = EpisodePage(
    recorded_on=date(2022, 10, 6),
    guests=(("Ahmad Rianto", "Kepala Bidang"), ("Dewi & Rekan", "")),
    host="Siti Aminah",
    summary="Satu.\n\nDua.",
    chapters=(Chapter(0.0, "Pembuka"), Chapter(3723.0, "Air & listrik")),
    transcript=(
        Paragraph("Siti Aminah", (Line(0.0, "Selamat pagi."), Line(2.5, "Apa kabar?"))),
        Paragraph("Ahmad Rianto", (Line(65.2, "Pagi."),)),
    ),
    article_markdown="# Air Bersih\n\n**Tenggarong** – Isi.\n",
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
    return index_page(CHANNEL, [make_item(1), make_item(2)])


def every_page() -> dict[str, bytes]:
    """Each HTML page of a show with one episode, by its key."""
    episode = {k: make() for k, make in episode_pages(CHANNEL, make_item(), PAGE).items()}
    show = show_pages(CHANNEL, [make_item(1), make_item(2)], [2026])
    pages = {**{key: page.make() for key, page in show.items()}, **episode}
    return {key: body for key, body in pages.items() if key.endswith(".html")}


EVERY_PAGE = pytest.mark.parametrize("page", every_page().values(), ids=every_page().keys())


@EVERY_PAGE
def test_a_page_has_its_landmarks_and_its_language(page: bytes) -> None:
    outline = Outline(page)
    assert page.startswith(b"<!doctype html>")
    assert outline.all("html")[0]["lang"] == "id"
    embedded = "embed" in str(outline.all("body")[0].get("class"))
    for tag in ("main", "h1", "title", *(() if embedded else ("header", "footer"))):
        assert len(outline.all(tag)) == 1, tag
    assert embedded or outline.all("a")[0]["href"] == "#content"
    assert outline.all("main")[0]["id"] == "content"
    assert all("alt" in image for image in outline.all("img"))


@EVERY_PAGE
def test_headings_skip_no_level(page: bytes) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@EVERY_PAGE
def test_a_page_asks_nobody_else_for_anything(page: bytes) -> None:
    outline = Outline(page)
    policy = next(m["content"] for m in outline.all("meta") if m.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert outline.all("style") == outline.all("iframe") == []
    for script in outline.all("script"):
        assert script.get("type") == "application/ld+json" or script.get("src"), script
    assert not [attrs for _, attrs in outline.tags if "style" in attrs]
    loaded = [attrs["src"] for _, attrs in outline.tags if "src" in attrs]
    loaded += [link["href"] for link in outline.all("link") if link.get("rel") != "canonical"]
    assert loaded
    own = [str(address).removeprefix(CHANNEL.base_url) for address in loaded]
    assert not [address for address in own if "//" in address]


def test_ids_are_given_once() -> None:
    ids = [attrs["id"] for _, attrs in Outline(the_episode()).tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_the_episode_page_tells_everything() -> None:
    outline = Outline(the_episode())
    for words in ("Air bersih 1", "Satu.", "Dua.", "Ahmad Rianto, Kepala Bidang", "1:02:03",
                  "Air & listrik", "Selamat pagi.", "1:05", "6 Oktober 2022", "Transkrip",
                  "Narasumber", "Air Bersih"):  # fmt: skip
        assert words in outline.text, words
    assert outline.all("audio")[0]["src"] == "../../media/ke-1-0123456789abcdef.mp3"
    assert outline.all("audio")[0]["preload"] == "none"
    links = [link["href"] for link in outline.all("a")]
    assert "../../episodes/ke-1/transcript-0123456789abcdef.vtt" in links
    assert "article.html" in links


def test_the_article_has_a_page_of_its_own() -> None:
    outline = Outline(article_page(CHANNEL, make_item(), PAGE))
    assert "Tenggarong – Isi." in outline.text
    assert outline.text.count("Air Bersih") >= 1


def test_a_correction_stands_on_each_page_that_tells_of_the_episode() -> None:
    correction = Correction(date(2026, 11, 23), "Yang benar 1.200.")
    pages = episode_pages(CHANNEL, make_item(), replace(PAGE, corrections=(correction,)))
    for name in ("index", "transcript", "article"):
        text = Outline(pages[f"episodes/ke-1/{name}.html"]()).text
        assert "Koreksi, 23 November 2026: Yang benar 1.200." in text, name
    article = pages["episodes/ke-1/article.html"]().decode()
    assert '"dateModified":"2026-11-23"' in article
    assert '"@type":"CorrectionComment","text":"Yang benar 1.200."' in article


def test_the_page_says_where_an_episode_stands_in_its_show() -> None:
    for item, said in (
        (make_item(season=2, number=4), "Musim 2 · Episode 4"),
        (make_item(season=2, number=4, season_name="Sungai", number_display="4b"), "Sungai · 4b"),
        (make_item(episode_type="trailer", season=None, number=None), "Cuplikan"),
    ):
        assert said in Outline(episode_page(CHANNEL, item, PAGE)).text
        assert said in Outline(index_page(CHANNEL, [item])).text


def test_who_embeds_finds_how_by_a_whole_address() -> None:
    links = Outline(the_episode()).all("link")
    (found,) = [link["href"] for link in links if link.get("type") == "application/json+oembed"]
    assert found == f"{CHANNEL.base_url}episodes/ke-1/oembed.json"


def test_subscribing_offers_an_app_the_feed() -> None:
    page = Outline(show_pages(CHANNEL, [], [])["subscribe.html"].make())
    address = CHANNEL.feed_url.partition("://")[2]
    assert f"podcast://{address}" in [link["href"] for link in page.all("a")]


def test_without_an_article_there_is_no_page_for_one() -> None:
    pages = episode_pages(CHANNEL, make_item(), replace(PAGE, article_markdown=""))
    assert not [key for key in pages if key.endswith("article.html")]
    assert "article.html" not in pages["episodes/ke-1/index.html"]().decode()


def test_the_index_lists_the_newest_first() -> None:
    text = Outline(the_index()).text
    assert text.index("Air bersih 1") < text.index("Air bersih 2")


def test_an_empty_index_says_so() -> None:
    assert "Belum ada episode" in Outline(index_page(CHANNEL, [])).text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:20]))
def test_hostile_words_stay_words(text: str) -> None:
    channel = replace(CHANNEL, title=text, description=text)
    item = make_item(title=text, description=text, place=Place(text), keywords=(text,))
    shown = replace(
        PAGE,
        guests=((text, text),),
        host=text,
        summary=text,
        chapters=(Chapter(0, text),),
        transcript=(Paragraph(text, (Line(0, text),)),),
        article_markdown=text,
    )
    pages = {key: make() for key, make in episode_pages(channel, item, shown).items()}
    pages |= {key: page.make() for key, page in show_pages(channel, [item], [2026]).items()}
    for key, page in pages.items():
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", page), key
        if key.endswith(".html"):
            scripts = Outline(page).all("script")
            assert all(s.get("type") in ("module", "application/ld+json") for s in scripts), key
        if key.endswith(".json"):
            json.loads(page)
        if key.endswith((".xml", ".svg")):
            etree.fromstring(page)


def test_an_english_show_reads_english() -> None:
    page = episode_page(replace(CHANNEL, language="en"), make_item(), PAGE)
    assert "Transcript" in Outline(page).text
    assert Outline(page).all("html")[0]["lang"] == "en"


def test_a_language_from_right_to_left_is_set_so() -> None:
    page = index_page(replace(CHANNEL, language="ar"), [])
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
    blocks = re.findall(r":root \{(.*?)\}", assets()[0].body.decode(), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    for text, ground in (
        ("ink", "paper"),
        ("quiet", "paper"),
        ("link", "paper"),
        ("on-button", "button"),
        ("quiet", "note"),
        ("link", "note"),
        ("ink", "current"),
    ):
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)

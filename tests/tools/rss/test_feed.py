"""The feed against what directories, validators and podcast apps ask of one.

Sources: Apple, "A Podcaster's Guide to RSS"; PSP-1; podcastindex.org/namespace/1.0; the W3C feed
validator's rules.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import feedparser
import podcastparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.ground.categories import APPLE_CATEGORIES
from pipeline.tools.rss import build_feed, podcast_guid
from pipeline.words.feed import FeedChannel, FeedItem, PublicFile
from pipeline.words.podcasting import Person, Place

NOON = datetime(2026, 11, 23, 12, 5, 6, tzinfo=ZoneInfo("Asia/Makassar"))
SPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "fh": "http://purl.org/syndication/history/1.0",
}
DIGEST = "0123456789abcdef" * 4

CHANNEL = FeedChannel(
    base_url="https://podcast.example.org/etam/",
    link="https://example.org/",
    title="Etam Berkesah",
    description="Percakapan tentang layanan publik.",
    author="Redaksi Contoh",
    owner_name="Redaksi",
    owner_email="redaksi@example.org",
    language="id",
    categories=("Government", "News > Daily News"),
    explicit=False,
    kind="episodic",
    copyright="© 2026 Redaksi Contoh",
    podcast_guid="9b024349-ccf0-5f69-a609-6b82873eab3c",
    locked=True,
    people=(Person("Siti Aminah"),),
    funding_url="https://example.org/dukung",
    funding_text="Dukung kami",
    artwork=PublicFile("artwork-0123456789abcdef.jpg", 1000, DIGEST),
    ai_content=True,
)


def make_item(nth: int = 1, **changes: object) -> FeedItem:
    folder = f"episodes/ke-{nth}"
    item = FeedItem(
        guid=f"guid-{nth}",
        slug=f"ke-{nth}",
        title=f"Air bersih {nth}",
        description="Tentang air bersih.",
        notes_html="<p>Tentang air bersih.</p>",
        language="id",
        published_at=NOON - timedelta(days=nth),
        changed_at=NOON - timedelta(days=nth),
        duration_seconds=1800,
        enclosure=PublicFile(f"media/ke-{nth}-0123456789abcdef.mp3", 28800000, DIGEST),
        transcripts=(
            PublicFile(f"{folder}/transcript-0123456789abcdef.vtt", 10, DIGEST),
            PublicFile(f"{folder}/transcript-0123456789abcdef.srt", 10, DIGEST),
            PublicFile(f"{folder}/transcript-0123456789abcdef.json", 10, DIGEST),
        ),
        chapters=PublicFile(f"{folder}/chapters-0123456789abcdef.json", 10, DIGEST),
        cover=None,
        page=PublicFile(f"{folder}/index.html", 10, DIGEST),
        people=(Person("Siti Aminah"), Person("Ahmad Rianto", "guest")),
        place=Place("Tenggarong", "geo:-0.41,116.99", "R7625979", "ID"),
        keywords=("air",),
        season=2,
        number=nth,
        episode_type="full",
        explicit=False,
        sources={},
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def parsed(feed: bytes) -> etree._Element:
    return etree.fromstring(feed)[0]


def texts(parent: etree._Element, path: str) -> list[str]:
    return [node.text for node in parent.findall(path, SPACES)]


def one(parent: etree._Element, path: str) -> etree._Element:
    found = parent.findall(path, SPACES)
    assert len(found) == 1, f"{path}: {len(found)}"
    return found[0]


@pytest.fixture(scope="module")
def channel() -> etree._Element:
    return parsed(build_feed(CHANNEL, [make_item(1), make_item(2)]))


@pytest.fixture(scope="module")
def item(channel: etree._Element) -> etree._Element:
    return channel.findall("item")[0]


def test_the_document_is_utf_8_with_the_exact_namespaces() -> None:
    feed = build_feed(CHANNEL, [make_item()])
    assert re.match(rb"<\?xml version=.1\.0. encoding=.UTF-8.\?>", feed)
    assert {k: v for k, v in etree.fromstring(feed).nsmap.items() if k} == SPACES


def test_the_channel_says_what_rss_requires(channel: etree._Element) -> None:
    assert one(channel, "title").text == "Etam Berkesah"
    assert one(channel, "description").text == "Percakapan tentang layanan publik."
    assert one(channel, "link").text == "https://example.org/"
    assert one(channel, "language").text == "id"
    assert one(channel, "copyright").text == "© 2026 Redaksi Contoh"
    assert one(channel, "image/url").text.endswith("/artwork-0123456789abcdef.jpg")
    assert one(channel, "image/title").text == one(channel, "title").text
    assert one(channel, "image/link").text == one(channel, "link").text


def test_the_feed_names_its_own_address(channel: etree._Element) -> None:
    link = one(channel, "atom:link")
    assert dict(link.attrib) == {
        "href": "https://podcast.example.org/etam/feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }


def test_the_channel_says_what_apple_requires(channel: etree._Element) -> None:
    assert one(channel, "itunes:author").text == "Redaksi Contoh"
    assert one(channel, "itunes:explicit").text == "false"
    assert one(channel, "itunes:type").text == "episodic"
    assert one(channel, "itunes:image").get("href", "").endswith(".jpg")
    assert one(channel, "itunes:owner/itunes:email").text == "redaksi@example.org"
    assert one(channel, "itunes:owner/itunes:name").text == "Redaksi"


def test_categories_are_apples_with_subcategories_inside(channel: etree._Element) -> None:
    names = [
        " > ".join([node.get("text"), *(inner.get("text") for inner in node)])
        for node in channel.findall("itunes:category", SPACES)
    ]
    assert names == ["Government", "News > Daily News"]
    assert set(names) <= set(APPLE_CATEGORIES)


def test_the_channel_says_what_the_podcast_namespace_offers(channel: etree._Element) -> None:
    assert one(channel, "podcast:guid").text == CHANNEL.podcast_guid
    assert one(channel, "podcast:locked").text == "yes"
    assert one(channel, "podcast:locked").get("owner") == "redaksi@example.org"
    assert one(channel, "podcast:medium").text == "podcast"
    assert one(channel, "podcast:funding").get("url") == "https://example.org/dukung"
    assert one(channel, "podcast:person").text == "Siti Aminah"
    assert one(channel, "podcast:txt").attrib == {"purpose": "ai-content"}
    assert one(channel, "podcast:txt").text == "true"


def test_the_item_has_one_enclosure_with_its_exact_length(item: etree._Element) -> None:
    assert dict(one(item, "enclosure").attrib) == {
        "url": "https://podcast.example.org/etam/media/ke-1-0123456789abcdef.mp3",
        "length": "28800000",
        "type": "audio/mpeg",
    }


def test_the_item_has_its_identity_and_date(item: etree._Element) -> None:
    guid = one(item, "guid")
    assert (guid.text, guid.get("isPermaLink")) == ("guid-1", "false")
    written = one(item, "pubDate").text
    assert re.fullmatch(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0800", written)
    assert parsedate_to_datetime(written) == NOON - timedelta(days=1)
    assert written.startswith(f"{parsedate_to_datetime(written):%a}")


def test_the_item_says_what_apple_reads(item: etree._Element) -> None:
    assert one(item, "itunes:duration").text == "1800"
    assert one(item, "itunes:season").text == "2"
    assert one(item, "itunes:episode").text == "1"
    assert one(item, "itunes:episodeType").text == "full"
    assert one(item, "itunes:explicit").text == "false"
    assert one(item, "itunes:title").text == one(item, "title").text == "Air bersih 1"
    assert one(item, "link").text == "https://podcast.example.org/etam/episodes/ke-1/index.html"


def test_the_item_names_transcripts_and_chapters_with_their_types(item: etree._Element) -> None:
    found = [(n.get("url"), n.get("type"), n.get("language")) for n in item.findall(
        "podcast:transcript", SPACES)]  # fmt: skip
    stem = "https://podcast.example.org/etam/episodes/ke-1/transcript-0123456789abcdef"
    assert found == [
        (f"{stem}.vtt", "text/vtt", "id"),
        (f"{stem}.srt", "application/x-subrip", "id"),
        (f"{stem}.json", "application/json", "id"),
    ]
    assert one(item, "podcast:chapters").get("type") == "application/json+chapters"


def test_the_item_names_its_people_and_place(item: etree._Element) -> None:
    people = [(n.text, n.get("role")) for n in item.findall("podcast:person", SPACES)]
    assert people == [("Siti Aminah", "host"), ("Ahmad Rianto", "guest")]
    assert one(item, "podcast:location").text == "Tenggarong"
    assert one(item, "podcast:season").text == "2"
    assert one(item, "podcast:episode").text == "1"
    assert one(item, "podcast:txt").text == "true"


def test_notes_are_html_in_cdata() -> None:
    feed = build_feed(CHANNEL, [make_item(notes_html="<p>Air &amp; listrik</p>")])
    assert b"<content:encoded><![CDATA[<p>Air &amp; listrik</p>]]></content:encoded>" in feed
    assert texts(parsed(feed), "item/content:encoded") == ["<p>Air &amp; listrik</p>"]


def test_items_are_newest_first_whatever_order_they_come_in() -> None:
    items = [make_item(number) for number in (3, 1, 2)]
    found = texts(parsed(build_feed(CHANNEL, items)), "item/title")
    assert found == ["Air bersih 1", "Air bersih 2", "Air bersih 3"]


def test_explicit_is_true_or_false_in_apples_spelling() -> None:
    feed = parsed(build_feed(replace(CHANNEL, explicit=True), [make_item(explicit=True)]))
    assert texts(feed, "itunes:explicit") + texts(feed, "item/itunes:explicit") == ["true"] * 2


def test_what_is_unknown_is_left_out() -> None:
    bare = make_item(
        season=None, number=None, chapters=None, place=Place(), people=(), transcripts=()
    )
    channel = replace(CHANNEL, copyright="", people=(), funding_url="")
    feed = parsed(build_feed(channel, [bare]))
    for path in ("copyright", "podcast:person", "podcast:funding", "item/podcast:chapters",
                 "item/itunes:season", "item/itunes:episode", "item/podcast:location",
                 "item/podcast:transcript", "item/podcast:person"):  # fmt: skip
        assert feed.findall(path, SPACES) == [], path


def test_a_cover_and_a_trailer_are_named() -> None:
    cover = PublicFile("episodes/ke-1/cover-0123456789abcdef.png", 5, DIGEST)
    feed = parsed(build_feed(CHANNEL, [make_item(cover=cover, episode_type="trailer")]))
    assert one(feed, "item/itunes:image").get("href", "").endswith(cover.key)
    trailer = one(feed, "podcast:trailer")
    assert trailer.get("url") == one(feed, "item/enclosure").get("url")
    assert parsedate_to_datetime(trailer.get("pubdate", "")) == NOON - timedelta(days=1)


def test_the_guid_of_the_podcast_follows_the_rule() -> None:
    expected = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    for url in ("https://podnews.net/rss", "http://podnews.net/rss/", "podnews.net/rss"):
        assert podcast_guid(url) == expected


def test_two_hundred_items_give_the_same_bytes_twice() -> None:
    items = [make_item(number) for number in range(1, 201)]
    first = build_feed(CHANNEL, items)
    assert first == build_feed(CHANNEL, list(reversed(items)))
    assert len(parsed(first).findall("item")) == 200
    assert len(first) < 5_000_000


def test_the_build_date_comes_from_the_content() -> None:
    feed = parsed(build_feed(CHANNEL, [make_item(1, changed_at=NOON), make_item(2)]))
    assert parsedate_to_datetime(one(feed, "lastBuildDate").text) == NOON
    assert parsedate_to_datetime(one(feed, "pubDate").text) == NOON - timedelta(days=1)


def test_a_moment_in_utc_is_written_with_an_explicit_offset() -> None:
    feed = parsed(build_feed(CHANNEL, [make_item(published_at=datetime(2026, 1, 5, tzinfo=UTC))]))
    assert one(feed, "item/pubDate").text == "Mon, 05 Jan 2026 00:00:00 +0000"


HOSTILE = [
    "null \x00 bell \x07 escape \x1b[31m",
    "noncharacters \ufffe\uffff\ufdd0\U0001fffe",
    "lone surrogate \ud83d here",
    "CDATA ]]> end <![CDATA[ begin",
    "<script>alert(1)</script> & &amp; &nbsp;",
    "emoji 🎙️👩🏽‍🌾 and RTL ‏مرحبا‎ \u202edesrever",
    "line\r\nbreak\tand\u2028separator",
    "x" * 300,
    "kata " * 100,
]


@pytest.mark.parametrize("title", HOSTILE, ids=lambda t: repr(t[:20]))
def test_a_hostile_title_spoils_nothing(title: str) -> None:
    item = make_item(
        title=title,
        description=title * 40,
        people=(Person(title, "guest"),),
        place=Place(title),
    )
    feed = build_feed(replace(CHANNEL, title=title, description=title, author=title), [item])
    for text in every_text(etree.fromstring(feed)):
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", text)
    channel = parsed(feed)
    assert 0 < len(one(channel, "item/title").text) <= 255
    assert len(one(channel, "item/description").text.encode()) <= 4000
    assert len(one(channel, "item/podcast:person").text) <= 128
    assert len(one(channel, "item/podcast:location").text) <= 128
    assert feedparser.parse(feed).bozo == 0


def every_text(root: etree._Element) -> Iterator[str]:
    for node in root.iter():
        yield from (node.text or "", node.tail or "", *map(str, node.attrib.values()))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_at_all_can_break_the_feed(title: str, description: str) -> None:
    feed = build_feed(CHANNEL, [make_item(title=title, description=description)])
    assert len(parsed(feed).findall("item/title")) <= 1


def test_addresses_are_ascii_even_when_the_host_is_not() -> None:
    channel = replace(CHANNEL, base_url="https://siaran.münchen.example/acara baru/")
    feed = build_feed(channel, [make_item()])
    urls = re.findall(r'(?:href|url)="([^"]+)"', feed.decode())
    assert urls
    assert all(url.isascii() and " " not in url for url in urls)
    assert "https://siaran.xn--mnchen-3ya.example/acara%20baru/feed.xml" in urls


def test_feedparser_reads_what_was_meant() -> None:
    feed = feedparser.parse(build_feed(CHANNEL, [make_item()]))
    assert feed.bozo == 0
    assert feed.feed.title == CHANNEL.title
    entry = feed.entries[0]
    assert entry.id == "guid-1"
    assert not entry.guidislink
    assert entry.enclosures[0].length == "28800000"
    assert entry.content[0].value == "<p>Tentang air bersih.</p>"


def test_podcastparser_reads_what_was_meant() -> None:
    content = build_feed(CHANNEL, [make_item(1), make_item(2)])
    feed = podcastparser.parse(CHANNEL.feed_url, io.BytesIO(content))
    assert feed["title"] == CHANNEL.title
    assert feed["cover_url"].endswith(".jpg")
    episode = feed["episodes"][0]
    assert episode["guid"] == "guid-1"
    assert episode["total_time"] == 1800
    assert episode["enclosures"][0]["file_size"] == 28800000
    assert episode["published"] == int((NOON - timedelta(days=1)).timestamp())
    assert (episode["season"], episode["number"], episode["type"]) == (2, 1, "full")
    assert episode["description_html"] == "<p>Tentang air bersih.</p>"
    assert feed["episodes"][1]["guid"] == "guid-2"
    # Chapters and transcripts are not asked of it: podcastparser 0.6.11 knows the namespace by the
    # address of its documentation only, and not by the one that the specification gives.

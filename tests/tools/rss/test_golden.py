"""A feed that says everything, byte for byte, and each of its elements against the namespace.

After a change on purpose: `python -m tests.tools.rss.test_golden` writes tests/golden/feed.xml
again, and `git diff` shows what listeners' apps will see.
"""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path

import feedparser
import podcastparser
import pytest
from lxml import etree

from pipeline.tools.rss import build_feed, missing_tags
from pipeline.tools.rss.tags import CHANNEL_TAGS, ITEM_TAGS
from pipeline.words.feed import PublicFile
from pipeline.words.podcasting import (
    License,
    Person,
    Place,
    RemoteFeed,
    SocialPost,
    Soundbite,
    Text,
    Updates,
    Value,
    ValueRecipient,
)
from tests.tools.rss.test_feed import CHANNEL, DIGEST, SPACES, make_item, one

GOLDEN = Path(__file__).parents[2] / "golden" / "feed.xml"
OTHER_GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"

SAYS_EVERYTHING = replace(
    CHANNEL,
    artwork_pixels=1600,
    people=(
        Person("Siti Aminah", link="https://example.org/siti"),
        Person("Budi", "Producer", "creative direction", image="https://example.org/budi.jpg"),
    ),
    place=Place("Tenggarong", "geo:-0.41,116.99", "R7625979", "ID"),
    license=License("CC-BY-4.0"),
    updates=Updates("Setiap Selasa", "FREQ=WEEKLY;BYDAY=TU", "2026-01-06", complete=True),
    podroll=(RemoteFeed(OTHER_GUID, "https://example.org/lain.xml", "Acara lain"),),
    texts=(Text("verify", "S6lpp-7ZCn8"),),
    value=Value(
        "lightning",
        "keysend",
        (
            ValueRecipient("node", "02d5c1bf", 95, "Redaksi"),
            ValueRecipient("node", "03a", 5, fee=True),
        ),
        "0.00000015000",
    ),
    hub="https://hub.example.org/",
    new_feed_url="https://baru.example.org/feed.xml",
    blocked=True,
)
FULL = make_item(
    1,
    cover=PublicFile("episodes/ke-1/cover-0123456789abcdef.png", 5, DIGEST),
    cover_pixels=3000,
    season_name="Air & Tanah",
    number_display="Hari 1",
    license=License("Lisensi Kami", "https://example.org/lisensi"),
    soundbites=(Soundbite(73.0, 60.0, "Kenapa air penting"), Soundbite(600.25, 15.5)),
    social=(
        SocialPost("activitypub", "https://example.org/@siti/1", "@siti", priority=1),
        SocialPost("disabled"),
    ),
    people=(Person("Siti Aminah"), Person("Rahma", "Editor", "audio post-production")),
)
TRAILER = make_item(2, episode_type="trailer", number=None, title="Cuplikan <musim> & lain")


def golden_feed() -> bytes:
    """A feed in which each row of the tables has something to say."""
    previous = PublicFile("feed-1-0123456789abcdef.xml", 10, DIGEST)
    return build_feed(SAYS_EVERYTHING, [FULL, TRAILER], previous=previous)


@pytest.fixture(scope="module")
def channel() -> etree._Element:
    return etree.fromstring(golden_feed())[0]


def test_the_feed_is_the_golden_one_byte_for_byte() -> None:
    assert golden_feed() == GOLDEN.read_bytes(), "on purpose? see the top of this file"


def test_every_row_of_the_tables_says_something_here(channel: etree._Element) -> None:
    archive = etree.fromstring(build_feed(SAYS_EVERYTHING, [FULL], is_archive=True))[0]
    for table, *parents in ((CHANNEL_TAGS, channel, archive), (ITEM_TAGS, channel.find("item"))):
        for tag in table:
            assert any(p.find(tag.name, SPACES) is not None for p in parents), tag.name


def test_nothing_that_is_needed_is_missing() -> None:
    assert missing_tags(SAYS_EVERYTHING, FULL) == ()
    assert missing_tags(replace(CHANNEL, categories=()), replace(FULL, duration_seconds=0)) == (
        "itunes:category",
        "itunes:duration",
    )


def test_the_archive_page_names_the_feed_and_not_itself() -> None:
    page = etree.fromstring(build_feed(SAYS_EVERYTHING, [FULL], is_archive=True))[0]
    relations = {link.get("rel") for link in page.findall("atom:link", SPACES)}
    assert relations == {"hub", "current"}
    assert one(page, "link").text == CHANNEL.link


def test_the_enclosure_can_be_proved_whole(channel: etree._Element) -> None:
    item = channel.findall("item")[0]
    alternate = one(item, "podcast:alternateEnclosure")
    enclosure = one(item, "enclosure")
    assert one(alternate, "podcast:source").get("uri") == enclosure.get("url")
    assert alternate.get("length") == enclosure.get("length")
    integrity = one(alternate, "podcast:integrity")
    algorithm, _, digest = integrity.get("value", "").partition("-")
    assert (integrity.get("type"), algorithm) == ("sri", "sha256")
    assert base64.b64decode(digest).hex() == DIGEST


def test_empty_attributes_are_not_written(channel: etree._Element) -> None:
    assert not [node for node in channel.iter() if "" in node.attrib.values()]
    disabled = channel.findall("item/podcast:socialInteract", SPACES)[1]
    assert dict(disabled.attrib) == {"protocol": "disabled"}


def test_names_are_no_longer_than_the_namespace_allows() -> None:
    long = "kata " * 100
    item = replace(
        FULL,
        season_name=long,
        number_display=long,
        people=(Person(long, long),),
        soundbites=(Soundbite(1, 20, long),),
    )
    feed = etree.fromstring(build_feed(replace(SAYS_EVERYTHING, funding_text=long), [item]))[0]
    assert len(one(feed, "item/podcast:episode").get("display", "")) <= 32
    for path in ("item/podcast:person", "item/podcast:soundbite", "podcast:funding"):
        assert 0 < len(one(feed, path).text or "") <= 128, path
    assert len(one(feed, "item/podcast:season").get("name", "")) <= 128


def test_parsers_that_are_not_ours_read_it() -> None:
    feed = feedparser.parse(golden_feed())
    assert feed.bozo == 0
    assert [entry.title for entry in feed.entries] == ["Air bersih 1", "Cuplikan <musim> & lain"]
    assert {link.rel for link in feed.feed.links} >= {"alternate", "self", "hub", "prev-archive"}
    read = podcastparser.parse(CHANNEL.feed_url, io.BytesIO(golden_feed()))
    assert [episode["type"] for episode in read["episodes"]] == ["full", "trailer"]


if __name__ == "__main__":
    GOLDEN.write_bytes(golden_feed())

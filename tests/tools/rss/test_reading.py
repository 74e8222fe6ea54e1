"""Feeds of other hosts, good, sloppy and hostile, become what a show says of itself."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline.tools.rss.plain import plain_text
from pipeline.tools.rss.reading import read_feed
from pipeline.words.errors import EpisodeProblem
from pipeline.words.podcasting import Person, Soundbite
from tests.old_feeds import CHANNEL, old_feed, old_item

HERE = "https://old.example.org/feed.xml"


def test_a_channel_says_who_makes_the_show_and_what_it_is() -> None:
    feed = read_feed(old_feed(), HERE)
    assert (feed.title, feed.author, feed.owner_email) == (
        "Etam Bercerita",
        "Redaksi Etam",
        "redaksi@example.org",
    )
    assert feed.description == "Cerita dari Kutai & sekitarnya."
    assert feed.categories == (
        "Government & Organizations > Local",
        "Society & Culture > Documentary",
    )
    assert feed.podcast_guid == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert feed.explicit is False
    assert feed.host == "Rahma"


def test_an_item_keeps_its_identity_its_date_and_its_people() -> None:
    more = (
        "<itunes:season>2</itunes:season><itunes:episode>03</itunes:episode>"
        "<itunes:episodeType>Bonus</itunes:episodeType><itunes:explicit>true</itunes:explicit>"
        '<podcast:person role="guest" href="/ahmad">Ahmad</podcast:person>'
        '<podcast:person role="Producer" group="writing">Budi</podcast:person>'
        '<podcast:soundbite startTime="12.5" duration="30">Kutipan</podcast:soundbite>'
        "<content:encoded><![CDATA[<p>Satu <b>dua</b>.</p><ul><li>Tiga</li></ul>"
        '<p>Lihat <a href="https://x.example/">ini</a>.</p>]]></content:encoded>'
    )
    item = read_feed(old_feed(old_item("Judul", "a b.mp3", guid=" 12/34 ", more=more)), HERE).items[
        0
    ]
    assert item.guid == "12/34"
    assert item.published_at == datetime(2022, 10, 6, 7, tzinfo=timezone(timedelta(hours=8)))
    assert item.audio is not None
    assert item.audio.address == "https://old.example.org/a b.mp3"
    assert (item.season, item.number, item.episode_type, item.explicit) == (2, 3, "bonus", True)
    assert item.people == (
        Person("Ahmad", "guest", link="https://old.example.org/ahmad"),
        Person("Budi", "producer", "writing"),
    )
    assert item.soundbites == (Soundbite(12.5, 30.0, "Kutipan"),)
    assert item.description == "Satu dua.\n\n• Tiga\n\nLihat ini (https://x.example/)."


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Thu, 06 Oct 2022 07:00:00 +0800", "2022-10-05T23:00:00+00:00"),
        ("Thu, 06 Oct 2022 07:00:00 WITA", "2022-10-05T23:00:00+00:00"),
        ("06 Oct 2022 07:00 GMT", "2022-10-06T07:00:00+00:00"),
        ("2022-10-06T07:00:00Z", "2022-10-06T07:00:00+00:00"),
        ("2022-10-06 07:00:00", "2022-10-06T07:00:00+00:00"),
    ],
)
def test_dates_are_understood_as_hosts_write_them(said: str, meant: str) -> None:
    item = read_feed(old_feed(old_item("x", "a.mp3", date=said)), HERE).items[0]
    assert item.published_at is not None
    assert item.published_at.astimezone(UTC).isoformat() == meant


@pytest.mark.parametrize("said", ["", "yesterday", "99 Foo 2022", "Thu, 06 Oct 99999 07:00:00 GMT"])
def test_a_date_that_is_none_is_none(said: str) -> None:
    assert (
        read_feed(old_feed(old_item("x", "a.mp3", date=said)), HERE).items[0].published_at is None
    )


def test_an_item_without_a_guid_is_known_by_its_audio_as_in_apps() -> None:
    item = (
        old_item("x", "https://cdn.example/a.mp3").replace("<guid>", "<g>").replace("/guid>", "/g>")
    )
    assert read_feed(old_feed(item), HERE).items[0].guid == "https://cdn.example/a.mp3"


def test_broken_xml_is_mended_as_far_as_it_goes() -> None:
    document = old_feed(old_item("Tom & Jerry", "a.mp3"), old_item("Dua", "b.mp3"))
    broken = document.replace(b"Tom &amp; Jerry", b"Tom\x08 & Jerry&nbsp;2")[: -len("</rss>")]
    titles = [item.title for item in read_feed(broken, HERE).items]
    assert titles == ["Tom  Jerry 2".replace("  ", " "), "Dua"]


@pytest.mark.parametrize(
    "document", [b"", b"<html><body>Login</body></html>", b"\x00\x01", b"<rss/>", b"{}"]
)
def test_what_is_no_feed_is_said_to_be_none(document: bytes) -> None:
    with pytest.raises(EpisodeProblem, match="is no RSS feed of a podcast"):
        read_feed(document, HERE)


def test_half_a_feed_is_not_taken_for_a_whole_one() -> None:
    document = old_feed(*(old_item(f"Episode {n}", "a.mp3", guid=str(n)) for n in range(9)))
    with pytest.raises(EpisodeProblem, match="ends in the middle"):
        read_feed(document[: len(document) // 2], HERE)
    utf16 = document.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    assert len(read_feed(utf16, HERE).items) == 9


def test_no_file_is_read_for_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("kata sandi")
    head = (
        f'<!DOCTYPE rss [<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY own "sendiri">'
        f'<!ENTITY % more SYSTEM "{secret.as_uri()}"> %more;]>'
    )
    item = old_item("x", "a.mp3").replace(">x<", ">A &file; B &own; C<")
    feed = read_feed(old_feed(item, head=head), HERE)
    assert feed.items[0].title == "A B C"


def test_a_billion_laughs_take_no_time_and_no_memory() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]>'
    item = old_item("x", "a.mp3").replace(">x<", ">&l11;<")
    begun = time.monotonic()
    feed = read_feed(old_feed(item, head=head), HERE)
    assert feed.items[0].title == ""
    assert time.monotonic() - begun < 5


def test_elements_without_end_inside_one_another_are_no_crash() -> None:
    deep = b"<a>" * 100_000
    feed = read_feed(
        old_feed(old_item("x", "a.mp3")).replace(b"<title>x", b"<title>x" + deep), HERE
    )
    assert feed.title == "Etam Bercerita"
    assert "lebih" in plain_text("<div>lebih</div>" + "<div>" * 100_000 + "teks")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:audio/mpeg,x",
        "ftp://x/a.mp3",
        "http://[x",
    ],
)
def test_an_address_that_is_not_of_the_web_is_none(address: str) -> None:
    channel = CHANNEL + f'<itunes:image href="{address}"/>'
    feed = read_feed(old_feed(old_item("x", address), channel=channel), HERE)
    assert feed.image == ""
    assert feed.items[0].audio is None


def test_five_thousand_items_are_read_in_a_moment() -> None:
    items = [old_item(f"Episode {n}", f"{n}.mp3", guid=str(n)) for n in range(5000)]
    begun = time.monotonic()
    assert len(read_feed(old_feed(*items), HERE).items) == 5000
    assert time.monotonic() - begun < 20

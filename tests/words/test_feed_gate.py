"""The gate finds what validators do not, and says it in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pipeline.words.chapters import Chapter
from pipeline.words.feed import FeedItem, PublicFile
from pipeline.words.feed_gate import (
    Facts,
    check_channel,
    check_item,
    check_together,
    last_cue_seconds,
)
from pipeline.words.podcasting import License, Person, Soundbite
from tests.tools.rss.test_feed import CHANNEL, DIGEST, NOON, make_item

FACTS = Facts(
    heard_seconds=1800.4,
    cues_end={"transcript.vtt": 1799.0, "transcript.srt": 1799.0},
    chapters=(Chapter(0.0, "Pembuka"), Chapter(60.0, "Air")),
    said={"title": "Air bersih", "summary": "Tentang air."},
)


def errors_of(item: FeedItem, **facts: Any) -> list[str]:
    found = check_item(CHANNEL, item, replace(FACTS, **facts), NOON)
    return [f.sentence for f in found if f.is_error]


def warnings_of(item: FeedItem, **facts: Any) -> list[str]:
    found = check_item(CHANNEL, item, replace(FACTS, **facts), NOON)
    return [f.sentence for f in found if not f.is_error]


def media(key: str, size: int = 28_800_000) -> PublicFile:
    return PublicFile(key, size, DIGEST)


def test_an_episode_that_is_right_passes_without_a_word() -> None:
    assert check_item(CHANNEL, make_item(), FACTS, NOON) == ()
    assert check_channel(CHANNEL) == ()


WRONG: dict[str, dict[str, Any]] = {
    "guid": {"guid": " "},
    "enclosure": {"enclosure": media("media/x.mp3", 0)},
    "seconds": {"enclosure": media("media/x.mp3", 1800)},
    "neither .mp3": {"enclosure": media("media/x.wav")},
    "plain ASCII": {"enclosure": media("media/kafé.mp3")},
    "duration": {"duration_seconds": 1700},
    "not a positive": {"duration_seconds": 0},
    "in the future": {"published_at": NOON + timedelta(seconds=1)},
    "no time zone": {"published_at": NOON.replace(tzinfo=None)},
    "ends after the audio": {"soundbites": (Soundbite(1790.0, 30.0),)},
    "<script>": {"notes_html": "<p>x</p><script>y</script>"},
    "longer than 4000 bytes": {"notes_html": f"<p>{'é' * 2000}</p>"},
}


@pytest.mark.parametrize(("words", "change"), WRONG.items(), ids=WRONG.keys())
def test_what_would_break_for_listeners_is_an_error(words: str, change: dict[str, Any]) -> None:
    found = " ".join(errors_of(make_item(**change)))
    if words != "seconds":
        assert words in found
    assert found.startswith("“ke-1”, ")


def test_times_that_do_not_fit_the_audio_are_errors() -> None:
    item = make_item()
    assert "after the audio" in errors_of(item, cues_end={"transcript.vtt": 1802.0})[0]
    assert errors_of(item, cues_end={"transcript.vtt": 1800.9}) == []
    backwards = (Chapter(60.0, "b"), Chapter(0.0, "a"))
    assert "do not ascend" in errors_of(item, chapters=backwards)[0]
    assert "do not ascend" in errors_of(item, chapters=(Chapter(5.0, "b"), Chapter(5.0, "a")))[0]
    assert "outside of the audio" in errors_of(item, chapters=(Chapter(1800.0, "x"),))[0]


@pytest.mark.parametrize("title", ["S2E5 Air", "Eps. 12: Air", "Episode 3 Air", "#7 Air"])
def test_a_number_in_the_title_is_noted(title: str) -> None:
    assert "begins with a number" in warnings_of(make_item(title=title))[0]


@pytest.mark.parametrize("title", ["5 cara menghemat air", "Es krim", "Epidemi 2020", "Sore"])
def test_other_titles_are_left_alone(title: str) -> None:
    assert warnings_of(make_item(title=title)) == []


def test_what_is_odd_is_noted_and_goes_out() -> None:
    item = make_item(
        people=(Person("Siti", link="http://example.org/siti"),),
        license=License("x", "http://127.0.0.1/x"),
        soundbites=(Soundbite(1.0, 5.0),),
    )
    notes = warnings_of(
        item,
        cues_end={"transcript.vtt": None, "transcript.srt": 60.0},
        said={"title": "a\x00b", "summary": "é" * 2001},
        chapters=(Chapter(0.0, " "),),
    )
    for words in ("http://example.org/siti is not https", "15 to 120", "holds no cue",
                  "60.0 s of 1800 s", "control characters", "4,002 bytes", "no title"):  # fmt: skip
        assert any(words in note for note in notes), words
    assert not any("127.0.0.1" in note for note in notes)


def test_a_serial_wants_a_number_and_its_trailer_does_not() -> None:
    serial = replace(CHANNEL, kind="serial")
    bare = make_item(number=None)
    assert [f.field for f in check_item(serial, bare, FACTS, NOON)] == ["number"]
    trailer = replace(bare, episode_type="trailer")
    assert check_item(serial, trailer, FACTS, NOON) == ()


def test_of_two_episodes_with_one_address_the_later_is_an_error() -> None:
    first, second = make_item(2), make_item(1)
    same = replace(second, enclosure=first.enclosure)
    found = check_together([same, first])
    assert [(f.slug, f.field, f.is_error) for f in found] == [
        ("ke-1", "enclosure", True),
        ("ke-1", "audio", False),
    ]
    twin = replace(second, guid=first.guid, enclosure=media("media/y.mp3"))
    assert [f.field for f in check_together([first, twin]) if f.is_error] == ["guid"]


def test_the_show_is_looked_at_too() -> None:
    wrong = replace(CHANNEL, podcast_guid="abc", title="\x07", categories=())
    assert {f.field for f in check_channel(wrong) if f.is_error} == {
        "podcast_guid", "title", "categories",
    }  # fmt: skip
    odd = replace(CHANNEL, base_url="http://example.org/", new_feed_url="https://other.example/")
    notes = [f.sentence for f in check_channel(odd, feed_bytes=6_000_000)]
    assert notes == [
        "The show, base_url: http://example.org/ is not https.",
        "The show, new_feed_url: apps will leave this feed for https://other.example/.",
        "The show, items_per_page: feed.xml is 6.0 MB; give a smaller `items_per_page`.",
    ]


def test_the_end_of_the_last_cue_is_read_from_both_kinds_of_captions() -> None:
    assert last_cue_seconds("WEBVTT\n\n00:01.000 --> 01:02.500 align:start\nA\n") == 62.5
    assert last_cue_seconds("1\n00:00:01,000 --> 01:00:02,250\nA\n") == 3602.25
    assert last_cue_seconds("WEBVTT\n") is None

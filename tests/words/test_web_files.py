"""Every public file has one type and one cache rule, wherever it is served from."""

from __future__ import annotations

import pytest

from pipeline.words.web_files import (
    cache_control,
    content_type,
    is_named_by_content,
    media_type,
    named_by_content,
)

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("media/a-0123456789abcdef.mp3", "audio/mpeg"),
        ("episodes/a/transcript-0123456789abcdef.vtt", "text/vtt; charset=utf-8"),
        ("episodes/a/chapters-0123456789abcdef.json", "application/json+chapters"),
        ("episodes/chapters-x/transcript-1.json", "application/json; charset=utf-8"),
        ("ARTWORK.JPG", "image/jpeg"),
        ("unknown", "application/octet-stream"),
    ],
)
def test_the_type_of_a_file(key: str, expected: str) -> None:
    assert content_type(key) == expected


def test_the_feed_names_types_without_charset() -> None:
    assert media_type("a.srt") == "application/x-subrip"


def test_only_what_is_named_by_its_content_is_kept_for_ever() -> None:
    key = named_by_content("media/satu", DIGEST, ".mp3")
    assert key == "media/satu-0123456789abcdef.mp3"
    assert is_named_by_content(key)
    assert "immutable" in cache_control(key)
    for other in ("feed.xml", "index.html", "episodes/a/index.html", "media/satu-0123.mp3"):
        assert "immutable" not in cache_control(other)

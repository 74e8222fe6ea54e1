"""The gate before publishing: what no feed validator sees, each finding a sentence.

Errors keep an episode (or, about the show, the feed) from going out; warnings are told.
Sources: Apple's requirements, PSP-1, the podcast namespace; what hosts' users complain of most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit
from uuid import UUID

from pipeline.words.chapters import Chapter
from pipeline.words.feed import FeedChannel, FeedItem
from pipeline.words.plain_text import without_controls

_MOST_BYTES = 4000
_NOTES_MAY_HOLD = frozenset(["p", "ol", "ul", "li", "a", "b", "i", "strong", "em"])
_TOLERATED_SECONDS = 2.0
_TOLERATED_SHARE = 0.01
_CUE_TOLERANCE_SECONDS = 1.0
# Below 8 kbit/s no MP3 exists; above 5 Mbit/s a length is no length of audio.
_PLAUSIBLE_BYTES_PER_SECOND = (1_000, 640_000)
_NUMBER_IN_TITLE = re.compile(
    r"^(?:s\d+\s*[:.·-]?\s*)?(?:e|ep|eps|episode|#)[\s.:#-]*\d+\b|^s\d+\s*e\d+", re.IGNORECASE
)
_CUE_END = re.compile(r"-->\s*(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})")
_ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or odd. `slug` is empty when it is about the show."""

    slug: str
    field: str
    is_error: bool
    text: str

    @property
    def sentence(self) -> str:
        """What was found, with the episode and the field that it is about."""
        about = f"“{self.slug}”" if self.slug else "The show"
        return f"{about}, {self.field}: {self.text}."


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an episode apart from what its feed item says.

    `heard_seconds` is how much audio the transcriber heard; `cues_end` gives for each captions file
    by name when its last cue ends, None without cues; `said` holds the texts as people wrote them.
    """

    heard_seconds: float
    cues_end: Mapping[str, float | None] = field(default_factory=dict)
    chapters: tuple[Chapter, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Episode:
    channel: FeedChannel
    item: FeedItem
    facts: Facts
    now: datetime


_Found = Iterator[tuple[str, bool, str]]
_ERROR, _WARNING = True, False


def check_item(
    channel: FeedChannel, item: FeedItem, facts: Facts, now: datetime
) -> tuple[Finding, ...]:
    """What is to be said about one episode before it goes public."""
    episode = _Episode(channel, item, facts, now)
    return tuple(
        Finding(item.slug, name, is_error, text)
        for check in _ITEM_CHECKS
        for name, is_error, text in check(episode)
    )


def check_together(items: Iterable[FeedItem]) -> tuple[Finding, ...]:
    """What episodes may not have in common; each finding is about the later published one."""
    findings: list[Finding] = []
    seen: dict[tuple[str, str], FeedItem] = {}
    for item in sorted(items, key=lambda item: (item.published_at, item.slug)):
        for name, value, is_error in (
            ("guid", item.guid, _ERROR),
            ("enclosure", item.enclosure.key, _ERROR),
            ("audio", item.enclosure.sha256, _WARNING),
        ):
            first = seen.setdefault((name, value), item)
            if first is not item:
                text = f"it is the same as that of “{first.slug}”"
                findings.append(Finding(item.slug, name, is_error, text))
    return tuple(findings)


def check_channel(channel: FeedChannel, feed_bytes: int = 0) -> tuple[Finding, ...]:
    """What is to be said about the show; `feed_bytes` is how large its main document is."""
    return tuple(
        Finding("", name, is_error, text)
        for check in (_show_identity, _show_texts, _show_links)
        for name, is_error, text in check(channel)
    ) + tuple(_size(feed_bytes))


def last_cue_seconds(captions: str) -> float | None:
    """When the last cue of WebVTT or SubRip captions ends; None when there is no cue."""
    ends = (
        int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
        for hours, minutes, seconds, thousandths in _CUE_END.findall(captions)
    )
    return max(ends, default=None)


def _identity(of: _Episode) -> _Found:
    guid = of.item.guid
    if not guid or guid != guid.strip():
        yield "guid", _ERROR, "it is empty or has spaces around it"


def _title(of: _Episode) -> _Found:
    if _NUMBER_IN_TITLE.match(of.item.title):
        yield (
            "title",
            _WARNING,
            (f"“{of.item.title}” begins with a number; apps show `season` and `number` themselves"),
        )


def _texts(of: _Episode) -> _Found:
    for name, text in of.facts.said.items():
        if _has_controls(text):
            yield name, _WARNING, "control characters were taken out"
    yield from _length("summary", of.facts.said.get("summary", ""))
    if len(of.item.notes_html.encode()) > _MOST_BYTES:
        yield "show notes", _ERROR, f"they are longer than {_MOST_BYTES} bytes"
    strange = sorted(_elements(of.item.notes_html) - _NOTES_MAY_HOLD)
    if strange:
        yield "show notes", _ERROR, f"apps do not take <{strange[0]}>"


def _length(name: str, text: str) -> _Found:
    size = len(text.encode("utf-8", "replace"))
    if size > _MOST_BYTES:
        yield name, _WARNING, f"it is {size:,} bytes; after {_MOST_BYTES:,} the feed cuts it"


def _has_controls(text: str) -> bool:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    return without_controls(text) != plain


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - its signature
        self.names.add(tag)


def _elements(html: str) -> set[str]:
    parser = _Tags()
    parser.feed(html)
    return parser.names


def _enclosure(of: _Episode) -> _Found:
    file, seconds = of.item.enclosure, of.item.duration_seconds
    if not file.key.endswith((".mp3", ".m4a")) or not file.media_type.startswith("audio/"):
        yield "enclosure", _ERROR, f"{file.key} is neither .mp3 nor .m4a"
    if not file.key.isascii() or " " in file.key:
        yield "enclosure", _ERROR, f"its address {file.key!r} is not plain ASCII"
    least, most = _PLAUSIBLE_BYTES_PER_SECOND
    if file.size <= 0:
        yield "enclosure", _ERROR, "its length is 0 bytes"
    elif seconds > 0 and not least <= file.size / seconds <= most:
        yield "enclosure", _ERROR, f"{file.size:,} bytes cannot hold {seconds} s of audio"


def _duration(of: _Episode) -> _Found:
    said, heard = of.item.duration_seconds, of.facts.heard_seconds
    if said <= 0:
        yield "duration", _ERROR, "it is not a positive number of seconds"
    elif abs(said - heard) > max(_TOLERATED_SECONDS, _TOLERATED_SHARE * heard):
        yield (
            "duration",
            _ERROR,
            (
                f"the enclosure plays {said} s, but {heard:.0f} s were transcribed; captions and "
                "chapters would run apart from the audio"
            ),
        )


def _captions(of: _Episode) -> _Found:
    end = of.item.duration_seconds
    for name, last in of.facts.cues_end.items():
        if last is None:
            yield name, _WARNING, "it holds no cue"
        elif last > end + _CUE_TOLERANCE_SECONDS:
            yield name, _ERROR, f"its last cue ends at {last:.1f} s, after the audio ({end} s)"
        elif last < end / 2:
            yield name, _WARNING, f"its last cue ends at {last:.1f} s of {end} s"


def _chapters(of: _Episode) -> _Found:
    starts = [chapter.start for chapter in of.facts.chapters]
    if any(later <= earlier for earlier, later in pairwise(starts)):
        yield "chapters", _ERROR, "their starts do not ascend"
    outside = [start for start in starts if not 0 <= start < of.item.duration_seconds]
    if outside:
        yield "chapters", _ERROR, f"one starts at {outside[0]:.1f} s, outside of the audio"
    if any(not chapter.title.strip() for chapter in of.facts.chapters):
        yield "chapters", _WARNING, "one has no title"


def _soundbites(of: _Episode) -> _Found:
    for bite in of.item.soundbites:
        if bite.start_seconds + bite.duration_seconds > of.item.duration_seconds:
            yield "soundbites", _ERROR, f"the one at {bite.start_seconds:g} s ends after the audio"
        if not 15 <= bite.duration_seconds <= 120:
            lasts = f"the one at {bite.start_seconds:g} s lasts {bite.duration_seconds:g} s"
            yield "soundbites", _WARNING, f"{lasts}; apps want 15 to 120"


def _dates(of: _Episode) -> _Found:
    moment = of.item.published_at
    if moment.tzinfo is None:
        yield "date", _ERROR, "it has no time zone"
    elif moment > of.now:
        yield "date", _ERROR, f"{moment.isoformat()} is in the future"


def _numbers(of: _Episode) -> _Found:
    is_full = of.item.episode_type == "full"
    if of.channel.kind == "serial" and is_full and not of.item.number:
        yield "number", _ERROR, "it has no number, and the show is a serial"


def _links(of: _Episode) -> _Found:
    item = of.item
    addresses = {
        "people": [url for person in item.people for url in (person.image, person.link)],
        "license_url": [item.license.url],
        "social": [url for post in item.social for url in (post.uri, post.account_url)],
    }
    for name, urls in addresses.items():
        yield from _plain_http(name, urls)


def _plain_http(name: str, urls: Iterable[str]) -> _Found:
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme == "http" and parts.hostname not in _ON_THIS_MACHINE:
            yield name, _WARNING, f"{url} is not https"


_ITEM_CHECKS = (
    _identity,
    _title,
    _texts,
    _enclosure,
    _duration,
    _captions,
    _chapters,
    _soundbites,
    _dates,
    _numbers,
    _links,
)


def _show_identity(channel: FeedChannel) -> _Found:
    try:
        UUID(channel.podcast_guid)
    except ValueError:
        yield "podcast_guid", _ERROR, f"“{channel.podcast_guid}” is no UUID"
    if not channel.categories:
        yield "categories", _ERROR, "there is none"


def _show_texts(channel: FeedChannel) -> _Found:
    said = {"title": channel.title, "description": channel.description, "author": channel.author}
    for name, text in said.items():
        if not without_controls(text):
            yield name, _ERROR, "it is empty"
        elif _has_controls(text):
            yield name, _WARNING, "control characters were taken out"
    yield from _length("description", channel.description)
    if channel.license.name and not channel.license.url and " " in channel.license.name:
        yield "license", _WARNING, "a license that is no SPDX name needs `license_url`"


def _show_links(channel: FeedChannel) -> _Found:
    addresses = {
        "base_url": [channel.base_url],
        "link": [channel.link],
        "funding_url": [channel.funding_url],
        "license_url": [channel.license.url],
        "hub": [channel.hub],
        "people": [url for person in channel.people for url in (person.image, person.link)],
        "podroll": [feed.url for feed in channel.podroll],
    }
    for name, urls in addresses.items():
        yield from _plain_http(name, urls)
    if channel.new_feed_url and channel.new_feed_url != channel.feed_url:
        yield "new_feed_url", _WARNING, f"apps will leave this feed for {channel.new_feed_url}"


# The W3C validator and some apps refuse larger documents.
_LARGEST_FEED_BYTES = 5_000_000


def _size(feed_bytes: int) -> Iterator[Finding]:
    if feed_bytes > _LARGEST_FEED_BYTES:
        text = f"feed.xml is {feed_bytes / 1e6:.1f} MB; give a smaller `items_per_page`"
        yield Finding("", "items_per_page", _WARNING, text)

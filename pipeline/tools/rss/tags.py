"""The elements of the iTunes and podcast namespaces: one row for each.

feedgen's own iTunes extension writes `yes` where Apple asks for `true`, and drops images whose
names it does not like; so both namespaces are written from these tables.
Sources: Apple, "A Podcaster's Guide to RSS"; podcastindex.org/namespace/1.0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime

from pipeline.words.feed import FeedChannel, FeedItem, Person, PublicFile
from pipeline.words.web_text import ascii_url, short_line

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
# What the namespace allows for persons, places, funding and the names of trailers, in characters.
_SHORT = 128


@dataclass(frozen=True, slots=True)
class Element:
    """One XML element: text, attributes in their order, and elements inside it."""

    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[tuple[str, Element], ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """What a row about the channel may look at."""

    channel: FeedChannel
    items: tuple[FeedItem, ...]

    def url(self, file: PublicFile) -> str:
        return ascii_url(self.channel.base_url + file.key)


@dataclass(frozen=True, slots=True)
class ItemOfShow:
    """What a row about an item may look at."""

    show: Show
    item: FeedItem

    def url(self, file: PublicFile) -> str:
        return self.show.url(file)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _text(text: str, longest: int = 255) -> Iterator[Element]:
    line = short_line(text, longest)
    if line:
        yield Element(line)


def _number(number: int | None) -> Iterator[Element]:
    if number:
        yield Element(str(number))


def _categories(show: Show) -> Iterator[Element]:
    for name in show.channel.categories:
        category, _, inner = name.partition(" > ")
        nested = (("itunes:category", Element(attributes={"text": inner})),) if inner else ()
        yield Element(attributes={"text": category}, inside=nested)


def _owner(show: Show) -> Iterator[Element]:
    name = short_line(show.channel.owner_name or show.channel.author)
    yield Element(
        inside=(
            ("itunes:name", Element(name)),
            ("itunes:email", Element(show.channel.owner_email)),
        )
    )


def _locked(show: Show) -> Iterator[Element]:
    yield Element("yes" if show.channel.locked else "no", {"owner": show.channel.owner_email})


def _funding(show: Show) -> Iterator[Element]:
    if show.channel.funding_url:
        text = short_line(show.channel.funding_text, _SHORT)
        yield Element(text, {"url": ascii_url(show.channel.funding_url)})


def _host_of_show(show: Show) -> Iterator[Element]:
    if show.channel.host:
        yield _person(Person(show.channel.host, "host"))


def _trailers(show: Show) -> Iterator[Element]:
    for item in show.items:
        if item.episode_type == "trailer":
            season = {"season": str(item.season)} if item.season else {}
            yield Element(
                short_line(item.title, _SHORT),
                {
                    "pubdate": format_datetime(item.published_at),
                    "url": show.url(item.enclosure),
                    "length": str(item.enclosure.size),
                    "type": item.enclosure.media_type,
                    **season,
                },
            )


def _ai_content(channel: FeedChannel) -> Iterator[Element]:
    yield Element(_flag(channel.ai_content), {"purpose": "ai-content"})


def _cover(of: ItemOfShow) -> Iterator[Element]:
    if of.item.cover is not None:
        yield Element(attributes={"href": of.url(of.item.cover)})


def _transcripts(of: ItemOfShow) -> Iterator[Element]:
    for file in of.item.transcripts:
        captions = {"rel": "captions"} if file.key.endswith((".vtt", ".srt")) else {}
        yield Element(
            attributes={
                "url": of.url(file),
                "type": file.media_type,
                "language": of.item.language,
                **captions,
            }
        )


def _chapters(of: ItemOfShow) -> Iterator[Element]:
    file = of.item.chapters
    if file is not None:
        yield Element(attributes={"url": of.url(file), "type": file.media_type})


def _people(of: ItemOfShow) -> Iterator[Element]:
    for person in of.item.people:
        yield _person(person)


def _person(person: Person) -> Element:
    return Element(short_line(person.name, _SHORT), {"role": person.role, "group": "cast"})


def _location(of: ItemOfShow) -> Iterator[Element]:
    yield from _text(of.item.place, _SHORT)


CHANNEL_TAGS: tuple[tuple[str, Callable[[Show], Iterator[Element]]], ...] = (
    ("itunes:author", lambda s: _text(s.channel.author)),
    ("itunes:type", lambda s: iter([Element(s.channel.kind)])),
    ("itunes:explicit", lambda s: iter([Element(_flag(s.channel.explicit))])),
    ("itunes:image", lambda s: iter([Element("", {"href": s.url(s.channel.artwork)})])),
    ("itunes:owner", _owner),
    ("itunes:category", _categories),
    ("podcast:guid", lambda s: iter([Element(s.channel.podcast_guid)])),
    ("podcast:locked", _locked),
    ("podcast:medium", lambda _: iter([Element("podcast")])),
    ("podcast:funding", _funding),
    ("podcast:person", _host_of_show),
    ("podcast:trailer", _trailers),
    ("podcast:txt", lambda s: _ai_content(s.channel)),
)
"""Each element of the channel beyond RSS itself, in the order in which it is written."""

ITEM_TAGS: tuple[tuple[str, Callable[[ItemOfShow], Iterator[Element]]], ...] = (
    ("itunes:title", lambda i: _text(i.item.title)),
    ("itunes:author", lambda i: _text(i.show.channel.author)),
    ("itunes:duration", lambda i: iter([Element(str(i.item.duration_seconds))])),
    ("itunes:explicit", lambda i: iter([Element(_flag(i.item.explicit))])),
    ("itunes:episodeType", lambda i: iter([Element(i.item.episode_type)])),
    ("itunes:season", lambda i: _number(i.item.season)),
    ("itunes:episode", lambda i: _number(i.item.number)),
    ("itunes:image", _cover),
    ("podcast:season", lambda i: _number(i.item.season)),
    ("podcast:episode", lambda i: _number(i.item.number)),
    ("podcast:transcript", _transcripts),
    ("podcast:chapters", _chapters),
    ("podcast:person", _people),
    ("podcast:location", _location),
    ("podcast:txt", lambda i: _ai_content(i.show.channel)),
)
"""Each element of an item beyond RSS itself, in the order in which it is written."""

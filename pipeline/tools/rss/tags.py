"""The elements of the iTunes, podcast, Atom and feed history namespaces: one row for each.

feedgen's own iTunes extension writes `yes` where Apple asks for `true`, and drops images whose
names it does not like; it writes no Atom link but the first. So all of these come from the tables
at the end.
Sources: Apple, "A Podcaster's Guide to RSS"; podcastindex.org/namespace/1.0; RFC 5005; WebSub.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from email.utils import format_datetime

from pipeline.tools.rss.elements import Element, ItemOfShow, Show, Tag
from pipeline.tools.rss.publication import PURPOSE
from pipeline.words.feed import SHARE_PICTURE_PX, FeedChannel, PublicFile
from pipeline.words.podcasting import License, Person, Place, ValueRecipient
from pipeline.words.web_text import ascii_url, short_line

# What the namespace allows for names, in characters.
_NAME = 128
_FEED_TYPE = "application/rss+xml"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _text(text: str) -> Iterator[Element]:
    if line := short_line(text, 4000):
        yield Element(line)


def _number(number: int | None, **attributes: str) -> Iterator[Element]:
    if number:
        yield Element(str(number), attributes)


def _link(relation: str, url: str, media_type: str = "") -> Iterator[Element]:
    if url:
        yield Element(attributes={"href": ascii_url(url), "rel": relation, "type": media_type})


def _current(show: Show) -> Iterator[Element]:
    if show.is_archive:
        yield from _link("current", show.channel.feed_url, _FEED_TYPE)


def _previous(show: Show) -> Iterator[Element]:
    if show.previous is not None:
        yield from _link("prev-archive", show.url(show.previous), _FEED_TYPE)


def _archive(show: Show) -> Iterator[Element]:
    if show.is_archive:
        yield Element()


def _only_if(said: bool, text: str) -> Iterator[Element]:
    if said:
        yield Element(text)


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
        text = show.channel.funding_text or show.channel.title
        yield Element(text, {"url": ascii_url(show.channel.funding_url)})


def _trailers(show: Show) -> Iterator[Element]:
    for item in show.trailers:
        yield Element(
            item.title,
            {
                "pubdate": format_datetime(item.published_at),
                "url": show.url(item.enclosure),
                "length": str(item.enclosure.size),
                "type": item.enclosure.media_type,
                "season": str(item.season or ""),
            },
        )


def _updates(show: Show) -> Iterator[Element]:
    updates = show.channel.updates
    if updates.text or updates.rule or updates.complete:
        complete = _flag(True) if updates.complete else ""
        attributes = {"complete": complete, "dtstart": updates.starts, "rrule": updates.rule}
        yield Element(updates.text, attributes)


def _podroll(show: Show) -> Iterator[Element]:
    feeds = [
        {"feedGuid": feed.guid, "feedUrl": feed.url, "title": feed.title, "medium": feed.medium}
        for feed in show.channel.podroll
    ]
    if feeds:
        yield Element(inside=tuple(("podcast:remoteItem", Element("", feed)) for feed in feeds))


def _value(show: Show) -> Iterator[Element]:
    value = show.channel.value
    if value is not None:
        yield Element(
            attributes={"type": value.type, "method": value.method, "suggested": value.suggested},
            inside=tuple(
                ("podcast:valueRecipient", Element("", _recipient(recipient)))
                for recipient in value.recipients
            ),
        )


def _recipient(recipient: ValueRecipient) -> dict[str, str]:
    return {
        "name": recipient.name,
        "type": recipient.type,
        "address": recipient.address,
        "customKey": recipient.custom_key,
        "customValue": recipient.custom_value,
        "split": str(recipient.split),
        "fee": "true" if recipient.fee else "",
    }


def _ai_content(channel: FeedChannel) -> Iterator[Element]:
    yield Element(_flag(channel.ai_content), {"purpose": "ai-content"})


def _texts(show: Show) -> Iterator[Element]:
    yield from _ai_content(show.channel)
    if show.publication:
        yield Element(show.publication, {"purpose": PURPOSE})
    for text in show.channel.texts:
        yield Element(text.text, {"purpose": text.purpose})


def _image(url: str) -> Iterator[Element]:
    yield Element(attributes={"href": url})


def _square(url: str, pixels: int, media_type: str) -> Iterator[Element]:
    width = {"width": str(pixels)} if pixels else {}
    yield Element(
        attributes={
            "href": url,
            "aspect-ratio": "1/1",
            **width,
            "type": media_type,
            "purpose": "artwork",
        }
    )


def _source_set(url: str, pixels: int) -> Iterator[Element]:
    if pixels:
        yield Element(attributes={"srcset": f"{url} {pixels}w"})


def _cover_url(of: ItemOfShow) -> str:
    return of.url(of.item.cover) if of.item.cover is not None else ""


def _cover(of: ItemOfShow) -> Iterator[Element]:
    if of.item.cover is not None:
        yield from _image(_cover_url(of))


def _pictures(of: ItemOfShow) -> Iterator[Element]:
    if of.item.cover is not None:
        yield from _square(_cover_url(of), of.item.cover_pixels, of.item.cover.media_type)
    if of.item.picture is not None:
        yield from _for_sharing(of.url(of.item.picture), of.item.title, of.item.picture.media_type)


def _for_sharing(url: str, alt: str, media_type: str) -> Iterator[Element]:
    width, height = SHARE_PICTURE_PX
    yield Element(
        attributes={
            "href": url,
            "alt": alt,
            "aspect-ratio": f"{width}/{height}",
            "width": str(width),
            "height": str(height),
            "type": media_type,
            "purpose": "social",
        }
    )


def _cover_sources(of: ItemOfShow) -> Iterator[Element]:
    if of.item.cover is not None:
        yield from _source_set(_cover_url(of), of.item.cover_pixels)


def _transcripts(of: ItemOfShow) -> Iterator[Element]:
    for file in of.item.transcripts:
        captions = "captions" if file.key.endswith((".vtt", ".srt")) else ""
        yield Element(
            attributes={
                "url": of.url(file),
                "type": file.media_type,
                "language": of.item.language,
                "rel": captions,
            }
        )


def _chapters(of: ItemOfShow) -> Iterator[Element]:
    file = of.item.chapters
    if file is not None:
        yield Element(attributes={"url": of.url(file), "type": file.media_type})


def _soundbites(of: ItemOfShow) -> Iterator[Element]:
    for bite in of.item.soundbites:
        start, seconds = round(bite.start_seconds, 3), round(bite.duration_seconds, 3)
        times = {"startTime": str(start), "duration": str(seconds)}
        yield Element(bite.title, times)


def _person(person: Person) -> Element:
    return Element(
        person.name,
        {
            "role": person.role,
            "group": person.group,
            "img": person.image and ascii_url(person.image),
            "href": person.link and ascii_url(person.link),
        },
    )


def _people(people: tuple[Person, ...]) -> Iterator[Element]:
    return (_person(person) for person in people if short_line(person.name))


def _location(place: Place) -> Iterator[Element]:
    if short_line(place.name):
        where = {"geo": place.geo, "osm": place.osm, "country": place.country.lower()}
        yield Element(place.name, {"rel": "creator", **where})


def _license(license_: License) -> Iterator[Element]:
    if license_.name:
        url = license_.url and ascii_url(license_.url)
        # The namespace wants SPDX names in lower case; a name of one's own comes with an address.
        yield Element(license_.name if url else license_.name.lower(), {"url": url})


def _social(of: ItemOfShow) -> Iterator[Element]:
    for post in of.item.social:
        yield Element(
            attributes={
                "priority": str(post.priority or ""),
                "protocol": post.protocol,
                "uri": post.uri and ascii_url(post.uri),
                "accountId": post.account,
                "accountUrl": post.account_url and ascii_url(post.account_url),
            }
        )


def _same_with_integrity(of: ItemOfShow) -> Iterator[Element]:
    """The enclosure once more, with what proves that a copy of it is whole."""
    file = of.item.enclosure
    yield Element(
        attributes={
            "type": file.media_type,
            "length": str(file.size),
            "lang": of.item.language,
            "default": "true",
        },
        inside=(
            ("podcast:source", Element(attributes={"uri": of.url(file)})),
            ("podcast:integrity", Element(attributes={"type": "sri", "value": _sri(file)})),
        ),
    )


def _sri(file: PublicFile) -> str:
    """The digest as "Subresource Integrity" (W3C) writes it."""
    return f"sha256-{base64.b64encode(bytes.fromhex(file.sha256)).decode('ascii')}"


CHANNEL_TAGS: tuple[Tag[Show], ...] = (
    Tag("atom:link", lambda s: _link("hub", s.channel.hub)),
    Tag("atom:link", _current),
    Tag("atom:link", _previous),
    Tag("fh:archive", _archive),
    Tag("itunes:author", lambda s: _text(s.channel.author)),
    Tag("itunes:type", lambda s: _text(s.channel.kind), needed=True),
    Tag("itunes:explicit", lambda s: _text(_flag(s.channel.explicit)), needed=True),
    Tag("itunes:image", lambda s: _image(s.url(s.channel.artwork)), needed=True),
    Tag("itunes:owner", _owner, needed=True),
    Tag("itunes:category", _categories, needed=True),
    Tag("itunes:new-feed-url", lambda s: _text(s.channel.new_feed_url)),
    Tag("itunes:complete", lambda s: _only_if(s.channel.updates.complete, "Yes")),
    Tag("itunes:block", lambda s: _only_if(s.channel.blocked, "Yes")),
    Tag("podcast:guid", lambda s: _text(s.channel.podcast_guid), needed=True),
    Tag("podcast:locked", _locked),
    Tag("podcast:medium", lambda s: _text(s.channel.medium)),
    Tag("podcast:funding", _funding, _NAME),
    Tag("podcast:person", lambda s: _people(s.channel.people), _NAME),
    Tag("podcast:location", lambda s: _location(s.channel.place), _NAME),
    Tag("podcast:license", lambda s: _license(s.channel.license), _NAME),
    Tag("podcast:updateFrequency", _updates, _NAME),
    Tag("podcast:trailer", _trailers, _NAME),
    Tag(
        "podcast:image",
        lambda s: _square(
            s.url(s.channel.artwork), s.channel.artwork_pixels, s.channel.artwork.media_type
        ),
    ),
    Tag(
        "podcast:images", lambda s: _source_set(s.url(s.channel.artwork), s.channel.artwork_pixels)
    ),
    Tag("podcast:podroll", _podroll, _NAME),
    Tag("podcast:value", _value, _NAME),
    Tag("podcast:txt", _texts, 4000),
)
"""Each element of the channel beyond RSS itself, in the order in which it is written."""

ITEM_TAGS: tuple[Tag[ItemOfShow], ...] = (
    Tag("itunes:title", lambda i: _text(i.item.title)),
    Tag("itunes:author", lambda i: _text(i.show.channel.author)),
    Tag("itunes:duration", lambda i: _number(i.item.duration_seconds), needed=True),
    Tag("itunes:explicit", lambda i: _text(_flag(i.item.explicit)), needed=True),
    Tag("itunes:episodeType", lambda i: _text(i.item.episode_type)),
    Tag("itunes:season", lambda i: _number(i.item.season)),
    Tag("itunes:episode", lambda i: _number(i.item.number)),
    Tag("itunes:image", _cover),
    Tag("podcast:season", lambda i: _number(i.item.season, name=i.item.season_name), _NAME),
    Tag("podcast:episode", lambda i: _number(i.item.number, display=i.item.number_display), 32),
    Tag("podcast:transcript", _transcripts),
    Tag("podcast:chapters", _chapters),
    Tag("podcast:soundbite", _soundbites, _NAME),
    Tag("podcast:person", lambda i: _people(i.item.people), _NAME),
    Tag("podcast:location", lambda i: _location(i.item.place), _NAME),
    Tag("podcast:license", lambda i: _license(i.item.license), _NAME),
    Tag("podcast:alternateEnclosure", _same_with_integrity),
    Tag("podcast:image", _pictures),
    Tag("podcast:images", _cover_sources),
    Tag("podcast:socialInteract", _social, _NAME),
    Tag("podcast:txt", lambda i: _ai_content(i.show.channel)),
)
"""Each element of an item beyond RSS itself, in the order in which it is written."""

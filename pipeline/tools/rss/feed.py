"""Builds the feed. The only module that knows feedgen; its traps are named where they are passed.

Source: RSS 2.0 (rssboard.org), PSP-1 (Podcast Standards Project), feedgen 1.0.0 as measured.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from pipeline.tools.rss.elements import NAMESPACES, Element, ItemOfShow, Show, Tag
from pipeline.tools.rss.publication import GENERATOR
from pipeline.tools.rss.tags import CHANNEL_TAGS, ITEM_TAGS
from pipeline.words.feed import FeedChannel, FeedItem, PublicFile
from pipeline.words.plain_text import one_line
from pipeline.words.web_text import ascii_url, short_line, within_bytes

_PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def build_feed(
    channel: FeedChannel,
    items: Sequence[FeedItem],
    *,
    trailers: Sequence[FeedItem] | None = None,
    previous: PublicFile | None = None,
    is_archive: bool = False,
    publication: str = "",
) -> bytes:
    """An RSS document, newest item first; the same channel and items give the same bytes.

    `previous` is the archive page with the items before these (RFC 5005). `trailers` are those of
    the whole show where they are not all among `items`. `publication` names what this feed is
    part of (`publication.py`).
    """
    newest_first = tuple(sorted(items, key=_moment, reverse=True))
    known = newest_first if trailers is None else sorted(trailers, key=_moment, reverse=True)
    of_whole_show = tuple(item for item in known if item.episode_type == "trailer")
    show = Show(channel, newest_first, of_whole_show, previous, is_archive, publication)
    feed = FeedGenerator()
    _describe(feed, show)
    # Its own `podcast` extension is iTunes'; ours write both namespaces, under other names.
    feed.register_extension("of_channel", _ChannelTags, _ItemTags, atom=False, rss=True)
    feed.of_channel.show = show
    for item in newest_first:
        entry = feed.add_entry(order="append")  # the default puts each new entry first
        _describe_item(entry, ItemOfShow(show, item))
    return bytes(feed.rss_str(pretty=True, encoding="UTF-8"))


def missing_tags(channel: FeedChannel, item: FeedItem) -> tuple[str, ...]:
    """The elements that an item or its show needs and that would not be in the feed."""
    show = Show(channel, (item,))
    tables: tuple[tuple[Sequence[Tag[Any]], Any], ...] = (
        (CHANNEL_TAGS, show),
        (ITEM_TAGS, ItemOfShow(show, item)),
    )
    return tuple(
        tag.name
        for table, about in tables
        for tag in table
        if tag.needed and not any(map(_says_something, tag.elements(about)))
    )


def _says_something(element: Element) -> bool:
    return bool(element.text or any(element.attributes.values()) or element.inside)


def _moment(item: FeedItem) -> tuple[datetime, str]:
    return item.published_at, item.slug


def podcast_guid(feed_url: str) -> str:
    """The `podcast:guid` that a feed at `feed_url` is given, once (podcast namespace, guid)."""
    without_scheme = re.sub(r"^[a-z][a-z0-9+.-]*://", "", feed_url, flags=re.IGNORECASE)
    return str(uuid.uuid5(_PODCAST_NAMESPACE, without_scheme.rstrip("/")))


def _describe(feed: Any, show: Show) -> None:
    channel = show.channel
    feed.title(short_line(channel.title))
    feed.description(within_bytes(channel.description))
    feed.language(channel.language)
    feed.generator(GENERATOR)
    if channel.copyright:
        feed.copyright(short_line(channel.copyright))
    feed.image(
        url=show.url(channel.artwork), title=short_line(channel.title), link=ascii_url(channel.link)
    )
    if not show.is_archive:  # whose own address holds the digest of its content
        feed.link(href=ascii_url(channel.feed_url), rel="self", type="application/rss+xml")
    # <link> is whichever link was added last, so the page of the show comes after the feed.
    feed.link(href=ascii_url(channel.link), rel="alternate")
    if show.items:
        feed.pubDate(max(item.published_at for item in show.items))
        # Without this feedgen writes the present moment.
        feed.lastBuildDate(max(item.changed_at for item in show.items))


def _describe_item(entry: Any, of: ItemOfShow) -> None:
    item = of.item
    entry.of_channel.item = of
    entry.guid(item.guid, permalink=False)
    entry.title(short_line(item.title))
    entry.link(href=of.url(item.page))
    # content:encoded is written only beside a description.
    entry.description(within_bytes(item.description) or short_line(item.title))
    entry.content(item.notes_html, type="CDATA")
    entry.enclosure(of.url(item.enclosure), str(item.enclosure.size), item.enclosure.media_type)
    entry.pubDate(item.published_at)


class _ChannelTags(BaseExtension):  # type: ignore[misc]
    show: Show

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_rss(self, feed: Any) -> Any:
        _write(feed[0], CHANNEL_TAGS, self.show)
        return feed


class _ItemTags(BaseEntryExtension):  # type: ignore[misc]
    item: ItemOfShow

    def extend_rss(self, entry: Any) -> Any:
        _write(entry, ITEM_TAGS, self.item)
        return entry


def _write(parent: Any, table: Sequence[Tag[Any]], about: Any) -> None:
    for tag in table:
        for element in tag.elements(about):
            _append(parent, tag.name, element, tag.longest)


def _append(parent: Any, name: str, element: Element, longest: int) -> None:
    prefix, _, local = name.partition(":")
    node = etree.SubElement(
        parent,
        f"{{{NAMESPACES[prefix]}}}{local}",
        {key: _fitting(value, longest) for key, value in element.attributes.items() if value},
    )
    node.text = short_line(element.text, longest) or None
    for inner, inside in element.inside:
        _append(node, inner, inside, longest)


def _fitting(value: str, longest: int) -> str:
    line = one_line(value)
    return line if "://" in line else short_line(line, longest)

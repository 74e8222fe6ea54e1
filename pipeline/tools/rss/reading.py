"""Reads a feed of any host, however it was written. Nothing it says is trusted.

libxml2 mends what is no XML, resolves no entity, loads no DTD, and opens no file and no address;
its limits on depth and on the length of a text stay on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from pipeline.tools.rss.elements import NAMESPACES
from pipeline.tools.rss.plain import plain_text
from pipeline.words.errors import EpisodeProblem
from pipeline.words.old_feed import OldAudio, OldFeed, OldItem
from pipeline.words.plain_text import one_line
from pipeline.words.podcasting import Person, Place, Soundbite

_PREFIXES = {address.casefold(): prefix for prefix, address in NAMESPACES.items()} | {
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://purl.org/rss/1.0/modules/content/": "content",
}
_YES, _NO = frozenset(("yes", "true", "explicit")), frozenset(("no", "false", "clean"))
# Feeds written in Indonesia name its time zones, which RFC 2822 does not know.
_INDONESIAN_HOURS = {"WIB": 7, "WITA": 8, "WIT": 9}
_NEWEST_LAST = "prev-archive"


def read_feed(document: bytes, address: str) -> OldFeed:
    """The show that a feed tells of; relative addresses are taken as seen from `address`.

    Raises EpisodeProblem when the document is no feed of a podcast, or only the first part of one.
    """
    channel = _channel(document, address)
    read = _Reader(channel, address)
    people = list(read.people())
    return OldFeed(
        address=address,
        title=one_line(read.text("title")),
        items=tuple(_item(_Reader(item, address)) for item in channel.iterfind("{*}item")),
        own_address=read.link("self"),
        next_page=read.link("next") or read.link(_NEWEST_LAST),
        description=plain_text(read.first("itunes:summary", "description")),
        author=one_line(read.first("itunes:author", "managingEditor")),
        owner_name=one_line(read.within("itunes:owner", "itunes:name")),
        owner_email=one_line(read.within("itunes:owner", "itunes:email")),
        language=one_line(read.text("language")),
        link=read.address(read.text("link")),
        categories=tuple(read.categories()),
        explicit=read.truth("itunes:explicit"),
        kind="serial" if read.text("itunes:type").casefold() == "serial" else "episodic",
        copyright=one_line(read.text("copyright")),
        image=read.image(),
        podcast_guid=one_line(read.text("podcast:guid")).casefold(),
        locked=read.truth("podcast:locked") or False,
        funding_url=read.address(read.attribute("podcast:funding", "url")),
        funding_text=one_line(read.text("podcast:funding")),
        host=next((person.name for person in people if person.role == "host"), ""),
    )


def _channel(document: bytes, address: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(document.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_feed(address, str(error)) from error
    channel = root.find("{*}channel") if root is not None else None
    if channel is None:
        raise _no_feed(address, "" if root is None else f"its root is {root.tag}")
    if b"</channel>" not in document.replace(b"\0", b""):  # UTF-16 has zeros between
        raise EpisodeProblem(
            f"The feed at {address} ends in the middle: its oldest episodes are missing.",
            "Fetch it again; if it stays so, ask the old host for the whole feed.",
        )
    return channel


def _no_feed(address: str, detail: str) -> EpisodeProblem:
    return EpisodeProblem(
        f"What lies at {address} is no RSS feed of a podcast.",
        "Look the feed's address up at the old host, or save the feed to a file and name that.",
        detail,
    )


def _item(read: _Reader) -> OldItem:
    audio = read.audio()
    guid = one_line(read.text("guid")) or (audio.address if audio else "")
    place = read.element("podcast:location")
    return OldItem(
        guid=guid,
        title=one_line(read.first("title", "itunes:title")),
        audio=audio,
        published_at=_moment(read.text("pubDate")),
        description=plain_text(read.first("content:encoded", "description", "itunes:summary")),
        season=_counting(read.first("itunes:season", "podcast:season")),
        number=_counting(read.first("itunes:episode", "podcast:episode")),
        episode_type=read.text("itunes:episodeType").strip().casefold() or "full",
        explicit=read.truth("itunes:explicit"),
        people=tuple(read.people()),
        keywords=tuple(one_line(word) for word in read.text("itunes:keywords").split(",") if word),
        place=Place(
            one_line(read.text("podcast:location")),
            *(place.get(name, "") if place is not None else "" for name in ("geo", "osm")),
        ),
        soundbites=tuple(read.soundbites()),
        image=read.image(),
        link=read.address(read.text("link")),
    )


class _Reader:
    """Finds what is directly inside one element, by names such as `itunes:author`."""

    def __init__(self, element: Any, address: str) -> None:
        self._base = address
        self._inside: dict[str, list[Any]] = {}
        for child in element.iterchildren("*"):
            self._inside.setdefault(_name(child), []).append(child)

    def element(self, name: str) -> Any:
        return next(iter(self._inside.get(name, ())), None)

    def text(self, name: str) -> str:
        return _text(self.element(name))

    def first(self, *names: str) -> str:
        return next((text for name in names if (text := self.text(name))), "")

    def attribute(self, name: str, attribute: str) -> str:
        element = self.element(name)
        return "" if element is None else str(element.get(attribute, "")).strip()

    def within(self, outer: str, name: str) -> str:
        element = self.element(outer)
        return "" if element is None else _Reader(element, self._base).text(name)

    def truth(self, name: str) -> bool | None:
        said = self.text(name).strip().casefold()
        return True if said in _YES else False if said in _NO else None

    def address(self, text: str) -> str:
        """An absolute address of the web, or nothing: never a file or a script."""
        try:
            found = urljoin(self._base, text.strip()) if text.strip() else ""
            parts = urlsplit(found)
        except ValueError:
            return ""
        return found if parts.scheme in ("http", "https") and parts.hostname else ""

    def link(self, relation: str) -> str:
        links = self._inside.get("atom:link", ())
        found = (link.get("href", "") for link in links if link.get("rel") == relation)
        return self.address(next(found, ""))

    def image(self) -> str:
        return self.address(
            self.attribute("itunes:image", "href") or self.within("image", "url").strip()
        )

    def audio(self) -> OldAudio | None:
        enclosure = self.element("enclosure")
        address = self.address(self.attribute("enclosure", "url"))
        if enclosure is None or not address:
            return None
        size = enclosure.get("length", "").strip()
        kind = enclosure.get("type", "").strip().casefold()
        return OldAudio(address, int(size) if _is_number(size) else 0, kind)

    def categories(self) -> Iterator[str]:
        for outer in self._inside.get("itunes:category", ()):
            name = one_line(outer.get("text", ""))
            inner = [one_line(child.get("text", "")) for child in outer.iterchildren("*")]
            yield from (f"{name} > {sub}" for sub in inner) if inner else iter((name,))

    def people(self) -> Iterator[Person]:
        for element in self._inside.get("podcast:person", ()):
            if name := one_line(_text(element)):
                role, group = element.get("role", "host"), element.get("group", "cast")
                image, link = (self.address(element.get(key, "")) for key in ("img", "href"))
                yield Person(name, role.strip().casefold(), group.strip().casefold(), image, link)

    def soundbites(self) -> Iterator[Soundbite]:
        for element in self._inside.get("podcast:soundbite", ()):
            try:
                start, length = (float(element.get(key, "")) for key in ("startTime", "duration"))
            except ValueError:
                continue
            yield Soundbite(start, length, one_line(_text(element)))


def _name(element: Any) -> str:
    qualified = etree.QName(element)
    prefix = _PREFIXES.get((qualified.namespace or "").casefold(), "")
    return f"{prefix}:{qualified.localname}" if prefix else str(qualified.localname)


def _text(element: Any) -> str:
    """All text inside, with HTML's entities; those that a feed declares itself are left out."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element.iterchildren():
        parts += [_entity(child) if child.tag is etree.Entity else _text(child), child.tail or ""]
    return "".join(parts).strip()


def _entity(reference: Any) -> str:
    meant = html.unescape(reference.text)
    return "" if meant == reference.text else meant


def _counting(text: str) -> int | None:
    """A number from 1, or None."""
    text = text.strip()
    return int(text) or None if _is_number(text) else None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,15}", text) is not None


def _moment(text: str) -> datetime | None:
    """The moment that a date means, with its offset; UTC where it names none."""
    words = text.split()
    hours = _INDONESIAN_HOURS.get(words[-1].upper()) if words else None
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = parse(" ".join(words[:-1]) if hours else text.strip())
        except (ValueError, IndexError, OverflowError):
            continue
        zone = timezone(timedelta(hours=hours)) if hours else (found.tzinfo or UTC)
        return found.replace(tzinfo=zone, microsecond=0)
    return None

"""The publication that a feed belongs to: `podcast:txt` with the purpose "publication"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from pipeline.tools.rss.elements import NAMESPACES

PURPOSE = "publication"
GENERATOR = "Etam Berkesah"
_ID = re.compile(r"[0-9a-f]{16}")
UNNAMED = "0" * 16
"""Stands for a publication in a feed that has no name yet."""


@dataclass(frozen=True, slots=True)
class FeedThere:
    """What a feed that lies in the bucket says of where it comes from.

    `publication` is empty in a feed of another program, or of an earlier version of this one.
    """

    publication: str
    is_ours: bool
    podcast_guid: str
    guids: frozenset[str]


def feed_there(document: bytes) -> FeedThere:
    """What `document` says of itself; nothing when it is no feed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        channel = etree.fromstring(document, parser).find("channel")
    except (etree.XMLSyntaxError, ValueError):
        channel = None
    if channel is None:
        return FeedThere("", is_ours=False, podcast_guid="", guids=frozenset())
    named = channel.findtext(f"podcast:txt[@purpose='{PURPOSE}']", "", NAMESPACES)
    return FeedThere(
        publication=named if _ID.fullmatch(named) else "",
        is_ours=channel.findtext("generator", "") == GENERATOR,
        podcast_guid=channel.findtext("podcast:guid", "", NAMESPACES),
        guids=frozenset(guid.text or "" for guid in channel.iterfind("item/guid")),
    )


def named(document: bytes, publication: str) -> bytes:
    """A feed that was built UNNAMED, with the name of its publication."""
    before, after = (
        f'<podcast:txt purpose="{PURPOSE}">{name}</podcast:txt>'.encode()
        for name in (UNNAMED, publication)
    )
    if before not in document:
        raise ValueError("the feed has no place for the name of its publication")
    return document.replace(before, after, 1)

"""What an old feed says of the show, as `show.toml` says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.ground.config import ShowInfo
from pipeline.stages.importing.categories import apple_categories
from pipeline.tools.rss import podcast_guid
from pipeline.words.old_feed import OldFeed
from pipeline.words.web_text import short_line, within_bytes

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def show_settings(feed: OldFeed) -> tuple[dict[str, Any], list[str]]:
    """The keys of `[show]` that the old feed gives, and a sentence for each that had to be guessed.

    The show keeps its `podcast:guid`; one that had none gets that which belongs to its old address,
    because directories know it by that one.
    """
    categories, notes = apple_categories(feed.categories)
    said = {
        "title": short_line(feed.title),
        "description": within_bytes(feed.description) or short_line(feed.title),
        "author": short_line(feed.author or feed.owner_name or feed.title),
        "owner_name": short_line(feed.owner_name),
        "owner_email": feed.owner_email,
        "language": _language(feed.language),
        "link": feed.link,
        "categories": categories,
        "explicit": feed.explicit or False,
        "kind": feed.kind,
        "copyright": feed.copyright,
        "host": short_line(feed.host, 128),
        "podcast_guid": _identity(feed),
        "funding_url": feed.funding_url,
        "funding_text": short_line(feed.funding_text, 128),
    }
    return {key: value for key, value in said.items() if value not in ("", None)}, notes


def differences(said: Mapping[str, Any], show: ShowInfo) -> dict[str, tuple[Any, Any]]:
    """Each key of which the old feed says something else than `show.toml`: old, present."""
    present = show.model_dump()
    return {
        key: (value, present[key])
        for key, value in said.items()
        if present[key] != value and (present[key] or value)
    }


def _language(said: str) -> str:
    """“id-ID” and “ID_id” as `show.toml` writes them; “id” where that is no language."""
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?", said)
    if not found:
        return "id"
    return found[1].lower() + (f"-{found[2].upper()}" if found[2] else "")


def _identity(feed: OldFeed) -> str:
    if _UUID.fullmatch(feed.podcast_guid):
        return feed.podcast_guid
    address = feed.own_address or feed.address
    return podcast_guid(address) if address.startswith(("http://", "https://")) else ""

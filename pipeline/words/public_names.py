"""Which public files may be cleared away one day, told by their names alone.

Pages and the feed are written anew under their old names, and artwork, style sheets and scripts are
named by pages that are never made again; none of those are among them. A name that matches proves
nothing of who made the file: its content has to fit the digest in it, too.
"""

from __future__ import annotations

import re
from enum import StrEnum

CLEARED_KEY = "published/cleared.json"
"""Written whenever something is deleted, so that no machine trusts its memory of the bucket."""

WRITE_CHECK_KEY = ".write-check"
"""An upload under this name is begun and given up at once, to see whether one may."""

CONDITION_CHECK_KEY = "published/condition-check.txt"
"""Only a server that ignores conditions on writes ever stores this; see `etam doctor`."""

_DIGEST = r"-(?P<digest>[0-9a-f]{16})"


class Kind(StrEnum):
    """What a file is that has the digest of its content in its name."""

    MEDIA = "media"
    TEXT = "text or picture of an episode"
    ARCHIVE = "archive page of the feed"
    RECORD = "record of an episode"
    PAGE = "what an episode's pages were made from"
    CATALOGUE = "catalogue of a publication"
    FEED_COPY = "feed of a publication"


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.MEDIA, re.compile(rf"media/(?P<slug>[^/]+){_DIGEST}\.(?:mp3|m4a)")),
    (Kind.TEXT, re.compile(rf"episodes/(?P<slug>[^/]+)/[a-z]+{_DIGEST}\.[a-z0-9]+")),
    (Kind.ARCHIVE, re.compile(rf"feed-\d+{_DIGEST}\.xml")),
    (Kind.RECORD, re.compile(rf"published/item-[^/]+{_DIGEST}\.json")),
    (Kind.PAGE, re.compile(rf"published/page-(?P<slug>[^/]+){_DIGEST}\.json")),
    (Kind.CATALOGUE, re.compile(rf"published/catalogue{_DIGEST}\.json")),
    # The digest is that of its catalogue.
    (Kind.FEED_COPY, re.compile(r"published/feed-[0-9a-f]{16}\.xml")),
)


_OF_AN_EPISODE = re.compile(
    r"episodes/([^/]+)/.+"
    r"|media/(.+)-[0-9a-f]{16}\.[a-z0-9]+"
    r"|published/(?:item|page)-(.+)-[0-9a-f]{16}\.json"
    r"|published/address-(.+)\.json"
)


def kind_of(key: str) -> Kind | None:
    """What `key` is, or None for everything that is never cleared away."""
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(key)), None)


def slug_in(key: str) -> str:
    """The ASCII form of the slug of the episode whose media, text or picture `key` is."""
    return _part(key, "slug")


def episode_in(key: str) -> str:
    """The ASCII form of the slug of the episode that any public file belongs to, or nothing."""
    found = _OF_AN_EPISODE.fullmatch(key)
    return next(filter(None, found.groups()), "") if found else ""


def digest_in(key: str) -> str:
    """The beginning of the SHA-256 that `key` promises of its content."""
    return _part(key, "digest")


def _part(key: str, name: str) -> str:
    matches = (pattern.fullmatch(key) for _, pattern in _KINDS)
    found = next((match for match in matches if match), None)
    return str(found.groupdict().get(name) or "") if found else ""

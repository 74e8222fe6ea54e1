"""Where an old show is read from: the address of its feed, or a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.tools.rss.reading import read_feed
from pipeline.tools.web import fetch_bytes
from pipeline.tools.web.asking import is_inside
from pipeline.words.errors import EpisodeProblem
from pipeline.words.old_feed import OldFeed

_MOST_BYTES = 60 * 10**6
_MOST_PAGES = 200


def read_source(source: str) -> OldFeed:
    """The whole show at a feed's address or in a file, with the older pages that it names.

    Raises EpisodeProblem when there is no feed, TemporaryProblem when the network fails.
    """
    if source.startswith(("http://", "https://")):
        feed = _page(source, from_outside=False)
    else:
        feed = read_feed(_content(Path(source)), Path(source).absolute().as_uri())
    items = list(feed.items)
    pages = {feed.address}
    next_page = feed.next_page
    while next_page and next_page not in pages and len(pages) < _MOST_PAGES:
        pages.add(next_page)
        page = _page(next_page, from_outside=comes_from_outside(feed))
        items += page.items
        next_page = page.next_page
    return replace(feed, items=tuple(items))


def comes_from_outside(feed: OldFeed) -> bool:
    """Whether the feed lies beyond this machine and its network: then it may not point into it."""
    host = urlsplit(feed.address).hostname
    return not host or not is_inside(host)


def _page(address: str, *, from_outside: bool) -> OldFeed:
    document, found_at = fetch_bytes(address, _MOST_BYTES, from_outside=from_outside)
    return read_feed(document, found_at)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise EpisodeProblem(f"{path} is too large for a feed.", "Name the feed's own file.")
        return path.read_bytes()
    except OSError as error:
        raise EpisodeProblem(
            f"{path} cannot be read: {error.strerror}.",
            "Name a feed's address, beginning with https://, or a file that holds one.",
        ) from error

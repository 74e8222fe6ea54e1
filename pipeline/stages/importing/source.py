"""Where an old show is read from: the address of its feed, or a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.ground.files import replacing
from pipeline.ground.workspace import Workspace
from pipeline.tools.rss.reading import read_feed
from pipeline.tools.web import fetch_bytes, is_inside
from pipeline.words.errors import EpisodeProblem
from pipeline.words.old_feed import OldFeed

_MOST_BYTES = 60 * 10**6
_MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Source:
    """A whole show as it was read, and the documents it was read from.

    `from_outside`: it was named by an address beyond this machine's own network, or came as a file.
    Then nothing in it may lead into that network.
    """

    feed: OldFeed
    documents: tuple[bytes, ...]
    from_outside: bool


def read_source(source: str) -> Source:
    """The whole show at a feed's address or in a file, with the older pages that it names.

    Raises EpisodeProblem when there is no feed, TemporaryProblem when the network fails.
    """
    if source.startswith(("http://", "https://")):
        from_outside = not is_inside(urlsplit(source).hostname or "")
        document, address = fetch_bytes(source, _MOST_BYTES, from_outside=from_outside)
    else:
        from_outside = True
        document, address = _content(Path(source)), Path(source).absolute().as_uri()
    return _with_older_pages(read_feed(document, address), document, from_outside=from_outside)


def _with_older_pages(feed: OldFeed, document: bytes, *, from_outside: bool) -> Source:
    items, documents = list(feed.items), [document]
    seen = {feed.address}
    next_page = feed.next_page
    while next_page and next_page not in seen and len(seen) < _MOST_PAGES:
        seen.add(next_page)
        document, address = fetch_bytes(next_page, _MOST_BYTES, from_outside=from_outside)
        page = read_feed(document, address)
        items += page.items
        documents.append(document)
        next_page = page.next_page
    return Source(replace(feed, items=tuple(items)), tuple(documents), from_outside)


def keep_documents(workspace: Workspace, source: Source) -> None:
    """Keep what the old host said, byte for byte: it may be gone tomorrow."""
    for document in source.documents:
        name = f"{hashlib.sha256(document).hexdigest()[:16]}.xml"
        path = workspace.feed_folder / "imported" / name
        if not path.exists():
            with replacing(path) as file:
                file.write(document)


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

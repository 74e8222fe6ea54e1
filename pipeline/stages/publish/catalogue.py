"""The catalogue: what one publication made public, kept in the bucket under its own digest.

`published/catalogue-<id>.json` names the record of each item, in files that never change either.
The feed names its catalogue, so putting the feed in place is what makes a publication public, and
whoever reads the feed knows what all of it was made from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from pipeline.ground.files import json_text
from pipeline.tools.bucket import Bucket
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import FeedItem, PublicFile
from pipeline.words.web_files import named_by_content
from pipeline.words.web_text import ascii_key

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class ShowRecord:
    """What the show is known by, given once: its `podcast:guid`; and the artwork it shows.

    `emblem` is the artwork as small as pages show it; records of before there was one have none.
    `page_ends` cut the feed into archive pages (`words/feed_pages.py`).
    """

    podcast_guid: str
    artwork: PublicFile
    artwork_pixels: int = 0
    page_ends: tuple[datetime, ...] = ()
    emblem: PublicFile | None = None

    @property
    def pictures(self) -> tuple[PublicFile, ...]:
        """The public files that belong to the show as a whole and are no pages."""
        return (self.artwork, self.emblem) if self.emblem else (self.artwork,)

    def to_json(self) -> dict[str, Any]:
        ends = [moment.isoformat() for moment in self.page_ends]
        return {"version": 1, **asdict(self), "page_ends": ends}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ShowRecord:
        return cls(
            podcast_guid=content["podcast_guid"],
            artwork=PublicFile(**content["artwork"]),
            artwork_pixels=content.get("artwork_pixels", 0),
            page_ends=tuple(map(datetime.fromisoformat, content.get("page_ends", ()))),
            emblem=PublicFile(**emblem) if (emblem := content.get("emblem")) else None,
        )


@dataclass(frozen=True)
class Catalogue:
    """Everything that was public at one time.

    `items` says by GUID where the record of each item is, and `withdrawn` which of them are not in
    the feed. `settings` is what the feed and the pages were made with beside the items, as JSON.
    `feed` is the SHA-256 of feed.xml without the name of its publication. `before` is the id of the
    publication that this one replaced. `body` is the document itself.
    """

    show: ShowRecord
    settings: Mapping[str, Any]
    items: Mapping[str, PublicFile]
    withdrawn: frozenset[str]
    feed: str
    before: str
    body: bytes = field(repr=False, compare=False)

    @cached_property
    def file(self) -> PublicFile:
        digest = hashlib.sha256(self.body).hexdigest()
        key = named_by_content("published/catalogue", digest, ".json")
        return PublicFile(key, len(self.body), digest)

    @property
    def id(self) -> str:
        """What the feed calls this publication."""
        return self.file.sha256[:16]

    def says_the_same(self, other: Catalogue) -> bool:
        """Whether both make the same public."""
        return (self.show, self.settings, self.items, self.feed) == (
            other.show,
            other.settings,
            other.items,
            other.feed,
        )


def new_catalogue(
    show: ShowRecord,
    settings: Mapping[str, Any],
    items: Mapping[str, PublicFile],
    withdrawn: Iterable[str],
    feed: str,
    before: str,
) -> Catalogue:
    """A catalogue with its document; the same content gives the same bytes, and so the same id."""
    content = {
        "version": 1,
        "before": before,
        "feed": feed,
        "show": show.to_json(),
        "settings": settings,
        "withdrawn": sorted(withdrawn),
        "items": {guid: asdict(items[guid]) for guid in sorted(items)},
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
    return Catalogue(show, settings, items, frozenset(withdrawn), feed, before, body.encode())


def catalogue_from(body: bytes) -> Catalogue:
    """Raises KeyError, TypeError or ValueError when `body` is none."""
    content = json.loads(body)
    return Catalogue(
        show=ShowRecord.from_json(content["show"]),
        settings=content["settings"],
        items={guid: PublicFile(**file) for guid, file in content["items"].items()},
        withdrawn=frozenset(content["withdrawn"]),
        feed=content["feed"],
        before=content["before"],
        body=body,
    )


def catalogue_key(publication: str) -> str:
    """Where the catalogue of a publication is."""
    return f"published/catalogue-{publication}.json"


def feed_copy_key(publication: str) -> str:
    """Where the feed of a publication is kept, as it was."""
    return f"published/feed-{publication}.xml"


def read_catalogue(bucket: Bucket, publication: str) -> Catalogue:
    """The catalogue of a publication. Raises SetupProblem when it is gone or no catalogue."""
    key = catalogue_key(publication)
    found = bucket.get(key)
    try:
        if found is None:
            raise ValueError("nothing is there")
        catalogue = catalogue_from(found[0])
        if catalogue.file.key != key:
            raise ValueError(f"its digest is {catalogue.file.sha256}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(bucket, key, error) from error
    return catalogue


def record_bytes(item: FeedItem) -> bytes:
    """The record of an item, as it is kept here and in the bucket."""
    return json_text(item.to_json()).encode()


def record_file(slug: str, body: bytes) -> PublicFile:
    """Where the bucket keeps the record `body`."""
    return record_of(slug, len(body), hashlib.sha256(body).hexdigest())


def record_of(slug: str, size: int, digest: str) -> PublicFile:
    return _kept("item", slug, size, digest)


def shown_file(slug: str, body: bytes) -> PublicFile:
    """Where the bucket keeps what the pages of an item were made from (`shown.py`)."""
    return _kept("page", slug, len(body), hashlib.sha256(body).hexdigest())


def _kept(kind: str, slug: str, size: int, digest: str) -> PublicFile:
    stem = f"published/{kind}-{ascii_key(slug)[:_LONGEST_NAME]}"
    return PublicFile(named_by_content(stem, digest, ".json"), size, digest)


def slug_in(file: PublicFile) -> str:
    """The episode that a record is of, for people to read."""
    return file.key.removeprefix("published/item-").rpartition("-")[0]


def address_claim(slug: str, guid: str) -> tuple[str, bytes]:
    """The key and content of what says to whom an episode's address belongs, and for ever.

    It can be created once only, so of two episodes that come up with one name at the same moment on
    two machines, one gets the address before a page of either is written.
    """
    return f"published/address-{ascii_key(slug)}.json", json_text({"guid": guid}).encode()


def read_record(bucket: Bucket, file: PublicFile) -> tuple[FeedItem, bytes]:
    """The item that a catalogue names, and its record. Raises SetupProblem when it is gone."""
    found = bucket.get(file.key)
    try:
        if found is None or found[1].sha256 != file.sha256:
            raise ValueError("nothing is there" if found is None else "its digest is another one")
        return FeedItem.from_json(json.loads(found[0])), found[0]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(bucket, file.key, error) from error


def _damaged(bucket: Bucket, key: str, error: Exception) -> SetupProblem:
    return SetupProblem(
        f"{key} in {bucket.name}, which says what listeners have, cannot be used: {error}.",
        "Publish once from the machine that published last, with the version of this program that "
        "is there; or restore the file from a backup.",
        str(error),
    )

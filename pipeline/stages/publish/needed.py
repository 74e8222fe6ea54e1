"""What must stay in the bucket: what is public, and what saved publications name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.catalogue import (
    Catalogue,
    catalogue_key,
    feed_copy_key,
    read_catalogue,
    read_record,
)
from pipeline.stages.publish.standing import Standing, what_is_public
from pipeline.tools.bucket import Bucket
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import FEED_KEY, FeedItem, PublicFile
from pipeline.words.public_names import Kind, kind_of

_AT_ONCE = 8
_KEYS = re.compile(rb"(?:(?:media|episodes)/[^\s\"'<>&?#]+|feed-\d+-[0-9a-f]{16}\.xml)")


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of the past is kept: so many publications, and all that were public so lately."""

    publications: int = 10
    days: int = 30


@dataclass(frozen=True)
class Needed:
    """Keys that stay. `now` are those that the current publication names, `ever` all."""

    now: frozenset[str]
    ever: frozenset[str]
    publications: int


def needed_keys(
    workspace: Workspace,
    bucket: Bucket,
    written: Mapping[str, datetime],
    kept: Kept,
    now: datetime,
) -> Needed:
    """Read what is public and the catalogues before it. `written` says when each key was.

    Raises SetupProblem when something is unreadable that would say what is needed: nothing is
    cleared by guessing.
    """
    standing = what_is_public(workspace, bucket)
    if standing.theirs is None:
        raise SetupProblem(
            f"The feed in {bucket.name} does not say what belongs to it.",
            "Publish once with this version of the program, then clear.",
        )
    catalogues = list(_kept_catalogues(standing.theirs, bucket, written, kept, now))
    records = _records(standing, catalogues, bucket)
    public = {key for item in standing.items.values() if not item.withdrawn for key in _of(item)}
    public |= _in_feeds(bucket, [FEED_KEY]) | _itself(standing.theirs)
    copies = [feed_copy_key(catalogue.id) for catalogue in catalogues]
    ever = public.union(*map(_itself, catalogues), _in_feeds(bucket, copies))
    ever |= {key for item in records for key in _of(item)}
    return Needed(frozenset(public), frozenset(ever), len(catalogues))


def _kept_catalogues(
    newest: Catalogue,
    bucket: Bucket,
    written: Mapping[str, datetime],
    kept: Kept,
    now: datetime,
) -> Iterator[Catalogue]:
    """The newest, and before it those that are young or few; one was public until the next was."""
    since = now - timedelta(days=kept.days)
    catalogue, number = newest, 1
    yield catalogue
    while catalogue.before and catalogue_key(catalogue.before) in written:
        replaced = written.get(catalogue.file.key, now)
        if number >= kept.publications and replaced < since:
            return
        catalogue, number = read_catalogue(bucket, catalogue.before), number + 1
        yield catalogue


def _records(standing: Standing, catalogues: Iterable[Catalogue], bucket: Bucket) -> list[FeedItem]:
    """Each record that any of the catalogues names, and what this machine knows; each once."""
    here = {file.key for file in standing.files.values()}
    others = {file.key: file for each in catalogues for file in each.items.values()}
    fetched = [file for key, file in others.items() if key not in here]

    def read(file: PublicFile) -> FeedItem:
        return read_record(bucket, file)[0]

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return [*standing.items.values(), *threads.map(read, fetched)]


def _of(item: FeedItem) -> Iterator[str]:
    yield from (file.key for file in (*item.files, *filter(None, [item.shown])))


def _itself(catalogue: Catalogue) -> set[str]:
    records = {file.key for file in catalogue.items.values()}
    pictures = {file.key for file in catalogue.show.pictures}
    return {catalogue.file.key, feed_copy_key(catalogue.id), *pictures, *records}


def _in_feeds(bucket: Bucket, keys: Iterable[str]) -> set[str]:
    """Every key that these feeds or their archive pages name; each document is read once.

    Whatever address comes before a key: the show may have moved since.
    """
    ahead, documents, named = list(keys), set[str](), set[str]()
    while ahead:
        documents.add(document := ahead.pop())
        found = bucket.get(document)
        keys_in_it = {key.decode() for key in _KEYS.findall(found[0])} if found else set()
        named |= keys_in_it
        ahead += [key for key in keys_in_it - documents if kind_of(key) is Kind.ARCHIVE]
    return named

"""What is public now, whoever published it: the bucket's catalogue, and what this machine knows.

Three sides meet here: `base`, the catalogue that this machine saw last; `theirs`, the one that the
feed names now; and what people here decided since. An item that differs between the first two was
changed by others and is taken over. Nothing that one side does not know is ever taken for deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.catalogue import (
    Catalogue,
    ShowRecord,
    read_catalogue,
    read_record,
)
from pipeline.stages.publish.records import Records, read_records
from pipeline.tools.bucket import Bucket, Stored
from pipeline.tools.rss import FeedThere, feed_there
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import FEED_KEY, FeedItem, PublicFile

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """What a publication starts from.

    `items` are as they are public, `files` say where their records are, and `fetched` holds those
    records that this machine did not have. `adopted` are the GUIDs that others published or changed
    since it last looked. `theirs` is what the feed names, `feed` the version of the feed itself.
    """

    known: Records
    show: ShowRecord | None
    items: Mapping[str, FeedItem]
    files: Mapping[str, PublicFile]
    theirs: Catalogue | None = None
    feed: Stored | None = None
    fetched: Mapping[str, bytes] = field(default_factory=dict)
    adopted: frozenset[str] = frozenset()

    @property
    def is_news(self) -> bool:
        """Whether others published since this machine last looked."""
        base = self.known.catalogue
        return self.theirs is not None and (base is None or base.id != self.theirs.id)

    @property
    def base_settings(self) -> Mapping[str, object] | None:
        """What the show was made with when this machine last looked."""
        if self.theirs is not None and self.theirs.id == self.known.intentions.trying:
            return self.theirs.settings
        return self.known.catalogue.settings if self.known.catalogue else None

    @property
    def before(self) -> str:
        """The id of what is public now."""
        return self.theirs.id if self.theirs else ""


def what_is_public(workspace: Workspace, bucket: Bucket, *, replace_feed: bool = False) -> Standing:
    """Ask the bucket for its feed, and for as much more as this machine does not know.

    Raises SetupProblem when the feed there was made by somebody whom this would overwrite, unless
    it is to `replace_feed`.
    """
    known = read_records(workspace)
    found = bucket.get(FEED_KEY)
    there = feed_there(found[0]) if found else None
    feed = found[1] if found else None
    theirs = _catalogue_of(there, known, bucket, replace_feed=replace_feed)
    if theirs is None:
        known.must_be_whole()
        if there is not None and not replace_feed:
            _must_be_our_own(there, known, bucket)
        return Standing(known, known.show, known.items, known.files, feed=feed)
    return _merged(Standing(known, theirs.show, {}, {}, theirs, feed), theirs, bucket)


def _catalogue_of(
    there: FeedThere | None, known: Records, bucket: Bucket, *, replace_feed: bool
) -> Catalogue | None:
    """What the feed names; nothing when it names nothing, or what nobody can read any more."""
    if there is None or not there.publication:
        return None
    if known.catalogue is not None and known.catalogue.id == there.publication:
        return known.catalogue
    try:
        return read_catalogue(bucket, there.publication)
    except SetupProblem:
        if replace_feed:
            return None
        raise


def _merged(standing: Standing, theirs: Catalogue, bucket: Bucket) -> Standing:
    known = standing.known
    unknown = {
        guid: file
        for guid, file in theirs.items.items()
        if guid not in known.files or known.files[guid].sha256 != file.sha256
    }
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        read = list(threads.map(partial(read_record, bucket), unknown.values()))
    fetched = {guid: body for guid, (_, body) in zip(unknown, read, strict=True)}
    items = {**known.items, **{guid: item for guid, (item, _) in zip(unknown, read, strict=True)}}
    files = {**known.files, **theirs.items}
    adopted = _changed_by_others(known, theirs, bucket)
    _believe(bucket, theirs, [items[guid] for guid in fetched])
    return replace(standing, items=items, files=files, fetched=fetched, adopted=adopted)


def _changed_by_others(known: Records, theirs: Catalogue, bucket: Bucket) -> frozenset[str]:
    trying = known.intentions.trying
    if theirs.id == trying:
        return frozenset()  # published from here, by a run that was killed before it noted so
    base = known.catalogue.items if known.catalogue else known.files
    if trying and theirs.before == trying:
        base = read_catalogue(bucket, trying).items
    digests = {guid: file.sha256 for guid, file in base.items()}
    return frozenset(g for g, file in theirs.items.items() if digests.get(g) != file.sha256)


def _believe(bucket: Bucket, theirs: Catalogue, items: list[FeedItem]) -> None:
    """What a catalogue names was read back by whoever published it."""
    if not items:
        return
    bucket.believe(
        [
            theirs.file,
            *(theirs.items[item.guid] for item in items),
            *(file for item in items if not item.withdrawn for file in item.files),
            *(item.shown for item in items if item.shown is not None),
        ]
    )


def _must_be_our_own(there: FeedThere, known: Records, bucket: Bucket) -> None:
    """Raises SetupProblem unless the feed there was made by an earlier version, from here."""
    ours = {known.show.podcast_guid} if known.show else set()
    if there.is_ours and there.podcast_guid in ours and there.guids <= set(known.items):
        return
    if not there.is_ours:
        raise SetupProblem(
            f"The feed in {bucket.name} was made by another program.",
            "Take the show over with `etam import`, or give this one another prefix; "
            "`etam publish --replace-feed` writes over that feed.",
        )
    raise SetupProblem(
        f"The feed in {bucket.name} was published from another machine by an earlier version.",
        "Publish once from that machine with this version, or copy its feed/published/ here.",
    )

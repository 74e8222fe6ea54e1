"""Compares what is to be public with what is in the bucket: each change with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain, islice

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.catalogue import (
    Catalogue,
    ShowRecord,
    address_claim,
    feed_copy_key,
    new_catalogue,
    record_bytes,
    record_file,
)
from pipeline.stages.publish.channel import emblem_of, settings_of
from pipeline.stages.publish.choice import Choice
from pipeline.stages.publish.documents import Document, Documents, Maker
from pipeline.stages.publish.publication import Change, Group, Publication, Work
from pipeline.stages.publish.records import record_path
from pipeline.stages.publish.remembered import Remembered
from pipeline.stages.publish.standing import Standing
from pipeline.tools import site
from pipeline.tools.bucket import Bucket, Content, Stored
from pipeline.tools.rss import named
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.feed import FEED_KEY, FeedChannel, FeedItem, PublicFile
from pipeline.words.feed_gate import check_channel
from pipeline.words.web_files import is_named_by_content

Listed = tuple[Group, PublicFile]

_LOOKED_AT_TOGETHER = 1000


class Comparison:
    """Everything that is known while what was chosen is compared with the bucket."""

    def __init__(
        self,
        workspace: Workspace,
        standing: Standing,
        choice: Choice,
        show: ShowRecord,
        channel: FeedChannel,
    ) -> None:
        self._workspace = workspace
        self._standing = standing
        self._choice = choice
        self._show = show
        self._channel = channel
        self._makers = choice.makers
        self._bodies = dict(standing.fetched)
        self._differs: dict[str, Stored | None] = {}
        self._remembered = Remembered(workspace.cache / "documents.json")

    def plan(self, bucket: Bucket, again: Callable[[], Publication]) -> Publication:
        """The changes that bring the bucket to what was chosen."""
        choice = self._choice
        claims = dict(self._claims())
        self._look_at(bucket, claims.values())
        self._leave_out_whose_address_is_taken(claims)
        self._look_at(bucket, (file for item in self._items for file in item.files))
        self._leave_out_what_is_gone()
        if not choice.before and not choice.items:
            return Publication((), choice.left_out, tuple(choice.problems))
        records = dict(self._records())
        documents = self._documents(records)
        catalogue = self._catalogue(documents, records)
        show = [(Group.MEDIA, file) for file in self._shared_files()]
        claimed = [(Group.MEDIA, file) for guid, file in claims.items() if guid in choice.items]
        own = ((_group(item, file), file) for item in self._items for file in item.files)
        of_all = [
            *((Group.RECORDS, file) for file in records.values()),
            *((Group.RECORDS, file) for file in self._shown()),
            *self._listed(documents, catalogue),
        ]
        self._look_at(bucket, (file for _, file in [*show, *of_all]))
        if self._standing.feed is not None:
            self._differs[FEED_KEY] = self._standing.feed
        changes = self._changes(bucket, chain(show, claimed, own, of_all))
        work = Work(
            makers={change.key: self._makers[change.key] for change in changes},
            stored={c.key: there for c in changes if (there := self._differs[c.key])},
            catalogue=catalogue,
            bodies=self._bodies,
            intentions=choice.intentions,
            basis=self._standing.known.basis,
            is_known=self._is_known(catalogue),
            again=again,
        )
        return Publication(
            tuple(changes),
            choice.left_out,
            tuple(choice.problems),
            work,
            tuple(choice.warnings),
            self._news(),
        )

    @property
    def _items(self) -> list[FeedItem]:
        return list(self._choice.items.values())

    def _shared_files(self) -> Iterator[PublicFile]:
        """What belongs to the show as a whole."""
        artwork = self._workspace.feed_folder / self._workspace.show.show.artwork
        file = self._show.artwork
        self._makers[file.key] = lambda: Content(artwork, file.size, file.sha256)
        yield file
        if (emblem := self._show.emblem) is not None:
            self._makers[emblem.key] = lambda: Content(
                emblem_of(self._workspace), emblem.size, emblem.sha256
            )
            yield emblem
        for asset in site.assets():
            self._makers[asset.file.key] = partial(_content_of, asset)
            yield asset.file

    def _claims(self) -> Iterator[tuple[str, PublicFile]]:
        """What keeps the addresses of episodes that the bucket does not know yet."""
        known = self._standing.theirs.items if self._standing.theirs else {}
        for guid, item in self._choice.items.items():
            if guid not in known:
                yield guid, self._made(*address_claim(item.slug, guid))

    def _look_at(self, bucket: Bucket, files: Iterable[PublicFile]) -> None:
        """Note what is under their keys where it is not what it is to be: few, mostly.

        What others may have changed is asked.
        """
        rest = iter(files)
        while some := list(islice(rest, _LOOKED_AT_TOGETHER)):
            keys = {file.key for file in some}
            stored = bucket.stored(keys, anew=filter(self._may_be_others, keys))
            for file in some:
                if not _is_there(file, there := stored.get(file.key)):
                    self._differs[file.key] = there

    def _may_be_others(self, key: str) -> bool:
        """Whether those who published meanwhile may have written it."""
        of_show = key.startswith(("feed-", "published/feed-"))
        return self._standing.is_news and (of_show or key in self._changed_elsewhere)

    @cached_property
    def _changed_elsewhere(self) -> set[str]:
        adopted = self._standing.adopted & set(self._standing.known.items)
        pages = (file.key for guid in adopted for file in self._standing.items[guid].pages)
        return {*site.show_keys(self._years), *pages}

    def _leave_out_whose_address_is_taken(self, claims: Mapping[str, PublicFile]) -> None:
        for guid, claim in claims.items():
            if self._differs.get(claim.key) is not None:
                slug = self._choice.items[guid].slug
                problem = f"The address of “{slug}” was taken on another machine."
                self._choice.leave_out(guid, slug, EpisodeProblem(problem, "Rename its folder."))

    def _leave_out_what_is_gone(self) -> None:
        """An item stays in the feed only when each of its files is there or can be made again."""
        for guid, item in list(self._choice.items.items()):
            gone = [
                file.key
                for file in item.files
                if file.key in self._differs and file.key not in self._makers
            ]
            if gone:
                del self._choice.items[guid]
                self._choice.left_out[item.slug] = (
                    f"“{item.slug}” is taken out of the feed: {gone[0]} is gone from the bucket "
                    "and cannot be made from what is here; approve the episode as it is now."
                )

    def _shown(self) -> list[PublicFile]:
        """What pages can be made from again, of episodes that are here."""
        files = [item.shown for item in self._items if item.shown is not None]
        return [file for file in files if file.key in self._makers]

    def _documents(self, records: Mapping[str, PublicFile]) -> Documents:
        digests = {guid: file.sha256 for guid, file in records.items()}
        maker = Maker(self._channel, self._items, self._years, digests, self._remembered)
        documents = maker.documents(self._show, self._workspace.show.feed.items_per_page)
        self._remembered.save()
        self._check_show(len(documents.feed))
        return documents

    def _check_show(self, feed_bytes: int) -> None:
        """Raises SetupProblem when the show itself must not go out."""
        findings = check_channel(self._channel, feed_bytes)
        if errors := [found.sentence for found in findings if found.is_error]:
            raise SetupProblem(" ".join(errors), "Correct feed/show.toml and publish again.")
        self._choice.warnings += [found.sentence for found in findings]

    def _records(self) -> Iterator[tuple[str, PublicFile]]:
        """The record of each item by GUID, of those too that are withdrawn or gone."""
        standing = self._standing
        after = {**self._choice.before, **self._choice.withdrawn, **self._choice.items}
        for guid, item in after.items():
            if standing.items.get(guid) == item:
                yield guid, self._known_record(guid)
            else:
                body = record_bytes(item)
                file = record_file(item.slug, body)
                self._bodies[guid] = body
                yield guid, self._made(file.key, body)

    def _known_record(self, guid: str) -> PublicFile:
        file = self._standing.files[guid]
        body = self._bodies.get(guid)
        source = record_path(self._workspace, guid) if body is None else body
        self._makers[file.key] = lambda: Content(source, file.size, file.sha256)
        return file

    def _catalogue(self, documents: Documents, records: Mapping[str, PublicFile]) -> Catalogue:
        """What is public afterwards; the one that is there when nothing changes."""
        theirs = self._standing.theirs
        catalogue = new_catalogue(
            replace(self._show, page_ends=documents.ends),
            settings_of(self._channel),
            records,
            self._choice.withdrawn,
            hashlib.sha256(documents.feed).hexdigest(),
            before=theirs.id if theirs else "",
        )
        return theirs if theirs and theirs.says_the_same(catalogue) else catalogue

    def _listed(self, documents: Documents, catalogue: Catalogue) -> Iterator[Listed]:
        """Everything that belongs to no single item; the feed's own order is that of `Group`."""
        feed = named(documents.feed, catalogue.id)
        for page in documents.pages:
            yield Group.PAGES, self._made_later(page)
        for page in documents.archives:
            yield Group.ARCHIVE, self._made_later(page)
        yield Group.RECORDS, self._made(catalogue.file.key, catalogue.body)
        yield Group.RECORDS, self._made(feed_copy_key(catalogue.id), feed)
        yield Group.FEED, self._made(FEED_KEY, feed)
        for item in self._choice.withdrawn.values():
            for key, make in site.withdrawn_pages(self._channel, item).items():
                yield Group.NOTICES, self._made(key, make())

    def _made_later(self, document: Document) -> PublicFile:
        self._makers[document.file.key] = partial(_content_to_be, document, self._remembered)
        return document.file

    def _made(self, key: str, body: bytes) -> PublicFile:
        content = Content(body, len(body), hashlib.sha256(body).hexdigest())
        self._makers[key] = lambda: content
        return PublicFile(key, content.size, content.sha256)

    def _changes(self, bucket: Bucket, listed: Iterable[Listed]) -> list[Change]:
        found = [(group, file) for group, file in listed if file.key in self._differs]
        unsure = [file for _, file in found if _has_no_version(self._differs[file.key], file)]
        asked = bucket.stored([], anew=[file.key for file in unsure])
        self._differs.update({file.key: asked.get(file.key) for file in unsure})
        return [
            Change(file.key, reason, file.size, group, file.sha256)
            for group in Group
            for of, file in found
            if of is group and (reason := self._reason(file, self._differs[file.key]))
        ]

    def _reason(self, file: PublicFile, there: Stored | None) -> str:
        if _is_there(file, there):
            return ""
        if there is not None:
            return "content changed"
        if file.key in self._known_keys:
            return "missing in the bucket"
        stem = file.key.rpartition("-")[0]
        return "content changed" if stem and stem in self._known_stems else "new"

    @property
    def _years(self) -> tuple[int, ...]:
        """Those of withdrawn episodes too: their page must not go on naming them."""
        return site.years_of([*self._choice.before.values(), *self._choice.items.values()])

    @cached_property
    def _known_keys(self) -> set[str]:
        standing = self._standing
        before = standing.items
        keys = {file.key for item in before.values() for file in item.files}
        keys |= {item.shown.key for item in before.values() if item.shown}
        keys |= {file.key for file in standing.files.values()}
        keys |= {address_claim(item.slug, guid)[0] for guid, item in before.items()}
        for catalogue in (standing.theirs, standing.known.catalogue):
            if catalogue is not None:
                keys |= {catalogue.file.key, feed_copy_key(catalogue.id)}
        if standing.show is not None:
            known = site.years_of(before.values())
            keys |= {*site.show_keys(known), FEED_KEY}
            keys |= {file.key for file in standing.show.pictures}
            keys |= {asset.file.key for asset in site.assets()}
        return keys

    @cached_property
    def _known_stems(self) -> set[str]:
        return {key.rpartition("-")[0] for key in self._known_keys}

    def _is_known(self, catalogue: Catalogue) -> bool:
        known = self._standing.known
        return (
            known.catalogue is not None
            and known.catalogue.id == catalogue.id
            and known.intentions == self._choice.intentions
        )

    def _news(self) -> tuple[str, ...]:
        standing = self._standing
        if not standing.is_news or not standing.adopted:
            return ()
        slugs = sorted(f"“{standing.items[guid].slug}”" for guid in standing.adopted)
        shown = ", ".join(slugs[:10]) + (f" and {len(slugs) - 10} more" if slugs[10:] else "")
        return (f"Published elsewhere since: {shown} (publication {standing.theirs.id}).",)  # type: ignore[union-attr]


def _content_to_be(document: Document, remembered: Remembered) -> Content:
    body = document.make()
    digest = hashlib.sha256(body).hexdigest()
    if digest != document.file.sha256:
        remembered.forget()
    return Content(body, len(body), digest)


def _content_of(asset: site.Asset) -> Content:
    return Content(asset.body, asset.file.size, asset.file.sha256)


def _is_there(file: PublicFile, there: Stored | None) -> bool:
    return there is not None and (there.size, there.sha256) == (file.size, file.sha256)


def _has_no_version(there: Stored | None, file: PublicFile) -> bool:
    return there is not None and not there.etag and not is_named_by_content(file.key)


def _group(item: FeedItem, file: PublicFile) -> Group:
    if file in item.pages:
        return Group.PAGES
    return Group.TEXTS if file in item.transcripts or file == item.chapters else Group.MEDIA

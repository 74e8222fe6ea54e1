"""Plans a publication: each change with its reason, and why an episode is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.approval import ApprovalState, approval_state, why_unfinished
from pipeline.stages.publish.channel import channel_of, show_record
from pipeline.stages.publish.item import EpisodeContent
from pipeline.stages.publish.publication import Change, Group, Make, Publication, Work
from pipeline.stages.publish.records import Records, read_records
from pipeline.tools import site
from pipeline.tools.bucket import Bucket, Content, Stored
from pipeline.tools.rss import build_feed, missing_tags
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.feed import FEED_KEY, FeedItem, PublicFile
from pipeline.words.feed_gate import Finding, check_channel, check_item, check_together
from pipeline.words.feed_pages import cut, page_ends
from pipeline.words.web_files import named_by_content


def plan_publication(
    workspace: Workspace,
    bucket: Bucket,
    now: datetime,
    unfinished: Mapping[str, str] = MappingProxyType({}),
) -> Publication:
    """Compare what may be public with what is in the bucket.

    An episode gets its `pubDate` here, once: its `publish_at`, or `now`. `unfinished` says of
    episodes, by slug, what the caller knows to be undone, such as a stage whose settings changed.
    Raises SetupProblem when the show itself cannot be published.
    """
    planner = _Planner(workspace, now, unfinished)
    planner.choose_items()
    publication = planner.compare_with(bucket)
    workspace.digests.save()
    return publication


class _Planner:
    """Everything that is known while one plan is made."""

    def __init__(self, workspace: Workspace, now: datetime, unfinished: Mapping[str, str]) -> None:
        self._workspace = workspace
        self._unfinished = unfinished
        self._zone = _time_zone(workspace.show.show.timezone)
        self._now = now.astimezone(self._zone).replace(microsecond=0)
        self._records: Records = read_records(workspace)
        self._show = show_record(workspace, self._records)
        self._channel = channel_of(workspace, self._show)
        known = self._records.items.items()
        self._items = {guid: item for guid, item in known if not item.withdrawn}
        self._withdrawn = {guid: item for guid, item in known if item.withdrawn}
        self._chosen: dict[str, str] = {}
        self._makers: dict[str, Make] = {}
        self._left_out: dict[str, str] = {}
        self._problems: list[EpisodeProblem] = []
        self._warnings: list[str] = []

    def choose_items(self) -> None:
        """Decide about each episode what the feed says of it."""
        ready = [episode for slug in self._workspace.slugs() if (episode := self._ready(slug))]
        moments = self._moments([e for e in ready if e.recording.guid not in self._items])
        for episode in ready:
            self._choose(episode, moments)
        self._leave_out_what_is_there_twice()
        self._note_episodes_without_folder()

    def compare_with(self, bucket: Bucket) -> Publication:
        """The changes that bring the bucket to what the items say."""
        if not self._records.items and not self._items:
            return Publication((), self._left_out, tuple(self._problems))
        shared = self._shared_files()
        wanted = [file for item in self._items.values() for file in item.files]
        stored = bucket.stored(
            [*(f.key for f in wanted), *(f.key for f, _ in shared), *self._show_keys, FEED_KEY]
        )
        for file, make in shared:
            self._makers[file.key] = make
        self._leave_out_what_is_gone(stored)
        items = tuple(self._items.values())
        listed = [(Group.MEDIA, file) for file, _ in shared]
        listed += [(_group(item, file), file) for item in items for file in item.files]
        listed += [(Group.PAGES, file) for file in self._notices()]
        listed += [(group, self._made(key, body)) for group, key, body in self._lists(items)]
        self._check_show(listed[-1][1].size)
        pages = [file.key for group, file in listed if group is Group.ARCHIVE]
        notices = [file.key for item in self._withdrawn.values() for file in item.pages]
        stored = {**stored, **bucket.stored([*pages, *notices])}
        changes = [
            Change(file.key, reason, file.size, group, file.sha256)
            for group in Group
            for of, file in listed
            if of is group and (reason := self._reason(file, stored.get(file.key)))
        ]
        return Publication(
            tuple(changes),
            self._left_out,
            tuple(self._problems),
            self._work(stored, changes),
            tuple(self._warnings),
        )

    def _work(self, stored: Mapping[str, Stored], changes: Iterable[Change]) -> Work:
        before = self._records
        return Work(
            makers={change.key: self._makers[change.key] for change in changes},
            stored=stored,
            show=None if before.show == self._show else self._show,
            items=tuple(i for i in self._items.values() if before.items.get(i.guid) != i),
            basis=before.basis,
        )

    def _ready(self, slug: str) -> Episode | None:
        """The episode when it may be public as it is now; else the reason is noted."""
        try:
            episode = self._workspace.episode(slug)
            reason = self._why_not(episode)
        except EpisodeProblem as error:
            self._note_problem(slug, error)
            return None
        if not reason:
            return episode
        public = episode.recording.guid in self._items
        stays = "; what was published before stays public" if public else ""
        self._left_out[slug] = f"“{slug}” is left out: {reason}{stays}."
        return None

    def _why_not(self, episode: Episode) -> str:
        if episode.recording.guid in self._withdrawn:
            return f"it is withdrawn (`etam publish --again {episode.slug}` publishes it again)"
        known = self._unfinished.get(episode.slug)
        unfinished = known or why_unfinished(self._workspace, episode)
        if unfinished:
            return f"{unfinished} (run `etam run`)"
        state = approval_state(self._workspace, episode)
        if state is ApprovalState.MISSING:
            return f"nobody has approved it (`etam approve {episode.slug}`)"
        if state is ApprovalState.STALE:
            return f"it changed after it was approved (`etam approve {episode.slug}`)"
        due = self._due(episode)
        if due > self._now and episode.recording.guid not in self._records.items:
            return f"it is scheduled for {due.isoformat(sep=' ', timespec='minutes')}"
        return ""

    def _note_episodes_without_folder(self) -> None:
        here = {self._guid_of(slug) for slug in self._workspace.slugs()}
        for guid, item in self._items.items():
            if guid not in here:
                self._left_out[item.slug] = (
                    f"“{item.slug}” stays public as it is, though its folder is gone from here."
                )

    def _guid_of(self, slug: str) -> str:
        try:
            return self._workspace.recording(slug).guid
        except EpisodeProblem:
            return ""  # reported where the episode itself is read

    def _choose(self, episode: Episode, moments: Mapping[str, datetime]) -> None:
        guid = episode.recording.guid
        earlier = self._records.items.get(guid)
        published_at = earlier.published_at if earlier else moments[guid]
        address = earlier.slug if earlier else episode.slug
        content = EpisodeContent(self._workspace, self._channel, episode, address)
        try:
            self._must_be_nobody_elses(episode, address)
            item = content.item(published_at, self._now, earlier)
            if item is not earlier:
                self._pass_the_gate(content, item)
        except EpisodeProblem as error:
            self._note_problem(episode.slug, error)
            return
        self._chosen[guid] = episode.slug
        self._items[guid] = item
        # Another one, for what this one has read to make the item need not be kept.
        self._makers.update(replace(content).contents(item))

    def _pass_the_gate(self, content: EpisodeContent, item: FeedItem) -> None:
        """Keep the item back for errors, and note what is merely odd about it."""
        missing = missing_tags(self._channel, item)
        self._judge(
            item.slug,
            [
                *check_item(self._channel, item, content.facts(), self._now),
                *(Finding(item.slug, tag, True, "nothing is said") for tag in missing),
            ],
        )

    def _leave_out_what_is_there_twice(self) -> None:
        """Of two episodes that share what must be their own, the newcomer stays out."""
        by_slug = {item.slug: guid for guid, item in self._items.items()}
        for finding in check_together(self._items.values()):
            guid = by_slug[finding.slug]
            if self._items.get(guid) == self._records.items.get(guid):
                continue  # it is public as it is; nothing would be gained
            try:
                self._judge(finding.slug, [finding])
            except EpisodeProblem as error:
                self._note_problem(finding.slug, error)
                self._go_back(guid)

    def _go_back(self, guid: str) -> None:
        """Let the feed say of an episode what it said before."""
        earlier = self._records.items.get(guid)
        if earlier is None:
            self._items.pop(guid, None)
        else:
            self._items[guid] = earlier

    def _judge(self, slug: str, findings: Sequence[Finding]) -> None:
        if errors := [found.sentence for found in findings if found.is_error]:
            raise EpisodeProblem(" ".join(errors), f"Correct it, then publish “{slug}” again.")
        self._warnings += [found.sentence for found in findings]

    def _check_show(self, feed_bytes: int) -> None:
        """Raises SetupProblem when the show itself must not go out."""
        findings = check_channel(self._channel, feed_bytes)
        if errors := [found.sentence for found in findings if found.is_error]:
            raise SetupProblem(" ".join(errors), "Correct feed/show.toml and publish again.")
        self._warnings += [found.sentence for found in findings]

    def _must_be_nobody_elses(self, episode: Episode, address: str) -> None:
        guid = episode.recording.guid
        other = self._chosen.get(guid, address)
        if (
            other != episode.slug
            and (self._workspace.episodes_folder / other / "recording.json").is_file()
        ):
            raise EpisodeProblem(
                f"“{episode.slug}” has the same identity as “{other}”.",
                "Delete the folder that is a copy; if both are meant, add its recording anew.",
            )
        if any(item.slug == address for item in self._records.items.values() if item.guid != guid):
            raise EpisodeProblem(
                f"The address of “{episode.slug}” belongs to an episode published before.",
                "Rename its folder.",
            )

    def _note_problem(self, slug: str, error: EpisodeProblem) -> None:
        self._left_out[slug] = f"“{slug}” is left out: {error.problem} {error.remedy}"
        self._problems.append(error)

    def _moments(self, new: Iterable[Episode]) -> dict[str, datetime]:
        """The `pubDate` of each new episode.

        Those that become public together are a second apart in the order of their dates, so that
        every podcast app lists them in that order.
        """
        dated = [e for e in new if e.recording.published_at or e.details.publish_at]
        moments = {e.recording.guid: self._due(e) for e in dated}
        rest = [e for e in new if e.recording.guid not in moments]
        rest.sort(key=lambda e: (e.details.date, e.details.number or 0, e.slug), reverse=True)
        for seconds, episode in enumerate(rest):
            moments[episode.recording.guid] = self._now - timedelta(seconds=seconds)
        return moments

    def _due(self, episode: Episode) -> datetime:
        """What was public at another host stays as old as it is."""
        due = episode.recording.published_at or episode.details.publish_at
        if due is None:
            return self._now
        aware = due if due.tzinfo else due.replace(tzinfo=self._zone)
        return aware.astimezone(self._zone).replace(microsecond=0)

    def _shared_files(self) -> list[tuple[PublicFile, Make]]:
        """What belongs to the show as a whole."""
        artwork = self._workspace.feed_folder / self._workspace.show.show.artwork
        file = self._show.artwork
        return [
            (file, lambda: Content(artwork, file.size, file.sha256)),
            *((asset.file, partial(_content_of, asset)) for asset in site.assets()),
        ]

    def _lists(self, items: Iterable[FeedItem]) -> Iterator[tuple[Group, str, bytes]]:
        """What is made of all items together; the feed comes last."""
        everything = list(items)
        for key, body in site.show_pages(self._channel, everything, self._years).items():
            yield Group.PAGES, key, body
        yield from self._feed(everything)

    def _feed(self, items: Sequence[FeedItem]) -> Iterator[tuple[Group, str, bytes]]:
        """The archive pages of the feed, the oldest first, then the feed itself."""
        per_page = self._workspace.show.feed.items_per_page
        ends = page_ends(items, self._show.page_ends, per_page)
        self._show = replace(self._show, page_ends=ends)
        pages = cut(items, ends)
        previous: PublicFile | None = None
        for number, page in enumerate(pages.archives, start=1):
            body = build_feed(self._channel, page, previous=previous, is_archive=True)
            digest = hashlib.sha256(body).hexdigest()
            key = named_by_content(f"feed-{number}", digest, ".xml")
            yield Group.ARCHIVE, key, body
            previous = PublicFile(key, len(body), digest)
        body = build_feed(self._channel, pages.newest, trailers=items, previous=previous)
        yield Group.FEED, FEED_KEY, body

    def _notices(self) -> Iterator[PublicFile]:
        """What stands at the addresses of episodes that were withdrawn."""
        for item in self._withdrawn.values():
            for key, make in site.withdrawn_pages(self._channel, item).items():
                yield self._made(key, make())

    def _made(self, key: str, body: bytes) -> PublicFile:
        content = Content(body, len(body), hashlib.sha256(body).hexdigest())
        self._makers[key] = lambda: content
        return PublicFile(key, content.size, content.sha256)

    def _leave_out_what_is_gone(self, stored: Mapping[str, Stored]) -> None:
        """An item stays in the feed only when each of its files is there or can be made again."""
        for guid, item in list(self._items.items()):
            gone = [
                file.key
                for file in item.files
                if file.key not in self._makers and not _is_there(file, stored.get(file.key))
            ]
            if gone:
                del self._items[guid]
                self._left_out[item.slug] = (
                    f"“{item.slug}” is taken out of the feed: {gone[0]} is gone from the bucket "
                    "and cannot be made from what is here; approve the episode as it is now."
                )

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
    def _show_keys(self) -> tuple[str, ...]:
        return site.show_keys(self._years)

    @property
    def _years(self) -> tuple[int, ...]:
        """Those of withdrawn episodes too: their page must not go on naming them."""
        return site.years_of([*self._records.items.values(), *self._items.values()])

    @cached_property
    def _known_keys(self) -> set[str]:
        before = self._records.items.values()
        keys = {file.key for item in before for file in item.files}
        if self._records.show is not None:
            known = site.years_of(before)
            keys |= {self._records.show.artwork.key, *site.show_keys(known), FEED_KEY}
            keys |= {asset.file.key for asset in site.assets()}
        return keys

    @cached_property
    def _known_stems(self) -> set[str]:
        return {key.rpartition("-")[0] for key in self._known_keys}


def _content_of(asset: site.Asset) -> Content:
    return Content(asset.body, asset.file.size, asset.file.sha256)


def _is_there(file: PublicFile, there: Stored | None) -> bool:
    return there is not None and (there.size, there.sha256) == (file.size, file.sha256)


def _group(item: FeedItem, file: PublicFile) -> Group:
    if file in item.pages:
        return Group.PAGES
    return Group.TEXTS if file in item.transcripts or file == item.chapters else Group.MEDIA


def _time_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SetupProblem(
            f"show.toml: “{name}” is no time zone that this machine knows.",
            "Give `timezone` under [show] as “Asia/Makassar”, or install the package tzdata.",
            str(error),
        ) from error

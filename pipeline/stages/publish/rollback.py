"""Makes an earlier publication public again, as a new one.

Each episode goes back to the record that it had, and its pages are made again from what the bucket
keeps for them. An episode that the earlier publication did not have is withdrawn. What is in the
folders here gives way until an editor approves it anew; the settings of the show stay as they are.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice, zip_longest

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.catalogue import (
    Catalogue,
    catalogue_key,
    read_catalogue,
    read_record,
    slug_in,
)
from pipeline.stages.publish.channel import channel_of, settings_of, show_record
from pipeline.stages.publish.choice import Choice
from pipeline.stages.publish.choosing import signature
from pipeline.stages.publish.comparing import Comparison
from pipeline.stages.publish.planning import must_be_everybodys
from pipeline.stages.publish.publication import Publication
from pipeline.stages.publish.records import Intentions
from pipeline.stages.publish.shown import shown_from_bytes
from pipeline.stages.publish.standing import Standing, what_is_public
from pipeline.tools import site
from pipeline.tools.bucket import Bucket, Content
from pipeline.tools.rss import feed_there
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.feed import FEED_KEY, FeedChannel, FeedItem, PublicFile


@dataclass(frozen=True, slots=True)
class SavedPublication:
    """One that can be made public again. `differs` says how from the one before it."""

    id: str
    published_at: datetime | None
    episodes: int
    differs: tuple[str, ...]


def saved_publications(bucket: Bucket, most: int) -> list[SavedPublication]:
    """The newest publications that the bucket keeps, the present one first."""
    chain = list(islice(_chain(bucket), most + 1))
    return [
        SavedPublication(
            id=catalogue.id,
            published_at=bucket.modified(catalogue.file.key),
            episodes=len(catalogue.items) - len(catalogue.withdrawn),
            differs=tuple(_differences(catalogue, before)),
        )
        for catalogue, before in zip_longest(chain, chain[1:])
    ][:most]


def plan_rollback(
    workspace: Workspace,
    bucket: Bucket,
    publication: str,
    now: datetime,
    seen: Mapping[str, PublicFile] | None = None,
) -> Publication:
    """What brings back `publication`, given by its id or the beginning of it.

    `seen` are the records of which the rollback was decided; what others publish after that stays.
    Raises SetupProblem when there is no such publication.
    """
    standing = what_is_public(workspace, bucket)
    target = _found(bucket, publication)
    show = show_record(workspace, standing.show)
    channel = channel_of(workspace, show)
    must_be_everybodys(settings_of(channel), standing)
    seen = standing.files if seen is None else seen
    choice = Choice(dict(standing.items), standing.known.intentions)
    back = _Rollback(bucket, standing, target, channel, now)
    for guid in standing.items:
        if standing.files[guid] == seen.get(guid):
            back.bring(guid, choice)
    choice.intentions = _with_folders_that_give_way(workspace, standing, choice)
    again = partial(plan_rollback, workspace, bucket, target.id, now, seen)
    return Comparison(workspace, standing, choice, show, channel).plan(bucket, again)


class _Rollback:
    """Everything that is known while items are brought back."""

    def __init__(
        self,
        bucket: Bucket,
        standing: Standing,
        target: Catalogue,
        channel: FeedChannel,
        now: datetime,
    ) -> None:
        self._bucket = bucket
        self._standing = standing
        self._target = target
        self._channel = channel
        self._now = now

    def bring(self, guid: str, choice: Choice) -> None:
        """Choose for an item what it was."""
        present, file = self._standing.items[guid], self._target.items.get(guid)
        if file == self._standing.files[guid]:
            return
        choice.items.pop(guid, None)
        choice.withdrawn.pop(guid, None)
        then = read_record(self._bucket, file)[0] if file else replace(present, withdrawn=True)
        if then.withdrawn:
            choice.withdrawn[guid] = replace(present, withdrawn=True)
            return
        try:
            choice.items[guid] = self._with_pages(then, present, choice)
        except EpisodeProblem as error:
            choice.leave_out(guid, present.slug, error)

    def _with_pages(self, then: FeedItem, present: FeedItem, choice: Choice) -> FeedItem:
        """The earlier item; a page that was added since gets a notice."""
        self._must_be_there(then)
        item = replace(then, more_pages=present.more_pages, changed_at=self._now)
        made = {key: make() for key, make in self._pages(item).items()}
        choice.makers.update({key: partial(_content, body) for key, body in made.items()})
        *more, page = (_file(key, body) for key, body in made.items())
        return replace(item, page=page, more_pages=tuple(more))

    def _must_be_there(self, item: FeedItem) -> None:
        """Raises EpisodeProblem when audio or texts of the item were deleted since."""
        files = [file for file in item.files if file not in item.pages]
        stored = self._bucket.stored([], anew=[file.key for file in files])
        for file in files:
            if file.key not in stored or stored[file.key].sha256 != file.sha256:
                raise EpisodeProblem(
                    f"{file.key} of the earlier “{item.slug}” is gone from the bucket.",
                    "Correct the episode here, approve and publish it.",
                )

    def _pages(self, item: FeedItem) -> Mapping[str, Callable[[], bytes]]:
        found = self._bucket.get(item.shown.key) if item.shown else None
        try:
            if found is None:
                raise ValueError("nothing is there")
            shown = shown_from_bytes(found[0])
        except (ValueError, KeyError, TypeError) as error:
            raise EpisodeProblem(
                f"What the earlier pages of “{item.slug}” were made from was not kept.",
                "Correct the episode here, approve and publish it.",
                str(error),
            ) from error
        return site.episode_pages(self._channel, item, shown)


def _with_folders_that_give_way(
    workspace: Workspace, standing: Standing, choice: Choice
) -> Intentions:
    """What is approved now counts no more for what was brought back."""
    after = {**choice.withdrawn, **choice.items}
    changed = {guid for guid, item in after.items() if item != standing.items[guid]}
    intended = standing.known.intentions
    superseded = dict(intended.superseded)
    for slug in workspace.slugs():
        with contextlib.suppress(EpisodeProblem):  # one that cannot be read is not published either
            episode = workspace.episode(slug)
            if episode.recording.guid in changed:
                superseded[episode.recording.guid] = signature(episode)
    withdrawn = {guid: is_so for guid, is_so in intended.withdrawn.items() if guid not in changed}
    return Intentions(withdrawn, superseded)


def _found(bucket: Bucket, publication: str) -> Catalogue:
    for catalogue in _chain(bucket):
        if publication and catalogue.id.startswith(publication):
            return catalogue
    raise SetupProblem(
        f"There is no publication “{publication}” in {bucket.name}.",
        "`etam rollback` lists those that it keeps.",
    )


def _chain(bucket: Bucket) -> Iterator[Catalogue]:
    """The present catalogue and those before it, as far back as the bucket keeps them."""
    feed = bucket.get(FEED_KEY)
    publication = feed_there(feed[0]).publication if feed else ""
    is_present = True
    while publication and (is_present or bucket.modified(catalogue_key(publication))):
        catalogue = read_catalogue(bucket, publication)
        yield catalogue
        publication, is_present = catalogue.before, False


def _differences(after: Catalogue, before: Catalogue | None) -> Iterator[str]:
    if before is None:
        return
    for guid, file in after.items.items():
        if guid not in before.items:
            yield f"new: {slug_in(file)}"
        elif (guid in after.withdrawn) != (guid in before.withdrawn):
            yield f"{'withdrawn' if guid in after.withdrawn else 'given back'}: {slug_in(file)}"
        elif file != before.items[guid]:
            yield f"changed: {slug_in(file)}"
    if after.settings != before.settings:
        yield "the show's settings, or the program"


def _content(body: bytes) -> Content:
    return Content(body, len(body), hashlib.sha256(body).hexdigest())


def _file(key: str, body: bytes) -> PublicFile:
    return PublicFile(key, len(body), hashlib.sha256(body).hexdigest())

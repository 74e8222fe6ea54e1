"""Carries out a plan: one group after the other; the feed makes it public, or somebody was faster.

Whatever may change under its name is written only over the version that the plan saw. When another
one is there by now, the plan is made again from what is public then, and only what still differs
is uploaded.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipeline.ground.stage import Report
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.publication import Change, Group, Publication, Work
from pipeline.stages.publish.records import (
    read_intentions,
    read_records,
    write_catalogue,
    write_intentions,
    write_records,
)
from pipeline.tools.bucket import Bucket, Content, FolderBucket, KeyTaken
from pipeline.tools.rss import feed_there
from pipeline.words.errors import PipelineError, TemporaryProblem
from pipeline.words.feed import FEED_KEY
from pipeline.words.web_files import is_named_by_content

_MOST_ROUNDS = 20
_LONGEST_PAUSE_SECONDS = 2.0

Listen = Callable[[str, Content], None]
"""Told what lies under a key by now."""


def _nobody(_keys: Iterable[str]) -> None:
    """Nobody keeps copies of what is public."""


def _unheard(_key: str, _content: Content) -> None:
    """Nobody listens to what was uploaded."""


def publish(
    workspace: Workspace,
    bucket: Bucket,
    publication: Publication,
    report: Report,
    tell_copies: Callable[[Iterable[str]], None] = _nobody,
    listen: Listen = _unheard,
) -> Publication:
    """Upload each change and read it back; returns what was published in the end.

    When this ends early, the old feed is still whole: whatever a feed names is uploaded before it,
    and nothing is ever deleted. `tell_copies` is told the keys whose content changed, such as a
    content delivery network that holds copies of them. `listen` gets each file as it was uploaded
    and raises when listeners would get another. Raises TemporaryProblem when others go on
    publishing all the time.
    """
    if not _is_work(publication.work, publication.changes):
        report(1.0)
        return publication
    with workspace.feed_locked():
        if isinstance(bucket, FolderBucket):
            bucket.sweep()
        for rounds in range(_MOST_ROUNDS):
            work, changes = publication.work, publication.changes
            if work is None or _carried_out(workspace, bucket, work, changes, report, listen):
                tell_copies([c.key for c in changes if not is_named_by_content(c.key)])
                report(1.0)
                return publication
            _pause(rounds)
            news, publication = publication.news, work.again()
            news = tuple(dict.fromkeys((*news, *publication.news)))
            publication = replace(publication, news=news)
    raise TemporaryProblem(
        "Others publish this show again and again at this moment.",
        "Publish again later; what is public is whole, and what was uploaded is kept.",
    )


def _is_work(work: Work | None, changes: Sequence[Change]) -> bool:
    return work is not None and (bool(changes) or work.is_news_here)


def _pause(rounds: int) -> None:
    """So that machines that met do not meet again; none after the first time."""
    time.sleep(random.uniform(0, min(_LONGEST_PAUSE_SECONDS, rounds / 4)))  # noqa: S311 - no secret


def _carried_out(
    workspace: Workspace,
    bucket: Bucket,
    work: Work,
    changes: Sequence[Change],
    report: Report,
    listen: Listen,
) -> bool:
    """Whether the plan held to the end; False when others were faster."""
    if read_records(workspace).basis != work.basis:
        return False
    progress = _Progress(report, sum(change.size for change in changes))
    try:
        for change in changes:
            if change.group is Group.FEED:
                _replace_feed(workspace, bucket, change, work, progress)
            else:
                listen(change.key, _upload(bucket, change, work, progress))
    except KeyTaken:
        return False
    if changes or work.is_news_here:
        _remember(workspace, work)
    return True


def _remember(workspace: Workspace, work: Work) -> None:
    """Keep what is public now; the catalogue is written when all its records are here."""
    write_records(workspace, work.catalogue.show, work.bodies)
    write_intentions(workspace, work.intentions)
    write_catalogue(workspace, work.catalogue)


def _upload(bucket: Bucket, change: Change, work: Work, progress: _Progress) -> Content:
    """What was uploaded.

    Raises KeyTaken when something else is there than the plan saw, and is not the same.
    """
    content = work.makers[change.key]()
    if content.sha256 != change.sha256:
        raise TemporaryProblem(
            f"What {change.key} is made from changed while it was being published.",
            "Publish again; the feed has not changed.",
        )
    seen = work.stored.get(change.key)
    is_fixed = is_named_by_content(change.key)
    try:
        bucket.put(
            change.key,
            content,
            if_absent=seen is None,
            # What is named by its content and has another was damaged: nobody's work is lost.
            if_match=seen.etag if seen is not None and not is_fixed else None,
            progress=progress,
        )
    except KeyTaken:
        there = bucket.stored([], anew=[change.key]).get(change.key)
        if there is None or there.sha256 != content.sha256:
            raise
    return content


def _replace_feed(
    workspace: Workspace, bucket: Bucket, change: Change, work: Work, progress: _Progress
) -> None:
    """Raises KeyTaken when another feed is there by now.

    An answer that was lost, or that says that somebody else won, may still be that of our own
    feed: a request that was repeated finds itself there. So the feed itself decides.
    """
    intentions = read_intentions(workspace)
    write_intentions(workspace, replace(intentions, trying=work.catalogue.id))
    try:
        _upload(bucket, change, work, progress)
    except (KeyTaken, PipelineError):
        found = bucket.get(FEED_KEY)
        if found is not None and feed_there(found[0]).publication == work.catalogue.id:
            return
        if found is not None and found[1] != work.stored.get(FEED_KEY):
            raise KeyTaken(FEED_KEY) from None
        raise


class _Progress:
    """Adds up bytes into a share of the whole, which never goes back."""

    def __init__(self, report: Report, total_bytes: int) -> None:
        self._report = report
        self._total_bytes = total_bytes or 1
        self._sent_bytes = 0

    def __call__(self, sent_bytes: int) -> None:
        self._sent_bytes += sent_bytes
        self._report(min(1.0, self._sent_bytes / self._total_bytes))

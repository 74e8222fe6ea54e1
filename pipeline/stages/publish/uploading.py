"""Carries out a plan: one group after the other, then the records, then the feed."""

from __future__ import annotations

from pipeline.ground.stage import Report
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.publication import Change, Group, Publication, Work
from pipeline.stages.publish.records import read_records, write_records
from pipeline.tools.bucket import Bucket, FolderBucket, KeyTaken
from pipeline.words.errors import TemporaryProblem
from pipeline.words.web_files import is_named_by_content


def publish(workspace: Workspace, bucket: Bucket, publication: Publication, report: Report) -> None:
    """Upload each change and read it back; when this ends early, the old feed is still whole.

    The records are written when everything that they name is in the bucket, and the feed after
    them, so whatever the feed names can be fetched. Nothing is ever deleted.
    """
    work = publication.work
    if work is None or not (publication.changes or work.items or work.show):
        report(1.0)
        return
    with workspace.feed_locked():
        _must_still_hold(workspace, work)
        if isinstance(bucket, FolderBucket):
            bucket.sweep()
        total = sum(change.size for change in publication.changes) or 1
        progress = _Progress(report, total)
        for change in publication.changes:
            if change.group is not Group.FEED:
                _upload(bucket, change, work, progress)
        write_records(workspace, work.show, work.items)
        for change in publication.changes:
            if change.group is Group.FEED:
                _upload(bucket, change, work, progress)
    report(1.0)


class _Progress:
    """Adds up bytes into a share of the whole."""

    def __init__(self, report: Report, total_bytes: int) -> None:
        self._report = report
        self._total_bytes = total_bytes
        self._sent_bytes = 0

    def __call__(self, sent_bytes: int) -> None:
        self._sent_bytes += sent_bytes
        self._report(min(1.0, self._sent_bytes / self._total_bytes))


def _must_still_hold(workspace: Workspace, work: Work) -> None:
    if read_records(workspace).basis != work.basis:
        raise TemporaryProblem(
            "Somebody else published while this publication was planned.",
            "Publish again; nothing of this plan was uploaded.",
        )


def _upload(bucket: Bucket, change: Change, work: Work, progress: _Progress) -> None:
    content = work.makers[change.key]()
    if content.sha256 != change.sha256:
        raise TemporaryProblem(
            f"What {change.key} is made from changed while it was being published.",
            "Publish again; the feed has not changed.",
        )
    create_only = is_named_by_content(change.key) and change.key not in work.stored
    try:
        bucket.put(change.key, content, if_absent=create_only, progress=progress)
    except KeyTaken as error:
        there = bucket.stored([change.key]).get(change.key)
        if there is None or there.sha256 != content.sha256:
            raise TemporaryProblem(
                f"Somebody else wrote {change.key} at the same moment.", "Publish again."
            ) from error

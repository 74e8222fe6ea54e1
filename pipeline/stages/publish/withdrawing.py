"""Takes an episode back from the public, and gives it back as it was.

Only the intention is noted here; the next publication takes the episode out of the feed and off the
pages. Its media stay in the bucket, for apps that hold their address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.records import read_records, write_intentions
from pipeline.stages.publish.standing import what_is_public
from pipeline.tools.bucket import Bucket
from pipeline.words.errors import EpisodeProblem
from pipeline.words.feed import FeedItem
from pipeline.words.web_text import short_line


def withdraw(
    workspace: Workspace, slug: str, bucket: Bucket | None = None, reason: str = ""
) -> None:
    """Leave the episode out of every publication from now on; its pages state the `reason`.

    The `bucket` tells of what others published. Raises EpisodeProblem when it is not public.
    """
    _mark(workspace, slug, bucket, withdrawn=True, reason=short_line(reason))


def give_back(workspace: Workspace, slug: str, bucket: Bucket | None = None) -> None:
    """Let a withdrawn episode be published again, with the GUID and date that it had.

    The `bucket` tells of what others withdrew. Raises EpisodeProblem when it was not withdrawn.
    """
    _mark(workspace, slug, bucket, withdrawn=False)


def _mark(
    workspace: Workspace, slug: str, bucket: Bucket | None, *, withdrawn: bool, reason: str = ""
) -> None:
    with workspace.feed_locked():
        records = read_records(workspace)
        item = _published(workspace, slug, records.items)
        if bucket is not None and (item is None or item.withdrawn is withdrawn):
            item = _published(workspace, slug, what_is_public(workspace, bucket).items)
        intended = records.intentions.withdrawn
        if item is None or intended.get(item.guid, item.withdrawn) is withdrawn:
            said = "is not withdrawn" if item and not withdrawn else "is not public"
            raise EpisodeProblem(
                f"“{slug}” {said}.", "Run `etam status` to see how each episode stands."
            )
        after = {**intended, item.guid: withdrawn}
        others = {g: why for g, why in records.intentions.reasons.items() if g != item.guid}
        reasons = {**others, item.guid: reason} if reason else others
        write_intentions(workspace, replace(records.intentions, withdrawn=after, reasons=reasons))


def _published(workspace: Workspace, slug: str, items: Mapping[str, FeedItem]) -> FeedItem | None:
    """The record of the episode in the folder `slug`, or first published under that name."""
    try:
        return items.get(workspace.recording(slug).guid)
    except EpisodeProblem:  # it has no folder here, which does not make it less public
        return next((item for item in items.values() if item.slug == slug), None)

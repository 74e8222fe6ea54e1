"""Whether the bucket holds what the feed says, with the type that readers are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.faces.looks.finding import Finding
from pipeline.ground.workspace import Workspace
from pipeline.words.feed import FeedItem


def look_at_objects(workspace: Workspace, items: Sequence[FeedItem]) -> Iterator[Finding]:
    """Ask the bucket about each file of `items`; a folder has no types and is planned from disk."""
    settings = workspace.show.publish
    if settings.target != "s3" or not items:
        return
    from pipeline.tools.bucket.inspecting import odd_objects

    files = [file for item in items for file in item.files]
    found = list(odd_objects(settings, files))
    yield from (Finding("stored files", False, sentence) for sentence in found)
    if not found:
        said = f"{len(files)} files of {len(items)} episode(s) are stored as the feed says."
        yield Finding("stored files", True, said)

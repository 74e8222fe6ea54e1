"""What the gate keeps back, what is odd, and whether the feed is the one that it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from pipeline.faces.looks.finding import Finding, odd
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import Publication, plan_publication
from pipeline.stages.publish.standing import what_is_public
from pipeline.tools.bucket import Bucket
from pipeline.words.feed import FEED_KEY, FeedItem

_MOST_NAMED = 10


def look_at_publication(
    workspace: Workspace, bucket: Bucket, unfinished: Mapping[str, str]
) -> Iterator[Finding]:
    """Plan a publication, and say what it would meet. Nothing is uploaded.

    `unfinished` says of episodes, by slug, what must be done before.
    """
    publication = plan_publication(workspace, bucket, datetime.now(UTC), unfinished)
    yield from _gate(publication)
    yield from _feed(bucket, publication)


def newest_items(workspace: Workspace, bucket: Bucket, most: int | None) -> list[FeedItem]:
    """What is public, whoever published it, the newest first; all of it when `most` is None."""
    public = what_is_public(workspace, bucket).items.values()
    items = [item for item in public if not item.withdrawn]
    return sorted(items, key=lambda item: (item.published_at, item.slug), reverse=True)[:most]


def _gate(publication: Publication) -> Iterator[Finding]:
    problems = [problem.problem for problem in publication.problems]
    waiting = []
    for sentence in publication.left_out.values():
        if any(problem in sentence for problem in problems):
            yield Finding("gate", False, sentence)
        else:
            waiting.append(sentence)
    yield from _named(publication.warnings)
    yield from _named(waiting)
    if not problems:
        yield Finding("gate", True, "No episode is kept back by an error.")


def _named(sentences: Sequence[str]) -> Iterator[Finding]:
    for sentence in sentences[:_MOST_NAMED]:
        yield odd("gate", sentence)
    more = len(sentences) - _MOST_NAMED
    if more > 0:
        yield odd("gate", f"… and {more} more; `etam publish --dry-run` lists them.")


def _feed(bucket: Bucket, publication: Publication) -> Iterator[Finding]:
    there = bucket.get(FEED_KEY)
    if there is None:
        yield odd("feed", "Nothing is public yet.")
        return
    written = bucket.modified(FEED_KEY)
    age = f", written {written:%Y-%m-%d %H:%M} UTC" if written else ""
    said = f"{FEED_KEY} holds {there[1].size:,} bytes{age}"
    if publication.changes:
        many = len(publication.changes)
        yield odd("feed", f"{said}; `etam publish` would upload {many} file(s).")
    else:
        yield Finding("feed", True, f"{said}; it is what the episodes say.")

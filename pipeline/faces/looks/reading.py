"""What listeners' apps get at the public address, asked the way that they ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from pipeline.faces.looks.finding import Finding, odd
from pipeline.ground.workspace import Workspace
from pipeline.tools.bucket import Bucket
from pipeline.tools.web.probing import probe
from pipeline.tools.web.serving import Served, basic_complaints, complaints
from pipeline.words.feed import FEED_KEY, FeedItem
from pipeline.words.web_files import media_type

_AT_ONCE = 8
_LISTING = b"<ListBucketResult"
_Ask = Callable[[Served], list[str]]


def look_at_address(
    workspace: Workspace, bucket: Bucket, items: Sequence[FeedItem]
) -> Iterator[Finding]:
    """Ask for the feed and for the files of `items`, the newest of them closely."""
    base_url = workspace.show.publish.base_url
    there = bucket.get(FEED_KEY)
    if there is None:
        return
    feed, size = base_url + FEED_KEY, len(there[0])
    got = probe(feed, most_bytes=size + 1)
    if got.status != 200:
        yield _not_reached(workspace, got.trouble or f"it answers {got.status}")
        return
    asked = list(_asked(base_url, items))
    if got.body == there[0]:
        asked.append((Served(feed, size, media_type(FEED_KEY)), complaints))
    else:
        said = f"{feed} is another feed than the one in {bucket.name}"
        yield odd("public address", f"{said}; a CDN keeps it for five minutes at most.")
    found = [*_listing(workspace), *_answers(asked)]
    yield from (Finding("public address", False, sentence) for sentence in found)
    if not found:
        said = f"{feed} and the files that it names are served as apps need it."
        yield Finding("public address", True, said)


def _not_reached(workspace: Workspace, why: str) -> Finding:
    address = f"{workspace.show.publish.base_url}{FEED_KEY}"
    if workspace.show.publish.target == "folder":
        said = f"{address} cannot be had from this machine ({why}); `etam serve` tries it here."
        return odd("public address", said)
    said = f"{address} cannot be had ({why}). Look at `etam setup-bucket` and `base_url`."
    return Finding("public address", False, said)


def _listing(workspace: Workspace) -> Iterator[str]:
    """Whether strangers see the names of all files; the bucket is above the prefix."""
    settings = workspace.show.publish
    root = settings.base_url.removesuffix(f"{settings.prefix.strip('/')}/")
    if _LISTING in probe(root, most_bytes=4096).body:
        yield f"Anybody can list {root}, withdrawn files too; see `etam setup-bucket`."


def _asked(base_url: str, items: Sequence[FeedItem]) -> Iterator[tuple[Served, _Ask]]:
    """What a podcast app fetches of each item; the first is asked about closely."""
    for place, item in enumerate(items):
        others = (*item.transcripts, *filter(None, (item.chapters, item.cover)))
        for file in (item.enclosure, *others):
            closely = _as_audio if file == item.enclosure else complaints
            served = Served(base_url + file.key, file.size, media_type(file.key))
            yield served, basic_complaints if place else closely


def _as_audio(file: Served) -> list[str]:
    return complaints(file, is_audio=True)


def _answers(asked: Sequence[tuple[Served, _Ask]]) -> Iterator[str]:
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        answers = threads.map(lambda each: each[1](each[0]), asked)
        for (file, _), said in zip(asked, answers, strict=True):
            yield from (f"{file.address}: {complaint}." for complaint in said)

"""What a feed of 10, 500 and 5,000 episodes costs: building it, and publishing one episode more.

It is built in pages, as it is published, and once as one document for comparison.

Each size runs in a process of its own, so that its peak of memory is its own. The S3 server is
moto in the same process; the catalogue counts as uploaded from here, as it is after a year of
publishing, so that requests are those of one episode more. Prints one line for each size.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import boto3
from moto.server import ThreadedMotoServer

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import open_bucket, plan_publication, publish
from pipeline.stages.publish.channel import channel_of, show_record
from pipeline.stages.publish.records import read_records, write_items
from pipeline.tools.bucket import Stored
from pipeline.tools.bucket.s3 import S3Bucket
from pipeline.tools.rss import build_feed
from pipeline.words.feed import FeedChannel, FeedItem, PublicFile
from pipeline.words.feed_pages import cut, page_ends
from tests.episodes_on_disk import add_episode, make_workspace

SIZES = (10, 500, 5_000)
NOW = datetime(2026, 11, 23, 4, 5, 6, tzinfo=UTC)
_ITEMS_PER_PAGE = 300
_NOTES = "<p>" + "Tentang air bersih di Kutai Kartanegara. " * 30 + "</p>"


def main() -> None:
    """Measure each size in its own process, or the one that is named."""
    if len(sys.argv) > 1:
        print(json.dumps(_measure(int(sys.argv[1]))))
        return
    print(
        "episodes  in pages  peak MB  in one document  peak MB  document KB"
        "  one more: plan  plan MB  publish  requests"
    )
    for size in SIZES:
        done = subprocess.run(
            [sys.executable, __file__, str(size)], check=True, capture_output=True, text=True
        )
        print(_line(size, json.loads(done.stdout)))


def _line(size: int, found: dict[str, object]) -> str:
    requests = " ".join(f"{name} {count}" for name, count in found["requests"].items())  # type: ignore[attr-defined]
    sent = f"{found['sent_kb']:,} KB"
    return (
        f"{size:8,}  {found['pages_s']:6.2f} s  {found['pages_mb']:7.0f}"
        f"  {found['build_s']:13.2f} s  {found['build_mb']:7.0f}"
        f"  {found['feed_bytes'] / 1e3:11,.0f}  {found['plan_s']:12.2f} s"  # type: ignore[operator]
        f"  {found['plan_mb']:7.1f}  {found['publish_s']:5.2f} s  {requests}  {sent}"
    )


def _measure(size: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder, _s3() as endpoint:
        show = _show(Path(folder) / "show", endpoint)
        add_episode(show, "ke-0", publish_at=NOW - timedelta(days=9_000))
        bucket = _open(show)
        publish(show, bucket, plan_publication(show, bucket, NOW), lambda _share: None)
        records = read_records(show)
        channel = channel_of(show, show_record(show, records.show))
        item = next(iter(records.items.values()))
        items = [_copy(item, number) for number in range(1, size)]
        before_mb = _peak_mb()
        pages_s, _ = _timed(lambda: _built_in_pages(channel, items))
        pages_mb = _peak_mb() - before_mb
        build_s, document = _timed(lambda: build_feed(channel, items))
        build_mb = _peak_mb() - before_mb
        write_items(show, items)
        _remember(bucket, items)
        publish(show, bucket, plan_publication(show, bucket, NOW), lambda _share: None)
        add_episode(show, "yang-baru", title="Yang baru")
        show, bucket = Workspace(show.root), _open(show)
        requests = _requests_of(bucket)
        plan_s, plan = _timed(lambda: plan_publication(show, bucket, NOW))
        plan_mb = _traced_mb(lambda: plan_publication(show, _open(show), NOW))
        publish_s, _ = _timed(lambda: publish(show, bucket, plan, lambda _share: None))
        return {
            "pages_s": pages_s,
            "pages_mb": pages_mb,
            "build_s": build_s,
            "build_mb": build_mb,
            "feed_bytes": len(document),
            "plan_s": plan_s,
            "publish_s": publish_s,
            "plan_mb": plan_mb,
            "sent_kb": sum(change.size for change in plan.changes) // 1000,
            "requests": dict(sorted(requests.items())),
        }


def _built_in_pages(channel: FeedChannel, items: Sequence[FeedItem]) -> int:
    """How many bytes all documents have when a page holds as many as a show's do (RFC 5005)."""
    pages = cut(items, page_ends(items, (), _ITEMS_PER_PAGE))
    sizes = [len(build_feed(channel, page, is_archive=True)) for page in pages.archives]
    return sum(sizes) + len(build_feed(channel, pages.newest))


@contextmanager
def _s3() -> Iterator[str]:
    os.environ.update(AWS_ACCESS_KEY_ID="key", AWS_SECRET_ACCESS_KEY="secret")  # noqa: S106
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket="show")
    try:
        yield endpoint
    finally:
        server.stop()


def _show(root: Path, endpoint: str) -> Workspace:
    target = f'target = "s3"\nbucket = "show"\nendpoint = "{endpoint}"\naddressing = "path"'
    return make_workspace(root, base_url="https://podcast.example.org/", publish=target)


def _open(show: Workspace) -> S3Bucket:
    bucket = open_bucket(show.show, show)
    assert isinstance(bucket, S3Bucket)
    return bucket


def _copy(item: FeedItem, number: int) -> FeedItem:
    """Another episode of another day, with files of its own."""

    def own(file: PublicFile) -> PublicFile:
        sha256 = hashlib.sha256(f"{file.sha256}{number}".encode()).hexdigest()
        key = file.key.replace("ke-0", f"ke-{number}").replace(file.sha256[:16], sha256[:16])
        return PublicFile(key, file.size, sha256)

    return replace(
        item,
        guid=f"guid-{number}",
        slug=f"ke-{number}",
        title=f"Air bersih {number}",
        notes_html=_NOTES,
        published_at=item.published_at + timedelta(days=number),
        changed_at=item.published_at + timedelta(days=number),
        enclosure=own(item.enclosure),
        transcripts=tuple(map(own, item.transcripts)),
        chapters=own(item.chapters) if item.chapters else None,
        page=own(item.page),
        more_pages=tuple(map(own, item.more_pages)),
    )


def _remember(bucket: S3Bucket, items: Iterable[FeedItem]) -> None:
    files = {file.key: file for item in items for file in item.files}
    known = {key: Stored(file.size, file.sha256, "etag") for key, file in files.items()}
    bucket._memory.learn_all(known.items())


def _requests_of(bucket: S3Bucket) -> Counter[str]:
    counted: Counter[str] = Counter()
    for client in bucket.clients:
        client.meta.events.register(
            "before-call.s3", lambda model, **_: counted.update([model.name])
        )
    return counted


Result = TypeVar("Result")


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _traced_mb(work: Callable[[], object]) -> float:
    """The most memory that Python's own objects took; the server beside it does nothing."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

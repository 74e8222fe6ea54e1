"""Compares what a bucket says of its objects with what the feed says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pipeline.ground.config import Publish
from pipeline.tools.bucket.policies import prefix_of
from pipeline.tools.bucket.reaching import Reached, reach
from pipeline.tools.bucket.sending import head_of
from pipeline.words.feed import PublicFile
from pipeline.words.web_files import cache_control, content_type

_AT_ONCE = 8


def odd_objects(settings: Publish, files: Iterable[PublicFile]) -> Iterator[str]:
    """A sentence for each file that is not there, or not of the length and type that it should be.

    One question for each file, a few at a time.
    """
    reached = reach(settings)
    prefix = prefix_of(settings)

    def differences(file: PublicFile) -> list[str]:
        target = {"Bucket": settings.bucket, "Key": f"{prefix}{file.key}"}
        return list(_differences(reached, target, file))

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for said in threads.map(differences, files):
            yield from said


def _differences(reached: Reached, target: dict[str, Any], file: PublicFile) -> Iterator[str]:
    with reached.place.in_words("read"):
        head = head_of(reached.client, target)
    if head is None:
        yield f"{file.key} is not in the bucket; `etam publish --verify` uploads it again."
        return
    if head["ContentLength"] != file.size:
        yield (
            f"{file.key} has {head['ContentLength']:,} bytes in the bucket, and {file.size:,} in "
            "the feed; `etam publish --verify` uploads it again."
        )
    expected = {"ContentType": content_type(file.key), "CacheControl": cache_control(file.key)}
    for name, wanted in expected.items():
        said = str(head.get(name, "nothing"))
        if said.lower() != wanted.lower():
            yield (
                f"{file.key} is served with {name} “{said}” and should be with “{wanted}”; "
                "correct it with the server's own tools, or delete it there and publish again."
            )

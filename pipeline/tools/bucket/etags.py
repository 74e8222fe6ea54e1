"""ETags: what S3 calls a version of an object, and what they say of its content."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO

from pipeline.ground.files import read_json, write_json
from pipeline.tools.bucket.port import Stored


def etag_of_parts(file: IO[bytes], part_bytes: int) -> str:
    """The ETag of an upload in parts: the MD5 of the parts' MD5s, and how many there are."""
    digests = []
    while part := file.read(part_bytes):
        digests.append(hashlib.md5(part, usedforsecurity=False).digest())
    whole = hashlib.md5(b"".join(digests), usedforsecurity=False)
    return f"{whole.hexdigest()}-{len(digests)}"


class EtagMemory:
    """Which ETag has which SHA-256, by bucket and key. Deleting the file costs requests only."""

    def __init__(self, path: Path, bucket: str) -> None:
        self._path = path
        self._bucket = bucket
        self._changed = False
        try:
            content = read_json(path)
        except (OSError, ValueError):
            content = {}
        known = content.get(bucket) if isinstance(content, dict) else None
        self._known: dict[str, list[str]] = known if isinstance(known, dict) else {}

    def sha256_of(self, key: str, etag: str) -> str | None:
        known = self._known.get(key)
        return known[1] if known is not None and known[0] == etag else None

    def learn(self, key: str, stored: Stored) -> None:
        self._known[key] = [stored.etag, stored.sha256]
        self._changed = True

    def save(self) -> None:
        if self._changed:
            write_json(self._path, {self._bucket: self._known})
            self._changed = False

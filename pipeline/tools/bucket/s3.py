"""Any S3 server as a bucket, through boto3."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from pipeline.ground.config import Publish
from pipeline.tools.bucket.connecting import s3_client
from pipeline.tools.bucket.etags import EtagMemory, etag_of_parts
from pipeline.tools.bucket.port import (
    Content,
    KeyTaken,
    Progress,
    Stored,
    changed,
    nothing,
    opened,
)
from pipeline.tools.bucket.refusals import ArrivedDamaged, Place, is_not_there
from pipeline.words.web_files import cache_control, content_type, is_named_by_content

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import HeadObjectOutputTypeDef

# 5 MiB is the smallest part that S3 allows: over a line of 20 kB/s a larger one does not get
# through before a time-out. Two at a time, for the same reason.
PART_BYTES = 5 * 1024 * 1024
_TRANSFER = TransferConfig(
    multipart_threshold=PART_BYTES + 1,
    multipart_chunksize=PART_BYTES,
    max_concurrency=2,
    preferred_transfer_client="classic",
)
# Questions are small and somebody waits for them; urllib3 applies the connect time-out to the
# sending of a body too, so uploads get a long one.
_ASKING = {"connect_timeout": 10, "read_timeout": 30, "retries": 4}
_SENDING = {"connect_timeout": 60, "read_timeout": 300, "retries": 10}
# boto3 retries what the server refused, and nothing that arrived damaged.
_MOST_UPLOADS = 3
# What somebody deletes in the bucket by hand is missed for so long at most.
_LIST_EVERY = 24 * 3600.0


class S3Bucket:
    """An S3 bucket. `memory` is a file that remembers what it holds.

    When `thorough`, the bucket itself is asked before anything else is believed.
    """

    def __init__(self, settings: Publish, memory: Path, *, thorough: bool = False) -> None:
        self._thorough = thorough
        self._bucket = settings.bucket
        self._prefix = f"{settings.prefix.strip('/')}/".lstrip("/")
        self._endpoint = settings.endpoint or f"Amazon S3 ({settings.region or 'default region'})"
        self._place = Place(settings.bucket, self._endpoint)
        with self._place.in_words("connect"):
            session = boto3.session.Session()
            self._asking = s3_client(session, settings, **_ASKING)
            self._sending = s3_client(session, settings, **_SENDING)
        self._memory = EtagMemory(
            memory, f"{settings.endpoint or ''}|{self._bucket}|{self._prefix}"
        )

    @property
    def name(self) -> str:
        return f"the bucket “{self._bucket}” at {self._endpoint}"

    def stored(self, keys: Iterable[str]) -> Mapping[str, Stored]:
        """What this machine knows of `keys`, and what it must ask.

        Everything is listed once a day, or when `thorough`: in between, what was uploaded from
        here is taken to be there still, and only what may change under its name at the root of the
        prefix, such as the feed, is asked for each time.
        """
        wanted = set(keys)
        now = datetime.now(UTC)
        if wanted and (self._thorough or self._memory.listed_seconds_ago(now) > _LIST_EVERY):
            self._thorough = False
            self._memory.listed(self._listed(), now)
        found = self._memory.known(wanted)
        asked = [key for key, entry in found.items() if not entry.sha256]
        asked += [key for key in wanted if _may_change_elsewhere(key) and key not in asked]
        for key in asked:
            found.pop(key, None)
            if (entry := self._asked(key)) is not None:
                found[key] = entry
        return found

    def put(
        self,
        key: str,
        content: Content,
        *,
        if_absent: bool = False,
        if_match: str | None = None,
        progress: Progress = nothing,
    ) -> Stored:
        conditions: dict[str, Any] = {}
        if if_absent:
            conditions["IfNoneMatch"] = "*"
        if if_match is not None:
            conditions["IfMatch"] = f'"{if_match}"'
        try:
            return self._put(key, content, conditions, progress, if_absent=if_absent)
        except KeyTaken:
            self._memory.doubt(key)
            raise

    def _put(
        self,
        key: str,
        content: Content,
        conditions: dict[str, Any],
        progress: Progress,
        *,
        if_absent: bool,
    ) -> Stored:
        self._refuse_if_taken(key, content, if_absent=if_absent)
        for _ in range(_MOST_UPLOADS - 1):
            with contextlib.suppress(ArrivedDamaged):
                return self._put_once(key, content, conditions, progress)
            progress = nothing  # what was sent once is not counted again
        return self._put_once(key, content, conditions, progress)

    def get(self, key: str) -> tuple[bytes, Stored] | None:
        with self._place.in_words("read"):
            try:
                answer = self._asking.get_object(Bucket=self._bucket, Key=self._prefix + key)
                body = answer["Body"].read()
            except ClientError as error:
                if is_not_there(error):
                    return None
                raise
        digest = hashlib.sha256(body).hexdigest()
        return body, Stored(len(body), digest, answer["ETag"].strip('"'))

    def check(self) -> str:
        """Raises when the bucket cannot be listed or an upload cannot be begun."""
        key = f"{self._prefix}.write-check"
        with self._place.in_words("list files"):
            self._asking.list_objects_v2(Bucket=self._bucket, Prefix=self._prefix, MaxKeys=1)
        with self._place.in_words("write"):
            # An upload that is begun and given up shows the right to write and leaves nothing.
            upload = self._asking.create_multipart_upload(Bucket=self._bucket, Key=key)
            self._asking.abort_multipart_upload(
                Bucket=self._bucket, Key=key, UploadId=upload["UploadId"]
            )
        return f"Files are published to {self.name}."

    def clock_skew_seconds(self, now: datetime) -> float:
        with self._place.in_words("list files"):
            answer = self._asking.list_objects_v2(
                Bucket=self._bucket, Prefix=self._prefix, MaxKeys=1
            )
        date = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
        return (now - parsedate_to_datetime(date)).total_seconds() if date else 0.0

    def _listed(self) -> dict[str, Stored]:
        """Everything under the prefix; its SHA-256 where the ETag is the one that is known."""
        listed: dict[str, Stored] = {}
        with self._place.in_words("list files"):
            pages = self._asking.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix
            )
            for page in pages:
                for entry in page.get("Contents", []):
                    key = entry["Key"].removeprefix(self._prefix)
                    listed[key] = Stored(entry["Size"], "", entry["ETag"].strip('"'))
        known = self._memory.known(listed)
        return {
            key: known[key] if key in known and known[key].etag == entry.etag else entry
            for key, entry in listed.items()
        }

    def _asked(self, key: str) -> Stored | None:
        head = self._head(key)
        if head is None:
            return None
        stored = Stored(head["ContentLength"], _sha256_in(head), head["ETag"].strip('"'))
        self._memory.learn(key, stored)
        return stored

    def _head(self, key: str) -> HeadObjectOutputTypeDef | None:
        with self._place.in_words("read"):
            try:
                return self._asking.head_object(Bucket=self._bucket, Key=self._prefix + key)
            except ClientError as error:
                if is_not_there(error):
                    return None
                raise

    def _refuse_if_taken(self, key: str, content: Content, *, if_absent: bool) -> None:
        """For large files: some servers ignore the condition when an upload is completed."""
        if if_absent and content.size > PART_BYTES and self._head(key) is not None:
            raise KeyTaken(key)

    def _put_once(
        self, key: str, content: Content, conditions: dict[str, Any], progress: Progress
    ) -> Stored:
        with self._place.in_words("write"):
            etag = self._send(key, content, conditions, progress)
            stored = self._read_back(key, content, etag)
        if stored is None:
            conditions.clear()  # what is there now is our own damaged upload
            raise self._place.damaged(key)
        self._memory.learn(key, stored)
        return stored

    def _send(
        self, key: str, content: Content, conditions: dict[str, Any], progress: Progress
    ) -> str:
        """The ETag that the server must give to what was sent, if its ETags are digests."""
        target = {"Bucket": self._bucket, "Key": self._prefix + key}
        headers = {
            "ContentType": content_type(key),
            "CacheControl": cache_control(key),
            "Metadata": {"sha256": content.sha256},
        }
        with opened(content) as file:
            # One handle throughout: a file that is replaced meanwhile is not mixed with the new.
            if hashlib.file_digest(file, "sha256").hexdigest() != content.sha256:
                raise changed(content)
            file.seek(0)
            if content.size <= PART_BYTES:
                body = file.read()
                self._put_whole({**target, **headers, **conditions}, body)
                progress(len(body))
                return hashlib.md5(body, usedforsecurity=False).hexdigest()
            etag = etag_of_parts(file, PART_BYTES)
            file.seek(0)
            self._sending.upload_fileobj(
                file, **target, ExtraArgs=headers, Callback=progress, Config=_TRANSFER
            )
            return etag

    def _put_whole(self, request: dict[str, Any], body: bytes) -> None:
        md5 = hashlib.md5(body, usedforsecurity=False).digest()
        self._sending.put_object(**request, Body=body, ContentMD5=base64.b64encode(md5).decode())

    def _read_back(self, key: str, content: Content, expected_etag: str) -> Stored | None:
        """What is stored now, when it is whole: by its ETag if that is a digest, or its bytes."""
        head = self._head(key)
        etag = head["ETag"].strip('"') if head else ""
        whole = head is not None and head["ContentLength"] == content.size
        if whole and (etag == expected_etag or self._sha256_of_body(key) == content.sha256):
            return Stored(content.size, content.sha256, etag)
        return None

    def _sha256_of_body(self, key: str) -> str:
        digest = hashlib.sha256()
        answer = self._sending.get_object(Bucket=self._bucket, Key=self._prefix + key)
        for block in answer["Body"].iter_chunks(1 << 20):
            digest.update(block)
        return digest.hexdigest()


def _may_change_elsewhere(key: str) -> bool:
    return "/" not in key and not is_named_by_content(key)


def _sha256_in(head: HeadObjectOutputTypeDef) -> str:
    return head.get("Metadata", {}).get("sha256", "")

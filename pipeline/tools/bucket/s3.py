"""Any S3 server as a bucket, through boto3."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from pipeline.ground.config import Publish
from pipeline.tools.bucket.absence import is_absent
from pipeline.tools.bucket.connecting import s3_client
from pipeline.tools.bucket.etags import EtagMemory
from pipeline.tools.bucket.multipart import unfinished_upload
from pipeline.tools.bucket.patience import Patience
from pipeline.tools.bucket.port import Content, KeyTaken, Progress, Stored, nothing
from pipeline.tools.bucket.refusals import NotNow, Place
from pipeline.tools.bucket.sending import Sender, head_of, sha256_in
from pipeline.words.feed import PublicFile
from pipeline.words.public_names import CLEARED_KEY, WRITE_CHECK_KEY

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef, HeadObjectOutputTypeDef

# Questions are small and somebody waits for them.
_ASKING = {"connect_timeout": 10, "read_timeout": 30, "retries": 4}
# What somebody deletes in the bucket by hand is missed for so long at most.
_LIST_EVERY = 24 * 3600.0


class S3Bucket:
    """An S3 bucket. `memory` is a file that remembers what it holds.

    When `thorough`, the bucket itself is asked before anything else is believed.
    """

    def __init__(self, settings: Publish, memory: Path, *, thorough: bool = False) -> None:
        self._thorough = thorough
        self._is_sure = False
        self._bucket = settings.bucket
        self._prefix = f"{settings.prefix.strip('/')}/".lstrip("/")
        self._endpoint = settings.endpoint or f"Amazon S3 ({settings.region or 'default region'})"
        self._place = Place(settings.bucket, self._endpoint)
        with self._place.in_words("connect"):
            session = boto3.session.Session()
            self._asking = s3_client(session, settings, **_ASKING)
            self._sender = Sender(session, settings, self._place)
        self._memory = EtagMemory(
            memory, f"{settings.endpoint or ''}|{self._bucket}|{self._prefix}"
        )

    @property
    def name(self) -> str:
        return f"the bucket “{self._bucket}” at {self._endpoint}"

    @property
    def clients(self) -> tuple[S3Client, S3Client]:
        """What it asks and what it sends with, for those who count requests."""
        return self._asking, self._sender.client

    def stored(self, keys: Iterable[str], *, anew: Iterable[str] = ()) -> Mapping[str, Stored]:
        """What this machine knows of `keys`, and what it must ask.

        Everything is listed once a day, when `etam gc` deleted anything, or when `thorough`: in
        between, what was uploaded from here is taken to be there still.
        """
        must_ask = set(anew)
        wanted = {*keys, *must_ask}
        now = datetime.now(UTC)
        if wanted and (self._thorough or self._is_memory_old(now) or self._was_cleared()):
            self._thorough, self._is_sure = False, True
            self._memory.listed(self._listed(), now)
        found = self._memory.known(wanted)
        asked = [key for key, entry in found.items() if not entry.sha256]
        for key in must_ask.union(asked):
            found.pop(key, None)
            if (entry := self._asked(key)) is not None:
                found[key] = entry
        return found

    def _is_memory_old(self, now: datetime) -> bool:
        return self._memory.listed_seconds_ago(now) > _LIST_EVERY

    def _was_cleared(self) -> bool:
        """Whether somebody deleted files since everything was listed; asked once."""
        if self._is_sure:
            return False
        self._is_sure = True
        known = self._memory.known([CLEARED_KEY]).get(CLEARED_KEY)
        there = self._head(CLEARED_KEY)
        return (there["ETag"].strip('"') if there else "") != (known.etag if known else "")

    def believe(self, files: Iterable[PublicFile]) -> None:
        by_key = {file.key: file for file in files}
        known = self._memory.known(by_key)
        news = []
        for key, file in by_key.items():
            there = known.get(key, Stored(file.size, "", ""))
            if not there.sha256 and there.size == file.size:
                news.append((key, Stored(file.size, file.sha256, there.etag)))
        self._memory.learn_all(news)

    def put(
        self,
        key: str,
        content: Content,
        *,
        if_absent: bool = False,
        if_match: str | None = None,
        progress: Progress = nothing,
    ) -> Stored:
        conditions = {"IfNoneMatch": "*"} if if_absent else {}
        if if_match is not None:
            conditions["IfMatch"] = f'"{if_match}"'
        try:
            stored = self._sender.put(
                self._asking, self._prefix + key, content, conditions, progress
            )
        except KeyTaken:
            self._memory.doubt(key)
            raise
        self._memory.learn(key, stored)
        return stored

    def get(self, key: str) -> tuple[bytes, Stored] | None:
        patience = Patience()
        while True:
            with self._place.in_words("read"):
                answer = self._answer(key)
            if answer is None:
                return None
            try:
                with self._place.in_words("read"):
                    body = answer["Body"].read()
            except NotNow as problem:  # boto3 does not ask again for a body that broke off
                patience.after(problem, arrived=0)
                continue
            digest = hashlib.sha256(body).hexdigest()
            return body, Stored(len(body), digest, answer["ETag"].strip('"'))

    def _answer(self, key: str) -> GetObjectOutputTypeDef | None:
        target: dict[str, Any] = {"Bucket": self._bucket, "Key": self._prefix + key}
        try:
            return self._asking.get_object(**target)
        except ClientError as error:
            if is_absent(self._asking, target, error):
                return None
            raise

    def modified(self, key: str) -> datetime | None:
        head = self._head(key)
        return head["LastModified"] if head else None

    def check(self) -> str:
        """Raises when the bucket cannot be listed or an upload cannot be begun."""
        target: Any = {"Bucket": self._bucket, "Key": f"{self._prefix}{WRITE_CHECK_KEY}"}
        with self._place.in_words("list files"):
            self._asking.list_objects_v2(Bucket=self._bucket, Prefix=self._prefix, MaxKeys=1)
        with self._place.in_words("write"):
            # An upload that is begun and given up shows the right to write and leaves nothing.
            upload = self._asking.create_multipart_upload(**target)
            self._asking.abort_multipart_upload(**target, UploadId=upload["UploadId"])
        with self._place.in_words("list unfinished uploads"):
            unfinished_upload(self._asking, target)
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
        stored = Stored(head["ContentLength"], sha256_in(head), head["ETag"].strip('"'))
        self._memory.learn(key, stored)
        return stored

    def _head(self, key: str) -> HeadObjectOutputTypeDef | None:
        with self._place.in_words("read"):
            return head_of(self._asking, {"Bucket": self._bucket, "Key": self._prefix + key})

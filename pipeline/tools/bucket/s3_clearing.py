"""An S3 bucket in the hands of whoever may delete in it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from pipeline.ground.config import Publish
from pipeline.tools.bucket.clearing import Found, Unfinished
from pipeline.tools.bucket.policies import prefix_of
from pipeline.tools.bucket.reaching import reach
from pipeline.tools.bucket.refusals import cannot_do, is_no_upload
from pipeline.tools.bucket.sending import head_of, sha256_in
from pipeline.words.public_names import CLEARED_KEY
from pipeline.words.web_files import cache_control, content_type


class S3Clearing:
    """What is under the prefix, and nothing beside it."""

    def __init__(self, settings: Publish) -> None:
        reached = reach(settings)
        self._client, self._place = reached.client, reached.place
        self._bucket, self._prefix = settings.bucket, prefix_of(settings)

    def found(self) -> Iterator[Found]:
        with self._place.in_words("list files"):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix
            )
            for page in pages:
                for entry in page.get("Contents", []):
                    key = entry["Key"].removeprefix(self._prefix)
                    etag = entry["ETag"].strip('"')
                    yield Found(key, entry["Size"], entry["LastModified"], etag)

    def unfinished(self) -> Iterator[Unfinished]:
        with self._place.in_words("list unfinished uploads"):
            try:
                pages = self._client.get_paginator("list_multipart_uploads").paginate(
                    Bucket=self._bucket, Prefix=self._prefix
                )
                for page in pages:
                    for entry in page.get("Uploads", []):
                        key = entry["Key"].removeprefix(self._prefix)
                        yield Unfinished(key, entry["UploadId"], entry["Initiated"])
            except ClientError as error:
                if not cannot_do(error):
                    raise

    def digest_of(self, file: Found) -> str:
        with self._place.in_words("read"):
            head = head_of(self._client, self._target(file.key))
        return (sha256_in(head) if head else "") or "none"

    def tell_publishers(self, when: str) -> None:
        body = json.dumps({"cleared": when}).encode() + b"\n"
        md5 = hashlib.md5(body, usedforsecurity=False).digest()
        with self._place.in_words("write"):
            self._client.put_object(
                **self._target(CLEARED_KEY),
                Body=body,
                ContentMD5=base64.b64encode(md5).decode(),
                ContentType=content_type(CLEARED_KEY),
                CacheControl=cache_control(CLEARED_KEY),
            )

    def delete(self, file: Found) -> bool:
        target: dict[str, Any] = self._target(file.key)
        with self._place.in_words("delete"):
            head = head_of(self._client, target)
            if head is None or head["ETag"].strip('"') != file.version:
                return False
            if abs((head["LastModified"] - file.written).total_seconds()) > 1:
                return False  # the same content, stored again: somebody needs it
            self._client.delete_object(**target)
        return True

    def give_up(self, upload: Unfinished) -> None:
        with self._place.in_words("give up uploads"):
            try:
                self._client.abort_multipart_upload(
                    **self._target(upload.key), UploadId=upload.upload
                )
            except ClientError as error:
                if not is_no_upload(error):  # somebody else was faster
                    raise

    def _target(self, key: str) -> dict[str, Any]:
        return {"Bucket": self._bucket, "Key": f"{self._prefix}{key}"}

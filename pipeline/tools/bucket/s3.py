"""Any S3 server as a bucket, through boto3; the only module that knows boto3.

Credentials come from the AWS chain (environment, profile, instance role), never from the show.
Measured against Ceph radosgw 16.2, which like many servers cannot take botocore's trailing
checksums and wants the ETag of If-Match without quotes.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import botocore.exceptions
from boto3.exceptions import S3UploadFailedError
from boto3.s3.transfer import TransferConfig
from botocore.config import Config

from pipeline.ground.config import Publish
from pipeline.ground.files import read_json, sha256_of, write_json
from pipeline.tools.bucket.port import Content, KeyTaken, Progress, Stored, nothing
from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem, TemporaryProblem
from pipeline.words.web_files import cache_control, content_type

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
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
_NEVER_SENT = ("NoSuchKey", "404", "NotFound")
_CONFLICT = ("412", "409", "PreconditionFailed", "ConditionalRequestConflict")
_BUSY = ("429", "500", "502", "503", "504", "SlowDown", "InternalError", "ServiceUnavailable",
         "RequestTimeout", "Throttling")  # fmt: skip
_REFUSALS = {
    "NoSuchBucket": (
        "There is no bucket “{bucket}” at {endpoint}.",
        "Make it there, or correct `bucket` under [publish] in show.toml.",
    ),
    "InvalidAccessKeyId": (
        "{endpoint} does not know the access key.",
        "Correct AWS_ACCESS_KEY_ID, or the profile that is used.",
    ),
    "SignatureDoesNotMatch": (
        "{endpoint} does not accept the secret of the access key.",
        "Correct AWS_SECRET_ACCESS_KEY, or the profile that is used.",
    ),
    "RequestTimeTooSkewed": (
        "This machine's clock is too far from that of {endpoint}.",
        "Set the clock (for example with NTP) and publish again.",
    ),
    "AccessDenied": (
        "This user may not {action} in the bucket “{bucket}” at {endpoint}.",
        "Give it the rights that docs/publishing.md lists.",
    ),
    "PermanentRedirect": (
        "The bucket “{bucket}” is in another region.",
        "Set `region` under [publish] in show.toml to the region of the bucket.",
    ),
    "InvalidBucketName": (
        "“{bucket}” cannot be the name of a bucket.",
        "Correct `bucket` under [publish] in show.toml.",
    ),
    "QuotaExceeded": (
        "The bucket “{bucket}” is full.",
        "Raise its quota and publish again.",
    ),
}
_ALSO = {
    "403": "AccessDenied",
    "Forbidden": "AccessDenied",
    "301": "PermanentRedirect",
    "AuthorizationHeaderMalformed": "PermanentRedirect",
    "InvalidToken": "InvalidAccessKeyId",
    "ExpiredToken": "InvalidAccessKeyId",
}


class S3Bucket:
    """An S3 bucket. `memory` is a file that remembers which ETag has which SHA-256."""

    def __init__(self, settings: Publish, memory: Path) -> None:
        self._bucket = settings.bucket
        self._prefix = f"{settings.prefix.strip('/')}/".lstrip("/")
        self._endpoint = settings.endpoint or f"Amazon S3 ({settings.region or 'default region'})"
        with self._in_words("connect"):
            session = boto3.session.Session()
            self._asking = _client(session, settings, **_ASKING)
            self._sending = _client(session, settings, **_SENDING)
        self._memory = _Memory(memory, f"{settings.endpoint or ''}|{self._bucket}|{self._prefix}")

    @property
    def name(self) -> str:
        return f"the bucket “{self._bucket}” at {self._endpoint}"

    def stored(self, keys: Iterable[str]) -> Mapping[str, Stored]:
        """One listing for all keys; only what this machine did not upload itself is asked for."""
        wanted = set(keys)
        listed = {key: found for key, found in self._list() if key in wanted} if wanted else {}
        entries = {key: self._known_or_asked(key, *found) for key, found in listed.items()}
        self._memory.save()
        return {key: entry for key, entry in entries.items() if entry is not None}

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
        with self._in_words("write"):
            self._refuse_if_taken(key, content, if_absent=if_absent)
            etag = self._send(key, content, conditions, progress)
            stored = self._read_back(key, content, etag)
        self._memory.learn(key, stored)
        self._memory.save()
        return stored

    def get(self, key: str) -> tuple[bytes, Stored] | None:
        with self._in_words("read"):
            try:
                answer = self._asking.get_object(Bucket=self._bucket, Key=self._prefix + key)
                body = answer["Body"].read()
            except botocore.exceptions.ClientError as error:
                if _code(error) in _NEVER_SENT:
                    return None
                raise
        digest = hashlib.sha256(body).hexdigest()
        return body, Stored(len(body), digest, answer["ETag"].strip('"'))

    def check(self) -> str:
        """Raises when the bucket cannot be listed or an upload cannot be begun."""
        key = f"{self._prefix}.write-check"
        with self._in_words("list files"):
            self._asking.list_objects_v2(Bucket=self._bucket, Prefix=self._prefix, MaxKeys=1)
        with self._in_words("write"):
            # An upload that is begun and given up shows the right to write and leaves nothing.
            upload = self._asking.create_multipart_upload(Bucket=self._bucket, Key=key)
            self._asking.abort_multipart_upload(
                Bucket=self._bucket, Key=key, UploadId=upload["UploadId"]
            )
        return f"Files are published to {self.name}."

    def clock_skew_seconds(self, now: datetime) -> float:
        with self._in_words("list files"):
            answer = self._asking.list_objects_v2(
                Bucket=self._bucket, Prefix=self._prefix, MaxKeys=1
            )
        date = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
        return (now - parsedate_to_datetime(date)).total_seconds() if date else 0.0

    def _list(self) -> Iterator[tuple[str, tuple[int, str]]]:
        with self._in_words("list files"):
            pages = self._asking.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix
            )
            for page in pages:
                for entry in page.get("Contents", []):
                    key = entry["Key"].removeprefix(self._prefix)
                    yield key, (entry["Size"], entry["ETag"].strip('"'))

    def _known_or_asked(self, key: str, size: int, etag: str) -> Stored | None:
        sha256 = self._memory.sha256_of(key, etag)
        if sha256 is not None:
            return Stored(size, sha256, etag)
        head = self._head(key)
        if head is None:
            return None
        stored = Stored(head["ContentLength"], _sha256_in(head), head["ETag"].strip('"'))
        if stored.sha256:
            self._memory.learn(key, stored)
        return stored

    def _head(self, key: str) -> HeadObjectOutputTypeDef | None:
        with self._in_words("read"):
            try:
                return self._asking.head_object(Bucket=self._bucket, Key=self._prefix + key)
            except botocore.exceptions.ClientError as error:
                if _code(error) in _NEVER_SENT:
                    return None
                raise

    def _refuse_if_taken(self, key: str, content: Content, *, if_absent: bool) -> None:
        """For large files: some servers ignore the condition when an upload is completed."""
        if if_absent and content.size > PART_BYTES and self._head(key) is not None:
            raise KeyTaken(key)

    def _send(
        self, key: str, content: Content, conditions: dict[str, Any], progress: Progress
    ) -> str:
        """The ETag that the server must give to what was sent, if its ETags are digests."""
        headers: dict[str, Any] = {
            "ContentType": content_type(key),
            "CacheControl": cache_control(key),
            "Metadata": {"sha256": content.sha256},
        }
        target: dict[str, Any] = {"Bucket": self._bucket, "Key": self._prefix + key}
        if isinstance(content.source, Path) and content.size > PART_BYTES:
            _must_be_as_planned(content, sha256_of(content.source))
            self._sending.upload_file(
                str(content.source),
                **target,
                ExtraArgs=headers,
                Callback=progress,
                Config=_TRANSFER,
            )
            return _etag_of_parts(content.source)
        body = content.source if isinstance(content.source, bytes) else content.source.read_bytes()
        _must_be_as_planned(content, hashlib.sha256(body).hexdigest())
        md5 = hashlib.md5(body, usedforsecurity=False)
        self._sending.put_object(
            **target,
            **headers,
            **conditions,
            Body=body,
            ContentMD5=base64.b64encode(md5.digest()).decode(),
        )
        progress(len(body))
        return md5.hexdigest()

    def _read_back(self, key: str, content: Content, expected_etag: str) -> Stored:
        """What is stored now; by its ETag where that is a digest, else by its bytes."""
        head = self._head(key)
        etag = head["ETag"].strip('"') if head else ""
        whole = head is not None and head["ContentLength"] == content.size
        if whole and (etag == expected_etag or self._sha256_of_body(key) == content.sha256):
            return Stored(content.size, content.sha256, etag)
        raise TemporaryProblem(
            f"{key} is not whole in {self.name} after its upload.",
            "Publish again; the feed has not changed and does not name it yet.",
            f"expected {content.size} bytes, sha256 {content.sha256}; found {head}",
        )

    def _sha256_of_body(self, key: str) -> str:
        digest = hashlib.sha256()
        answer = self._sending.get_object(Bucket=self._bucket, Key=self._prefix + key)
        for block in answer["Body"].iter_chunks(1 << 20):
            digest.update(block)
        return digest.hexdigest()

    @contextlib.contextmanager
    def _in_words(self, action: str) -> Iterator[None]:
        """Turn what boto3 raises into who acts and how."""
        try:
            yield
        except botocore.exceptions.ClientError as error:
            raise self._refusal(error, action) from error
        except (
            botocore.exceptions.NoCredentialsError,
            botocore.exceptions.PartialCredentialsError,
            botocore.exceptions.CredentialRetrievalError,
            botocore.exceptions.ProfileNotFound,
        ) as error:
            raise SetupProblem(
                f"There are no credentials for {self.name}.",
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
                str(error),
            ) from error
        except (botocore.exceptions.NoRegionError, ValueError) as error:
            raise SetupProblem(
                f"{self.name[0].upper()}{self.name[1:]} cannot be addressed: {error}.",
                "Correct `endpoint` and `region` under [publish] in show.toml.",
            ) from error
        except (S3UploadFailedError, botocore.exceptions.BotoCoreError) as error:
            raise self._unreachable(error, action) from error

    def _refusal(self, error: botocore.exceptions.ClientError, action: str) -> Exception:
        code = _code(error)
        if code in _CONFLICT:
            return KeyTaken(str(error))
        words = {"bucket": self._bucket, "endpoint": self._endpoint, "action": action}
        sentence = _REFUSALS.get(_ALSO.get(code, code))
        if sentence is not None:
            return SetupProblem(sentence[0].format(**words), sentence[1], str(error))
        if code in _NEVER_SENT:
            problem, remedy = _REFUSALS["NoSuchBucket"]
            return SetupProblem(problem.format(**words), remedy, str(error))
        if code in _BUSY:
            return self._later(error)
        return SetupProblem(
            f"{self._endpoint} refused to {action} in the bucket “{self._bucket}” ({code}).",
            "Look at the settings under [publish] in show.toml and at the server's log.",
            str(error),
        )

    def _unreachable(self, error: Exception, action: str) -> Exception:
        cause = error.__cause__ or error.__context__
        if isinstance(error, S3UploadFailedError) and isinstance(
            cause, botocore.exceptions.ClientError
        ):
            return self._refusal(cause, action)
        return self._later(error)

    def _later(self, error: Exception) -> PipelineError:
        return TemporaryProblem(
            f"{self._endpoint} cannot be reached or is too busy.",
            "Publish again later; what was uploaded is kept, and the feed is as it was.",
            str(error),
        )


def _client(
    session: boto3.session.Session,
    settings: Publish,
    *,
    connect_timeout: int,
    read_timeout: int,
    retries: int,
) -> S3Client:
    other_server: dict[str, Any] = {}
    if settings.endpoint is not None:
        other_server = {
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        }
    client = session.client(
        "s3",
        endpoint_url=settings.endpoint,
        # A server that is not Amazon's mostly ignores the region, but a signature needs one.
        region_name=settings.region or ("us-east-1" if settings.endpoint else None),
        config=Config(
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
            retries={"mode": "standard", "total_max_attempts": retries},
            s3={"addressing_style": settings.addressing},
            **other_server,
        ),
    )
    if settings.endpoint is not None:
        client.meta.events.register("before-sign.s3.PutObject", _unquote_if_match)
    return client


def _unquote_if_match(request: Any, **_: Any) -> None:
    if "If-Match" in request.headers:
        value = request.headers["If-Match"]
        del request.headers["If-Match"]
        request.headers["If-Match"] = value.strip('"')


def _code(error: botocore.exceptions.ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _sha256_in(head: HeadObjectOutputTypeDef) -> str:
    return head.get("Metadata", {}).get("sha256", "")


def _must_be_as_planned(content: Content, sha256: str) -> None:
    if sha256 == content.sha256:
        return
    name = "a page" if isinstance(content.source, bytes) else str(content.source)
    raise EpisodeProblem(
        f"{name} changed while it was being published.",
        "Publish again; nothing of the new version is public yet.",
    )


def _etag_of_parts(path: Path) -> str:
    """The ETag of a multipart upload: the MD5 of the parts' MD5s, and how many there are."""
    digests = []
    with path.open("rb") as file:
        while part := file.read(PART_BYTES):
            digests.append(hashlib.md5(part, usedforsecurity=False).digest())
    whole = hashlib.md5(b"".join(digests), usedforsecurity=False)
    return f"{whole.hexdigest()}-{len(digests)}"


class _Memory:
    """Which ETag has which SHA-256, by bucket and key. Deleting the file costs requests only."""

    def __init__(self, path: Path, bucket: str) -> None:
        self._path = path
        self._bucket = bucket
        self._changed = False
        try:
            content = read_json(path)
        except (OSError, ValueError):
            content = {}
        self._known: dict[str, list[str]] = content.get(bucket, {})

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

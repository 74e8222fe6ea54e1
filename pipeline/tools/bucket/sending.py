"""Brings content to an S3 server whole, through whatever the line does, and reads it back."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from pipeline.ground.config import Publish
from pipeline.tools.bucket.absence import is_absent
from pipeline.tools.bucket.connecting import proof_of, s3_client
from pipeline.tools.bucket.multipart import Line, Upload, send_in_parts, unfinished_upload
from pipeline.tools.bucket.parts import Ledger, Outgoing, cut, etag_of, md5_of
from pipeline.tools.bucket.patience import Patience
from pipeline.tools.bucket.port import Content, KeyTaken, Progress, Stored, opened
from pipeline.tools.bucket.refusals import (
    ArrivedDamaged,
    NotNow,
    Place,
    cannot_do,
)
from pipeline.words.web_files import cache_control, content_type, is_named_by_content

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import HeadObjectOutputTypeDef

# A failed try is begun anew here and not by boto3, for here it is known what arrived.
_SWIFT: dict[str, int] = {"connect_timeout": 30, "read_timeout": 30, "retries": 1}
_SWIFT_PARALLEL = 2
# After a time-out the line may be slow: what was sent waits in buffers on the way, for minutes.
# urllib3 applies the connect time-out to each block that is sent, too.
_SLOW: dict[str, int] = {"connect_timeout": 120, "read_timeout": 300, "retries": 1}


class Sender:
    """Sends to one server. Once it was slow, it is given more time and one part at a time."""

    def __init__(self, session: boto3.session.Session, settings: Publish, place: Place) -> None:
        self._session = session
        self._settings = settings
        self._place = place
        self._line = Line(s3_client(session, settings, **_SWIFT), _SWIFT_PARALLEL)

    @property
    def client(self) -> S3Client:
        """What sends at present, and makes one try of each request."""
        return self._line.client

    def put(
        self,
        asking: S3Client,
        key: str,
        content: Content,
        conditions: Mapping[str, Any],
        progress: Progress,
    ) -> Stored:
        """Send `content` and read back what is there; `conditions` are boto3's.

        Raises KeyTaken, a TemporaryProblem when nothing arrives for minutes or all is damaged, and
        SetupProblem.
        """
        patience, ledger = Patience(), Ledger(progress)
        with opened(content) as file:
            # One handle throughout: a file that is replaced meanwhile is not mixed with the new.
            parts = cut(file, content)
            upload = Upload(
                {"Bucket": self._place.bucket, "Key": key},
                _headers(key, content),
                content,
                file,
                parts,
                may_resume=is_named_by_content(key),
            )
            attempt = _Attempt(upload, asking, dict(conditions), self._place)
            while True:
                try:
                    with self._place.in_words("write"):
                        return attempt.go_on(self._line, ledger)
                except (NotNow, ArrivedDamaged) as problem:
                    self._slow_down_after(problem)
                    patience.after(problem, ledger.parts_arrived)

    def _slow_down_after(self, problem: NotNow | ArrivedDamaged) -> None:
        if isinstance(problem, NotNow) and problem.timed_out and self._line.parallel > 1:
            self._line = Line(s3_client(self._session, self._settings, **_SLOW), 1)


class _Attempt:
    """One upload through all its tries: what is known of it by now."""

    def __init__(
        self, upload: Upload, asking: S3Client, conditions: dict[str, Any], place: Place
    ) -> None:
        self._upload = upload
        self._place = place
        self._asking = asking
        self._conditions = conditions
        # Only in one piece does every server look at the version that is replaced.
        self._in_parts = len(upload.parts) > 1 and "IfMatch" not in conditions
        self._expected_etag = etag_of(upload.parts) if self._in_parts else upload.parts[0].md5
        self._tries = 0
        self._is_sent = False
        self._given_etag: str | None = None

    def go_on(self, line: Line, ledger: Ledger) -> Stored:
        """Do what is missing. Raises what boto3 raises, KeyTaken, and ArrivedDamaged."""
        self._tries += 1
        if not self._is_sent:
            self._given_etag = self._send_as_this_server_can(line, ledger)
            self._is_sent = True
        stored = self._read_back(line.client)
        if stored is None:
            raise self._damaged()
        return stored

    def _send_as_this_server_can(self, line: Line, ledger: Ledger) -> str | None:
        """Send; where a server knows no such condition as create-only, look first."""
        try:
            return self._send(line, ledger)
        except ClientError as error:
            if not cannot_do(error) or self._conditions.pop("IfNoneMatch", None) is None:
                raise
            self._refuse_if_taken(head_of(self._asking, self._upload.target))
            return self._send(line, ledger)

    def _send(self, line: Line, ledger: Ledger) -> str | None:
        """The ETag that the server gave, where it is known."""
        if not self._in_parts:
            return self._send_whole(line.client, ledger)
        there = head_of(self._asking, self._upload.target)
        if there is not None and self._tries > 1 and self._is_ours(there):
            return self._expected_etag  # it was completed, and the answer was lost
        if "IfNoneMatch" in self._conditions:  # which some ignore when an upload is completed
            self._refuse_if_taken(there)
        found = self._unfinished() if self._upload.may_resume else None
        return send_in_parts(line, self._asking, self._upload, found, self._conditions, ledger)

    def _unfinished(self) -> str | None:
        with self._place.in_words("list unfinished uploads"):
            return unfinished_upload(self._asking, self._upload.target)

    def _refuse_if_taken(self, there: HeadObjectOutputTypeDef | None) -> None:
        if there is not None:
            raise KeyTaken(self._upload.target["Key"])

    def _is_ours(self, there: HeadObjectOutputTypeDef) -> bool:
        return (_etag(there), sha256_in(there)) == (
            self._expected_etag,
            self._upload.content.sha256,
        )

    def _send_whole(self, client: S3Client, ledger: Ledger) -> str:
        self._upload.file.seek(0)
        body = self._upload.file.read(self._upload.content.size)
        self._expected_etag = md5_of(body)
        answer = client.put_object(
            **self._upload.target,
            **self._upload.headers,
            **self._conditions,
            **proof_of(client, self._expected_etag),
            Body=Outgoing(body, lambda sent: ledger.reached(1, sent), threading.Event()),
        )
        ledger.reached(1, len(body))
        return _etag(answer)

    def _read_back(self, client: S3Client) -> Stored | None:
        """What is stored now, when it is whole: by its ETag if that is a digest, or its bytes."""
        head = head_of(self._asking, self._upload.target)
        if head is None:
            return None
        content, etag = self._upload.content, _etag(head)
        if self._given_etag == self._expected_etag != etag:
            # It arrived whole, and somebody else has replaced it since.
            return Stored(content.size, content.sha256, self._given_etag)
        if (head["ContentLength"], sha256_in(head)) != (content.size, content.sha256):
            return None
        if etag == self._expected_etag or self._sha256_of_body(client) == content.sha256:
            return Stored(content.size, content.sha256, etag)
        return None

    def _sha256_of_body(self, client: S3Client) -> str:
        digest = hashlib.sha256()
        answer = client.get_object(**self._upload.target)
        for block in answer["Body"].iter_chunks(1 << 20):
            digest.update(block)
        return digest.hexdigest()

    def _damaged(self) -> ArrivedDamaged:
        """Send again, in place of what came out of this try and of nothing else."""
        self._is_sent = False
        self._conditions = {}
        if self._given_etag and not self._in_parts:
            self._conditions = {"IfMatch": f'"{self._given_etag}"'}
        return self._place.damaged(self._upload.target["Key"])


def head_of(client: S3Client, target: Mapping[str, Any]) -> HeadObjectOutputTypeDef | None:
    """What a server says of an object, or None. Raises what boto3 raises."""
    try:
        return client.head_object(**target)
    except ClientError as error:
        if is_absent(client, target, error):
            return None
        raise


def sha256_in(head: HeadObjectOutputTypeDef) -> str:
    """The digest that an object carries."""
    return head.get("Metadata", {}).get("sha256", "")


def _headers(key: str, content: Content) -> dict[str, Any]:
    return {
        "ContentType": content_type(key),
        "CacheControl": cache_control(key),
        "Metadata": {"sha256": content.sha256},
    }


def _etag(answer: Mapping[str, Any]) -> str:
    return str(answer["ETag"]).strip('"')

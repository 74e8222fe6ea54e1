"""An upload in parts that goes on where an earlier one ended, however it ended.

boto3 has none that resumes. Whatever parts the server has are found by asking it, so nothing needs
to be remembered here: a killed process, another machine, or a line that broke are all the same.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from pipeline.tools.bucket.connecting import is_amazon, proof_of
from pipeline.tools.bucket.parts import Ledger, Outgoing, Part, read_part
from pipeline.tools.bucket.port import Content
from pipeline.tools.bucket.refusals import cannot_do, is_no_upload

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CRC = "ChecksumCRC32"
Sent = dict[int, dict[str, Any]]
"""Parts that the server has, by number, as completing an upload names them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A way to the server: a client that makes one try, and how many parts it takes at once."""

    client: S3Client
    parallel: int


@dataclass(frozen=True, slots=True)
class Upload:
    """What goes up, and to where. `target` is bucket and key, `headers` what the object carries.

    `may_resume`: the key says what the content is, so that parts under it can be no other's.
    """

    target: Mapping[str, Any]
    headers: Mapping[str, Any]
    content: Content
    file: IO[bytes]
    parts: Sequence[Part]
    may_resume: bool


def unfinished_upload(asking: S3Client, target: Mapping[str, Any]) -> str | None:
    """The latest upload of this key that nobody completed or gave up.

    None from a server that cannot tell. Raises what boto3 raises.
    """
    pages = asking.get_paginator("list_multipart_uploads").paginate(
        Bucket=target["Bucket"], Prefix=target["Key"]
    )
    try:
        entries = [entry for page in pages for entry in page.get("Uploads", [])]
    except ClientError as error:
        if cannot_do(error):
            return None
        raise
    ours = [entry for entry in entries if entry["Key"] == target["Key"]]
    latest = max(ours, key=lambda entry: (entry["Initiated"], entry["UploadId"]), default=None)
    return latest["UploadId"] if latest else None


def send_in_parts(
    line: Line,
    asking: S3Client,
    upload: Upload,
    found: str | None,
    conditions: Mapping[str, Any],
    ledger: Ledger,
) -> str | None:
    """Send what the server lacks and complete it; the ETag that it gave, if it said one.

    `found` is an unfinished upload to go on with. Raises what boto3 raises; what arrived stays.
    Holds `line.parallel` parts in memory, and one.
    """
    upload_id = found or _begun(asking, upload)
    there = _there(asking, upload, upload_id) if found else {}
    for number in there:
        ledger.arrived(upload.parts[number - 1])
    missing = [part for part in upload.parts if part.number not in there]
    sent = there | _send(line, upload, upload_id, missing, ledger)
    return _complete(line.client, upload, upload_id, sent, conditions)


def _begun(asking: S3Client, upload: Upload) -> str:
    headers = dict(upload.headers)
    if is_amazon(asking):
        headers["ChecksumAlgorithm"] = "CRC32"
    return str(asking.create_multipart_upload(**upload.target, **headers)["UploadId"])


def _there(asking: S3Client, upload: Upload, upload_id: str) -> Sent:
    """The parts that the server has whole."""
    pages = asking.get_paginator("list_parts").paginate(**upload.target, UploadId=upload_id)
    listed = {entry["PartNumber"]: entry for page in pages for entry in page.get("Parts", [])}
    needed = {_CRC} if is_amazon(asking) else set()
    return {
        part.number: _named(part, entry)
        for part in upload.parts
        if (entry := listed.get(part.number)) is not None
        and (entry["Size"], entry["ETag"].strip('"')) == (part.size, part.md5)
        and needed <= set(entry)
    }


def _send(
    line: Line, upload: Upload, upload_id: str, parts: Iterable[Part], ledger: Ledger
) -> Sent:
    """Send `parts`, a few at a time. When one fails, those under way may still arrive."""
    stop = threading.Event()
    under_way: set[Future[Sent]] = set()
    sent: Sent = {}
    with ThreadPoolExecutor(line.parallel) as threads:
        try:
            for part in parts:
                if len(under_way) == line.parallel:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in done:
                        sent |= future.result()
                body = _body_of(part, upload, ledger, stop)
                under_way.add(
                    threads.submit(_send_part, line.client, upload, upload_id, part, body, ledger)
                )
            for future in under_way:
                sent |= future.result()
        except BaseException as error:
            if not isinstance(error, Exception):  # somebody wants to end now
                stop.set()
            raise
    return sent


def _body_of(part: Part, upload: Upload, ledger: Ledger, stop: threading.Event) -> Outgoing:
    body = read_part(upload.file, part, upload.content)
    return Outgoing(body, lambda sent_bytes: ledger.reached(part.number, sent_bytes), stop)


def _send_part(
    client: S3Client, upload: Upload, upload_id: str, part: Part, body: Outgoing, ledger: Ledger
) -> Sent:
    answer = client.upload_part(
        **upload.target,
        **proof_of(client, part.md5),
        UploadId=upload_id,
        PartNumber=part.number,
        Body=body,
    )
    ledger.arrived(part)
    return {part.number: _named(part, answer)}


def _named(part: Part, answer: Mapping[str, Any]) -> dict[str, Any]:
    checksum = {_CRC: answer[_CRC]} if _CRC in answer else {}
    return {"PartNumber": part.number, "ETag": answer["ETag"], **checksum}


def _complete(
    client: S3Client, upload: Upload, upload_id: str, sent: Sent, conditions: Mapping[str, Any]
) -> str | None:
    parts: Any = [sent[number] for number in sorted(sent)]
    try:
        answer = client.complete_multipart_upload(
            **upload.target,
            **conditions,
            UploadId=upload_id,
            MultipartUpload={"Parts": parts},
        )
    except ClientError as error:
        if is_no_upload(error):  # an earlier try completed it and its answer was lost
            return None
        raise
    return answer["ETag"].strip('"')

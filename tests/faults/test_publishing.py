"""Uploads to the real S3 server through a network that fails."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from pipeline.tools.bucket import Content
from pipeline.tools.bucket.s3 import S3Bucket
from pipeline.words.errors import TemporaryProblem
from tests.faults import Fault, FaultProxy, Kind
from tests.s3_places import (
    REAL_ENDPOINT,
    need_real_server,
    new_bucket,
    open_to_readers,
    plain_client,
    settings_for,
    sign_in_at_real_server,
)

pytestmark = pytest.mark.s3

KEY = "media/satu-0123456789abcdef.mp3"
PARTS = 4
SIZE = (PARTS - 1) * 5 * 1024 * 1024 + 17


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    need_real_server()
    with FaultProxy(REAL_ENDPOINT) as proxy:
        yield proxy


@pytest.fixture
def name(monkeypatch) -> str:
    need_real_server()
    sign_in_at_real_server(monkeypatch)
    name = new_bucket(REAL_ENDPOINT)
    open_to_readers(REAL_ENDPOINT, name)
    return name


@pytest.fixture
def bucket(proxy: FaultProxy, name: str, tmp_path: Path, monkeypatch) -> S3Bucket:
    """A bucket behind the proxy; nobody waits between tries."""
    monkeypatch.setattr("pipeline.tools.bucket.patience._LONGEST_PAUSE_SECONDS", 0.01)
    return S3Bucket(settings_for(proxy.endpoint, name), tmp_path / "bucket.sqlite")


@pytest.fixture
def recording(tmp_path: Path) -> Content:
    return random_file(tmp_path / "long.mp3", SIZE)


def random_file(path: Path, size: int) -> Content:
    path.write_bytes(os.urandom(size))
    return Content(path, size, hashlib.sha256(path.read_bytes()).hexdigest())


def listened(name: str) -> str:
    """The SHA-256 of what somebody hears who does not sign in."""
    answer = requests.get(f"{REAL_ENDPOINT}/{name}/acara/{KEY}", timeout=60)
    answer.raise_for_status()
    return hashlib.sha256(answer.content).hexdigest()


@pytest.mark.parametrize(
    ("fault", "most_parts_sent"),
    [
        (Fault(Kind.RESET, "UploadPart", 12), PARTS + 12),
        (Fault(Kind.SLOW_DOWN, "UploadPart", 12), PARTS + 12),
        (Fault(Kind.LOST, "UploadPart", 3), PARTS),
        (Fault(Kind.TRUNCATED, "ListParts", 1), PARTS),
        (Fault(Kind.TRUNCATED, "CreateMultipartUpload", 1), PARTS),
        (Fault(Kind.LOST, "CompleteMultipartUpload", 1), PARTS),
        (Fault(Kind.TRUNCATED, "CompleteMultipartUpload", 1), PARTS),
        (Fault(Kind.SLOW_DOWN, "CompleteMultipartUpload", 12), PARTS),
        (Fault(Kind.RESET, "HeadObject", 3), PARTS),
        (Fault(Kind.FLIPPED, "UploadPart", 1), PARTS + 1),
    ],
    ids=lambda value: f"{value.kind} {value.operation}" if isinstance(value, Fault) else "",
)
def test_a_recording_arrives_whole_and_what_arrived_is_not_sent_again(
    bucket: S3Bucket,
    name: str,
    proxy: FaultProxy,
    recording: Content,
    fault: Fault,
    most_parts_sent: int,
) -> None:
    proxy.faults.append(fault)
    sent: list[int] = []
    stored = bucket.put(KEY, recording, if_absent=True, progress=sent.append)
    assert fault.times == 0 or fault.operation == "ListParts"
    assert (stored.sha256, sum(sent)) == (recording.sha256, recording.size)
    assert listened(name) == recording.sha256
    assert proxy.requests["UploadPart"] <= most_parts_sent


UPLOAD = """
import sys
from pathlib import Path
from pipeline.tools.bucket import Content
from pipeline.tools.bucket.s3 import S3Bucket
from tests.s3_places import settings_for
endpoint, name, key, path, size, sha256, memory = sys.argv[1:]
bucket = S3Bucket(settings_for(endpoint, name), Path(memory))
bucket.put(key, Content(Path(path), int(size), sha256), if_absent=True)
"""


def test_an_upload_that_was_killed_goes_on_with_what_is_missing(
    bucket: S3Bucket, name: str, proxy: FaultProxy, tmp_path: Path
) -> None:
    parts = 8
    long = random_file(tmp_path / "long.mp3", parts * 5 * 1024 * 1024)
    proxy.limit(20e6)
    arguments = [proxy.endpoint, name, KEY, long.source, long.size, long.sha256, tmp_path / "m"]
    upload = subprocess.Popen([sys.executable, "-c", UPLOAD, *map(str, arguments)])
    until(lambda: proxy.requests["UploadPart"] >= parts // 2)
    upload.kill()
    upload.wait()
    until(lambda: proxy.under_way == 0)
    there = parts_of_unfinished(name)
    assert 1 <= there < parts
    before = proxy.body_bytes
    progress: list[int] = []
    bucket.put(KEY, long, if_absent=True, progress=progress.append)
    assert listened(name) == long.sha256
    assert proxy.body_bytes - before < (parts - there) * 5 * 1024 * 1024 + 10_000
    assert progress[:there] == [5 * 1024 * 1024] * there
    assert sum(progress) == long.size


def parts_of_unfinished(name: str) -> int:
    client = plain_client(REAL_ENDPOINT)
    (upload,) = client.list_multipart_uploads(Bucket=name)["Uploads"]
    listed = client.list_parts(Bucket=name, Key=upload["Key"], UploadId=upload["UploadId"])
    return len(listed["Parts"])


def until(is_so) -> None:
    for _ in range(1200):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen within a minute")


def test_a_black_hole_costs_one_wait(
    name: str, proxy: FaultProxy, recording: Content, tmp_path: Path, monkeypatch
) -> None:
    bucket = impatient(monkeypatch, proxy, name, tmp_path)
    proxy.faults.append(Fault(Kind.BLACK_HOLE, "UploadPart"))
    bucket.put(KEY, recording, if_absent=True)
    assert listened(name) == recording.sha256
    assert proxy.requests["UploadPart"] == PARTS + 1


def test_a_line_that_is_slower_than_a_wait_gets_more_time(
    name: str, proxy: FaultProxy, recording: Content, tmp_path: Path, monkeypatch
) -> None:
    bucket = impatient(monkeypatch, proxy, name, tmp_path)
    swift = bucket.clients[1]
    proxy.limit(4e6)
    bucket.put(KEY, recording, if_absent=True)
    assert listened(name) == recording.sha256
    assert bucket.clients[1] is not swift


def impatient(monkeypatch, proxy: FaultProxy, name: str, tmp_path: Path) -> S3Bucket:
    """A bucket that waits half a second for an answer, and 20 s once the line seems slow."""
    swift = {"connect_timeout": 0.5, "read_timeout": 0.5, "retries": 1}
    slow = {"connect_timeout": 20, "read_timeout": 20, "retries": 1}
    monkeypatch.setattr("pipeline.tools.bucket.sending._SWIFT", swift)
    monkeypatch.setattr("pipeline.tools.bucket.sending._SLOW", slow)
    return S3Bucket(settings_for(proxy.endpoint, name), tmp_path / "bucket.sqlite")


@pytest.mark.parametrize("kind", [Kind.FLIPPED, Kind.SLOW_DOWN])
def test_what_never_gets_through_ends_with_a_sentence_and_keeps_what_arrived(
    bucket: S3Bucket, name: str, proxy: FaultProxy, recording: Content, monkeypatch, kind: Kind
) -> None:
    monkeypatch.setattr("pipeline.tools.bucket.patience._SECONDS_IN_VAIN", 0.0)
    proxy.faults.append(Fault(kind, "UploadPart", 10_000))
    with pytest.raises(TemporaryProblem, match=r"127\.0\.0\.1"):
        bucket.put(KEY, recording, if_absent=True)
    proxy.faults.clear()
    bucket.put(KEY, recording, if_absent=True)
    assert listened(name) == recording.sha256


def test_an_answer_that_breaks_off_is_asked_for_again(
    bucket: S3Bucket, name: str, proxy: FaultProxy
) -> None:
    body = b"<rss/>" * 1000
    bucket.put("feed.xml", Content(body, len(body), hashlib.sha256(body).hexdigest()))
    proxy.faults.append(Fault(Kind.TRUNCATED, "GetObject", 2))
    found = bucket.get("feed.xml")
    assert found is not None
    assert found[0] == body


@pytest.mark.parametrize("kind", [Kind.LOST, Kind.RESET, Kind.SLOW_DOWN, Kind.FLIPPED])
def test_a_small_file_arrives_through_each_fault(
    bucket: S3Bucket, proxy: FaultProxy, kind: Kind
) -> None:
    body = b"WEBVTT" * 1000
    proxy.faults.append(Fault(kind, "PutObject", 2))
    content = Content(body, len(body), hashlib.sha256(body).hexdigest())
    bucket.put("episodes/satu/index.html", content)
    assert bucket.get("episodes/satu/index.html") is not None

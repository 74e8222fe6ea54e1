"""What was sent is proved, nobody else's work is replaced, and an upload goes on where it ended."""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest

from pipeline.ground.config import Publish
from pipeline.tools.bucket import Content, KeyTaken
from pipeline.tools.bucket.parts import PART_BYTES, Outgoing, cut, part_bytes_for
from pipeline.tools.bucket.s3 import S3Bucket
from pipeline.words.errors import SetupProblem, TemporaryProblem
from tests.faults import Fault, FaultProxy, Kind
from tests.s3_places import new_bucket, plain_client, settings_for, sign_in
from tests.tools.test_bucket import content_in, content_of

KEY = "media/satu-0123456789abcdef.mp3"
LONG = 2 * PART_BYTES + 17


@pytest.fixture
def settings(moto_endpoint: str, monkeypatch) -> Publish:
    sign_in(monkeypatch, "key", "secret")
    monkeypatch.setattr("pipeline.tools.bucket.patience._LONGEST_PAUSE_SECONDS", 0.0)
    return settings_for(moto_endpoint, new_bucket(moto_endpoint))


@pytest.fixture
def bucket(settings: Publish, tmp_path: Path) -> S3Bucket:
    return S3Bucket(settings, tmp_path / "bucket.sqlite")


@pytest.fixture
def long(tmp_path: Path) -> Content:
    return content_in(tmp_path / "long.mp3", os.urandom(LONG))


def requests_of(bucket: S3Bucket) -> list[str]:
    """The name of each request from now on."""
    asked: list[str] = []
    for client in bucket.clients:
        client.meta.events.register("before-call.s3", lambda model, **_: asked.append(model.name))
    return asked


def begin(settings: Publish, key: str, body: bytes, parts: dict[int, bytes], sha256: str) -> str:
    """Leave an upload unfinished, as somebody does who is killed."""
    client = plain_client(settings.endpoint)
    target = {"Bucket": settings.bucket, "Key": f"acara/{key}"}
    upload = client.create_multipart_upload(**target, Metadata={"sha256": sha256})["UploadId"]
    for number, part in parts.items():
        client.upload_part(**target, UploadId=upload, PartNumber=number, Body=part)
    return upload


def body_of(content: Content) -> bytes:
    assert isinstance(content.source, Path)
    return content.source.read_bytes()


def test_parts_that_are_there_are_counted_at_once_and_not_sent_again(
    bucket: S3Bucket, settings: Publish, long: Content
) -> None:
    body = body_of(long)
    second = body[PART_BYTES : 2 * PART_BYTES]
    begin(settings, KEY, body, {2: second}, long.sha256)
    asked, sent = requests_of(bucket), []
    bucket.put(KEY, long, if_absent=True, progress=sent.append)
    assert asked.count("UploadPart") == 2
    assert "CreateMultipartUpload" not in asked
    assert sent[0] == PART_BYTES
    assert sum(sent) == LONG


def test_parts_of_something_else_are_sent_over(
    bucket: S3Bucket, settings: Publish, long: Content
) -> None:
    body = body_of(long)
    begin(settings, KEY, body, {1: b"x" * PART_BYTES, 2: body[:6], 7: b"beyond"}, long.sha256)
    bucket.put(KEY, long, if_absent=True)
    found = bucket.get(KEY)
    assert found is not None
    assert found[0] == body


def test_an_upload_that_somebody_began_with_another_digest_does_not_stay(
    bucket: S3Bucket, settings: Publish, long: Content
) -> None:
    begin(settings, KEY, body_of(long), {}, "0" * 64)
    bucket.put(KEY, long, if_absent=True)
    head = plain_client(settings.endpoint).head_object(Bucket=settings.bucket, Key=f"acara/{KEY}")
    assert head["Metadata"]["sha256"] == long.sha256


def test_a_file_that_is_not_named_by_its_content_goes_on_with_nothing(
    bucket: S3Bucket, settings: Publish, long: Content
) -> None:
    begin(settings, "search.json", body_of(long), {1: body_of(long)[:PART_BYTES]}, "0" * 64)
    asked = requests_of(bucket)
    bucket.put("search.json", long)
    assert asked.count("UploadPart") == 3
    assert "ListMultipartUploads" not in asked


def test_a_version_is_replaced_in_one_piece_however_large(bucket: S3Bucket, long: Content) -> None:
    first = bucket.put("feed.xml", content_of(b"1"))
    asked = requests_of(bucket)
    bucket.put("feed.xml", long, if_match=first.etag)
    assert "PutObject" in asked
    assert "UploadPart" not in asked
    with pytest.raises(KeyTaken):
        bucket.put("feed.xml", long, if_match=first.etag)


def test_what_somebody_writes_right_after_us_is_not_written_over(
    bucket: S3Bucket, settings: Publish
) -> None:
    first = bucket.put("feed.xml", content_of(b"1"))
    theirs = content_of(b"3")

    def they_are_quick(**_) -> None:
        plain_client(settings.endpoint).put_object(
            Bucket=settings.bucket, Key="acara/feed.xml", Body=b"3",
            Metadata={"sha256": theirs.sha256},
        )  # fmt: skip

    bucket.clients[0].meta.events.register_first("before-call.s3.HeadObject", they_are_quick)
    ours = bucket.put("feed.xml", content_of(b"2"), if_match=first.etag)
    assert ours.sha256 == content_of(b"2").sha256
    found = bucket.get("feed.xml")
    assert found is not None
    assert found[0] == b"3"


@pytest.mark.parametrize("in_parts", [False, True])
def test_where_etags_are_no_digests_the_bytes_are_read_back(
    bucket: S3Bucket, long: Content, in_parts: bool
) -> None:
    def encrypt(parsed, **_) -> None:
        if "ETag" in parsed:
            parsed["ETag"] = '"no-digest"'

    for client in bucket.clients:
        client.meta.events.register("after-call.s3", encrypt)
    asked = requests_of(bucket)
    content = long if in_parts else content_of(b"WEBVTT")
    assert bucket.put(KEY, content, if_absent=True).sha256 == content.sha256
    assert asked.count("GetObject") == 1


def test_a_server_that_does_not_know_create_only_is_looked_at_first(
    settings: Publish, moto_endpoint: str, tmp_path: Path
) -> None:
    with FaultProxy(moto_endpoint) as proxy:
        known = settings.model_copy(update={"endpoint": proxy.endpoint})
        bucket = S3Bucket(known, tmp_path / "bucket.sqlite")
        proxy.faults = [Fault(Kind.NOT_OFFERED, "PutObject", 1)]
        bucket.put("media/a.mp3", content_of(b"first"), if_absent=True)
        proxy.faults = [Fault(Kind.NOT_OFFERED, "PutObject", 1)]
        with pytest.raises(KeyTaken):
            bucket.put("media/a.mp3", content_of(b"second"), if_absent=True)
        proxy.faults = [Fault(Kind.NOT_OFFERED, "ListMultipartUploads", 1)]
        bucket.put(KEY, content_in(tmp_path / "long", os.urandom(LONG)), if_absent=True)
        proxy.faults = [Fault(Kind.NOT_OFFERED, "PutObject", 1)]
        with pytest.raises(SetupProblem, match="does not know all that publishing needs"):
            bucket.put("feed.xml", content_of(b"<rss/>"), if_match="0")


def test_two_that_upload_the_same_file_at_once_both_find_it_there(
    settings: Publish, long: Content, tmp_path: Path
) -> None:
    outcomes: list[str] = []

    def upload(number: int) -> None:
        bucket = S3Bucket(settings, tmp_path / f"{number}.sqlite")
        try:
            outcomes.append(bucket.put(KEY, long, if_absent=True).sha256)
        except KeyTaken:
            outcomes.append(bucket.stored([KEY])[KEY].sha256)

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [long.sha256] * 3


def test_a_file_that_changes_while_it_is_sent_is_not_completed(
    bucket: S3Bucket, long: Content
) -> None:
    assert isinstance(long.source, Path)
    path = long.source

    def somebody_writes(**_) -> None:
        with path.open("r+b") as file:
            file.seek(2 * PART_BYTES)
            file.write(b"another end")

    bucket.clients[0].meta.events.register("before-call.s3.CreateMultipartUpload", somebody_writes)
    with pytest.raises(TemporaryProblem, match=r"long\.mp3 changed while it was being published"):
        bucket.put(KEY, long, if_absent=True)
    assert bucket.stored([KEY]) == {}


@pytest.mark.parametrize(
    ("size", "part_mib"),
    [
        (1, 5),
        (5 * 1024**3, 5),
        (10_000 * PART_BYTES, 5),
        (10_000 * PART_BYTES + 1, 6),
        (5 * 1024**4, 525),
    ],
)
def test_no_file_has_more_than_ten_thousand_parts(size: int, part_mib: int) -> None:
    assert part_bytes_for(size) == part_mib * 1024 * 1024
    assert -(-size // part_bytes_for(size)) <= 10_000


def test_an_empty_file_is_one_part() -> None:
    empty = content_of(b"")
    assert [part.size for part in cut(io.BytesIO(), empty)] == [0]


def test_a_body_counts_what_is_sent_and_not_what_is_read_for_its_signature() -> None:
    told: list[int] = []
    body = Outgoing(b"0123456789", told.append, threading.Event())
    body.read()
    body.seek(0)
    body.starts()
    body.read(4)
    body.read(6)
    assert told == [4, 10]


def test_somebody_who_wants_to_end_need_not_wait_for_a_part() -> None:
    stop = threading.Event()
    body = Outgoing(b"0123456789", lambda _sent: None, stop)
    body.starts()
    body.read(4)
    stop.set()
    with pytest.raises(InterruptedError):
        body.read(4)

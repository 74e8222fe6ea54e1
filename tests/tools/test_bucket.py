"""The same promises hold for every bucket: the folder, moto's S3, and the real S3 server."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.ground.config import Publish
from pipeline.ground.files import TEMPORARY_PREFIX, Digests
from pipeline.tools.bucket import (
    Bucket,
    Content,
    FolderBucket,
    KeyTaken,
    Stored,
    keeps_conditions,
)
from pipeline.tools.bucket.s3 import S3Bucket
from pipeline.words.errors import SetupProblem, TemporaryProblem
from pipeline.words.feed import PublicFile
from pipeline.words.public_names import CLEARED_KEY, CONDITION_CHECK_KEY
from tests.episodes_on_disk import NOW
from tests.s3_places import (
    REAL_ENDPOINT,
    need_real_server,
    new_bucket,
    plain_client,
    settings_for,
    sign_in,
    sign_in_at_real_server,
)


@pytest.fixture(params=["folder", "moto", pytest.param("real", marks=pytest.mark.s3)])
def bucket(request, tmp_path, monkeypatch) -> Bucket:
    return make_bucket(request, tmp_path, monkeypatch)


def make_bucket(request, tmp_path: Path, monkeypatch) -> Bucket:
    if request.param == "folder":
        return FolderBucket(tmp_path / "public", Digests(tmp_path / "digests.json"))
    if request.param == "real":
        need_real_server()
        sign_in_at_real_server(monkeypatch)
        endpoint = REAL_ENDPOINT
    else:
        sign_in(monkeypatch, "key", "secret")
        endpoint = request.getfixturevalue("moto_endpoint")
    return S3Bucket(settings_for(endpoint, new_bucket(endpoint)), tmp_path / "bucket.sqlite")


def content_of(body: bytes) -> Content:
    return Content(body, len(body), hashlib.sha256(body).hexdigest())


def content_in(path: Path, body: bytes) -> Content:
    path.write_bytes(body)
    return Content(path, len(body), hashlib.sha256(body).hexdigest())


def test_what_was_stored_is_found_and_read_back(bucket: Bucket) -> None:
    content = content_of(b"<rss/>")
    stored = bucket.put("feed.xml", content)
    assert bucket.stored(["feed.xml", "missing.xml"]) == {"feed.xml": stored}
    assert (stored.size, stored.sha256) == (6, content.sha256)
    assert bucket.get("feed.xml") == (b"<rss/>", stored)


def test_a_file_was_written_when_it_was_written(bucket: Bucket) -> None:
    assert bucket.modified("feed.xml") is None
    bucket.put("feed.xml", content_of(b"<rss/>"))
    written = bucket.modified("feed.xml")
    assert written is not None
    assert abs((datetime.now(UTC) - written).total_seconds()) < 600


def test_a_missing_key_is_not_found(bucket: Bucket) -> None:
    assert bucket.stored(["feed.xml"]) == {}
    assert bucket.get("feed.xml") is None


def test_an_empty_file_can_be_stored(bucket: Bucket) -> None:
    assert bucket.put("empty.txt", content_of(b"")).size == 0
    found = bucket.get("empty.txt")
    assert found is not None
    assert found[0] == b""


def test_a_file_of_many_parts_arrives_whole_and_tells_its_progress(
    bucket: Bucket, tmp_path: Path
) -> None:
    content = content_in(tmp_path / "long.mp3", os.urandom(11 * 1024 * 1024 + 17))
    sent: list[int] = []
    bucket.put("media/long.mp3", content, if_absent=True, progress=sent.append)
    assert sum(sent) == content.size
    assert len(sent) > 3
    found = bucket.get("media/long.mp3")
    assert found is not None
    assert hashlib.sha256(found[0]).hexdigest() == content.sha256
    assert bucket.stored(["media/long.mp3"])["media/long.mp3"].sha256 == content.sha256


@pytest.mark.parametrize("size", [10, 6 * 1024 * 1024])
def test_create_only_does_not_replace(bucket: Bucket, tmp_path: Path, size: int) -> None:
    bucket.put("media/a.mp3", content_of(b"first"))
    with pytest.raises(KeyTaken):
        bucket.put("media/a.mp3", content_in(tmp_path / "b", b"x" * size), if_absent=True)
    found = bucket.get("media/a.mp3")
    assert found is not None
    assert found[0] == b"first"


def test_a_version_is_replaced_only_while_it_is_the_one_there(bucket: Bucket) -> None:
    first = bucket.put("feed.xml", content_of(b"1"))
    second = bucket.put("feed.xml", content_of(b"2"), if_match=first.etag)
    assert second.etag != first.etag
    with pytest.raises(KeyTaken):
        bucket.put("feed.xml", content_of(b"3"), if_match=first.etag)
    found = bucket.get("feed.xml")
    assert found is not None
    assert found[0] == b"2"


def test_whether_conditions_are_kept_is_found_out_and_leaves_nothing(bucket: Bucket) -> None:
    assert keeps_conditions(bucket)
    assert bucket.get(CONDITION_CHECK_KEY) is None


def test_a_bucket_that_ignores_conditions_is_found_out(tmp_path: Path) -> None:
    class Careless(FolderBucket):
        def put(self, key: str, content: Content, **_conditions: Any) -> Stored:
            return super().put(key, content)

    careless = Careless(tmp_path / "public", Digests(tmp_path / "digests.json"))
    assert not keeps_conditions(careless)
    assert not keeps_conditions(careless)


@pytest.mark.parametrize("size", [10, 6 * 1024 * 1024])
def test_a_file_that_changed_since_it_was_planned_is_not_stored(
    bucket: Bucket, tmp_path: Path, size: int
) -> None:
    path = tmp_path / "a.mp3"
    planned = content_in(path, b"a" * size)
    path.write_bytes(b"b" * size)
    with pytest.raises(TemporaryProblem, match="changed while it was being published"):
        bucket.put("media/a.mp3", planned)
    assert bucket.stored(["media/a.mp3"]) == {}


def test_a_bucket_that_can_be_written_says_so(bucket: Bucket) -> None:
    assert bucket.check().startswith("Files are published to")
    assert abs(bucket.clock_skew_seconds(NOW)) >= 0
    assert bucket.stored([".write-check"]) == {}


def test_a_folder_keeps_nothing_that_was_half_written(tmp_path: Path) -> None:
    bucket = FolderBucket(tmp_path / "public", Digests(tmp_path / "digests.json"))
    gone = Content(tmp_path / "gone.mp3", 5, "0" * 64)
    with pytest.raises(TemporaryProblem, match=r"gone\.mp3 changed"):
        bucket.put("media/gone.mp3", gone)
    assert [path for path in (tmp_path / "public").rglob("*") if path.is_file()] == []


def test_leftovers_of_a_killed_publication_are_swept_and_other_files_stay(tmp_path: Path) -> None:
    public = tmp_path / "public"
    bucket = FolderBucket(public, Digests(tmp_path / "digests.json"))
    bucket.put("media/a.mp3", content_of(b"a"))
    (public / "media" / f"{TEMPORARY_PREFIX}b.abcd_123.mp3").write_bytes(b"half")
    (public / ".well-known").mkdir()
    (public / ".well-known" / "kept.txt").write_bytes(b"")
    (public / ".htaccess").write_bytes(b"")
    bucket.sweep()
    left = sorted(str(p.relative_to(public)) for p in public.rglob("*") if p.is_file())
    assert left == [".htaccess", ".well-known/kept.txt", "media/a.mp3"]


def test_a_key_cannot_leave_the_folder(tmp_path: Path) -> None:
    bucket = FolderBucket(tmp_path / "public", Digests(tmp_path / "digests.json"))
    with pytest.raises(ValueError, match="leaves"):
        bucket.put("../elsewhere.txt", content_of(b""))


def test_a_folder_that_cannot_be_written_is_a_setup_problem(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("a file, not a folder")
    bucket = FolderBucket(tmp_path / "public", Digests(tmp_path / "digests.json"))
    with pytest.raises(SetupProblem, match="cannot be written"):
        bucket.check()


def test_something_else_under_the_name_of_a_file_is_a_setup_problem(tmp_path: Path) -> None:
    bucket = FolderBucket(tmp_path / "public", Digests(tmp_path / "digests.json"))
    (tmp_path / "public" / "media").mkdir(parents=True)
    (tmp_path / "public" / "media" / "a.mp3").mkdir()
    with pytest.raises(SetupProblem, match=r"a\.mp3 cannot be written"):
        bucket.put("media/a.mp3", content_of(b"a"))
    (tmp_path / "public" / "episodes").write_text("a file where a folder should be")
    with pytest.raises(SetupProblem, match=r"b\.vtt cannot be written"):
        bucket.put("episodes/b.vtt", content_of(b"b"))


def test_s3_objects_carry_type_cache_rule_and_digest(
    moto_endpoint: str, tmp_path: Path, monkeypatch
) -> None:
    sign_in(monkeypatch, "key", "secret")
    name = new_bucket(moto_endpoint)
    bucket = S3Bucket(settings_for(moto_endpoint, name), tmp_path / "bucket.sqlite")
    key = "episodes/satu/transcript-0123456789abcdef.vtt"
    content = content_of(b"WEBVTT\n")
    bucket.put(key, content)
    head = plain_client(moto_endpoint).head_object(Bucket=name, Key=f"acara/{key}")
    assert head["ContentType"] == "text/vtt; charset=utf-8"
    assert head["CacheControl"] == "public, max-age=31536000, immutable"
    assert head["Metadata"]["sha256"] == content.sha256


def requests_of(bucket: S3Bucket) -> list[str]:
    """The name of each request from now on."""
    asked: list[str] = []
    for client in bucket.clients:
        client.meta.events.register("before-call.s3", lambda model, **_: asked.append(model.name))
    return asked


@pytest.fixture
def five_files(moto_endpoint: str, tmp_path: Path, monkeypatch) -> tuple[Publish, Path, list[str]]:
    """A bucket with files that were uploaded from here, and what remembers it."""
    sign_in(monkeypatch, "key", "secret")
    settings = settings_for(moto_endpoint, new_bucket(moto_endpoint))
    memory = tmp_path / "bucket.sqlite"
    first = S3Bucket(settings, memory)
    keys = [f"media/{number}.mp3" for number in range(5)]
    for key in keys:
        first.put(key, content_of(key.encode()))
    return settings, memory, keys


def test_what_was_uploaded_here_is_listed_once_and_then_not_asked_for(five_files) -> None:
    settings, memory, keys = five_files
    for expected in (["ListObjectsV2"], ["HeadObject"]):  # whether anything was cleared
        again = S3Bucket(settings, memory)
        asked = requests_of(again)
        found = again.stored([*keys, "media/new.mp3"])
        assert {key: entry.sha256 for key, entry in found.items()} == {
            key: content_of(key.encode()).sha256 for key in keys
        }
        assert asked == expected


def test_whether_anything_was_cleared_is_asked_once(five_files) -> None:
    settings, memory, keys = five_files
    S3Bucket(settings, memory).stored(keys)
    client = plain_client(settings.endpoint)
    client.delete_object(Bucket=settings.bucket, Key=f"acara/{keys[0]}")
    for number in range(2):
        client.put_object(Bucket=settings.bucket, Key=f"acara/{CLEARED_KEY}", Body=b"%d" % number)
        again = S3Bucket(settings, memory)
        asked = requests_of(again)
        assert len(again.stored(keys)) == 4
        assert len(again.stored(keys)) == 4
        assert asked == ["HeadObject", "ListObjectsV2"]


def test_what_others_may_have_changed_is_asked_for_each_time(five_files) -> None:
    settings, memory, keys = five_files
    S3Bucket(settings, memory).stored(keys)
    again = S3Bucket(settings, memory)
    asked = requests_of(again)
    again.stored([*keys, "feed-1-0123456789abcdef.xml"], anew=["feed.xml", keys[0]])
    assert asked == ["HeadObject"] * 3  # and whether anything was cleared


def test_what_others_published_is_believed_and_not_asked_for(five_files, tmp_path: Path) -> None:
    settings, memory, keys = five_files
    S3Bucket(settings, memory).stored(keys)
    theirs = content_of(b"theirs")
    S3Bucket(settings, tmp_path / "elsewhere.sqlite").put("media/theirs.mp3", theirs)
    here = S3Bucket(settings, memory)
    asked = requests_of(here)
    here.believe([PublicFile("media/theirs.mp3", theirs.size, theirs.sha256)])
    assert here.stored(["media/theirs.mp3"])["media/theirs.mp3"].sha256 == theirs.sha256
    assert asked == ["HeadObject"]  # whether anything was cleared


def test_what_was_deleted_by_hand_is_missed_when_asked_thoroughly_or_a_day_later(
    five_files,
) -> None:
    settings, memory, keys = five_files
    S3Bucket(settings, memory).stored(keys)
    plain_client(settings.endpoint).delete_object(Bucket=settings.bucket, Key=f"acara/{keys[0]}")
    assert len(S3Bucket(settings, memory).stored(keys)) == 5
    assert len(S3Bucket(settings, memory, thorough=True).stored(keys)) == 4
    plain_client(settings.endpoint).delete_object(Bucket=settings.bucket, Key=f"acara/{keys[1]}")
    with closing(sqlite3.connect(memory)) as index, index:
        index.execute("UPDATE listed SET at = at - 90000")
    assert len(S3Bucket(settings, memory).stored(keys)) == 3


def test_what_another_machine_uploaded_meanwhile_is_asked_for(five_files) -> None:
    settings, memory, keys = five_files
    here = S3Bucket(settings, memory)
    here.stored(keys)
    other = S3Bucket(settings, memory.with_name("other.sqlite"))
    key, content = "media/x-0123456789abcdef.mp3", content_of(b"theirs")
    other.put(key, content)
    with pytest.raises(KeyTaken):
        here.put(key, content, if_absent=True)
    assert here.stored([key])[key].sha256 == content.sha256


def test_a_memory_that_is_damaged_costs_requests_only(five_files) -> None:
    settings, memory, keys = five_files
    memory.write_bytes(b"no database" * 100)
    assert len(S3Bucket(settings, memory).stored(keys)) == 5


def test_an_object_that_somebody_else_replaced_is_seen(
    moto_endpoint: str, tmp_path: Path, monkeypatch
) -> None:
    sign_in(monkeypatch, "key", "secret")
    name = new_bucket(moto_endpoint)
    bucket = S3Bucket(settings_for(moto_endpoint, name), tmp_path / "bucket.sqlite")
    stored = bucket.put("index.html", content_of(b"ours"))
    plain_client(moto_endpoint).put_object(Bucket=name, Key="acara/index.html", Body=b"evil")
    assert bucket.stored(["index.html"])["index.html"].sha256 != stored.sha256


def test_an_upload_that_arrives_damaged_is_noticed(
    moto_endpoint: str, tmp_path: Path, monkeypatch
) -> None:
    sign_in(monkeypatch, "key", "secret")
    bucket = S3Bucket(
        settings_for(moto_endpoint, new_bucket(moto_endpoint)), tmp_path / "bucket.sqlite"
    )

    def flip_a_byte(params, **_) -> None:
        if params["method"] == "PUT":
            params["body"] = b"Xrss/>"
            params["headers"].pop("Content-MD5", None)

    bucket.clients[1].meta.events.register("before-call.s3.PutObject", flip_a_byte)
    with pytest.raises(TemporaryProblem, match="arrived damaged"):
        bucket.put("feed.xml", content_of(b"<rss/>"))


def test_an_endpoint_that_is_down_is_a_temporary_problem(tmp_path: Path, monkeypatch) -> None:
    sign_in(monkeypatch, "key", "secret")
    monkeypatch.setattr("pipeline.tools.bucket.s3._ASKING", {
        "connect_timeout": 1, "read_timeout": 1, "retries": 1,
    })  # fmt: skip
    bucket = S3Bucket(settings_for("http://127.0.0.1:9", "b"), tmp_path / "bucket.sqlite")
    with pytest.raises(TemporaryProblem, match="cannot be reached"):
        bucket.stored(["feed.xml"])


def test_a_host_that_does_not_exist_is_a_temporary_problem(tmp_path: Path, monkeypatch) -> None:
    sign_in(monkeypatch, "key", "secret")
    monkeypatch.setattr("pipeline.tools.bucket.s3._ASKING", {
        "connect_timeout": 1, "read_timeout": 1, "retries": 1,
    })  # fmt: skip
    settings = settings_for("http://s3.example.invalid", "b")
    with pytest.raises(TemporaryProblem, match=r"s3\.example\.invalid"):
        S3Bucket(settings, tmp_path / "bucket.sqlite").stored(["feed.xml"])


def test_missing_credentials_are_a_setup_problem(tmp_path: Path, monkeypatch) -> None:
    sign_in(monkeypatch, "", "")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    bucket = S3Bucket(settings_for("http://127.0.0.1:9", "b"), tmp_path / "bucket.sqlite")
    with pytest.raises(SetupProblem, match="no credentials") as caught:
        bucket.stored(["feed.xml"])
    assert "AWS_ACCESS_KEY_ID" in caught.value.remedy


def test_a_missing_bucket_is_a_setup_problem(
    moto_endpoint: str, tmp_path: Path, monkeypatch
) -> None:
    sign_in(monkeypatch, "key", "secret")
    bucket = S3Bucket(settings_for(moto_endpoint, "nowhere-to-be"), tmp_path / "bucket.sqlite")
    with pytest.raises(SetupProblem, match="no bucket “nowhere-to-be”"):
        bucket.stored(["feed.xml"])


def test_secrets_never_reach_the_memory_on_disk(
    moto_endpoint: str, tmp_path: Path, monkeypatch
) -> None:
    sign_in(monkeypatch, "key", "very-secret")
    bucket = S3Bucket(
        settings_for(moto_endpoint, new_bucket(moto_endpoint)), tmp_path / "bucket.sqlite"
    )
    bucket.put("feed.xml", content_of(b"<rss/>"))
    assert "very-secret" not in str((tmp_path / "bucket.sqlite").read_bytes())

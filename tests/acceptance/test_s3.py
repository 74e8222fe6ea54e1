"""A show is published to a real S3 server and read back the way a listener's app does it."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
import requests

from pipeline.ground.files import read_json, write_json
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import Publication, open_bucket, plan_publication, publish
from pipeline.tools.bucket.listening import Listener
from pipeline.tools.id3 import mp3_seconds
from pipeline.words.errors import SetupProblem, TemporaryProblem
from tests.episodes_on_disk import NOW, add_episode, make_workspace, mp3_bytes, write_show
from tests.s3_places import (
    REAL_ENDPOINT,
    need_real_server,
    new_bucket,
    open_to_readers,
    plain_client,
    sign_in,
    sign_in_at_real_server,
)

pytestmark = pytest.mark.s3


@pytest.fixture
def bucket_name(monkeypatch) -> str:
    need_real_server()
    sign_in_at_real_server(monkeypatch)
    name = new_bucket(REAL_ENDPOINT)
    open_to_readers(REAL_ENDPOINT, name)
    return name


def settings_in_toml(bucket: str, endpoint: str = REAL_ENDPOINT) -> str:
    return (
        f'target = "s3"\nbucket = "{bucket}"\nprefix = "acara"\n'
        f'endpoint = "{endpoint}"\naddressing = "path"\n'
    )


@pytest.fixture
def show(tmp_path: Path, bucket_name: str) -> Workspace:
    workspace = make_workspace(
        tmp_path / "show",
        base_url=f"{REAL_ENDPOINT}/{bucket_name}/acara/",
        publish=settings_in_toml(bucket_name),
    )
    add_episode(workspace, "satu", title="Satu")
    add_episode(workspace, "dua", title="Dua", tone_hz=600)
    return workspace


def publish_now(show: Workspace, now=NOW, *, thorough: bool = False) -> Publication:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh, thorough=thorough)
    publication = plan_publication(fresh, bucket, now)
    publish(fresh, bucket, publication, lambda _share: None)
    return publication


def objects(bucket: str) -> dict[str, tuple[str, object]]:
    listing = plain_client(REAL_ENDPOINT).list_objects_v2(Bucket=bucket)
    return {entry["Key"]: (entry["ETag"], entry["LastModified"]) for entry in listing["Contents"]}


def subscribe(show: Workspace) -> feedparser.FeedParserDict:
    answer = requests.get(f"{show.show.publish.base_url}feed.xml", timeout=20)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    return feedparser.parse(answer.content)


def test_a_listener_can_subscribe_and_play_without_signing_in(show: Workspace) -> None:
    publish_now(show)
    feed = subscribe(show)
    assert [entry.title for entry in feed.entries] == ["Satu", "Dua"]
    for entry, tone_hz in zip(feed.entries, (440, 600), strict=True):
        enclosure = entry.enclosures[0]
        head = requests.head(enclosure.href, timeout=20)
        body = requests.get(enclosure.href, timeout=20).content
        assert int(head.headers["Content-Length"]) == int(enclosure.length) == len(body)
        assert head.headers["Content-Type"] == enclosure.type == "audio/mpeg"
        assert "immutable" in head.headers["Cache-Control"]
        assert body == mp3_bytes(tone_hz)


def test_players_can_seek(show: Workspace) -> None:
    publish_now(show)
    url = subscribe(show).entries[0].enclosures[0].href
    whole = mp3_bytes(440)
    for asked, expected in (
        ("bytes=0-99", whole[:100]),
        ("bytes=500-", whole[500:]),
        ("bytes=-7", whole[-7:]),
    ):
        answer = requests.get(url, headers={"Range": asked}, timeout=20)
        assert (answer.status_code, answer.content) == (206, expected)
    past = requests.get(url, headers={"Range": f"bytes={len(whole)}-"}, timeout=20)
    assert past.status_code == 416


def test_every_address_of_the_feed_and_of_the_pages_answers(show: Workspace) -> None:
    publish_now(show)
    base = show.show.publish.base_url
    feed = requests.get(f"{base}feed.xml", timeout=20).text
    addresses = {re.split(r'["< ]', part)[0] for part in feed.split(base)[1:]}
    kinds = {}
    for key in sorted(addresses):
        answer = requests.get(base + key, timeout=20)
        assert answer.status_code == 200, key
        kinds[key.rpartition(".")[2]] = answer.headers["Content-Type"]
    assert kinds["vtt"] == "text/vtt; charset=utf-8"
    assert kinds["srt"] == "application/x-subrip; charset=utf-8"
    assert kinds["html"] == "text/html; charset=utf-8"
    assert kinds["jpg"] == "image/jpeg"


def test_nobody_can_list_the_bucket(show: Workspace, bucket_name: str) -> None:
    publish_now(show)
    assert requests.get(f"{REAL_ENDPOINT}/{bucket_name}/", timeout=20).status_code == 403


def test_nothing_is_outside_of_the_prefix(show: Workspace, bucket_name: str) -> None:
    publish_now(show)
    assert all(key.startswith("acara/") for key in objects(bucket_name))


def test_a_second_publication_uploads_nothing(show: Workspace, bucket_name: str) -> None:
    publish_now(show)
    before = objects(bucket_name)
    assert publish_now(show, NOW + timedelta(days=1)).changes == ()
    (show.cache / "bucket.sqlite").unlink()  # what it remembers only saves questions
    assert publish_now(show, NOW + timedelta(days=2)).changes == ()
    assert objects(bucket_name) == before


def test_what_is_damaged_in_the_bucket_is_restored(show: Workspace, bucket_name: str) -> None:
    publish_now(show)
    client = plain_client(REAL_ENDPOINT)
    key = next(key for key in objects(bucket_name) if key.endswith(".mp3"))
    client.put_object(Bucket=bucket_name, Key=key, Body=b"broken")
    client.delete_object(Bucket=bucket_name, Key="acara/index.html")
    reasons = {c.key: c.reason for c in publish_now(show, thorough=True).changes}
    assert reasons == {
        key.removeprefix("acara/"): "content changed",
        "index.html": "missing in the bucket",
    }
    body = client.get_object(Bucket=bucket_name, Key=key)["Body"].read()
    assert len(body) == len(mp3_bytes(440))


def test_a_wrong_secret_is_a_setup_problem(show: Workspace, monkeypatch) -> None:
    sign_in(monkeypatch, os.environ["ETAM_S3_KEY"], "wrong")
    with pytest.raises(SetupProblem, match="does not accept the secret"):
        publish_now(show)


def test_an_unknown_user_is_a_setup_problem(show: Workspace, monkeypatch) -> None:
    sign_in(monkeypatch, "NOBODY", "secret")
    with pytest.raises(SetupProblem, match="does not know the access key"):
        publish_now(show)


def test_a_user_without_rights_is_a_setup_problem(show: Workspace, monkeypatch) -> None:
    sign_in(monkeypatch, os.environ["ETAM_S3_STRANGER_KEY"], os.environ["ETAM_S3_STRANGER_SECRET"])
    with pytest.raises(SetupProblem, match="may not read in the bucket") as caught:
        publish_now(show)
    assert "docs/publishing.md" in caught.value.remedy


def test_a_user_who_may_read_only_cannot_publish(
    show: Workspace, bucket_name: str, monkeypatch
) -> None:
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": ["arn:aws:iam:::user/stranger"]},
                "Action": ["s3:ListBucket", "s3:GetObject"],
                "Resource": [f"arn:aws:s3:::{bucket_name}", f"arn:aws:s3:::{bucket_name}/*"],
            }
        ],
    }
    plain_client(REAL_ENDPOINT).put_bucket_policy(Bucket=bucket_name, Policy=json.dumps(policy))
    sign_in(monkeypatch, os.environ["ETAM_S3_STRANGER_KEY"], os.environ["ETAM_S3_STRANGER_SECRET"])
    with pytest.raises(SetupProblem, match="may not write in the bucket"):
        publish_now(show)
    bucket = open_bucket(show.show, show)
    with pytest.raises(SetupProblem, match="may not write in the bucket"):
        bucket.check()


def test_a_missing_bucket_is_a_setup_problem(show: Workspace) -> None:
    write_show(show, base_url=show.show.publish.base_url, publish=settings_in_toml("etam-nowhere"))
    with pytest.raises(SetupProblem, match="There is no bucket “etam-nowhere”"):
        publish_now(show)


def test_a_server_that_is_down_is_a_temporary_problem(show: Workspace, bucket_name: str) -> None:
    host = urlsplit(REAL_ENDPOINT).hostname
    down = settings_in_toml(bucket_name, endpoint=f"http://{host}:9")
    write_show(show, base_url=show.show.publish.base_url, publish=down)
    with pytest.raises(TemporaryProblem, match="cannot be reached"):
        publish_now(show)


def test_a_long_recording_goes_up_in_parts_and_comes_back_whole(
    show: Workspace, bucket_name: str
) -> None:
    episode = show.episode("satu")
    long = mp3_bytes(440) * 800  # 13 MB: three parts
    episode.enclosure.write_bytes(long)
    heard = read_json(episode.transcript_json) | {"duration": mp3_seconds(episode.enclosure)}
    write_json(episode.transcript_json, heard)
    publish_now(show)
    url = subscribe(show).entries[0].enclosures[0].href
    assert requests.get(url, timeout=60).content == long
    etags = {etag for key, (etag, _) in objects(bucket_name).items() if key.endswith(".mp3")}
    assert any(etag.strip('"').endswith("-3") for etag in etags)
    assert publish_now(show).changes == ()


def test_the_bucket_can_be_checked_and_its_clock_is_ours(show: Workspace) -> None:
    bucket = open_bucket(show.show, show)
    assert REAL_ENDPOINT in bucket.check()
    assert abs(bucket.clock_skew_seconds(datetime.now(UTC))) < 60


def publish_listening(show: Workspace) -> str:
    """What is doubtful about what listeners get of it."""
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    listener = Listener(fresh.show.publish.base_url)
    plan = plan_publication(fresh, bucket, NOW)
    publish(fresh, bucket, plan, lambda _share: None, listen=listener.listen)
    return listener.doubt


def test_what_was_uploaded_is_listened_to(show: Workspace) -> None:
    assert publish_listening(show) == ""


def test_what_only_the_publisher_can_read_is_worth_a_sentence(
    show: Workspace, bucket_name: str
) -> None:
    plain_client(REAL_ENDPOINT).delete_bucket_policy(Bucket=bucket_name)
    assert "(403 Forbidden)" in publish_listening(show)
    assert "acara/feed.xml" in objects(bucket_name)


def test_no_feed_is_written_when_listeners_would_get_something_else(
    show: Workspace, bucket_name: str
) -> None:
    plan = plan_publication(show, open_bucket(show.show, show), NOW)
    (key, *_) = [change.key for change in plan.changes if change.key.endswith(".mp3")]
    plain_client(REAL_ENDPOINT).put_object(Bucket=bucket_name, Key=f"other/{key}", Body=b"other")
    other = f"{REAL_ENDPOINT}/{bucket_name}/other/"
    write_show(show, base_url=other, publish=settings_in_toml(bucket_name))
    with pytest.raises(SetupProblem, match="does not give what was uploaded"):
        publish_listening(show)
    assert "acara/feed.xml" not in objects(bucket_name)

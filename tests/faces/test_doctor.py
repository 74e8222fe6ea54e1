"""`etam doctor`: the gate, the feed and how listeners are served, in sentences."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.faces.doctor import examine
from pipeline.faces.looks import (
    Finding,
    look_at_address,
    look_at_objects,
    look_at_publication,
    newest_items,
)
from pipeline.faces.server import make_app
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import open_bucket, plan_publication, publish
from pipeline.tools.whisper.models import demo_folder
from tests.episodes_on_disk import NOW, add_episode, make_workspace, write_show
from tests.s3_places import (
    REAL_ENDPOINT,
    need_real_server,
    new_bucket,
    open_to_readers,
    plain_client,
    sign_in,
    sign_in_at_real_server,
)
from tests.servers import running


@pytest.fixture
def show(tmp_path: Path) -> Iterator[Workspace]:
    """A show of one episode that is published to a folder, and served at its address."""
    root = tmp_path / "show"
    with running(make_app(root / "feed" / "public")) as port:
        workspace = make_workspace(root, base_url=f"http://127.0.0.1:{port}/")
        add_episode(workspace, "satu", title="Satu")
        publish_now(workspace)
        yield workspace


@pytest.fixture(params=["moto", pytest.param("real", marks=pytest.mark.s3)])
def stored_show(request, tmp_path: Path, monkeypatch) -> Workspace:
    """A show of two episodes in a bucket."""
    if request.param == "real":
        need_real_server()
        sign_in_at_real_server(monkeypatch)
        endpoint = REAL_ENDPOINT
    else:
        sign_in(monkeypatch, "key", "secret")
        endpoint = request.getfixturevalue("moto_endpoint")
    name = new_bucket(endpoint)
    open_to_readers(endpoint, name)
    workspace = make_workspace(
        tmp_path / "show",
        base_url=f"{endpoint}/{name}/acara/",
        publish=f'target = "s3"\nbucket = "{name}"\nprefix = "acara"\n'
        f'endpoint = "{endpoint}"\naddressing = "path"\n',
    )
    add_episode(workspace, "satu", title="Satu")
    add_episode(workspace, "dua", title="Dua", tone_hz=600)
    publish_now(workspace)
    return workspace


def publish_now(show: Workspace, now: datetime = NOW) -> None:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    publish(fresh, bucket, plan_publication(fresh, bucket, now), lambda _share: None)


def findings(show: Workspace, about: str, *, most: int | None = 5) -> list[Finding]:
    """What the doctor says about one thing; `examine` itself would look for a model too."""
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    items = newest_items(fresh, bucket, most)
    found = [
        *look_at_publication(fresh, bucket, {}),
        *look_at_objects(fresh, items),
        *look_at_address(fresh, bucket, items),
    ]
    return [each for each in found if each.about == about]


def sentences(show: Workspace, about: str, *, most: int | None = 5) -> str:
    return " ".join(each.sentence for each in findings(show, about, most=most))


@pytest.mark.parametrize("broken", ["model.bin", "config.json", "tokenizer.json"])
def test_a_model_that_cannot_be_loaded_is_not_called_ready(tmp_path: Path, broken: str) -> None:
    workspace = make_workspace(tmp_path / "show")
    folder = Path(shutil.copytree(demo_folder(), tmp_path / "show" / "models" / "ours"))
    write_show(workspace, publish='[transcription]\nmodel = "./models/ours"\n')
    assert [each.ok for each in examine(workspace.root) if each.about == "model"] == [True]
    whole = (folder / broken).read_bytes()
    (folder / broken).write_bytes(whole[: len(whole) // 2])
    (found,) = (each for each in examine(workspace.root) if each.about == "model")
    assert not found.ok
    assert str(folder) in found.sentence or broken in found.sentence


def test_a_show_that_is_served_well_has_nothing_to_be_told(show: Workspace) -> None:
    for about in ("gate", "feed", "public address"):
        found = findings(show, about)
        assert found, about
        assert all(each.ok and not each.odd for each in found), found
    assert "it is what the episodes say" in sentences(show, "feed")


def test_an_episode_that_the_gate_keeps_back_is_named_with_the_reason(show: Workspace) -> None:
    episode = add_episode(show, "dua", title="Dua", tone_hz=600)
    (episode.texts / "transcript.vtt").write_text(
        "WEBVTT\n\n00:00:00.000 --> 00:09:00.000\nHalo\n", encoding="utf-8"
    )
    [kept_back] = [each for each in findings(show, "gate") if not each.ok]
    assert "“dua”, transcript.vtt" in kept_back.sentence
    assert "its last cue ends at 540.0 s" in kept_back.sentence


def test_what_is_odd_and_what_waits_is_no_fault(show: Workspace) -> None:
    add_episode(show, "dua", title="#2 Dua", tone_hz=600)
    add_episode(show, "tiga", title="Tiga", tone_hz=700, publish_at=NOW + timedelta(days=900))
    found = findings(show, "gate")
    assert all(each.ok for each in found)
    odd = [each.sentence for each in found if each.odd]
    assert any("“#2 Dua” begins with a number" in sentence for sentence in odd)
    assert any("“tiga” is left out: it is scheduled" in sentence for sentence in odd)
    assert "`etam publish` would upload" in sentences(show, "feed")


def test_nothing_published_is_no_fault(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "show")
    assert "Nothing is public yet." in sentences(workspace, "feed")
    assert findings(workspace, "public address") == []


def test_an_address_that_nobody_serves_is_said(show: Workspace) -> None:
    write_show(show, base_url="http://127.0.0.1:9/")
    publish_now(show)
    [found] = findings(show, "public address")
    assert found.odd
    assert "http://127.0.0.1:9/feed.xml cannot be had" in found.sentence


def test_another_feed_at_the_public_address_is_said(show: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "feed.xml").write_bytes(b"<rss/>")
    with running(make_app(other)) as port:
        write_show(show, base_url=f"http://127.0.0.1:{port}/")
        publish_now(show)
        found = findings(show, "public address")
    assert "is another feed than the one in" in found[0].sentence
    assert any(not each.ok and "HEAD is answered with 404" in each.sentence for each in found)


def test_a_file_that_is_gone_is_found_thoroughly_though_it_is_old(show: Workspace) -> None:
    for number in range(6):
        add_episode(show, f"baru-{number}", title="Baru", tone_hz=500 + number * 10)
    publish_now(show, NOW + timedelta(days=1))
    oldest = next((show.public / "media").glob("satu-*.mp3"))
    oldest.unlink()
    shown = sentences(show, "public address")
    assert "HEAD is answered with 404" not in shown
    assert oldest.name in sentences(show, "public address", most=None)


def test_what_is_stored_is_compared_with_the_feed(stored_show: Workspace) -> None:
    assert "are stored as the feed says" in sentences(stored_show, "stored files")
    settings = stored_show.show.publish
    client = plain_client(str(settings.endpoint))
    listed = client.list_objects_v2(Bucket=settings.bucket, Prefix="acara/")["Contents"]
    audio, other = [each["Key"] for each in listed if each["Key"].endswith(".mp3")]
    client.put_object(Bucket=settings.bucket, Key=audio, Body=b"cut off", ContentType="text/html")
    client.delete_object(Bucket=settings.bucket, Key=other)
    said = sentences(stored_show, "stored files")
    assert f"{audio.removeprefix('acara/')} has 7 bytes in the bucket" in said
    assert "ContentType “text/html” and should be with “audio/mpeg”" in said
    assert f"{other.removeprefix('acara/')} is not in the bucket" in said
    assert not any(each.ok for each in findings(stored_show, "stored files"))


@pytest.mark.s3
@pytest.mark.parametrize("stored_show", ["real"], indirect=True)
def test_a_bucket_that_was_set_up_serves_listeners_and_one_that_was_not_does_not(
    stored_show: Workspace,
) -> None:
    from pipeline.tools.bucket.setup import apply_to_bucket

    settings = stored_show.show.publish
    assert "may not read it (CORS" in sentences(stored_show, "public address")
    apply_to_bucket(settings)
    assert [each.ok for each in findings(stored_show, "public address")] == [True]
    plain_client(str(settings.endpoint)).delete_bucket_policy(Bucket=settings.bucket)
    [found] = findings(stored_show, "public address")
    assert not found.ok
    assert "it answers 403" in found.sentence


@pytest.mark.s3
@pytest.mark.parametrize("stored_show", ["real"], indirect=True)
def test_a_bucket_that_anybody_can_list_is_told(stored_show: Workspace) -> None:
    settings = stored_show.show.publish
    client = plain_client(str(settings.endpoint))
    client.put_bucket_acl(Bucket=settings.bucket, ACL="public-read")
    assert "Anybody can list" in sentences(stored_show, "public address")

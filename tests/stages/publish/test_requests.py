"""Whatever happens at whichever request, listeners have the old show or the new one."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import Publication, open_bucket, plan_publication, publish, withdraw
from pipeline.tools.bucket import Bucket, Content, KeyTaken, Stored
from pipeline.words.errors import TemporaryProblem
from pipeline.words.feed import FEED_KEY
from tests.episodes_on_disk import NOW, add_episode, make_workspace, write_show, write_transcript
from tests.faults.proxy import Fault, FaultProxy, Kind
from tests.s3_places import (
    REAL_ENDPOINT,
    need_real_server,
    new_bucket,
    plain_client,
    sign_in,
    sign_in_at_real_server,
)

BASE_URL = "https://podcast.example.org/etam/"
PREFIX = "acara/"


@dataclass(frozen=True)
class Place:
    """A bucket on a server, and what is in it."""

    endpoint: str
    bucket: str

    def settings(self, endpoint: str = "") -> str:
        return (
            f'target = "s3"\nbucket = "{self.bucket}"\nprefix = "{PREFIX}"\n'
            f'endpoint = "{endpoint or self.endpoint}"\naddressing = "path"\n'
        )

    def objects(self) -> dict[str, bytes]:
        client = plain_client(self.endpoint)
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
        return {
            key.removeprefix(PREFIX): client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
            for key in keys
        }

    def restore(self, objects: Mapping[str, bytes]) -> None:
        client, there = plain_client(self.endpoint), self.objects()
        for key in set(there) - set(objects):
            client.delete_object(Bucket=self.bucket, Key=PREFIX + key)
        for key, body in objects.items():
            if there.get(key) != body:
                digest = {"sha256": hashlib.sha256(body).hexdigest()}
                client.put_object(Bucket=self.bucket, Key=PREFIX + key, Body=body, Metadata=digest)


@pytest.fixture(params=["moto", pytest.param("real", marks=pytest.mark.s3)])
def place(request, monkeypatch) -> Place:
    if request.param == "real":
        need_real_server()
        sign_in_at_real_server(monkeypatch)
        return Place(REAL_ENDPOINT, new_bucket(REAL_ENDPOINT))
    sign_in(monkeypatch, "key", "secret")
    endpoint = request.getfixturevalue("moto_endpoint")
    return Place(endpoint, new_bucket(endpoint))


def machine(root: Path, place: Place, endpoint: str = "") -> Workspace:
    return make_workspace(root, base_url=BASE_URL, publish=place.settings(endpoint))


def publish_now(show: Workspace, now=NOW, kill_at_step: int | None = None) -> Publication:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    if kill_at_step is not None:
        die_at(bucket, kill_at_step)
    planned = plan_publication(fresh, bucket, now)
    return publish(fresh, bucket, planned, lambda _share: None)


def die_at(bucket: Bucket, step: int) -> None:
    """Each request has two steps: it is about to be sent, and its answer has come."""
    done = [0]

    def step_or_die(**_: object) -> None:
        if done[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)
        done[0] += 1

    for client in bucket.clients:  # type: ignore[attr-defined]
        for event in ("before-send.s3", "response-received.s3"):
            client.meta.events.register(event, step_or_die)


def publish_and_die(show: Workspace, step: int) -> bool:
    """Publish in another process that is killed at a step; whether it was."""
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            publish_now(show, kill_at_step=step)
            ended = 0
        finally:
            os._exit(ended)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def missing(objects: Mapping[str, bytes]) -> list[str]:
    """What the feed names and the bucket does not hold as the name promises."""
    named = re.findall(rf'{re.escape(BASE_URL)}([^"<, ]+)', objects["feed.xml"].decode())
    return [key for key in named if not is_whole(key, objects.get(key))]


def is_whole(key: str, body: bytes | None) -> bool:
    found = re.search(r"-([0-9a-f]{16})\.[a-z0-9]+$", key)
    if body is None or found is None:
        return body is not None
    return hashlib.sha256(body).hexdigest().startswith(found[1])


def records(show: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in show.published.iterdir()}


def test_killed_at_any_request_the_show_is_the_old_or_the_new_one(
    place: Place, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    show = machine(tmp_path / "before", place)
    for slug in ("satu", "dua", "empat"):
        add_episode(show, slug, title=slug.title())
    publish_now(show)
    old = place.objects()
    add_episode(show, "satu", title="Satu lagi", tone_hz=600)
    write_transcript(show.transcripts_folder / "satu", "Selamat sore.")
    add_episode(show, "tiga", title="Tiga")
    withdraw(Workspace(show.root), "empat")
    whole = Workspace(shutil.copytree(show.root, tmp_path / "after"))
    publish_now(whole)
    new = place.objects()
    assert missing(old) == missing(new) == []
    every = 7 if "real" in request.node.name else 29
    step, was_killed = 0, True
    while was_killed:
        place.restore(old)
        trial = Workspace(shutil.copytree(show.root, tmp_path / f"trial-{step}"))
        was_killed = publish_and_die(trial, step)
        found = place.objects()
        assert found["feed.xml"] in (old["feed.xml"], new["feed.xml"]), step
        assert missing(found) == [], step
        is_old = found["feed.xml"] == old["feed.xml"]
        assert not is_old or found["episodes/empat/index.html"] == old["episodes/empat/index.html"]
        publish_now(trial)
        assert place.objects() == new, step
        assert records(trial) == records(whole), step
        shutil.rmtree(trial.root)
        step += every
    assert step > 60


class Interfering:
    """A bucket in which something happens around each feed that is put in place."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self.before = lambda: None
        self.after = lambda: None

    def __getattr__(self, name: str) -> object:
        return getattr(self._bucket, name)

    def put(self, key: str, content: Content, **options: object) -> Stored:
        if key != FEED_KEY:
            return self._bucket.put(key, content, **options)  # type: ignore[arg-type]
        self.before()
        stored = self._bucket.put(key, content, **options)  # type: ignore[arg-type]
        self.after()
        return stored


def publish_with(show: Workspace, *, before=lambda: None, after=lambda: None) -> Publication:
    fresh = Workspace(show.root)
    bucket = Interfering(open_bucket(fresh.show, fresh))
    bucket.before, bucket.after = before, after
    planned = plan_publication(fresh, bucket, NOW)  # type: ignore[arg-type]
    return publish(fresh, bucket, planned, lambda _share: None)  # type: ignore[arg-type]


def test_a_feed_whose_answer_is_lost_counts_as_put_in_place(place: Place, tmp_path: Path) -> None:
    with FaultProxy(place.endpoint) as proxy:
        show = machine(tmp_path / "show", place, proxy.endpoint)
        add_episode(show, "satu", title="Satu")
        publish_now(show)
        add_episode(show, "dua", title="Dua")
        lose = Fault(Kind.LOST, "PutObject")
        publish_with(show, before=lambda: proxy.faults.append(lose))
        assert lose.times == 0
        assert len(feedparser.parse(place.objects()["feed.xml"]).entries) == 2
        catalogues = [key for key in place.objects() if "catalogue" in key]
        assert len(catalogues) == 2
        assert publish_now(show).changes == ()


def fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("error", [TemporaryProblem("It broke off.", ""), KeyTaken("feed.xml")])
def test_a_refusal_after_the_feed_was_stored_counts_as_put_in_place(
    place: Place, tmp_path: Path, error: Exception
) -> None:
    show = machine(tmp_path / "show", place)
    add_episode(show, "satu", title="Satu")
    publish_with(show, after=lambda: fail(error))
    before = place.objects()
    assert publish_now(show, NOW + timedelta(days=1)).changes == ()
    assert place.objects() == before


def test_a_feed_that_cannot_be_put_in_place_is_told_and_the_old_one_stays(
    place: Place, tmp_path: Path
) -> None:
    show = machine(tmp_path / "show", place)
    add_episode(show, "satu", title="Satu")
    publish_now(show)
    before = place.objects()["feed.xml"]
    add_episode(show, "dua", title="Dua")
    with pytest.raises(TemporaryProblem, match="It broke off"):
        publish_with(show, before=lambda: fail(TemporaryProblem("It broke off.", "")))
    assert place.objects()["feed.xml"] == before
    publish_now(show)
    assert missing(place.objects()) == []


def test_a_feed_that_somebody_else_put_in_place_at_that_moment_is_kept(
    place: Place, tmp_path: Path
) -> None:
    first, second = (machine(tmp_path / name, place) for name in ("first", "second"))
    add_episode(first, "satu", title="Satu")
    add_episode(second, "dua", title="Dua")
    others = [second]
    done = publish_with(first, before=lambda: [publish_now(others.pop()) for _ in others[:1]])
    assert "“dua”" in done.news[0]
    objects = place.objects()
    titles = {entry.title for entry in feedparser.parse(objects["feed.xml"]).entries}
    assert titles == {"Satu", "Dua"}
    assert missing(objects) == []
    assert publish_now(second).changes == ()
    assert b"Satu" in objects["index.html"]
    assert b"Dua" in objects["index.html"]


def test_a_feed_that_was_deleted_at_that_moment_comes_back(place: Place, tmp_path: Path) -> None:
    show = machine(tmp_path / "show", place)
    add_episode(show, "satu", title="Satu")
    publish_now(show)
    add_episode(show, "dua", title="Dua")
    delete = [FEED_KEY]
    client = plain_client(place.endpoint)

    def delete_once() -> None:
        for key in [delete.pop() for _ in delete[:1]]:
            client.delete_object(Bucket=place.bucket, Key=PREFIX + key)

    publish_with(show, before=delete_once)
    assert len(feedparser.parse(place.objects()["feed.xml"]).entries) == 2


def publish_often(root: Path, number: int, episodes: int) -> None:
    """What one machine does all day: a new episode, and out with it."""
    show = Workspace(root)
    for count in range(episodes):
        add_episode(show, f"{number}-{count}", title=f"{number}-{count}")
        publish_now(show, NOW + timedelta(minutes=count))


def test_three_machines_publish_at_once_and_nothing_is_lost(
    place: Place, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    each = 25 if "real" in request.node.name else 3
    children = []
    for number in range(3):
        root = machine(tmp_path / f"show-{number}", place).root
        child = os.fork()
        if child == 0:
            ended = 1
            try:
                publish_often(root, number, each)
                ended = 0
            except BaseException:  # noqa: BLE001 - the parent sees only that it failed
                traceback.print_exc()
            finally:
                os._exit(ended)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    objects = place.objects()
    wanted = {f"{number}-{count}" for number in range(3) for count in range(each)}
    entries = feedparser.parse(objects["feed.xml"]).entries
    assert {entry.title for entry in entries} == wanted
    assert len(entries) == 3 * each
    assert missing(objects) == []
    found = objects["search.json"].decode()
    assert [title for title in wanted if f'"title":"{title}"' not in found] == []


def test_nothing_to_do_asks_for_the_feed_and_whether_anything_was_cleared_away(
    place: Place, tmp_path: Path
) -> None:
    show = machine(tmp_path / "show", place)
    add_episode(show, "satu", title="Satu")
    publish_now(show)
    publish_now(show)
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    asked: list[str] = []
    for client in bucket.clients:  # type: ignore[attr-defined]
        client.meta.events.register(
            "before-call.s3",
            lambda model, params, **_: asked.append(f"{model.name} {params['url_path']}"),
        )
    assert plan_publication(fresh, bucket, NOW).changes == ()
    cleared = f"HeadObject /{PREFIX}published/cleared.json"
    assert asked == [f"GetObject /{PREFIX}feed.xml", cleared]


def test_a_machine_that_is_new_takes_over_a_bucket(place: Place, tmp_path: Path) -> None:
    first, second = (machine(tmp_path / name, place) for name in ("first", "second"))
    for slug in ("satu", "dua"):
        add_episode(first, slug, title=slug.title())
    publish_now(first)
    before = place.objects()
    add_episode(second, "tiga", title="Tiga")
    changed = {change.key for change in publish_now(second).changes}
    after = place.objects()
    assert {key for key in after if after[key] != before.get(key)} == changed
    assert not [key for key in changed if "satu" in key or "dua" in key]
    write_show(second, base_url=BASE_URL, publish=place.settings())
    assert publish_now(first).changes == ()

"""The work behind the review app: what is told to pages, what is published, how it stops."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.faces.web.background.scheduled import Clock
from pipeline.faces.web.background.working import Worker
from pipeline.faces.web.events import Event, Events
from pipeline.faces.web.newsroom import Newsroom
from pipeline.ground.audit_file import read_audit
from pipeline.ground.sessions_file import Sessions
from pipeline.ground.stage import Job, Stage
from pipeline.ground.workspace import Workspace
from pipeline.running import lanes, show, standing
from pipeline.running.standing import Public, Standing, WaitsFor
from pipeline.stages.publish import approve
from tests.episodes_on_disk import add_episode, make_workspace
from tests.media import write_sound
from tests.shows import make_episode, make_show
from tests.signals import noise

PATIENCE_SECONDS = 60


class Recorded(Events):
    """Events that a test can wait for."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Event] = []
        self._more = threading.Condition()

    def tell(self, event: Event) -> None:
        super().tell(event)
        with self._more:
            self.told.append(event)
            self._more.notify_all()

    def wait_for(self, kind: str, slug: str = "", stage: str = "") -> Event:
        def found() -> list[Event]:
            return [
                each
                for each in self.told
                if (each.kind, each.slug) == (kind, slug or each.slug)
                and (not stage or (each.said or {}).get("stage") == stage)
            ]

        with self._more:
            assert self._more.wait_for(found, PATIENCE_SECONDS), f"never told: {kind} {slug}"
            return found()[0]


def newsroom_of(workspace: Workspace) -> Newsroom:
    sessions = Sessions(workspace)
    return Newsroom(workspace.root, sessions, frozenset(), does_work=True, events=Recorded())


def told_by(newsroom: Newsroom) -> Recorded:
    assert isinstance(newsroom.events, Recorded)
    return newsroom.events


def stage(name: str, run: object) -> Stage:
    return Stage(
        name=name,
        version=1,
        inputs=lambda episode, _show: list(episode.recordings),
        outputs=lambda episode: [episode.folder / f"{name}.txt"],
        settings=lambda _episode, _show: {},
        run=run,  # type: ignore[arg-type]
    )


def use_road(monkeypatch: pytest.MonkeyPatch, *road: Stage) -> None:
    for module in (standing, lanes, show):
        monkeypatch.setattr(module, "ROAD", road)


def test_a_dropped_recording_is_taken_in_and_its_stages_are_told(tmp_path: Path) -> None:
    workspace = make_show(tmp_path / "show")
    newsroom = newsroom_of(workspace)
    worker = Worker(newsroom)
    worker.start()
    try:
        time.sleep(0.5)
        write_sound(workspace.inbox / "2026-11-05 Ani - Pasar.wav", noise(-20, 3), "pcm_s16le")
        slug = told_by(newsroom).wait_for("arrived").slug
        assert slug == "2026-11-05-ani-pasar"
        told_by(newsroom).wait_for("started", slug, "normalize")
        told_by(newsroom).wait_for("finished", slug, "normalize")
        told_by(newsroom).wait_for("changed", slug)
    finally:
        worker.stop()
    assert (workspace.episodes_folder / slug / "normalized.mp3").is_file()


def test_what_cannot_be_taken_in_is_told(tmp_path: Path) -> None:
    workspace = make_show(tmp_path / "show")
    (workspace.inbox / "catatan.mp3").write_text("Ini catatan rapat, bukan rekaman.\n" * 20)
    newsroom = newsroom_of(workspace)
    worker = Worker(newsroom)
    worker.start()
    try:
        told_by(newsroom).wait_for("inbox")
        until = time.monotonic() + PATIENCE_SECONDS
        while not list(workspace.inbox.glob("*.masalah.txt")) and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        worker.stop()
    assert (workspace.inbox / "catatan.mp3.masalah.txt").is_file()


def test_a_long_episode_keeps_no_other_waiting_and_a_stop_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(job: Job) -> None:
        while True:
            time.sleep(0.02)
            job.report(0.5)
            if job.episode.slug == "pendek":
                break
        (job.episode.folder / "caption.txt").write_text("selesai")

    use_road(monkeypatch, stage("caption", endless))
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, "panjang", b"satu")
    make_episode(workspace, "pendek", b"dua")
    newsroom = newsroom_of(workspace)
    worker = Worker(newsroom)
    worker.start()
    told_by(newsroom).wait_for("started", "panjang")
    told_by(newsroom).wait_for("progress", "panjang")
    told_by(newsroom).wait_for("finished", "pendek")
    before = time.monotonic()
    worker.stop()
    assert time.monotonic() - before < 10
    with workspace.episode_locked("panjang"):  # it let go
        pass
    (left,) = [each for each in told_by(newsroom).told if each.slug == "panjang"][-1:]
    assert left.kind != "failed"
    assert standing.standing_of(workspace, "panjang").waits is WaitsFor.MACHINE


def test_a_bug_in_one_episode_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(job: Job) -> None:
        if job.episode.slug == "rusak":
            raise ZeroDivisionError
        (job.episode.folder / "caption.txt").write_text("selesai")

    use_road(monkeypatch, stage("caption", broken))
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, "rusak", b"satu")
    make_episode(workspace, "baik", b"dua")
    newsroom = newsroom_of(workspace)
    worker = Worker(newsroom)
    worker.start()
    try:
        told_by(newsroom).wait_for("failed", "rusak")
        told_by(newsroom).wait_for("finished", "baik")
    finally:
        worker.stop()
    trouble = newsroom.at_work.trouble("rusak")
    assert trouble is not None
    reference = trouble.problem.partition("reference ")[2][:8]
    assert reference in (workspace.cache / "etam.log").read_text()


def test_a_broken_show_file_is_told_and_mended_without_a_restart(tmp_path: Path) -> None:
    workspace = make_show(tmp_path / "show")
    whole = workspace.show_file.read_text()
    workspace.show_file.write_text("[show")
    newsroom = newsroom_of(workspace)
    worker = Worker(newsroom)
    worker.start()
    try:
        told_by(newsroom).wait_for("trouble")
        trouble = newsroom.at_work.trouble()
        assert trouble is not None
        assert "is not valid TOML" in trouble.problem
        workspace.show_file.write_text(whole)
        until = time.monotonic() + PATIENCE_SECONDS
        while newsroom.at_work.trouble() and time.monotonic() < until:
            time.sleep(0.1)
        assert newsroom.at_work.trouble() is None
    finally:
        worker.stop()


def test_without_work_changes_are_told_and_nothing_is_touched(tmp_path: Path) -> None:
    workspace = make_show(tmp_path / "show")
    newsroom = Newsroom(workspace.root, Sessions(workspace), frozenset(), events=Recorded())
    worker = Worker(newsroom)
    worker.start()
    try:
        time.sleep(0.5)
        write_sound(workspace.inbox / "pasar.wav", noise(-20, 2), "pcm_s16le")
        told_by(newsroom).wait_for("inbox")
        make_episode(workspace, "rapat")
        told_by(newsroom).wait_for("changed", "rapat")
    finally:
        worker.stop()
    assert (workspace.inbox / "pasar.wav").is_file()


def test_only_what_is_signed_and_due_goes_out_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_road(monkeypatch)
    workspace = make_workspace(tmp_path / "show", approval="editor")
    now = datetime.now(UTC)
    add_episode(workspace, "terjadwal", tone_hz=300, publish_at=now - timedelta(minutes=1))
    add_episode(workspace, "nanti", tone_hz=400, publish_at=now + timedelta(days=1))
    add_episode(workspace, "tanpa-waktu", tone_hz=500)
    add_episode(workspace, "belum-setuju", tone_hz=600, publish_at=now - timedelta(days=1))
    for slug in ("terjadwal", "nanti", "tanpa-waktu"):
        approve(workspace, workspace.episode(slug), "Siti", now)
    newsroom = newsroom_of(workspace)
    found = newsroom.standings.of_all(workspace)
    waits = {each.slug: each.waits for each in found}
    assert waits["tanpa-waktu"] is WaitsFor.PUBLISHER
    assert waits["nanti"] is WaitsFor.TIME
    Clock().publish_what_is_due(workspace, newsroom, found)
    public = {each.slug for each in newsroom.standings.of_all(workspace) if _is_public(each)}
    assert public == {"terjadwal"}
    (entry,) = read_audit(workspace)
    assert (entry.who, entry.did, entry.slug) == ("etam review", "published", "terjadwal")
    Clock().publish_what_is_due(workspace, newsroom, newsroom.standings.of_all(workspace))
    assert len(list(read_audit(workspace))) == 1


def test_where_nobody_signs_everything_goes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_road(monkeypatch)
    workspace = make_workspace(tmp_path / "show", approval="automatic")
    add_episode(workspace, "rapat")
    newsroom = newsroom_of(workspace)
    Clock().publish_what_is_due(workspace, newsroom, newsroom.standings.of_all(workspace))
    assert _is_public(newsroom.standings.of(workspace, "rapat"))


def _is_public(each: Standing) -> bool:
    return each.public is Public.YES

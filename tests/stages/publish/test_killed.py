"""A publication that is killed at any moment leaves the old public state or the new one."""

from __future__ import annotations

import os
import re
import shutil
import signal
from pathlib import Path

import pytest

from pipeline.ground import files
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import open_bucket, plan_publication, publish
from tests.episodes_on_disk import NOW, add_episode, make_workspace, write_transcript

LAST_STEP = 84
BASE_URL = "https://podcast.example.org/etam/"


def publish_now(root: Path) -> None:
    show = Workspace(root)
    bucket = open_bucket(show.show, show)
    publish(show, bucket, plan_publication(show, bucket, NOW), lambda _share: None)


def publish_and_die(root: Path, steps: int) -> bool:
    """Publish in another process that is killed at its nth step to the disk; whether it was."""
    child = os.fork()
    if child == 0:
        try:
            kill_at_step(steps)
            publish_now(root)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def kill_at_step(steps: int) -> None:
    # Each file is flushed before it gets its name, and its folder after that: between the two
    # calls lies the rename, so counting them stops on both sides of it.
    flush, done = files._flush, [0]

    def flush_or_die(path: Path) -> None:
        if done[0] == steps:
            os.kill(os.getpid(), signal.SIGKILL)
        done[0] += 1
        flush(path)

    files._flush = flush_or_die


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and not p.name.startswith(".")
    }


@pytest.fixture(scope="module")
def shows(tmp_path_factory) -> tuple[Path, Path]:
    """A show whose second publication has begun nothing yet, and one where it is done."""
    root = tmp_path_factory.mktemp("shows") / "before"
    show = make_workspace(root, base_url=BASE_URL)
    add_episode(show, "satu", title="Satu")
    add_episode(show, "dua", title="Dua")
    publish_now(root)
    add_episode(show, "satu", title="Satu lagi", tone_hz=600)
    write_transcript(show.transcripts_folder / "satu", "Selamat sore.")
    add_episode(show, "tiga", title="Tiga")
    after = root.parent / "after"
    shutil.copytree(root, after)
    publish_now(after)
    return root, after


@pytest.mark.parametrize("steps", [*range(0, 52, 6), *range(52, LAST_STEP)])
def test_the_feed_is_the_old_one_or_the_new_one_and_all_it_names_is_there(
    shows: tuple[Path, Path], tmp_path: Path, steps: int
) -> None:
    before, after = shows
    old, new = content(before / "feed" / "public"), content(after / "feed" / "public")
    root = tmp_path / "show"
    shutil.copytree(before, root)
    was_killed = publish_and_die(root, steps)
    public = content(root / "feed" / "public")
    assert public["feed.xml"] in (old["feed.xml"], new["feed.xml"])
    assert public["index.html"] in (old["index.html"], new["index.html"])
    assert was_killed or public == new
    assert set(old) <= set(public)
    named = re.findall(rf'{re.escape(BASE_URL)}([^"<, ]+)', public["feed.xml"].decode())
    assert [key for key in named if key not in public] == []
    publish_now(root)
    assert content(root / "feed" / "public") == new
    assert content(root / "feed" / "published") == content(after / "feed" / "published")
    assert [p for p in (root / "feed" / "public").rglob(".*") if p.is_file()] == []


def test_the_steps_above_reach_past_the_end(shows: tuple[Path, Path], tmp_path: Path) -> None:
    root = tmp_path / "show"
    shutil.copytree(shows[0], root)
    assert not publish_and_die(root, LAST_STEP)
    assert content(root / "feed" / "public") == content(shows[1] / "feed" / "public")

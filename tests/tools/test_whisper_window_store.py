"""What is kept of windows: trusted only when it is whole and the answer to this very job."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.window_store import WindowStore
from pipeline.words.transcript import LeftOut, Segment, Word
from tests.full_disk import run_with_small_files

ONE, OTHER = "ab" + "1" * 62, "ab" + "2" * 62
HEARD = HeardWindow(
    (Segment(0, 0.2, 1.5, "Selamat “pagi”.", (Word(0.2, 1.5, "pagi", 0.9),)),),
    (LeftOut(2.0, 3.5, "é", "a test"),),
)
DAY_SECONDS = 86_400


@pytest.fixture
def store(tmp_path: Path) -> WindowStore:
    return WindowStore(tmp_path / "windows")


def kept(store: WindowStore, digest: str = ONE) -> Path:
    store.keep(digest, HEARD)
    return store.folder / digest[:2] / f"{digest}.json"


def test_what_was_kept_is_found(store: WindowStore) -> None:
    assert store.find(ONE) is None
    kept(store)
    assert store.find(ONE) == HEARD
    assert store.find(OTHER) is None


def test_half_a_file_is_no_answer(store: WindowStore) -> None:
    path = kept(store)
    whole = path.read_bytes()
    for length in range(0, len(whole) - 1, 7):
        path.write_bytes(whole[:length])
        assert store.find(ONE) is None, length
    path.write_bytes(whole)
    assert store.find(ONE) == HEARD


def test_a_changed_letter_is_no_answer(store: WindowStore) -> None:
    path = kept(store)
    path.write_text(path.read_text("utf-8").replace("Selamat", "Selamet"), "utf-8")
    assert store.find(ONE) is None


def test_the_answer_to_another_job_is_no_answer(store: WindowStore) -> None:
    path = kept(store)
    path.rename(path.with_name(f"{OTHER}.json"))
    assert store.find(OTHER) is None


@pytest.mark.parametrize(
    "content", ["", "null", "[]", "7", '"text"', "{}", "\x00\xff", '{"job": {}, "answer": []}']
)
def test_what_is_no_answer_at_all_is_not_trusted(store: WindowStore, content: str) -> None:
    path = kept(store)
    path.write_bytes(content.encode("latin-1"))
    assert store.find(ONE) is None


def test_an_answer_in_another_form_is_asked_for_again(store: WindowStore) -> None:
    path = kept(store)
    content = json.loads(path.read_text("utf-8"))
    content["answer"]["segments"][0]["later"] = "a field of another version"
    path.write_text(json.dumps(content), "utf-8")
    assert store.find(ONE) is None


def test_what_nobody_asked_for_in_90_days_is_forgotten(store: WindowStore) -> None:
    old, used = kept(store, ONE), kept(store, OTHER)
    for path in (old, used):
        os.utime(path, (time.time() - 91 * DAY_SECONDS,) * 2)
    assert store.find(OTHER) == HEARD
    store.forget_unused()
    assert sorted(store.folder.glob("*/*")) == [used]


def test_what_killed_writes_left_is_removed_and_what_is_being_written_is_not(
    store: WindowStore,
) -> None:
    path = kept(store)
    left, being_written = (path.with_name(f".etam-{name}.json") for name in ("killed", "now"))
    for half in (left, being_written):
        half.write_text("{", "utf-8")
    os.utime(left, (time.time() - DAY_SECONDS,) * 2)
    store.forget_unused()
    assert sorted(store.folder.glob("*/*")) == sorted([path, being_written])


def test_forgetting_where_nothing_was_kept_is_nothing(store: WindowStore) -> None:
    store.forget_unused()
    assert not store.folder.exists()


def test_a_full_disk_is_said_in_words_and_leaves_no_half_answer(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.window_store import WindowStore
from pipeline.words.errors import SetupProblem
from pipeline.words.transcript import LeftOut

store = WindowStore(Path(sys.argv[1]) / "windows")
much = HeardWindow((), (LeftOut(0.0, 1.0, "kata " * 2000, "a test"),))
try:
    store.keep("{ONE}", much)
except SetupProblem as problem:
    print(problem.problem)
print(store.find("{ONE}"), [path.name for path in store.folder.glob("*/*")])
"""
    said = run_with_small_files(tmp_path, 4, program)
    assert said.startswith("There is no room to write ")
    assert said.endswith("None []\n")

"""The editors' changes on the disk: each one kept, whatever happens."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from pipeline.ground.files import write_json
from pipeline.ground.review_file import (
    append_to_review,
    catching_up,
    read_on,
    read_review,
    read_reviewed,
)
from pipeline.ground.workspace import Workspace
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.review import operations as ops
from pipeline.words.review.operations import Operation, Seen, TextEdit
from pipeline.words.transcript import Transcript, Word
from tests.episodes_on_disk import make_workspace
from tests.full_disk import run_with_small_files
from tests.transcripts import said

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TALK = said("selamat pagi warga kutai", "pak bupati datang ke desa loa lepu", speaker="A")


@pytest.fixture
def episode(tmp_path: Path) -> Episode:
    return _episode(make_workspace(tmp_path))


def _episode(workspace: Workspace) -> Episode:
    folder = workspace.episodes_folder / "air-bersih"
    texts = workspace.transcripts_folder / "air-bersih"
    folder.mkdir(parents=True)
    write_json(texts / "transcript.json", TALK.to_json())
    return Episode("air-bersih", folder, texts, None, None)  # type: ignore[arg-type]


def change(number: int, text: str = "", line: str = "1.1") -> ops.ChangeText:
    edit = TextEdit(Seen(line), text or f"teks {number}")
    return ops.ChangeText(id=f"op{number}", author="Ani", at=NOW, edits=(edit,))


def test_without_a_file_the_machines_transcript_stands(episode: Episode) -> None:
    assert read_review(episode).operations == ()
    assert read_reviewed(episode).machine == TALK
    assert not episode.review_jsonl.exists()


def test_a_change_is_kept_and_read_again(episode: Episode) -> None:
    done = append_to_review(episode, read_review(episode), [change(1, "Selamat sore, “warga”!")])

    assert done == read_review(episode)
    assert read_reviewed(episode).lines[0].text == "Selamat sore, “warga”!"


SAID: dict[type, dict[str, Any]] = {
    ops.ChangeText: {"edits": (TextEdit(Seen("1.1"), "ya", (Word(1.0, 1.5, "ya", 1.0),)),)},
    ops.Split: {"on": Seen("1.1", "x"), "before_word": 2},
    ops.Merge: {"lines": ("1.1", "1.2")},
    ops.Delete: {"lines": (Seen("1.1"),)},
    ops.Insert: {"after": "", "start": 0.5, "end": 1.5, "text": "halo", "speaker": "B"},
    ops.Retime: {"on": Seen("1.1"), "start": 0.1, "end": 0.2},
    ops.RenameSpeakers: {"names": ("A", "B"), "to": "Rahma"},
    ops.AssignSpeaker: {"lines": (Seen("1.1"),), "speaker": "B"},
    ops.TakeSuggestion: {
        "on": Seen("1.1"), "suggestion": "k", "first_word": 0, "last_word": 1, "text": "x",
    },
    ops.RefuseSuggestion: {"on": Seen("1.1"), "suggestion": "k"},
    ops.MarkReviewed: {"lines": (Seen("1.1"),), "reviewed": False},
    ops.AddNote: {"on": Seen("1.1"), "text": "cek"},
    ops.RemoveNote: {"on": Seen("1.1"), "note": "n"},
    ops.Undo: {"operation": "op1"},
    ops.NameVersion: {"name": "v1"},
    ops.Restore: {"to": ""},
    ops.Resolve: {"conflict": "c", "on": Seen("1.1"), "choice": "text", "text": "x"},
    ops.HearAgain: {"transcript": TALK},
}  # fmt: skip


def test_every_kind_of_operation_comes_back_as_it_was(episode: Episode) -> None:
    assert set(SAID) == set(get_args(Operation))
    made = [
        kind(id=f"op{number}", author="Ani", at=NOW, **words)
        for number, (kind, words) in enumerate(SAID.items())
    ]

    append_to_review(episode, read_review(episode), made)

    assert list(read_review(episode).operations) == made


def test_a_change_that_is_sent_twice_is_kept_once(episode: Episode) -> None:
    known = read_review(episode)
    append_to_review(episode, known, [change(1)])
    size = episode.review_jsonl.stat().st_size

    again = append_to_review(episode, known, [change(1), change(1)])

    assert again.operations == (change(1),)
    assert episode.review_jsonl.stat().st_size == size


def test_two_changes_with_one_number_are_told(episode: Episode) -> None:
    known = append_to_review(episode, read_review(episode), [change(1)])

    with pytest.raises(EpisodeProblem, match="same number"):
        append_to_review(episode, known, [change(1, "lain")])
    assert read_review(episode).operations == (change(1),)


@pytest.mark.parametrize(
    "wrong", [{"id": ""}, {"id": "a\nb"}, {"author": ""}, {"author": "x" * 500},
              {"at": datetime(2026, 1, 1)}],
)  # fmt: skip
def test_a_change_of_nobody_is_not_kept(episode: Episode, wrong: dict[str, Any]) -> None:
    with pytest.raises(EpisodeProblem):
        append_to_review(episode, read_review(episode), [replace(change(1), **wrong)])
    assert not episode.review_jsonl.exists()


def test_whoever_read_earlier_sees_what_was_written_since(episode: Episode) -> None:
    known = append_to_review(episode, read_review(episode), [change(1)])
    append_to_review(episode, read_review(episode), [change(2)])

    assert read_on(episode, known) == read_review(episode)
    assert append_to_review(episode, known, [change(3)]) == read_review(episode)
    assert [operation.id for operation in read_review(episode).operations] == ["op1", "op2", "op3"]


def test_a_file_from_a_backup_is_read_anew(episode: Episode) -> None:
    append_to_review(episode, read_review(episode), [change(1)])
    backup = episode.review_jsonl.read_bytes()
    known = append_to_review(episode, read_review(episode), [change(2)])
    episode.review_jsonl.unlink()
    with pytest.raises(EpisodeProblem, match="is gone"):
        append_to_review(episode, known, [change(3)])

    episode.review_jsonl.write_bytes(backup)

    now = append_to_review(episode, known, [change(3)])
    assert [operation.id for operation in now.operations] == ["op1", "op3"]


def test_a_kill_in_the_middle_of_a_line_costs_nothing_that_was_kept(episode: Episode) -> None:
    whole = append_to_review(episode, read_review(episode), [change(1)])
    append_to_review(episode, whole, [change(2, "kalimat “yang” terputus")])
    content = episode.review_jsonl.read_bytes()

    for end in (*range(whole.size, len(content), 9), len(content) - 1):
        episode.review_jsonl.write_bytes(content[:end])
        cut = read_review(episode)
        assert cut.operations == (change(1),)
        assert cut.torn == content[whole.size : end]
        after = append_to_review(episode, cut, [change(3)])
        assert after.operations == (change(1), change(3))
        assert after.torn == b""
        if cut.torn:
            kept = (episode.texts / "kept").glob("review-torn-*.txt")
            assert cut.torn in [file.read_bytes() for file in kept]


def test_a_full_disk_leaves_the_file_as_it_was(episode: Episode) -> None:
    known = append_to_review(episode, read_review(episode), [change(1)])
    size = episode.review_jsonl.stat().st_size
    program = """
import sys
from pathlib import Path
sys.path.insert(0, ".")
from tests.ground.test_review_file import change, place
from pipeline.ground.review_file import append_to_review, read_review
from pipeline.words.errors import SetupProblem
episode = place(Path(sys.argv[1]))
try:
    append_to_review(episode, read_review(episode), [change(2, "panjang " * 2000)])
except SetupProblem as problem:
    print(problem.problem)
"""

    printed = run_with_small_files(episode.root, size // 1024 + 4, program)

    assert "no room to write review.jsonl" in printed
    assert episode.review_jsonl.stat().st_size == size
    assert append_to_review(episode, known, [change(3)]).operations == (change(1), change(3))


def place(root: Path) -> Episode:
    """The episode of these tests in a workspace that is there."""
    return Episode(  # type: ignore[arg-type]
        "air-bersih", root / "episodes/air-bersih", root / "transcripts/air-bersih", None, None
    )


def test_processes_that_write_at_once_lose_nothing(episode: Episode) -> None:
    program = """
import sys
from pathlib import Path
sys.path.insert(0, ".")
from tests.ground.test_review_file import change, place
from pipeline.ground.review_file import append_to_review, read_review
episode, first = place(Path(sys.argv[1])), int(sys.argv[2])
known = read_review(episode)
for number in range(first, first + 30):
    append_to_review(episode, known, [change(number)])
"""
    writers = [
        subprocess.Popen([sys.executable, "-c", program, episode.root, str(first)])
        for first in (100, 200, 300)
    ]

    assert [writer.wait(60) for writer in writers] == [0, 0, 0]

    names = [operation.id for operation in read_review(episode).operations]
    assert sorted(names) == [
        f"op{n}" for first in (100, 200, 300) for n in range(first, first + 30)
    ]


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [b"{}", *lines[1:]],
        lambda lines: [b"not json", *lines[1:]],
        lambda lines: [lines[0].replace(b'"version":1', b'"version":2'), *lines[1:]],
        lambda lines: [lines[0], b"not json", *lines[1:]],
        lambda lines: [lines[0], lines[1].replace(b'"text"', b'"from the future"', 1), lines[2]],
        lambda lines: [lines[0], lines[1][:20], lines[2]],
        lambda lines: lines[1:],
    ],
)
def test_a_damaged_file_is_told_and_never_written_to(
    episode: Episode, damage: Callable[[list[bytes]], list[bytes]]
) -> None:
    known = append_to_review(episode, read_review(episode), [change(1), change(2)])
    lines = episode.review_jsonl.read_bytes().splitlines()
    damaged = b"\n".join(damage(lines)) + b"\n"
    episode.review_jsonl.unlink()
    episode.review_jsonl.write_bytes(damaged)

    with pytest.raises(EpisodeProblem, match=r"review\.jsonl"):
        read_review(episode)
    with pytest.raises(EpisodeProblem, match=r"review\.jsonl"):
        append_to_review(episode, replace(known, inode=0), [change(3)])
    assert episode.review_jsonl.read_bytes() == damaged


def test_edits_are_carried_over_when_the_machine_hears_again(episode: Episode) -> None:
    append_to_review(episode, read_review(episode), [change(1, "Selamat pagi warga Kutai")])
    newer = said("selamat pagi warga kutai", "pak bupati tiba ke desa loa lepu", speaker="A")
    write_json(episode.transcript_json, newer.to_json())

    now = read_reviewed(episode)

    assert [line.text for line in now.lines] == [
        "Selamat pagi warga Kutai",
        "pak bupati tiba ke desa loa lepu",
    ]
    review = read_review(episode)
    assert len(review.operations) == 1
    first = catching_up(review, newer)
    line = now.lines[1]
    edit = TextEdit(line.seen, "Pak Bupati tiba di Desa Loa Ipuh")
    change_new = ops.ChangeText(id="op9", author="Ani", at=NOW, edits=(edit,))
    caught_up = append_to_review(episode, review, [*first, change_new])
    assert catching_up(caught_up, newer) == ()
    assert read_reviewed(episode).lines[1].text == "Pak Bupati tiba di Desa Loa Ipuh"
    assert not read_reviewed(episode).conflicts


def test_a_machine_that_goes_back_and_forth_confuses_nobody(episode: Episode) -> None:
    known = append_to_review(episode, read_review(episode), [change(1, "Selamat pagi warga Kutai")])
    other = said("selamat pagi warga", "kutai dan bupati", speaker="A")
    for transcript in (other, TALK, other, TALK):
        known = append_to_review(episode, known, catching_up(known, transcript))

    write_json(episode.transcript_json, TALK.to_json())
    assert "Kutai" in read_reviewed(episode).lines[0].text


@pytest.mark.parametrize(
    "wrong",
    [
        change(2, "aneh \ud83d sekali"),
        ops.Retime(id="op2", author="Ani", at=NOW, on=Seen("1.1"), start=float("nan"), end=1.0),
        replace(change(2), edits="tidak ada"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(episode: Episode, wrong: Operation) -> None:
    known = append_to_review(episode, read_review(episode), [change(1)])

    with pytest.raises(EpisodeProblem, match="cannot be kept"):
        append_to_review(episode, known, [wrong])

    assert read_review(episode) == known


def test_the_transcript_in_the_file_is_the_one_that_was_edited(episode: Episode) -> None:
    append_to_review(episode, read_review(episode), [change(1)])

    first = json.loads(episode.review_jsonl.read_bytes().splitlines()[0])

    assert Transcript.from_json(first["transcript"]) == TALK

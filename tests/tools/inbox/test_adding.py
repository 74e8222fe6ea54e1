from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.ground.workspace import Workspace
from pipeline.stages.ingest import Outcome, add_to_inbox, ingest_inbox
from pipeline.words.errors import EpisodeProblem
from tests.full_disk import run_on_a_small_disk, run_with_small_files
from tests.shows import make_show
from tests.signals import noise, write_wav


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_show(tmp_path / "show")


def _nothing(_share: float) -> None:
    pass


def test_a_file_is_copied_with_its_time_and_the_source_stays(
    workspace: Workspace, tmp_path: Path
) -> None:
    source = write_wav(tmp_path / "a.wav", noise(-20, 1.5))
    os.utime(source, (1e9, 1e9))
    shares: list[float] = []
    (added,) = add_to_inbox(workspace, [source], shares.append)
    assert added == workspace.inbox / "a.wav"
    assert added.read_bytes() == source.read_bytes()
    assert added.stat().st_mtime == 1e9
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert [path.name for path in workspace.inbox.iterdir()] == ["a.wav"]


def test_a_folder_is_copied_as_a_whole(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "Budi - Sawah"
    folder.mkdir()
    for number in (1, 2):
        write_wav(folder / f"{number}.wav", noise(-20, 1.2, number))
    (added,) = add_to_inbox(workspace, [folder], _nothing)
    assert sorted(path.name for path in added.iterdir()) == ["1.wav", "2.wav"]
    (arrival,) = ingest_inbox(workspace, settle_seconds=0)
    assert arrival.outcome is Outcome.NEW


def test_the_same_file_again_is_nothing_to_do(workspace: Workspace, tmp_path: Path) -> None:
    source = write_wav(tmp_path / "a.wav", noise(-20, 1.2))
    (first,) = add_to_inbox(workspace, [source], _nothing)
    (second,) = add_to_inbox(workspace, [source], _nothing)
    assert first == second
    assert len(list(workspace.inbox.iterdir())) == 1


def test_another_file_of_the_same_name_is_not_overwritten(
    workspace: Workspace, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    one = write_wav(tmp_path / "a.wav", noise(-20, 1.2, 1))
    two = write_wav(other / "a.wav", noise(-20, 1.2, 2))
    added = add_to_inbox(workspace, [one, two], _nothing)
    assert [path.name for path in added] == ["a.wav", "a (2).wav"]
    assert added[0].read_bytes() == one.read_bytes()
    assert added[1].read_bytes() == two.read_bytes()


def test_a_file_that_is_not_there_is_said_so(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EpisodeProblem, match="There is no file"):
        add_to_inbox(workspace, [tmp_path / "none.wav"], _nothing)


_ADD = """
import sys
from pathlib import Path
from pipeline.ground.workspace import Workspace
from pipeline.stages.ingest import add_to_inbox
from pipeline.words.errors import SetupProblem
root = Path(sys.argv[1])
try:
    add_to_inbox(Workspace(root), [Path("{source}")], lambda share: None)
except SetupProblem as problem:
    print(problem.problem)
print(sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()))
"""


@pytest.mark.parametrize("run", [run_on_a_small_disk, run_with_small_files])
def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(tmp_path: Path, run) -> None:  # type: ignore[no-untyped-def]
    source = write_wav(tmp_path / "a.wav", noise(-20, 20))
    disk = tmp_path / "disk"
    disk.mkdir()
    said, left = run(disk, 1024, _ADD.format(source=source)).splitlines()
    assert said.startswith("There is no room to write a.wav in ")
    assert left == "[]"


def test_the_inbox_is_not_copied_into_itself(workspace: Workspace) -> None:
    write_wav(workspace.inbox / "a.wav", noise(-20, 1.5))
    for folder in (workspace.inbox, workspace.root):
        with pytest.raises(EpisodeProblem, match="holds the inbox itself"):
            add_to_inbox(workspace, [folder], _nothing)
    assert [path.name for path in workspace.inbox.iterdir()] == ["a.wav"]

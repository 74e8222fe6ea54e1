"""What the review app keeps: nothing of it is lost or guessed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.ground.audit_file import read_audit, record
from pipeline.ground.people_file import change_people, read_people
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import SetupProblem
from pipeline.words.people import Person, Role
from tests.shows import make_show


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_show(tmp_path / "show")


def test_an_entry_outlives_a_line_that_was_cut_off(workspace: Workspace) -> None:
    record(workspace, "Ani", "approved", "air")
    with workspace.audit_file.open("ab") as file:
        file.write(b'{"at": "2026-')
    record(workspace, "Budi", "published", "air")
    assert [entry.who for entry in read_audit(workspace)] == ["Ani", "Budi"]


def test_many_at_once_lose_no_entry(workspace: Workspace) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: record(workspace, f"{n}", "did"), range(50)))
    assert sorted(int(entry.who) for entry in read_audit(workspace)) == list(range(50))


def test_many_at_once_lose_no_person(workspace: Workspace) -> None:
    def add(n: int) -> None:
        change_people(workspace, lambda p: (*p, Person(f"p{n}", f"P{n}", Role.VIEWER)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(20)))
    assert len(read_people(workspace)) == 20


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"people": [{"login": "a"}]}'])
def test_a_damaged_list_of_people_lets_nobody_in(workspace: Workspace, content: str) -> None:
    workspace.newsroom.mkdir()
    workspace.people_file.write_text(content)
    with pytest.raises(SetupProblem):
        read_people(workspace)

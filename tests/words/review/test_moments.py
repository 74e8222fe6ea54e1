"""The history of a review in steps that people remember."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipeline.words.review.applying import applied
from pipeline.words.review.moments import moments
from pipeline.words.review.operations import (
    ChangeText,
    HearAgain,
    NameVersion,
    Operation,
    Seen,
    TextEdit,
    Undo,
)
from tests.transcripts import said

START = datetime(2026, 11, 5, 9, tzinfo=UTC)
MACHINE = said("Selamat pagi.", "Air bersih mengalir.", "Terima kasih.")


def edit(name: str, author: str, minute: int, line: int = 1) -> ChangeText:
    edits = (TextEdit(Seen(f"1.{line}"), f"Teks {name}."),)
    return ChangeText(id=name, author=author, at=START + timedelta(minutes=minute), edits=edits)


def steps(*operations: Operation) -> list[tuple[str, str, int, str]]:
    found = moments(applied(MACHINE, operations))
    return [(each.operation, each.author, each.lines, each.name) for each in found]


def test_work_of_one_person_without_a_long_pause_is_one_step() -> None:
    assert steps(edit("a", "Ani", 0, 1), edit("b", "Ani", 15, 2), edit("c", "Ani", 50, 3)) == [
        ("b", "Ani", 2, ""),
        ("c", "Ani", 1, ""),
    ]


def test_another_person_begins_another_step() -> None:
    assert steps(edit("a", "Ani", 0, 1), edit("b", "Budi", 1, 2)) == [
        ("a", "Ani", 1, ""),
        ("b", "Budi", 1, ""),
    ]


def test_a_named_version_ends_a_step_and_gives_it_its_name() -> None:
    named = NameVersion(id="v", author="Ani", at=START, name="Terbit")
    assert steps(edit("a", "Ani", 0, 1), named, edit("b", "Ani", 1, 2)) == [
        ("v", "Ani", 1, "Terbit"),
        ("b", "Ani", 1, ""),
    ]


def test_what_changed_nothing_is_no_step() -> None:
    nothing = Undo(id="u", author="Ani", at=START, operation="never")
    assert steps(nothing) == []


def test_a_newer_transcript_of_the_machine_is_a_step_of_its_own() -> None:
    again = HearAgain(id="h", author="etam", at=START, transcript=said("Selamat siang."))
    found = moments(applied(MACHINE, [edit("a", "Ani", 0, 1), again]))
    assert [each.is_machines for each in found] == [False, True]

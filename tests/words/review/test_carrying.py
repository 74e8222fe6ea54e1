"""Edits survive a newer transcript of the machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pipeline.words.review import operations as ops
from pipeline.words.review.applying import applied, applied_to
from pipeline.words.review.line import Why
from pipeline.words.review.operations import TextEdit
from pipeline.words.review.outcome import outcome
from pipeline.words.review.reviewed import Reviewed, unedited
from pipeline.words.transcript import Transcript
from tests.transcripts import said

Do = Callable[..., Any]

OLD = ("selamat pagi warga kutai", "pak bupati datang ke desa loa lepu", "terima kasih semua")


def talk(*texts: str, speaker: str = "A") -> Transcript:
    return said(*(texts or OLD), speaker=speaker, pause=1.0)


def heard(reviewed: Reviewed, do: Do, *texts: str, speaker: str = "A") -> Reviewed:
    again = do(ops.HearAgain, "etam", transcript=talk(*texts, speaker=speaker))
    return applied_to(reviewed, [again])


def texts(reviewed: Reviewed) -> list[str]:
    return [line.text for line in reviewed.lines]


def test_both_the_editors_and_the_new_words_stand(do: Do, write: Do) -> None:
    first = unedited(talk())
    edited = applied_to(first, [write(first.lines[1], "Pak Bupati datang ke desa loa lepu")])

    after = heard(edited, do, OLD[0], "pak bupati datang ke desa loa ipuh", OLD[2])

    assert texts(after)[1] == "Pak Bupati datang ke desa loa ipuh"
    assert after.lines[1].id == first.lines[1].id
    assert not after.conflicts


def test_lines_that_are_heard_as_before_keep_their_names_and_numbers(do: Do, write: Do) -> None:
    first = unedited(talk())
    edited = applied_to(first, [write(first.lines[1], "Pak Bupati datang ke desa loa lepu")])

    after = heard(edited, do, *OLD)

    assert after.lines == edited.lines
    assert [s.id for s in outcome(after).segments] == [s.id for s in outcome(edited).segments]


def test_where_both_changed_the_same_words_the_editors_stand_and_somebody_is_asked(
    do: Do, write: Do
) -> None:
    first = unedited(talk())
    edited = applied_to(first, [write(first.lines[1], "pak bupati datang ke desa Loa Ipuh")])

    after = heard(edited, do, OLD[0], "pak bupati datang ke desa loa kulu", OLD[2])

    assert texts(after)[1] == "pak bupati datang ke desa Loa Ipuh"
    [conflict] = after.conflicts.values()
    assert conflict.why is Why.HEARD_OTHERWISE
    assert (conflict.base and conflict.base.text) == OLD[1]
    assert (conflict.mine and conflict.mine.text) == "pak bupati datang ke desa loa kulu"
    take = do(ops.Resolve, conflict=conflict.id, on=after.lines[1].seen, choice="mine")
    keep = do(ops.Resolve, conflict=conflict.id, on=after.lines[1].seen, choice="theirs")
    assert texts(applied_to(after, [take]))[1] == "pak bupati datang ke desa loa kulu"
    assert texts(applied_to(after, [keep]))[1] == "pak bupati datang ke desa Loa Ipuh"


def test_a_renamed_speaker_is_renamed_in_the_new_lines_too(do: Do) -> None:
    renamed = applied(talk(), [do(ops.RenameSpeakers, names=("A",), to="Rahma")])

    after = heard(renamed, do, "selamat sore warga", "pak camat datang", OLD[2], speaker="B")

    assert {line.speaker for line in after.lines} == {"Rahma"}


def test_a_speaker_that_nobody_named_is_the_one_now_heard(do: Do, write: Do) -> None:
    first = unedited(talk())
    edited = applied_to(first, [write(first.lines[1], "Pak Bupati datang ke desa loa lepu")])

    after = heard(edited, do, *OLD, speaker="B")

    assert {line.speaker for line in after.lines} == {"B"}
    assert texts(after)[1] == "Pak Bupati datang ke desa loa lepu"


def test_marks_stay_on_equal_words_and_notes_stay_in_any_case(do: Do) -> None:
    first = unedited(talk())
    marked = applied_to(first, [do(ops.MarkReviewed, lines=tuple(e.seen for e in first.lines))])
    noted = applied_to(marked, [do(ops.AddNote, on=marked.lines[1].seen, text="cek nama")])

    after = heard(noted, do, OLD[0], "pak camat datang ke desa loa lepu", OLD[2])

    assert [line.reviewed_by for line in after.lines] == ["Ani", "", "Ani"]
    assert [note.text for note in after.lines[1].notes] == ["cek nama"]


def test_what_was_deleted_stays_deleted_unless_something_else_is_heard(do: Do) -> None:
    first = unedited(talk())
    shorter = applied_to(first, [do(ops.Delete, lines=(first.lines[1].seen,))])

    assert texts(heard(shorter, do, *OLD)) == [OLD[0], OLD[2]]

    other = heard(shorter, do, OLD[0], "bupati belum datang ke desa loa lepu", OLD[2])
    assert texts(other) == [OLD[0], OLD[2]]
    [conflict] = other.conflicts.values()
    back = do(ops.Resolve, conflict=conflict.id, on=other.all_lines[conflict.line].seen,
              choice="mine")  # fmt: skip
    assert texts(applied_to(other, [back]))[1] == "bupati belum datang ke desa loa lepu"


def test_a_split_and_an_inserted_line_stay(do: Do) -> None:
    first = unedited(talk())
    one, two, _ = first.lines
    between = (one.end + 0.3, two.start - 0.3)
    edited = applied_to(
        first,
        [
            do(ops.Split, on=two.seen, before_word=3),
            do(ops.Insert, after=one.id, start=between[0], end=between[1], text="(tertawa)"),
        ],
    )

    after = heard(edited, do, OLD[0], "pak bupati datang ke desa loa ipuh", OLD[2])

    assert texts(after) == [
        OLD[0],
        "(tertawa)",
        "pak bupati datang",
        "ke desa loa ipuh",
        OLD[2],
    ]


def test_what_is_newly_heard_stands_where_it_is_said(do: Do) -> None:
    first = unedited(replace(talk(), segments=(talk().segments[0], talk().segments[2])))

    after = heard(first, do, *OLD)

    assert texts(after) == list(OLD)
    assert [line.start for line in after.lines] == [s.start for s in talk().segments]


def test_edits_of_before_find_their_line_after_it_was_heard_again(do: Do, write: Do) -> None:
    """Budi was offline while a newer model heard the episode."""
    first = unedited(talk())
    ani = write(first.lines[1], "Pak Bupati datang ke desa loa lepu")
    budi = write(first.lines[1], "pak bupati datang ke desa loa Lepu", by="Budi")
    new = heard(applied_to(first, [ani]), do, OLD[0], "pak bupati datang di desa loa lepu", OLD[2])

    after = applied_to(new, [budi])

    assert texts(after)[1] == "Pak Bupati datang di desa loa Lepu"


def test_an_edit_of_a_line_that_is_heard_otherwise_waits_for_a_decision(do: Do) -> None:
    first = unedited(talk())
    line = first.lines[1]
    new = heard(first, do, OLD[0], "pak camat pergi", "dari desa loa kulu itu", OLD[2])
    late = do(ops.ChangeText, "Budi", edits=(TextEdit(line.seen, OLD[1].title()),))

    after = applied_to(new, [late])

    [conflict] = after.conflicts.values()
    assert (conflict.why, conflict.mine and conflict.mine.text) == (Why.GONE, OLD[1].title())


def test_hearing_again_is_not_undone_but_the_edits_of_before_are(do: Do, write: Do) -> None:
    first = unedited(talk())
    edit = write(first.lines[1], "Pak Bupati datang ke desa loa lepu")
    after = heard(applied_to(first, [edit]), do, "Selamat pagi warga Kutai", *OLD[1:])

    undone = applied_to(after, [do(ops.Undo, operation=edit.id)])
    assert texts(undone) == ["Selamat pagi warga Kutai", OLD[1], OLD[2]]

    name = next(n for n, e in after.effects.items() if isinstance(e.operation, ops.HearAgain))
    refused = applied_to(after, [do(ops.Undo, operation=name)])
    assert texts(refused) == texts(after)
    assert refused.conflicts

"""What each operation does to a transcript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipeline.words.review import operations as ops
from pipeline.words.review.applying import applied, applied_to
from pipeline.words.review.history import (
    Sign,
    difference,
    lines_after,
    redoable,
    undoable,
    versions,
    what_it_did,
)
from pipeline.words.review.line import Why
from pipeline.words.review.operations import Seen, TextEdit
from pipeline.words.review.outcome import outcome
from pipeline.words.review.replacing import replacements
from pipeline.words.review.reviewed import Reviewed, unedited
from pipeline.words.review.suggested import open_suggestions
from pipeline.words.transcript import Suggestion, Transcript, Word
from tests.transcripts import said

Do = Callable[..., Any]


@pytest.fixture
def talk() -> Transcript:
    return said(
        "selamat pagi warga kutai",
        "pak bupati datang ke desa loa lepu",
        "terima kasih sudah mendengar",
        speaker="Pembicara 1",
    )


def texts(reviewed: Reviewed) -> list[str]:
    return [line.text for line in reviewed.lines]


def times(words: tuple[Word, ...]) -> list[tuple[float, float]]:
    return [(word.start, word.end) for word in words]


def test_a_transcript_that_nobody_edited_is_the_machines(talk: Transcript) -> None:
    assert outcome(unedited(talk)) is talk


def test_unchanged_words_keep_their_times(talk: Transcript, write: Do) -> None:
    first = unedited(talk)
    line = first.lines[1]

    after = applied_to(first, [write(line, "Pak Bupati hadir ke Desa Loa Lepu.")]).lines[1]

    assert after.text == "Pak Bupati hadir ke Desa Loa Lepu."
    assert times(after.words) == times(line.words)


def test_new_words_share_the_time_of_those_they_replace(talk: Transcript, write: Do) -> None:
    first = unedited(talk)
    line = first.lines[1]

    words = (
        applied_to(first, [write(line, "pak wakil gubernur datang ke desa loa lepu")])
        .lines[1]
        .words
    )

    assert (words[1].start, words[2].end) == (line.words[1].start, line.words[1].end)
    assert words[1].end == words[2].start
    assert times(words[3:]) == times(line.words[2:])


def test_words_put_at_the_end_stay_before_the_next_line(talk: Transcript, write: Do) -> None:
    first = unedited(talk)
    text = first.lines[0].text + " kartanegara yang saya hormati sekalian"

    after = applied_to(first, [write(first.lines[0], text)])

    assert after.lines[0].text == text
    assert first.lines[0].end < after.lines[0].end <= after.lines[1].start


def test_a_split_line_and_its_parts_merged_again_are_the_line(talk: Transcript, do: Do) -> None:
    first = unedited(talk)
    line = first.lines[1]
    split = do(ops.Split, on=line.seen, before_word=3)
    parted = applied_to(first, [split])

    assert texts(parted)[1:3] == ["pak bupati datang", "ke desa loa lepu"]
    assert [each.id for each in parted.lines[1:3]] == [line.id, split.id]

    merged = applied_to(parted, [do(ops.Merge, lines=(line.id, split.id))])
    assert texts(merged) == texts(first)
    assert merged.lines[1].words == line.words


def test_a_line_can_be_split_again_and_again(do: Do) -> None:
    now = unedited(said(" ".join(f"kata{n}" for n in range(80)), "lalu selesai"))
    for _ in range(79):
        line = now.lines[0]
        now = applied_to(now, [do(ops.Split, on=line.seen, before_word=len(line.words) - 1)])

    assert texts(now) == [f"kata{n}" for n in range(80)] + ["lalu selesai"]
    assert not now.conflicts


def test_a_line_is_put_in_between_others_and_moved(talk: Transcript, do: Do) -> None:
    first = unedited(talk)
    one, other = first.lines[0], first.lines[1]
    new = do(ops.Insert, after=one.id, start=one.end, end=other.start, text="(tepuk tangan)")

    after = applied_to(first, [new])
    assert texts(after)[1] == "(tepuk tangan)"
    assert after.lines[1].words[-1].end == round(other.start, 3)

    moved = applied_to(after, [do(ops.Retime, on=after.lines[1].seen, start=2.3, end=2.4)])
    assert (moved.lines[1].words[0].start, moved.lines[1].words[-1].end) == (2.3, 2.4)


def test_a_time_outside_of_the_neighbours_is_a_conflict(talk: Transcript, do: Do) -> None:
    first = unedited(talk)

    after = applied_to(first, [do(ops.Retime, on=first.lines[2].seen, start=0.5, end=1.0)])

    assert [conflict.why for conflict in after.conflicts.values()] == [Why.IMPOSSIBLE]
    assert after.lines == first.lines


def test_a_speaker_is_renamed_everywhere_and_one_line_reassigned(talk: Transcript, do: Do) -> None:
    first = unedited(talk)
    rename = do(ops.RenameSpeakers, names=("Pembicara 1",), to="Rahma")

    renamed = applied_to(first, [rename])
    assert {line.speaker for line in renamed.lines} == {"Rahma"}

    after = applied_to(
        renamed, [do(ops.AssignSpeaker, lines=(renamed.lines[2].seen,), speaker="Budi")]
    )
    assert [line.speaker for line in after.lines] == ["Rahma", "Rahma", "Budi"]
    assert [s.speaker for s in outcome(after).segments] == ["Rahma", "Rahma", "Budi"]
    assert outcome(after).segments[0].words == talk.segments[0].words


def test_two_speakers_become_one(talk: Transcript, do: Do) -> None:
    first = unedited(talk)
    other = applied_to(first, [do(ops.AssignSpeaker, lines=(first.lines[1].seen,), speaker="B")])

    after = applied_to(other, [do(ops.RenameSpeakers, names=("Pembicara 1", "B"), to="Rahma")])

    assert {line.speaker for line in after.lines} == {"Rahma"}


def test_an_operation_that_arrives_twice_counts_once(talk: Transcript, write: Do) -> None:
    first = unedited(talk)
    edit = write(first.lines[0], "selamat sore")

    assert applied(talk, [edit, edit]) == applied(talk, [edit])
    assert applied_to(applied(talk, [edit]), [edit]) == applied(talk, [edit])


def test_two_editors_who_changed_different_words_both_keep_theirs(
    talk: Transcript, write: Do
) -> None:
    line = unedited(talk).lines[1]
    ani = write(line, "Pak Bupati datang ke desa loa lepu")
    budi = write(line, "pak bupati datang ke desa Loa Lepu", by="Budi")

    after = applied(talk, [ani, budi])

    assert after.lines[1].text == "Pak Bupati datang ke desa Loa Lepu"
    assert times(after.lines[1].words) == times(line.words)
    assert not after.conflicts


def test_two_editors_who_changed_the_same_words_are_asked(
    talk: Transcript, write: Do, do: Do
) -> None:
    line = unedited(talk).lines[1]
    ani, budi = (
        write(line, "pak bupati hadir di desa loa lepu"),
        write(line, "pak bupati pergi ke desa loa lepu", by="Budi"),
    )

    after = applied(talk, [ani, budi])

    assert after.lines[1].text == "pak bupati hadir di desa loa lepu"
    [conflict] = after.conflicts.values()
    assert (conflict.author, conflict.why) == ("Budi", Why.CHANGED)
    assert conflict.mine is not None
    assert conflict.mine.text == "pak bupati pergi ke desa loa lepu"

    decided = {
        "theirs": "pak bupati hadir di desa loa lepu",
        "mine": "pak bupati pergi ke desa loa lepu",
        "text": "pak bupati tiba di desa loa lepu",
    }
    for choice, text in decided.items():
        resolve = do(
            ops.Resolve, conflict=conflict.id, on=after.lines[1].seen, choice=choice, text=text
        )
        resolved = applied_to(after, [resolve])
        assert resolved.lines[1].text == text
        assert not resolved.conflicts
        again = applied_to(resolved, [do(ops.Undo, operation=resolve.id)])
        assert again.conflicts == after.conflicts
        assert again.lines == after.lines


def test_who_goes_on_typing_after_a_merge_takes_nobodys_words_away(
    talk: Transcript, write: Do, do: Do
) -> None:
    """Budi is offline: his second edit knows his first one, and nothing of Ani's."""
    line = unedited(talk).lines[1]
    ani = write(line, "Pak Bupati datang ke desa loa lepu")
    one = write(line, "pak bupati datang ke desa loa Lepu", by="Budi")
    two = do(
        ops.ChangeText,
        "Budi",
        edits=(TextEdit(Seen(line.id, one.id), "pak bupati datang ke desa loa Lepu."),),
    )

    after = applied(talk, [ani, one, two])

    assert after.lines[1].text == "Pak Bupati datang ke desa loa Lepu."


def test_an_edit_of_a_line_that_somebody_deleted_is_kept_for_a_decision(
    talk: Transcript, write: Do, do: Do
) -> None:
    line = unedited(talk).lines[0]
    delete = do(ops.Delete, lines=(line.seen,))
    edit = write(line, "selamat sore warga kutai", by="Budi")

    after = applied(talk, [delete, edit])

    [conflict] = after.conflicts.values()
    assert conflict.why is Why.GONE
    back = do(ops.Resolve, conflict=conflict.id, on=Seen(line.id, delete.id), choice="mine")
    assert texts(applied_to(after, [back]))[0] == "selamat sore warga kutai"


def test_a_split_finds_its_place_although_the_line_was_edited(
    talk: Transcript, write: Do, do: Do
) -> None:
    line = unedited(talk).lines[1]
    edit = write(line, "dan Pak Bupati datang ke desa loa lepu")
    split = do(ops.Split, "Budi", on=line.seen, before_word=4)

    assert texts(applied(talk, [edit, split]))[1:3] == [
        "dan Pak Bupati datang ke",
        "desa loa lepu",
    ]


def test_lines_that_are_no_neighbours_any_more_are_not_merged(talk: Transcript, do: Do) -> None:
    one, two, _ = unedited(talk).lines
    between = do(ops.Insert, after=one.id, start=one.end, end=two.start, text="ya")

    after = applied(talk, [between, do(ops.Merge, "Budi", lines=(one.id, two.id))])

    assert len(after.lines) == 4
    assert [conflict.why for conflict in after.conflicts.values()] == [Why.CHANGED]


def test_undo_takes_back_ones_own_last_change_and_redo_does_it_again(
    talk: Transcript, write: Do, do: Do
) -> None:
    first = unedited(talk)
    ani, budi = write(first.lines[0], "selamat sore"), write(first.lines[1], "pak camat", by="Budi")
    now = applied_to(first, [ani, budi])

    assert undoable(now, "Ani") == ani.id
    undo = do(ops.Undo, operation=ani.id)
    undone = applied_to(now, [undo])
    assert texts(undone)[:2] == ["selamat pagi warga kutai", "pak camat"]
    assert undoable(undone, "Ani") is None
    assert redoable(undone, "Ani") == undo.id
    assert redoable(undone, "Budi") is None

    redone = applied_to(undone, [do(ops.Undo, operation=undo.id)])
    assert redone.lines == now.lines
    assert undoable(redone, "Ani") == ani.id
    assert redoable(redone, "Ani") is None


def test_after_a_new_change_nothing_is_redone(talk: Transcript, write: Do, do: Do) -> None:
    first = unedited(talk)
    one = write(first.lines[0], "selamat sore")
    now = applied_to(first, [one, do(ops.Undo, operation=one.id), write(first.lines[1], "pak")])

    assert redoable(now, "Ani") is None


def test_undo_leaves_what_somebody_else_did_to_the_line_since(
    talk: Transcript, write: Do, do: Do
) -> None:
    line = unedited(talk).lines[1]
    ani = write(line, "Pak Bupati datang ke desa loa lepu")
    seen = applied(talk, [ani]).lines[1]
    budi = write(seen, "Pak Bupati datang ke desa Loa Lepu", by="Budi")

    after = applied(talk, [ani, budi, do(ops.Undo, operation=ani.id)])

    assert after.lines[1].text == "pak bupati datang ke desa Loa Lepu"
    assert not after.conflicts


def test_a_version_is_compared_and_restored(talk: Transcript, write: Do, do: Do) -> None:
    first = unedited(talk)
    one = write(first.lines[0], "selamat sore warga kutai")
    named = do(ops.NameVersion, name="Untuk redaktur")
    then = applied_to(first, [one, named])
    later = applied_to(
        then,
        [
            do(ops.Delete, lines=(then.lines[2].seen,)),
            do(ops.Split, on=then.lines[1].seen, before_word=2),
            write(then.lines[0], "selamat malam warga kutai"),
        ],
    )

    [version] = versions(later)
    assert version.name == "Untuk redaktur"
    changed = difference(lines_after(later, version.operation), lines_after(later, "op5"))
    assert len(changed) == 4
    assert [(part.sign, part.text) for part in changed[0].parts] == [
        (Sign.SAME, "selamat"),
        (Sign.OUT, "sore"),
        (Sign.IN, "malam"),
        (Sign.SAME, "warga kutai"),
    ]
    restore = do(ops.Restore, to=version.operation)
    restored = applied_to(later, [restore])
    assert restored.lines == then.lines
    assert applied_to(restored, [do(ops.Undo, operation=restore.id)]).lines == later.lines
    assert applied_to(later, [do(ops.Restore, to="")]).lines == first.lines


def test_find_and_replace_is_shown_and_then_one_operation(talk: Transcript, do: Do) -> None:
    first = unedited(talk)
    found = replacements(first, "Loa  lepu", "Loa Lepu")

    assert [(each.before, each.after) for each in found] == [
        ("pak bupati datang ke desa loa lepu", "pak bupati datang ke desa Loa Lepu")
    ]
    assert found[0].before[slice(*found[0].found[0])] == "loa lepu"
    change = do(ops.ChangeText, edits=tuple(each.edit for each in found))
    after = applied_to(first, [change])
    assert after.lines[1].text == "pak bupati datang ke desa Loa Lepu"
    assert [each.line for each in what_it_did(after.effects[change.id])] == [after.lines[1].id]
    assert applied_to(after, [do(ops.Undo, operation=change.id)]).lines == first.lines


def test_find_and_replace_leaves_parts_of_words_and_other_letters_alone(talk: Transcript) -> None:
    first = unedited(talk)

    assert not replacements(first, "desa loa le", "x")
    assert replacements(first, "desa loa le", "x", whole_words=False)
    assert not replacements(first, "Desa", "x", match_case=True)
    assert not replacements(first, "  ", "x")
    assert not replacements(first, ".*", "x", whole_words=False)


def test_a_mark_lapses_when_somebody_else_changes_the_words(
    talk: Transcript, write: Do, do: Do
) -> None:
    first = unedited(talk)
    marked = applied_to(first, [do(ops.MarkReviewed, lines=(first.lines[0].seen,))])
    assert marked.lines[0].reviewed_by == "Ani"
    assert round(marked.share_reviewed, 2) == 0.33

    own = applied_to(marked, [write(marked.lines[0], "selamat sore")])
    others = applied_to(marked, [write(marked.lines[0], "selamat sore", by="Budi")])

    assert own.lines[0].reviewed_by == "Ani"
    assert others.lines[0].reviewed_by == ""


def test_words_that_were_not_seen_are_not_marked(talk: Transcript, write: Do, do: Do) -> None:
    line = unedited(talk).lines[0]

    after = applied(
        talk, [write(line, "selamat sore", by="Budi"), do(ops.MarkReviewed, lines=(line.seen,))]
    )

    assert after.lines[0].reviewed_by == ""


def test_notes_of_two_editors_stand_together(talk: Transcript, do: Do) -> None:
    line = unedited(talk).lines[0]
    one = do(ops.AddNote, on=line.seen, text="cek nama")
    other = do(ops.AddNote, "Budi", on=line.seen, text="sudah")

    after = applied(talk, [one, other])
    assert [note.text for note in after.lines[0].notes] == ["cek nama", "sudah"]

    less = applied_to(after, [do(ops.RemoveNote, on=after.lines[0].seen, note=one.id)])
    assert [note.text for note in less.lines[0].notes] == ["sudah"]


def test_a_suggestion_is_taken_or_refused_by_an_editor(talk: Transcript, do: Do) -> None:
    talk = replace(
        talk,
        suggestions=(
            Suggestion(2, 5, 6, "loa lepu", "Loa Ipuh", 0.8),
            Suggestion(1, 3, 3, "kutai", "Kutai Kartanegara", 0.7),
        ),
    )
    first = unedited(talk)
    village, region = open_suggestions(first)
    where = {"first_word": village.first_word, "last_word": village.last_word}

    after = applied_to(
        first,
        [
            do(
                ops.TakeSuggestion,
                on=village.line.seen,
                suggestion=village.key,
                text="Loa Ipuh",
                **where,
            ),
            do(ops.RefuseSuggestion, on=region.line.seen, suggestion=region.key),
        ],
    )

    assert after.lines[1].text == "pak bupati datang ke desa Loa Ipuh"
    assert after.lines[0].text == "selamat pagi warga kutai"
    assert not open_suggestions(after)
    assert not outcome(after).suggestions


def test_a_suggestion_follows_its_words_into_another_line(talk: Transcript, do: Do) -> None:
    talk = replace(talk, suggestions=(Suggestion(2, 5, 6, "loa lepu", "Loa Ipuh", 0.8),))
    first = unedited(talk)
    split = do(ops.Split, on=first.lines[1].seen, before_word=4)

    after = applied_to(first, [split])

    [found] = open_suggestions(after)
    assert (found.line.id, found.first_word, found.last_word) == (split.id, 1, 2)
    [public] = outcome(after).suggestions
    segment = next(s for s in outcome(after).segments if s.id == public.segment)
    assert segment.words[public.first_word].text == "loa"


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (ops.Split, {"on": Seen("1.1"), "before_word": 0}),
        (ops.Split, {"on": Seen("1.1"), "before_word": 99}),
        (ops.Split, {"on": Seen("9.9"), "before_word": 1}),
        (ops.Merge, {"lines": ()}),
        (ops.Merge, {"lines": ("1.1",)}),
        (ops.Merge, {"lines": ("1.1", "1.1")}),
        (ops.Merge, {"lines": ("1.1", "1.3")}),
        (ops.Insert, {"after": "1.1", "start": float("nan"), "end": 2.0, "text": "ya"}),
        (ops.Insert, {"after": "1.1", "start": 2.0, "end": float("inf"), "text": "ya"}),
        (ops.Insert, {"after": "1.1", "start": 2.2, "end": 2.4, "text": " \n "}),
        (ops.Insert, {"after": "nowhere", "start": 2.2, "end": 2.4, "text": "ya"}),
        (ops.Retime, {"on": Seen("1.1"), "start": 2.0, "end": 1.0}),
        (ops.ChangeText, {"edits": (TextEdit(Seen("1.1", "never"), "ya"),)}),
        (ops.Undo, {"operation": "never"}),
        (ops.Restore, {"to": "never"}),
        (ops.Resolve, {"conflict": "never", "on": Seen("1.1"), "choice": "mine"}),
        (ops.TakeSuggestion, {"on": Seen("1.1"), "suggestion": "x", "first_word": 3,
                              "last_word": 4, "text": "ya"}),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_changes_nothing(
    talk: Transcript, do: Do, kind: type, wrong: dict[str, Any]
) -> None:
    after = applied(talk, [do(kind, **wrong)])

    assert len(after.conflicts) == 1
    assert after.lines == unedited(talk).lines


def test_a_new_line_takes_no_other_lines_name(talk: Transcript, do: Do) -> None:
    line = unedited(talk).lines[1]
    insert = replace(do(ops.Insert, after="", start=0.2, end=0.5, text="halo"), id=line.id)

    after = applied(talk, [insert])

    assert after.lines == unedited(talk).lines
    assert after.conflicts


def test_a_line_that_comes_back_stands_where_it_is_said(talk: Transcript, do: Do) -> None:
    first = unedited(talk)
    delete = do(ops.Delete, lines=tuple(line.seen for line in first.lines))
    start = first.lines[1].start
    insert = do(ops.Insert, after="", start=start + 0.5, end=start + 1, text="halo")

    after = applied(talk, [delete, insert, do(ops.Undo, operation=delete.id)])

    assert texts(after) == [first.lines[0].text, first.lines[1].text, "halo", first.lines[2].text]

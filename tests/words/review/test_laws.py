"""What holds whatever editors do, in whatever order it arrives."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words.review import operations as ops
from pipeline.words.review.applying import applied, applied_to
from pipeline.words.review.history import undoable
from pipeline.words.review.line import Line
from pipeline.words.review.operations import Operation, TextEdit
from pipeline.words.review.outcome import outcome
from pipeline.words.review.reviewed import Reviewed, unedited
from pipeline.words.transcript import Transcript
from tests.transcripts import said
from tests.words.review.conftest import NOW

WORDS = st.sampled_from(["warga", "Warga,", "desa", "tidak", "anak-anak", "Rp1.500", "ya", "baru!"])
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
EDITORS = st.sampled_from(["Ani", "Budi"])
MADE_UP = st.sampled_from(["desa Loa", "anak-anak"])


@st.composite
def machines(draw: st.DrawFn) -> Transcript:
    texts = draw(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=5))
    return said(*(" ".join(text) for text in texts), speaker=draw(st.sampled_from(["A", "B"])))


@st.composite
def talks(draw: st.DrawFn) -> tuple[Transcript, list[Operation]]:
    """A transcript and what two editors do to it; each sees what was there some operations ago."""
    machine = draw(machines())
    past, done = [unedited(machine)], list[Operation]()
    for number in range(draw(st.integers(0, 14))):
        seen = past[draw(st.integers(max(0, len(past) - 3), len(past) - 1))]
        done.append(draw(operations(seen, f"op{number}")))
        past.append(applied_to(past[-1], [done[-1]]))
    return machine, done


@st.composite
def operations(draw: st.DrawFn, seen: Reviewed, name: str) -> Operation:
    by = {"id": name, "author": draw(EDITORS), "at": NOW}
    lines = seen.lines
    undo = undoable(seen, by["author"])
    choices = ["insert", "rename", "restore"] + ["undo"] * (undo is not None)
    choices += ["text", "text", "split", "merge", "delete", "retime", "mark"] if lines else []
    choices += ["resolve"] if seen.conflicts else []
    kind = draw(st.sampled_from(choices))
    if kind == "resolve":
        return _resolve(draw, seen, by)
    if kind in ("insert", "rename", "restore", "undo"):
        return _without_a_line(draw, seen, kind, by, undo)
    line = draw(st.sampled_from(lines))
    if kind == "text":
        return ops.ChangeText(edits=(TextEdit(line.seen, draw(TEXTS)),), **by)
    if kind == "split":
        return ops.Split(on=line.seen, before_word=draw(st.integers(0, len(line.words))), **by)
    if kind == "merge":
        at = lines.index(line)
        return ops.Merge(lines=tuple(each.id for each in lines[at : at + 2]), **by)
    if kind == "delete":
        return ops.Delete(lines=(line.seen,), **by)
    if kind == "retime":
        start = draw(st.floats(0, seen.machine.duration))
        return ops.Retime(on=line.seen, start=start, end=start + draw(st.floats(0, 2)), **by)
    return ops.MarkReviewed(lines=(line.seen,), **by)


def _without_a_line(draw, seen, kind, by, undo) -> Operation:
    if kind == "undo":
        return ops.Undo(operation=undo, **by)
    if kind == "restore":
        return ops.Restore(to=draw(st.sampled_from(["", *seen.effects])), **by)
    if kind == "rename":
        return ops.RenameSpeakers(names=("A",), to=draw(st.sampled_from(["B", "Rahma"])), **by)
    after = draw(st.sampled_from(["", *(line.id for line in seen.lines)]))
    start = draw(st.floats(0, seen.machine.duration))
    return ops.Insert(after=after, start=start, end=start + 0.5, text=draw(TEXTS), **by)


def _resolve(draw, seen, by) -> Operation:
    conflict = draw(st.sampled_from(list(seen.conflicts.values())))
    there = seen.all_lines.get(conflict.line)
    on = there.seen if there else ops.Seen(conflict.line)
    choice = draw(st.sampled_from(["mine", "theirs", "text"]))
    return ops.Resolve(conflict=conflict.id, on=on, choice=choice, text=draw(TEXTS), **by)


@settings(max_examples=80, deadline=None)
@given(talks())
def test_times_go_on_and_stay_in_their_line(talk: tuple[Transcript, list[Operation]]) -> None:
    now = applied(*talk)

    for line in now.lines:
        assert line.start <= line.end
        for word in line.words:
            assert line.start <= word.start <= word.end <= line.end
        for one, other in pairwise(line.words):
            assert one.start <= other.start
    assert list(now.order) == sorted(now.order)
    for one, other in pairwise(now.lines):
        assert one.start <= other.start


@settings(max_examples=80, deadline=None)
@given(talks())
def test_what_somebody_typed_stands_there_or_is_asked_about(
    talk: tuple[Transcript, list[Operation]],
) -> None:
    """A text is in its line, in a conflict, or under a later operation of somebody who saw it."""
    machine, done = talk
    before = unedited(machine)
    for operation in done:
        after = applied_to(before, [operation])
        if isinstance(operation, ops.ChangeText):
            [edit] = operation.edits
            _check_that_it_was_kept(before, after, operation, edit)
        before = after


def _check_that_it_was_kept(
    before: Reviewed, after: Reviewed, operation: ops.ChangeText, edit: TextEdit
) -> None:
    opened = after.effects[operation.id].opened
    if opened:
        assert opened[0].mine is not None
        assert opened[0].mine.text == edit.text
        return
    base = before.versions[edit.on.line, edit.on.version]
    put_in = [word for word in edit.text.split() if word not in base.texts]
    there = after.all_lines[edit.on.line].texts
    assert all(word in there for word in put_in)


@settings(max_examples=80, deadline=None)
@given(talks(), EDITORS)
def test_undo_after_do_is_as_if_nothing_had_been_done(
    talk: tuple[Transcript, list[Operation]], author: str
) -> None:
    machine, done = talk
    before = applied(machine, done[:-1])
    after = applied_to(before, done[-1:])

    undo = ops.Undo(id="undo", author=author, at=NOW, operation=done[-1].id if done else "")
    undone = applied_to(after, [undo])
    redone = applied_to(undone, [replace(undo, id="redo", operation="undo")])

    if done:
        assert _shown(undone) == _shown(before)
        assert undone.conflicts == before.conflicts
        assert _shown(redone) == _shown(after)
        assert redone.conflicts == after.conflicts


@settings(max_examples=50, deadline=None)
@given(talks())
def test_one_more_operation_gives_what_all_at_once_give(
    talk: tuple[Transcript, list[Operation]],
) -> None:
    machine, done = talk
    now = unedited(machine)
    for operation in done:
        now = applied_to(now, [operation, operation])

    assert now == applied(machine, done)


@settings(max_examples=50, deadline=None)
@given(talks())
def test_what_goes_public_is_what_the_lines_say(talk: tuple[Transcript, list[Operation]]) -> None:
    now = applied(*talk)
    public = outcome(now)

    assert [s.text for s in public.segments] == [line.text for line in now.lines if line.words]
    assert len({s.id for s in public.segments}) == len(public.segments)
    assert Transcript.from_json(public.to_json()) == public


@settings(max_examples=80, deadline=None)
@given(talks(), machines())
def test_edits_are_carried_over_to_a_newer_transcript(
    talk: tuple[Transcript, list[Operation]], newer: Transcript
) -> None:
    machine, done = talk
    before = applied(machine, done)
    again = ops.HearAgain(id="again", author="etam", at=NOW, transcript=newer)
    after = applied_to(before, [again])

    for one, other in pairwise(after.lines):
        assert one.start <= other.start
    for line in after.lines:
        for one_word, other_word in pairwise(line.words):
            assert one_word.start <= other_word.start
    _check_that_no_typed_word_is_lost(before, after)
    assert applied_to(after, [replace(again, id="third")]).lines == after.lines


def _check_that_no_typed_word_is_lost(before: Reviewed, after: Reviewed) -> None:
    typed = [
        word
        for line in before.lines
        if line.text != " ".join(line.segment.text.split())
        for word in line.texts
        if word not in before.machine.text
    ]
    there = " ".join(line.text for line in after.lines).split()
    assert all(word in there for word in typed)


@settings(max_examples=50, deadline=None)
@given(talks())
def test_the_same_transcript_heard_again_changes_nothing(
    talk: tuple[Transcript, list[Operation]],
) -> None:
    machine, done = talk
    before = applied(machine, done)

    again = ops.HearAgain(id="again", author="etam", at=NOW, transcript=machine)

    after = applied_to(before, [again])
    assert _shown(after) == _shown(before)
    assert after.conflicts == before.conflicts


@settings(max_examples=50, deadline=None)
@given(machines(), machines())
def test_where_nobody_edited_the_newer_transcript_is_taken(
    machine: Transcript, newer: Transcript
) -> None:
    again = ops.HearAgain(id="again", author="etam", at=NOW, transcript=newer)

    after = applied(machine, [again])

    assert outcome(after).segments == newer.segments
    assert not after.conflicts


def _shown(reviewed: Reviewed) -> list[tuple[object, ...]]:
    return [_content(line) for line in reviewed.lines]


def _content(line: Line) -> tuple[object, ...]:
    return line.words, line.start, line.end, line.speaker, line.reviewed_by, line.notes

"""Applies operations to a transcript: pure, in order, each one once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pipeline.words.review import operations as ops
from pipeline.words.review.carrying import carry_over
from pipeline.words.review.comparing import runs
from pipeline.words.review.desk import Desk, Impossible, Wish
from pipeline.words.review.joining import on_top
from pipeline.words.review.line import Line, Note, Why, texts_of
from pipeline.words.review.operations import Operation
from pipeline.words.review.reviewed import Reviewed, unedited
from pipeline.words.review.timing import held, in_order, moved, retimed, shared
from pipeline.words.transcript import Segment, Transcript, Word


def applied(machine: Transcript, operations: Iterable[Operation]) -> Reviewed:
    """The machine's transcript after all operations, in the order in which they arrived."""
    return applied_to(unedited(machine), operations)


def applied_to(reviewed: Reviewed, operations: Iterable[Operation]) -> Reviewed:
    """Where it stands after some more operations; one that was applied before is passed over.

    No operation is refused with an error: what cannot be done is a conflict of the result.
    """
    desk = Desk.of(reviewed)
    for operation in operations:
        if operation.id not in desk.effects:
            _apply(desk, operation)
    return desk.result()


def _apply(desk: Desk, operation: Operation) -> None:
    try:
        wishes = list(_WISHES[type(operation)](desk, operation))
    except Impossible as found:
        desk.refuse_all(operation, found.line, found.why)
    else:
        desk.grant(operation, wishes)
    desk.note_effect(operation)


def _change_text(desk: Desk, operation: ops.ChangeText) -> Iterator[Wish]:
    for edit in operation.edits:
        try:
            base = desk.seen(edit.on)
        except Impossible as found:  # the other edits are good
            desk.refuse_all(operation, found.line, found.why)
            continue
        mine = _with_texts(desk, operation, base, texts_of(edit.text), edit.words)
        if mine is not base:
            yield Wish(base, mine)


def _split(desk: Desk, operation: ops.Split) -> Iterator[Wish]:
    base, line = desk.seen(operation.on), desk.there(operation.on.line)
    cut = _same_place(base, line, operation.before_word)
    first, second = line.words[:cut], line.words[cut:]
    yield Wish(line, replace(line, version=operation.id, words=first, end=first[-1].end))
    yield Wish(
        None,
        replace(
            line,
            id=operation.id,
            version=operation.id,
            words=second,
            start=second[0].start,
            place=desk.place_after(line),
            made_by=operation.id,
            notes=(),
        ),
    )


def _merge(desk: Desk, operation: ops.Merge) -> Iterator[Wish]:
    lines = [desk.there(name) for name in operation.lines]
    for one, other in pairwise(lines):
        if desk.after(one) != other:
            raise Impossible(other.id, Why.CHANGED)
    if len(lines) < 2:
        raise Impossible(operation.lines[0] if operation.lines else "")
    first = lines[0]
    reviewers = {line.reviewed_by for line in lines}
    yield Wish(
        first,
        replace(
            first,
            version=operation.id,
            words=in_order(word for line in lines for word in line.words),
            end=max(line.end for line in lines),
            reviewed_by=first.reviewed_by if len(reviewers) == 1 else "",
            notes=tuple(note for line in lines for note in line.notes),
            settled=frozenset().union(*(line.settled for line in lines)),
        ),
    )
    for line in lines[1:]:
        yield Wish(line, replace(line, version=operation.id, deleted=True))


def _delete(desk: Desk, operation: ops.Delete) -> Iterator[Wish]:
    for seen in operation.lines:
        base = desk.seen(seen)
        yield Wish(base, replace(base, version=operation.id, deleted=True))


def _insert(desk: Desk, operation: ops.Insert) -> Iterator[Wish]:
    before = _line_to_follow(desk, operation.after)
    after = desk.after(before) if before else desk.first()
    start, end = round(operation.start, 3), round(operation.end, 3)
    earliest = before.start if before else 0.0
    latest = after.start if after else desk.machine.duration
    texts = texts_of(operation.text)
    if not (texts and earliest <= start < end <= desk.machine.duration and start <= latest):
        raise Impossible(operation.id)
    words = tuple(shared(texts, start, end))
    yield Wish(
        None,
        Line(
            id=operation.id,
            version=operation.id,
            words=words,
            start=start,
            end=end,
            speaker=operation.speaker,
            segment=Segment(0, start, end, operation.text),
            place=desk.place_after(before),
            made_by=operation.id,
        ),
    )


def _retime(desk: Desk, operation: ops.Retime) -> Iterator[Wish]:
    base, line = desk.seen(operation.on), desk.there(operation.on.line)
    start, end = round(operation.start, 3), round(operation.end, 3)
    before, after = desk.before(line), desk.after(line)
    earliest = before.start if before else 0.0
    latest = after.start if after else desk.machine.duration
    if not (earliest <= start <= latest and start < end <= desk.machine.duration):
        raise Impossible(line.id)
    words = moved(base.words, (base.start, base.end), (start, end))
    yield Wish(base, replace(base, version=operation.id, words=words, start=start, end=end))


def _rename(desk: Desk, operation: ops.RenameSpeakers) -> Iterator[Wish]:
    """Deleted lines too, for they may come back."""
    for line in desk.lines.values():
        if line.speaker in operation.names and line.speaker != operation.to:
            yield Wish(line, replace(line, version=operation.id, speaker=operation.to))


def _assign(desk: Desk, operation: ops.AssignSpeaker) -> Iterator[Wish]:
    for seen in operation.lines:
        base = desk.seen(seen)
        yield Wish(base, replace(base, version=operation.id, speaker=operation.speaker))


def _take(desk: Desk, operation: ops.TakeSuggestion) -> Iterator[Wish]:
    base = desk.seen(operation.on)
    first, last = operation.first_word, operation.last_word + 1
    if not 0 <= first < last <= len(base.words):
        raise Impossible(base.id)
    texts = (*base.texts[:first], *texts_of(operation.text), *base.texts[last:])
    mine = _with_texts(desk, operation, base, texts)
    yield Wish(base, replace(mine, settled=base.settled | {operation.suggestion}))


def _refuse(desk: Desk, operation: ops.RefuseSuggestion) -> Iterator[Wish]:
    base = desk.seen(operation.on)
    settled = base.settled | {operation.suggestion}
    yield Wish(base, replace(base, version=operation.id, settled=settled))


def _mark(desk: Desk, operation: ops.MarkReviewed) -> Iterator[Wish]:
    by = operation.author if operation.reviewed else ""
    for seen in operation.lines:
        base = desk.seen(seen)
        yield Wish(base, replace(base, version=operation.id, reviewed_by=by))


def _add_note(desk: Desk, operation: ops.AddNote) -> Iterator[Wish]:
    base = desk.seen(operation.on)
    note = Note(operation.id, operation.author, operation.at, operation.text)
    yield Wish(base, replace(base, version=operation.id, notes=(*base.notes, note)))


def _remove_note(desk: Desk, operation: ops.RemoveNote) -> Iterator[Wish]:
    base = desk.seen(operation.on)
    notes = tuple(note for note in base.notes if note.id != operation.note)
    yield Wish(base, replace(base, version=operation.id, notes=notes))


def _undo(desk: Desk, operation: ops.Undo) -> Iterator[Wish]:
    effect = desk.effects.get(operation.operation)
    if effect is None or isinstance(effect.operation, ops.HearAgain):
        raise Impossible("")
    if operation.operation in desk.undone:
        return
    for conflict in effect.opened:
        if conflict.id in desk.conflicts:
            desk.close(conflict)
    for conflict in effect.closed:
        desk.reopen(conflict)
    desk.undone[operation.operation] = operation.id
    if isinstance(effect.operation, ops.Undo):
        desk.undone.pop(effect.operation.operation, None)
    for change in effect.changes:
        gone = replace(change.after, version=operation.id, deleted=True)
        yield Wish(change.after, change.before or gone)


def _name(_desk: Desk, _operation: ops.NameVersion) -> Iterator[Wish]:
    return iter(())


def _restore(desk: Desk, operation: ops.Restore) -> Iterator[Wish]:
    if operation.to and operation.to not in desk.effects:
        raise Impossible("")
    earlier: dict[str, Line] = {}
    for name, effect in reversed(desk.effects.items()):
        if name == operation.to:
            break
        for change in effect.changes:
            gone = replace(desk.lines[change.after.id], version=operation.id, deleted=True)
            earlier[change.after.id] = change.before or gone
    for name, line in earlier.items():
        yield Wish(desk.lines[name], line)


def _resolve(desk: Desk, operation: ops.Resolve) -> Iterator[Wish]:
    conflict = desk.conflicts.get(operation.conflict)
    if conflict is None:
        raise Impossible("")
    if operation.choice != "theirs":
        base = desk.seen(operation.on)
        if operation.choice == "text":
            mine = _with_texts(desk, operation, base, texts_of(operation.text))
        else:
            wanted = conflict.mine or base
            mine = on_top(conflict.base or base, base, wanted, operation.id)
        yield Wish(base, replace(mine, version=operation.id, deleted=mine.deleted))
    desk.close(conflict)


def _with_texts(
    desk: Desk,
    operation: Operation,
    base: Line,
    texts: tuple[str, ...],
    times: tuple[Word, ...] = (),
) -> Line:
    """The line with other words; `base` itself where they are the same.

    Who changes words that somebody else has reviewed takes that mark away.
    """
    room = desk.room(base)
    if times and texts == tuple(word.text for word in times):
        words = held(times, *room)
    elif texts == base.texts:
        return base
    else:
        words = retimed(base.words, texts, *room)
    is_own = base.reviewed_by == operation.author
    return replace(
        base,
        version=operation.id,
        words=words,
        start=min(base.start, words[0].start) if words else base.start,
        end=max(base.end, words[-1].end) if words else base.end,
        reviewed_by=base.reviewed_by if is_own or texts == base.texts else "",
    )


def _same_place(base: Line, line: Line, before_word: int) -> int:
    """Where the place before a word of `base` is in `line`, which may have changed meanwhile."""
    if not 0 < before_word < len(base.words):
        raise Impossible(line.id)
    for run in runs(base.texts, line.texts):
        if run.same and run.first < before_word < run.last:
            return run.left + before_word - run.first
    raise Impossible(line.id, Why.CHANGED)


def _line_to_follow(desk: Desk, name: str) -> Line | None:
    """The line after which a new one goes; it may be deleted by now, its place is still known."""
    if name and name not in desk.lines:
        raise Impossible(name)
    line = desk.lines[name] if name else None
    return desk.before(line) if line is not None and line.deleted else line


_WISHES: dict[type, Callable[[Desk, Any], Iterable[Wish]]] = {
    ops.ChangeText: _change_text,
    ops.Split: _split,
    ops.Merge: _merge,
    ops.Delete: _delete,
    ops.Insert: _insert,
    ops.Retime: _retime,
    ops.RenameSpeakers: _rename,
    ops.AssignSpeaker: _assign,
    ops.TakeSuggestion: _take,
    ops.RefuseSuggestion: _refuse,
    ops.MarkReviewed: _mark,
    ops.AddNote: _add_note,
    ops.RemoveNote: _remove_note,
    ops.Undo: _undo,
    ops.NameVersion: _name,
    ops.Restore: _restore,
    ops.Resolve: _resolve,
    ops.HearAgain: carry_over,
}
"""What each kind of operation wants of the lines."""

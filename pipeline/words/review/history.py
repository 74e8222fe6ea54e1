"""What was done to a transcript, what can be taken back, and what differs between two moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.words.review.comparing import runs
from pipeline.words.review.line import Line
from pipeline.words.review.operations import HearAgain, NameVersion, Operation, Undo
from pipeline.words.review.reviewed import Effect, Reviewed


class Sign(StrEnum):
    """What happened to some words."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a comparison, to be shown as kept, taken out or put in."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one line; `before` and `after` are None where it is new or gone."""

    line: str
    before: Line | None
    after: Line | None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The words that stayed, went and came."""
        one, other = (
            self.before.texts if self.before else (),
            self.after.texts if self.after else (),
        )
        return tuple(_parts(one, other))


@dataclass(frozen=True, slots=True)
class Version:
    """A moment with a name; `operation` is what `Restore` asks for."""

    operation: str
    name: str
    author: str
    at: datetime


def undoable(reviewed: Reviewed, author: str) -> str | None:
    """The author's own last operation that can be taken back."""
    for name, effect in _latest_first(reviewed):
        operation = effect.operation
        is_own = operation.author == author and not isinstance(operation, (Undo, HearAgain))
        if is_own and name not in reviewed.undone and _did_something(effect):
            return name
    return None


def redoable(reviewed: Reviewed, author: str) -> str | None:
    """The author's own last undo, unless the author has done something else since."""
    for name, effect in _latest_first(reviewed):
        operation = effect.operation
        if operation.author != author or isinstance(operation, HearAgain):
            continue
        if not isinstance(operation, Undo):
            return None
        if name not in reviewed.undone and not _is_redo(reviewed, operation):
            return name
    return None


def versions(reviewed: Reviewed) -> tuple[Version, ...]:
    """The versions that people named, oldest first."""
    operations = (effect.operation for effect in reviewed.effects.values())
    return tuple(
        Version(each.id, each.name, each.author, each.at)
        for each in operations
        if isinstance(each, NameVersion)
    )


def lines_after(reviewed: Reviewed, operation: str) -> Mapping[str, Line]:
    """The lines as they were after an operation ("": before the first), by id.

    Raises KeyError when there was no such operation.
    """
    if operation and operation not in reviewed.effects:
        raise KeyError(operation)
    lines = dict(reviewed.all_lines)
    for name, effect in _latest_first(reviewed):
        if name == operation:
            break
        for change in reversed(effect.changes):
            if change.before is None:
                lines.pop(change.after.id, None)
            else:
                lines[change.after.id] = change.before
    return {name: line for name, line in lines.items() if not line.deleted}


def difference(before: Mapping[str, Line], after: Mapping[str, Line]) -> tuple[Difference, ...]:
    """The lines that say, or are said by, something or somebody else, in order of time."""
    found = [
        Difference(name, before.get(name), after.get(name))
        for name in {**before, **after}
        if _shown(before.get(name)) != _shown(after.get(name))
    ]
    return tuple(sorted(found, key=_when))


def what_it_did(effect: Effect) -> tuple[Difference, ...]:
    """The lines that one operation changed."""
    before = {c.after.id: c.before for c in effect.changes if c.before and not c.before.deleted}
    after = {c.after.id: c.after for c in effect.changes if not c.after.deleted}
    return difference(before, after)


def _latest_first(reviewed: Reviewed) -> Iterator[tuple[str, Effect]]:
    return reversed(list(reviewed.effects.items()))


def _is_redo(reviewed: Reviewed, operation: Operation) -> bool:
    """Whether an undo took back an undo."""
    if not isinstance(operation, Undo):
        return False
    target = reviewed.effects.get(operation.operation)
    return target is not None and isinstance(target.operation, Undo)


def _did_something(effect: Effect) -> bool:
    return bool(effect.changes or effect.opened or effect.closed)


def _parts(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[Part]:
    for run in runs(one, other):
        if run.same:
            yield Part(Sign.SAME, " ".join(one[run.first : run.last]))
            continue
        if run.first < run.last:
            yield Part(Sign.OUT, " ".join(one[run.first : run.last]))
        if run.left < run.right:
            yield Part(Sign.IN, " ".join(other[run.left : run.right]))


def _shown(line: Line | None) -> tuple[object, ...] | None:
    return (line.text, line.speaker, line.start, line.end) if line else None


def _when(difference: Difference) -> tuple[float, str]:
    line = difference.after or difference.before
    return (line.start if line else 0.0, difference.line)

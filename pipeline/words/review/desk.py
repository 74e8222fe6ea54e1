"""Where operations are applied: the one place that changes, for as long as it takes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline.words.review.joining import Clash, joined
from pipeline.words.review.line import Conflict, Line, Place, Why, place_between
from pipeline.words.review.operations import Operation, Seen
from pipeline.words.review.reviewed import Change, Effect, Reviewed
from pipeline.words.transcript import Transcript


class Impossible(Exception):
    """The operation cannot be done at all; `line` is the one it is about."""

    def __init__(self, line: str, why: Why = Why.IMPOSSIBLE) -> None:
        super().__init__(line)
        self.line = line
        self.why = why


@dataclass(frozen=True, slots=True)
class Wish:
    """A line as it was seen, and as the operation's author wants it. `base` None: a new line.

    `clash`: it is known already that somebody must decide.
    """

    base: Line | None
    mine: Line
    clash: Why | None = None


@dataclass(slots=True)
class Desk:
    """The state of a review while operations are applied to it."""

    machine: Transcript
    lines: dict[str, Line]
    order: list[tuple[Place, str]]
    effects: dict[str, Effect]
    versions: dict[tuple[str, str], Line]
    conflicts: dict[str, Conflict]
    undone: dict[str, str]
    generation: int
    _changes: list[Change] = field(default_factory=list)
    _opened: list[Conflict] = field(default_factory=list)
    _closed: list[Conflict] = field(default_factory=list)

    @classmethod
    def of(cls, reviewed: Reviewed) -> Desk:
        return cls(
            reviewed.machine,
            dict(reviewed.all_lines),
            list(reviewed.order),
            dict(reviewed.effects),
            dict(reviewed.versions),
            dict(reviewed.conflicts),
            dict(reviewed.undone),
            reviewed.generation,
        )

    def result(self) -> Reviewed:
        return Reviewed(
            self.machine,
            self.lines,
            tuple(self.order),
            self.effects,
            self.versions,
            self.conflicts,
            self.undone,
            self.generation,
        )

    def seen(self, seen: Seen) -> Line:
        """The line as the author of an operation saw it. Raises Impossible."""
        line = self.versions.get((seen.line, seen.version))
        if line is None:
            raise Impossible(seen.line)
        return line

    def there(self, name: str) -> Line:
        """The line as it is now. Raises Impossible where there is none any more."""
        line = self.lines.get(name)
        if line is None:
            raise Impossible(name)
        if line.deleted:
            raise Impossible(name, Why.GONE)
        return line

    def before(self, line: Line) -> Line | None:
        """The line before this one that is not deleted."""
        index = bisect_left(self.order, (line.place, line.id))
        return next(self._present(reversed(self.order[:index])), None)

    def after(self, line: Line) -> Line | None:
        """The line after this one that is not deleted."""
        index = bisect_left(self.order, (line.place, line.id))
        rest = self.order[index:]
        return next((each for each in self._present(rest) if each.id != line.id), None)

    def first(self) -> Line | None:
        return next(self._present(self.order), None)

    def place_after(self, line: Line | None) -> Place:
        """A place for a new line right after `line`, or before all."""
        index = bisect_left(self.order, (line.place, line.id)) + 1 if line else 0
        following = self.order[index][0] if index < len(self.order) else None
        return place_between(line.place if line else None, following)

    def room(self, line: Line) -> tuple[float, float]:
        """The seconds between the lines around this one, at least those it has."""
        before, after = self.before(line), self.after(line)
        earliest = before.end if before else 0.0
        latest = after.start if after else self.machine.duration
        return min(earliest, line.start), max(latest, line.end)

    def grant(self, operation: Operation, wishes: Iterable[Wish]) -> None:
        """Make the lines what the author wants; a wish that clashes becomes a conflict."""
        for wish in wishes:
            current = self.lines.get(wish.mine.id)
            try:
                after = _granted(wish, current, f"{operation.id}~")
            except Clash as clash:
                self.refuse(operation, wish, clash.why)
            else:
                self.put(current, after)
            self.versions.setdefault((wish.mine.id, wish.mine.version), wish.mine)

    def put(self, current: Line | None, after: Line) -> None:
        """Lay down a line as it is from now on."""
        after = self._in_order(current, after)
        self.lines[after.id] = after
        self.versions.setdefault((after.id, after.version), after)
        self._changes.append(Change(current, after))

    def _in_order(self, current: Line | None, line: Line) -> Line:
        """The line in its place, or in another one where it would now be said out of turn."""
        if current is None:
            self.lines[line.id] = line
            insort(self.order, (line.place, line.id))
        elif line.place != current.place:  # what was seen may have stood elsewhere
            line = replace(line, place=current.place)
        was_there = current is not None and not current.deleted and line.start == current.start
        if line.deleted or was_there or self._is_in_turn(line):
            return line
        self.order.remove((line.place, line.id))
        later = (at for at, (_, name) in enumerate(self.order) if self._is_after(name, line))
        index = next(later, len(self.order))
        low = self.order[index - 1][0] if index else None
        high = self.order[index][0] if index < len(self.order) else None
        line = replace(line, place=place_between(low, high))
        insort(self.order, (line.place, line.id))
        return line

    def _is_in_turn(self, line: Line) -> bool:
        before, after = self.before(line), self.after(line)
        return (before is None or before.start <= line.start) and (
            after is None or line.start <= after.start
        )

    def _is_after(self, name: str, line: Line) -> bool:
        return not self.lines[name].deleted and self.lines[name].start > line.start

    def refuse(self, operation: Operation, wish: Wish, why: Why) -> None:
        """Keep what could not be done, for somebody to decide."""
        self._open(operation, why, wish.mine.id, wish.base, wish.mine)

    def refuse_all(self, operation: Operation, line: str, why: Why) -> None:
        """Keep an operation of which nothing could be done."""
        self._open(operation, why, line, None, None)

    def _open(
        self, operation: Operation, why: Why, line: str, base: Line | None, mine: Line | None
    ) -> None:
        self.reopen(
            Conflict(
                id=f"{operation.id}/{line}",
                operation=operation.id,
                author=operation.author,
                at=operation.at,
                why=why,
                line=line,
                base=base,
                theirs=self.lines.get(line),
                mine=mine,
            )
        )

    def reopen(self, conflict: Conflict) -> None:
        self.conflicts[conflict.id] = conflict
        self._opened.append(conflict)

    def close(self, conflict: Conflict) -> None:
        del self.conflicts[conflict.id]
        self._closed.append(conflict)

    def note_effect(self, operation: Operation) -> None:
        """Remember what the operation did; the next one starts with a clean sheet."""
        self.effects[operation.id] = Effect(
            operation, tuple(self._changes), tuple(self._opened), tuple(self._closed)
        )
        self._changes, self._opened, self._closed = [], [], []

    def _present(self, order: Iterable[tuple[Place, str]]) -> Iterator[Line]:
        every = (self.lines[name] for _, name in order)
        return (line for line in every if not line.deleted)


def _granted(wish: Wish, current: Line | None, version: str) -> Line:
    """The line as it will be; raises Clash."""
    if wish.clash is not None:
        raise Clash(wish.clash)
    if current is None:
        return wish.mine
    if wish.base is None:  # a new line under the name of another
        raise Clash(Why.IMPOSSIBLE)
    return joined(wish.base, current, wish.mine, version)

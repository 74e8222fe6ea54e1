"""A transcript as its editors made it: what every operation came to, and where it stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.words.review.line import Conflict, Line, Place, lines_of
from pipeline.words.review.operations import Operation
from pipeline.words.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Change:
    """A line before and after; None before it was made, or after that was taken back."""

    before: Line | None
    after: Line


@dataclass(frozen=True, slots=True)
class Effect:
    """What an operation did. An operation that met a conflict `opened` it."""

    operation: Operation
    changes: tuple[Change, ...] = ()
    opened: tuple[Conflict, ...] = ()
    closed: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Where a transcript stands after some operations. Nothing in it is ever changed.

    `all_lines` holds deleted lines too; `order` is how lines follow each other. `effects` has what
    each operation did, by its id, in order. `versions` gives a line as an operation's author saw it
    afterwards. `machine` is the latest transcript of the machine, `generation` how many there were.
    """

    machine: Transcript
    all_lines: Mapping[str, Line]
    order: tuple[tuple[Place, str], ...]
    effects: Mapping[str, Effect]
    versions: Mapping[tuple[str, str], Line]
    conflicts: Mapping[str, Conflict]
    undone: Mapping[str, str]
    """The operation that took another one back, by the other's id."""
    generation: int = 1

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines there are, in order."""
        every = (self.all_lines[name] for _, name in self.order)
        return tuple(line for line in every if not line.deleted)

    @property
    def share_reviewed(self) -> float:
        """How many of the lines are marked as reviewed, from 0 to 1."""
        lines = self.lines
        return sum(bool(line.reviewed_by) for line in lines) / len(lines) if lines else 1.0


def unedited(machine: Transcript) -> Reviewed:
    """The machine's transcript before anybody touched it."""
    lines = lines_of(machine.segments, 1)
    return Reviewed(
        machine=machine,
        all_lines={line.id: line for line in lines},
        order=tuple((line.place, line.id) for line in lines),
        effects={},
        versions={(line.id, ""): line for line in lines},
        conflicts={},
        undone={},
    )

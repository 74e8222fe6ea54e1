"""Progress of work that has parts."""

from __future__ import annotations

from pipeline.ground.stage import Report


def part_of(report: Report, start: float, end: float) -> Report:
    """The report of one part of the work, which takes the whole from `start` to `end`."""
    return lambda share: report(start + share * (end - start))

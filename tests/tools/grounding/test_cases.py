"""The goals on the labelled cases that nobody tuned by; `make bench-grounding` prints the table."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.words.grounding.checked import Verdict
from tests.tools.grounding.labelled import Row, cases_of, table, verdict_on

MOST_SWAPPED_NAMES = 0.02
LEAST_ACCEPTED = 0.98
_table = cache(table)


def test_there_are_enough_cases_and_no_talk_is_in_both_halves() -> None:
    tune, report = list(cases_of("tune")), list(cases_of("report"))
    assert len(tune) + len(report) >= 300
    assert len(report) >= 150
    assert {case.talk.split("/")[1] for case in tune}.isdisjoint(
        case.talk.split("/")[1] for case in report
    )


def test_what_an_editor_may_do_is_accepted() -> None:
    rows = [row for row in _table("report") if row.is_right]
    assert _passed(rows) >= LEAST_ACCEPTED * _cases(rows)


@pytest.mark.parametrize("kind", ["number", "negation in", "negation out"])
def test_no_changed_number_and_no_negation_gets_through(kind: str) -> None:
    (row,) = (row for row in _table("report") if not row.is_right and row.kind == kind)
    assert row.cases >= 10
    assert row.passed == 0


def test_hardly_a_swapped_name_gets_through() -> None:
    (row,) = (row for row in _table("report") if not row.is_right and row.kind == "name")
    assert row.passed <= MOST_SWAPPED_NAMES * row.cases


@pytest.mark.parametrize("kind", ["speaker", "date", "invented"])
def test_no_other_speaker_date_or_invention_gets_through(kind: str) -> None:
    (row,) = (row for row in _table("report") if not row.is_right and row.kind == kind)
    assert row.passed == 0


def test_every_quote_that_is_found_can_be_played() -> None:
    for half in ("tune", "report"):
        for case in cases_of(half):
            quote = verdict_on(case)
            if quote.verdict is not Verdict.NOT_FOUND:
                assert quote.passages
                assert all(0 <= p.start < p.end for p in quote.passages)


def _cases(rows: list[Row]) -> int:
    return sum(row.cases for row in rows)


def _passed(rows: list[Row]) -> int:
    return sum(row.passed for row in rows)

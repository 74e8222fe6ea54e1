"""The picture is well-formed, true to its figures, and the same for the same figures."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from lxml import etree

from pipeline.tools.accuracy.picture import accuracy_picture
from pipeline.words.standings import Measured, standings
from tests.words.test_standings import measured

SVG = "{http://www.w3.org/2000/svg}"


def drawn(found: list[Measured], language: str = "id") -> etree._Element:
    picture = accuracy_picture(standings(found), "Etam & <Berkesah>", language)
    return etree.fromstring(picture.encode())


def texts(root: etree._Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def over_months(model: str, wrong: list[int]) -> list[Measured]:
    days = [date(2026, 1 + number, 5) for number in range(len(wrong))]
    return [
        measured(f"e{number}", model, each, 1000, day)
        for number, (each, day) in enumerate(zip(wrong, days, strict=True))
    ]


def test_each_model_has_a_line_with_a_dot_for_each_month() -> None:
    root = drawn([*over_months("small", [180, 150, 120]), *over_months("turbo", [90, 80, 70])])
    dots = list(root.iter(f"{SVG}circle"))
    assert len(dots) == 6
    heights = [float(dot.get("cy")) for dot in dots]
    assert heights[0] < heights[1] < heights[2]  # fewer errors lie lower
    assert {"small", "turbo"} <= set(texts(root))
    assert "15% dari 3.000 kata" in texts(root)
    assert "Mei 2026" in texts(drawn(over_months("small", [1] * 6)))


def test_errors_are_drawn_in_proportion_from_nothing_upward() -> None:
    root = drawn([*over_months("small", [200]), *over_months("turbo", [100])])
    bottom = 470
    small, turbo = (bottom - float(dot.get("cy")) for dot in root.iter(f"{SVG}circle"))
    assert small == pytest.approx(2 * turbo, abs=0.2)


def test_no_label_lies_on_another_or_outside() -> None:
    found = [each for n in range(9) for each in over_months(f"models/model-{n}", [10 + n % 2])]
    heights = sorted(
        float(text.get("y"))
        for text in drawn(found).iter(f"{SVG}text")
        if text.get("font-weight") == "600" and text.get("font-size") == "16"
    )
    assert len(heights) == 7
    assert all(b - a >= 39.9 for a, b in pairwise(heights))
    assert heights[-1] <= 540 - 20


def test_a_perfect_month_and_a_terrible_one_can_be_drawn() -> None:
    for wrong in ([0], [790, 0]):
        for dot in drawn(over_months("small", wrong)).iter(f"{SVG}circle"):
            assert 100 <= float(dot.get("cy")) <= 470


def test_the_same_figures_give_the_same_bytes() -> None:
    found = standings(over_months("small", [180, 150]))
    assert accuracy_picture(found, "S", "en") == accuracy_picture(found, "S", "en")


def test_without_figures_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="no figures"):
        accuracy_picture((), "S", "en")

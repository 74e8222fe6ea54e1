"""A measurement keeps its figures, and knows when it means nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.words.accuracy import Errors, Measurement
from tests.words.test_standings import measured


def test_json_brings_back_what_was_measured() -> None:
    one = measured("satu", "small", 10).measurement
    content = one.to_json()
    assert content["word_error_rate"] == 0.1
    assert content["character_error_rate"] == 0.04
    assert Measurement.from_json(content) == one


@pytest.mark.parametrize(
    ("errors", "doubtful"),
    [
        (Errors(100, 30, 10, 20, 500, 100), False),
        (Errors(100, 60, 19, 0, 500, 400), False),
        (Errors(100, 60, 21, 0, 500, 400), True),
        (Errors(100, 10, 0, 91, 500, 400), True),
    ],
)
def test_too_little_that_agrees_is_doubtful(errors: Errors, doubtful: bool) -> None:
    one = replace(measured("satu", "small", 10).measurement, errors=errors)
    assert one.is_doubtful is doubtful

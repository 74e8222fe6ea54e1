"""Figures over time: weighted by words, the latest of each model and episode."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.words.accuracy import Confusion, Errors, Measurement, NamesHeard
from pipeline.words.standings import (
    Measured,
    doubtful_episodes,
    on_the_same_episodes,
    standings,
)


def measured(
    slug: str, model: str, wrong: int, words: int = 100, day: date = date(2026, 11, 5)
) -> Measured:
    errors = Errors(words, wrong, 0, 0, words * 5, wrong * 2)
    return Measured(
        slug,
        day,
        Measurement(
            transcript=f"{slug}{model}{wrong}",
            reference="r",
            reference_name="reference.txt",
            model=model,
            language="id",
            settings="s",
            transcribed_on=date(2026, 11, 6),
            rules=1,
            errors=errors,
            raw=errors,
            confusions=(Confusion("kukar", "cukar", 2),),
            names=NamesHeard(3, 2, (("Kukar", 1),)),
        ),
    )


def test_long_episodes_weigh_more() -> None:
    (whole, month) = standings([measured("a", "small", 10, 100), measured("b", "small", 10, 900)])
    assert (whole.month, whole.episodes, whole.words) == ("", 2, 1000)
    assert whole.word_error_rate == pytest.approx(0.02)
    assert month.month == "2026-11"


def test_only_the_latest_of_a_model_on_an_episode_counts() -> None:
    earlier, later = measured("a", "small", 40), measured("a", "small", 10)
    other = measured("a", "large-v3-turbo", 5)
    found = {each.model: each for each in standings([earlier, other, later]) if not each.month}
    assert found["small"].word_error_rate == pytest.approx(0.1)
    assert found["large-v3-turbo"].word_error_rate == pytest.approx(0.05)


def test_months_are_those_of_the_episodes_in_order() -> None:
    found = standings(
        [
            measured("b", "small", 5, day=date(2026, 12, 1)),
            measured("a", "small", 5, day=date(2026, 2, 1)),
        ]
    )
    assert [each.month for each in found] == ["", "2026-02", "2026-12"]


def test_what_hardly_agrees_counts_nowhere() -> None:
    wrong_file = measured("a", "small", 95)
    assert standings([wrong_file]) == ()
    assert doubtful_episodes([wrong_file, measured("b", "small", 5)]) == {"a"}
    assert doubtful_episodes([wrong_file, measured("a", "small", 5)]) == set()


def test_two_models_are_compared_where_both_listened() -> None:
    (pair,) = on_the_same_episodes(
        [
            measured("easy", "small", 5, 1000),
            measured("hard", "small", 300, 1000),
            measured("hard", "turbo", 200, 1000),
            measured("other", "turbo", 1, 1000),
        ]
    )
    assert (pair.models, pair.episodes, pair.words) == (("small", "turbo"), 1, 1000)
    assert pair.word_error_rates == (pytest.approx(0.3), pytest.approx(0.2))

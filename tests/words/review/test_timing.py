"""Times of changed words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.review.timing import is_estimated, with_heard_times
from pipeline.words.transcript import Word

_TIMES = st.lists(st.floats(0, 100), min_size=12, max_size=12).map(sorted)
_WHOSE = st.lists(st.sampled_from([1.0, 0.8]), min_size=6, max_size=6)


def words(times: list[float], probabilities: list[float]) -> list[Word]:
    return [
        Word(times[2 * n], times[2 * n + 1], f"kata{n}", probability)
        for n, probability in enumerate(probabilities)
    ]


def test_only_words_that_a_person_wrote_take_the_heard_times() -> None:
    before = [Word(0, 1, "satu", 0.9), Word(1, 2, "dua", 1.0), Word(2, 3, "tiga", 0.9)]
    heard = [Word(0.3, 0.9, "satu", 0.7), Word(1.2, 1.6, "dua", 0.6), Word(2.2, 2.9, "tiga", 0.5)]
    assert with_heard_times(before, heard) == (before[0], heard[1], before[2])


def test_no_word_crosses_one_that_has_its_own_time() -> None:
    before = [Word(0, 1, "satu", 0.9), Word(1, 2, "dua", 1.0), Word(2, 3, "tiga", 0.9)]
    heard = [Word(0, 1, "satu", 0.7), Word(0.2, 2.8, "dua", 0.6), Word(2.8, 3, "tiga", 0.5)]
    assert with_heard_times(before, heard)[1] == Word(1, 2, "dua", 0.6)


@given(_TIMES, _TIMES, _WHOSE)
def test_words_stay_in_order_and_keep_what_was_theirs(
    times: list[float], heard_times: list[float], whose: list[float]
) -> None:
    before = words(times, whose)
    made = with_heard_times(before, words(heard_times, [0.5] * 6))
    assert [word.text for word in made] == [word.text for word in before]
    assert all(new == old for new, old in zip(made, before, strict=True) if not is_estimated(old))
    starts = [(word.start, word.end) for word in made]
    assert all(start <= end for start, end in starts)
    assert all(one[1] <= two[0] for one, two in pairwise(starts))

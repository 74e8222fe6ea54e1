"""Spoken numbers become digits."""

from __future__ import annotations

import pytest

from pipeline.words.numbers import spoken_numbers


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("dua puluh lima kelompok", [25]),
        ("satu koma lima miliar rupiah", [1_500_000_000]),
        ("dua koma lima persen", [2.5]),
        ("seribu dua ratus tiga puluh empat", [1234]),
        ("dua ribu dua puluh dua", [2022]),
        ("seribu seratus", [1100]),
        ("tiga juta empat ratus ribu lima", [3_400_005]),
        ("seratus ribu", [100_000]),
        ("sebelas ribu", [11_000]),
        ("lima belas", [15]),
        ("nol", [0]),
        ("dua tiga hari", [2, 3]),
        ("dua puluh lima ratus", [20, 500]),
        ("seratus sampai dua ratus", [100, 200]),
        ("lima ribu enam juta", [5000, 6_000_000]),
        ("ratus puluh belas koma", []),
        ("lima koma", [5]),
        ("", []),
    ],
)
def test_numbers_are_understood(said: str, values: list[float]) -> None:
    assert [number.value for number in spoken_numbers(said.split())] == values


def test_a_number_says_where_it_stands() -> None:
    (number,) = spoken_numbers(["ada", "dua", "puluh", "lima", "kelompok"])
    assert (number.first, number.last) == (1, 4)

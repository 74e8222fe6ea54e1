from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tools.inbox.drops import natural_order
from pipeline.tools.inbox.names import safe_name, safe_names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("2022-10-06 Ahmad Rianto - Kukar.wav", "2022-10-06 Ahmad Rianto - Kukar.wav"),
        ("-rf.wav", "rf.wav"),
        ("../../x.WAV", "x.wav"),
        ("a\nb\U0001f399.mp3", "a b.mp3"),
        ("\U0001f399.mp3", "sound.mp3"),
        ("Enclosure.mp3", "original-Enclosure.mp3"),
        ("speech.flac", "original-speech.flac"),
        ("12. Judul", "12. Judul"),
    ],
)
def test_names_are_kept_as_far_as_they_are_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_names_that_become_alike_get_numbers() -> None:
    assert safe_names(["a?.wav", "a*.wav", "A.wav"]) == ["a.wav", "a-2.wav", "A-3.wav"]


@given(st.lists(st.text(min_size=1), max_size=5))
def test_any_name_is_safe(names: list[str]) -> None:
    given_names = safe_names(names)
    assert len({name.casefold() for name in given_names}) == len(names)
    for name in given_names:
        assert "/" not in name
        assert "\0" not in name
        assert name[0] not in ".-"
        assert len(name.encode()) < 200


def test_part_2_comes_before_part_10() -> None:
    names = ["part 10.wav", "Part 2.wav", "part 1.wav", "a.wav", "10.wav", "9.wav"]
    assert sorted(names, key=natural_order) == [
        "9.wav", "10.wav", "a.wav", "part 1.wav", "Part 2.wav", "part 10.wav",
    ]  # fmt: skip

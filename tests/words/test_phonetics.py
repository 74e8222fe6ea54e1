"""Spellings that sound alike share a key; others do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.phonetics import is_letter_name, letters_of, sound_of, spelled_out


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soekarno", "Sukarno"),
        ("Djojo", "Jojo"),
        ("Tjokroaminoto", "Cokro Aminoto"),
        ("Sjahrir", "Syahrir"),
        ("Njoto", "Nyoto"),
        ("Achmad", "Akhmad"),
        ("Akhmad", "Ahmad"),
        ("Syafii", "Safi'i"),
        ("Yusuf", "Yusup"),
        ("Taufik", "Taupiq"),
        ("Zainal", "Sainal"),
        ("Alex", "Aleks"),
        ("Effendi", "Efendy"),
        ("Sebuluh", "Sebulu"),
        ("Anggana", "Angana"),
        ("Muhamad", "Muhammat"),
        ("Loa Kulu", "lowakulu"),
        ("Sanga-Sanga", "sanga sanga"),
        ("Kutai", "Kute"),
    ],
)
def test_these_sound_alike(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tabang", "Tebang"), ("Berau", "Berai"), ("Sebulu", "Sebelum"), ("Kenohan", "Kenaikan")],
)
def test_these_do_not(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


@given(st.text(max_size=40))
def test_any_text_has_a_sound_and_case_does_not_matter(text: str) -> None:
    assert sound_of(text) == sound_of(f" {text} ")
    assert letters_of(text) == letters_of(letters_of(text))


def test_an_acronym_is_spelled_out_as_indonesians_say_it() -> None:
    assert spelled_out("APBD") == "apebede"
    assert spelled_out("UMKM") == "uemkaem"
    assert all(map(is_letter_name, ["a", "pe", "be", "de", "u", "em", "ka", "zet"]))
    assert not is_letter_name("kami")

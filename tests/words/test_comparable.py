"""Two spellings of the same speech compare as equal, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words.comparable import comparable_text, comparable_words
from pipeline.words.tokens import text_of, tokens_of
from pipeline.words.written_numbers import with_digits
from tests.words.test_written_numbers import spell


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Selamat pagi, Pak Budi!", "selamat pagi pak budi"),
        ("anggarannya Rp1,5 miliar.", "anggarannya satu koma lima miliar rupiah"),
        ("Rp 5.000,-", "lima ribu rupiah"),
        ("naik 5% dari 12,5 persen", "naik lima persen dari dua belas koma lima persen"),
        ("25 kelompok di 18 kecamatan", "dua puluh lima kelompok di delapan belas kecamatan"),
        ("tahun 2026", "tahun dua ribu dua puluh enam"),
        ("pukul 07.30", "pukul tujuh tiga puluh"),
        ("pukul 14.00", "pukul empat belas"),
        ("tahun 1998, tahun 19", "tahun sembilan belas sembilan puluh delapan tahun 19"),
        ("0812-3456-7890", "nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol"),
        ("desa ke-2 dan ke-25", "desa kedua dan kedua puluh lima"),
        ("nomor 0812", "nomor nol delapan satu dua"),
        ("sejauh 3 km", "sejauh tiga kilometer"),
        ("COVID-19", "covid sembilan belas"),
        ("10.000.000 orang", "sepuluh juta orang"),
        ("anak-anak, anak2", "anak anak anak anak"),
        ("D.P.R.D. Kukar", "DPRD Kukar"),
        ("hari Jum’at", "hari jumat"),
        ("air yg bersih & murah, dll.", "air yang bersih dan murah dan lain-lain"),
        ("eh, saya, ehm, hadir", "saya hadir"),
        ("e-KTP", "EKTP"),
        ("cafe\u0301 ﬁlm", "café film"),
    ],
)
def test_the_same_speech_compares_as_equal(written: str, spoken: str) -> None:
    assert comparable_words(written, "id") == comparable_words(spoken, "id")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lima ribu", "lima ratus"),
        ("Rp5.000", "Rp5"),
        ("2,5", "25"),
        ("12.5", "12,5"),
        ("Kutai", "Kutei"),
        ("dua belas", "dua puluh"),
    ],
)
def test_other_speech_does_not(one: str, other: str) -> None:
    assert comparable_words(one, "id") != comparable_words(other, "id")


def test_english_numbers_keep_their_own_points_and_commas() -> None:
    assert comparable_text("It’s 1,500.50 dollars", "en-GB") == "its 1500.5 dollars"
    assert comparable_text("dua belas", "en") == "dua belas"


@pytest.mark.parametrize("text", ["", " \n", "... — !", "eh, ehm"])
def test_a_text_without_words_has_none(text: str) -> None:
    assert comparable_words(text, "id") == ()


_PIECES = st.sampled_from(
    [*"0123456789.,%& -", "Rp", "dua ", "puluh ", "ribu ", "koma ", "ke", "juta ", "yg ", "km", "²"]
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(_PIECES, max_size=14).map("".join))
def test_whatever_is_compared_is_comparable_already(text: str) -> None:
    words = comparable_words(text, "id")
    assert all(word and word == word.strip() for word in words)
    assert all(any(character.isalnum() or character == "_" for character in w) for w in words)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10**12 - 1),
    st.sampled_from(["ada {} orang", "anggaran {} rupiah", "naik {} persen", "tanggal {}", "{}"]),
)
def test_putting_numbers_into_writing_is_no_error(number: int, sentence: str) -> None:
    said = sentence.format(spell(number))
    written = text_of(with_digits(tokens_of(said), False))
    assert comparable_words(written, "id") == comparable_words(said, "id")

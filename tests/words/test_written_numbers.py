"""Spoken numbers are written in digits where Indonesian writes digits, and never change value."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.words.numbers import DIGITS
from pipeline.words.tokens import text_of, tokens_of
from pipeline.words.written_numbers import with_digits


def digits(said: str, *, first_starts: bool = False) -> str:
    return text_of(with_digits(tokens_of(said), first_starts))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        # counts: one word stays a word
        ("ada dua puluh lima kelompok", "ada 25 kelompok"),
        ("hadir dua belas orang", "hadir 12 orang"),
        ("tiga kali sehari", "tiga kali sehari"),
        ("sepuluh hari kerja", "sepuluh hari kerja"),
        ("seribu buku", "seribu buku"),
        ("dua ribu dua puluh lima orang hadir", "2.025 orang hadir"),
        ("penduduk satu koma lima juta orang", "penduduk 1,5 juta orang"),
        ("ada satu juta dua ratus ribu orang", "ada 1,2 juta orang"),
        ("buka dua puluh empat jam", "buka 24 jam"),
        ("ada dua puluh, lima di antaranya pergi", "ada 20, lima di antaranya pergi"),
        # money
        ("satu koma lima miliar rupiah", "Rp1,5 miliar"),
        ("dua koma tiga juta rupiah", "Rp2,3 juta"),
        ("dua ratus lima puluh ribu rupiah", "Rp250.000"),
        ("lima ribu rupiah", "Rp5.000"),
        ("tiga juta empat ratus ribu lima rupiah", "Rp3.400.005"),
        ("seratus dua puluh tiga juta empat ratus lima puluh ribu rupiah", "Rp123,45 juta"),
        ("lima puluh dolar", "50 dolar"),
        # shares and measures
        ("naik dua puluh persen", "naik 20%"),
        ("hanya nol koma lima persen.", "hanya 0,5%."),
        ("seratus persen siap", "100% siap"),
        ("luas lima hektare", "luas 5 hektare"),
        ("dua koma lima kilometer", "2,5 kilometer"),
        # dates and years
        ("tanggal tujuh belas agustus", "tanggal 17 agustus"),
        ("hari kamis enam oktober dua ribu dua puluh dua", "hari kamis 6 oktober 2022"),
        ("tanggal lima sampai tujuh mei", "tanggal 5 sampai 7 mei"),
        ("tahun dua ribu dua puluh enam", "tahun 2026"),
        ("tahun dua ribu", "tahun 2000"),
        ("tahun sembilan belas sembilan puluh delapan", "tahun 1998"),
        ("tahun dua puluh dua puluh enam", "tahun 2026"),
        ("tahun dua ribu dua puluh satu sampai dua ribu dua puluh enam", "tahun 2021 sampai 2026"),
        ("sejak seribu sembilan ratus empat puluh lima", "sejak 1945"),
        # clock times
        ("pukul delapan tiga puluh", "pukul 08.30"),
        ("pukul empat belas", "pukul 14.00"),
        ("pukul delapan pagi", "pukul 8 pagi"),
        ("jam delapan lima belas malam", "jam 8.15 malam"),
        ("jam sembilan", "jam 9"),
        ("pukul sepuluh lewat lima belas menit", "pukul 10.15"),
        ("dua jam dua puluh menit", "dua jam 20 menit"),
        # laws, addresses
        (
            "undang-undang nomor empat belas tahun dua ribu delapan",
            "undang-undang nomor 14 tahun 2008",
        ),
        ("nomor satu tahun dua ribu dua puluh tiga", "nomor 1 tahun 2023"),
        ("pasal dua puluh tujuh ayat satu", "pasal 27 ayat (1)"),
        ("surah itu ayat lima", "surah itu ayat 5"),
        ("rt tiga rw dua", "rt 3 rw 2"),
        # telephones
        (
            "hubungi nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol",
            "hubungi 0812-3456-7890",
        ),
        ("telepon nomor satu satu nol", "telepon nomor 110"),
        # ranges are written alike
        ("naik dua sampai tiga persen", "naik 2 sampai 3%"),
        ("antara sepuluh sampai dua puluh lima orang", "antara 10 sampai 25 orang"),
        ("dua sampai tiga juta rupiah", "2 sampai 3 juta rupiah"),
        ("lima puluh sampai enam puluh ribu orang", "50 sampai 60 ribu orang"),
        ("seratus ribu sampai dua ratus ribu rupiah", "Rp100.000 sampai Rp200.000"),
        ("pukul delapan sampai sepuluh", "pukul 08.00 sampai 10.00"),
        ("jam tujuh malam sampai jam sepuluh malam", "jam 7 malam sampai jam 10 malam"),
        ("setiap jam dua puluh orang masuk", "setiap jam 20 orang masuk"),
    ],
)
def test_written_in_digits(said: str, written: str) -> None:
    assert digits(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "lima enam orang",
        "lima enam juta rupiah",
        "dua tiga hari lagi",
        "dua puluh dua puluh lima orang",
        "seribu satu cara",
        "satu setengah juta rupiah",
        "dua puluh setengah",
        "dua puluhan orang",
        "dua pertiga warga",
        "tiga perempat jalan",
        "ke dua puluh lima",
        "salah satu warga",
        "satu per satu dipanggil",
        "dua-duanya ikut",
        "Perang Tiga Puluh Tahun",
        "hati-hati di jalan",
        "nomor satu di dunia",
        "satu juta lima ratus rupiah",
        "dua miliar tiga puluh orang",
        "satu rupiah pun",
        "tiga belas kosong dua",
        "ada dua ribu dua puluh lima yang hilang",
        "hitung satu dua tiga empat lima enam tujuh delapan",
        "pukul sembilan kurang",
        "setengah dua belas",
        "jam delapan dua orang datang",
        "ada 25 ribu orang",
        "puluh ratus koma belas",
    ],
)
def test_what_could_mean_two_things_stays_as_it_was_said(said: str) -> None:
    assert digits(said) == said


def test_a_sentence_does_not_start_with_digits() -> None:
    assert digits("Dua puluh lima orang. Dua puluh.", first_starts=True) == (
        "Dua puluh lima orang. Dua puluh."
    )
    assert digits("Lima ribu rupiah.", first_starts=True) == "Rp5.000."


def test_marks_around_a_number_stay() -> None:
    assert digits("(dua puluh lima), “dua belas orang”?") == "(25), “12 orang”?"


_ONES = DIGITS


def spell(number: int) -> str:
    """A whole number as Indonesians say it."""
    if number < 10:
        return _ONES[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number, f"{_ONES[number % 10]} belas")
    for scale, name in ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu")):
        if number >= scale:
            return _scaled(number, scale, name)
    return _scaled(number, 100, "ratus") if number >= 100 else _scaled(number, 10, "puluh")


def _scaled(number: int, scale: int, name: str) -> str:
    count, rest = divmod(number, scale)
    first = f"se{name}" if count == 1 and scale <= 1000 else f"{spell(count)} {name}"
    return f"{first} {spell(rest)}" if rest else first


def read(written: str) -> float:
    """The value of a number in digits: “1,5 miliar”, “3.400.005”."""
    scales = {"juta": 10**6, "miliar": 10**9, "triliun": 10**12}
    figure, *scale = written.split()
    value = float(figure.replace(".", "").replace(",", "."))
    return value * scales[scale[0]] if scale else value


@given(st.integers(2, 9 * 10**14))
@example(2_300_000)
@example(1_000_001)
def test_any_sum_of_money_keeps_its_value(number: int) -> None:
    written = digits(f"biaya {spell(number)} rupiah")
    if number == 1001:
        assert written == "biaya seribu satu rupiah", "a way of saying very many"
        return
    if number > 1_000_000 and 0 < number % 1_000_000 < 1000:
        assert written == f"biaya {spell(number)} rupiah", "thousands may have been left out"
        return
    match = re.fullmatch(r"biaya Rp(.+)", written)
    assert match, written
    assert read(match[1]) == pytest.approx(number, rel=1e-12)


@given(st.integers(0, 10**7), st.sampled_from(["persen", "kilometer", "orang", "hektare"]))
def test_any_count_keeps_its_value_or_its_words(number: int, unit: str) -> None:
    said = f"ada {spell(number)} {unit}"
    written = digits(said)
    if written != said:
        figure = written.removeprefix("ada ").removesuffix(f" {unit}").removesuffix("%")
        assert read(figure) == pytest.approx(number)


_WORDS = """
belas puluh ratus ribu juta koma sepuluh seratus seribu rupiah persen orang tahun pukul jam nomor
sampai tanggal agustus pasal ayat setengah ke lewat menit a, b. 25
"""
_SPOKEN = st.lists(st.sampled_from([*_ONES, *_WORDS.split()]), max_size=14).map(" ".join)


@given(_SPOKEN)
def test_what_is_written_stays_as_it_is(said: str) -> None:
    once = digits(said)
    assert digits(once) == once


@given(_SPOKEN)
def test_no_word_that_is_no_number_is_lost(said: str) -> None:
    kept = {"orang", "tahun", "pukul", "jam", "nomor", "sampai", "tanggal", "agustus", "pasal"}
    count = [word for word in said.split() if word in kept]
    assert [word for word in digits(said).split() if word in kept] == count

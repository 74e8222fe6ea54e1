"""Texts made comparable: what is said and what is written come out alike, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.grounding.counting import with_numbers
from pipeline.words.grounding.languages import lists_for
from pipeline.words.grounding.stutters import with_stutters
from pipeline.words.grounding.tokens import Ends, Token, atoms_of

LISTS = lists_for("id")


def _tokens(text: str) -> list[Token]:
    return with_numbers(with_stutters(atoms_of(text.split(), LISTS)), LISTS)


def _keys(text: str) -> list[str]:
    return [token.key for token in _tokens(text)]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("dua puluh lima kelompok", "25 kelompok"),
        ("satu koma lima miliar rupiah", "Rp1,5 miliar"),
        ("satu koma lima miliar rupiah", "Rp1.500.000.000"),
        ("seribu dua ratus buku", "1.200 buku"),
        ("dua puluh tujuh ribu lima ratus", "27 ribu 500"),
        ("satu setengah juta", "1,5 juta"),
        ("sembilan puluh dua persen", "92%"),
        ("tahun seribu sembilan ratus delapan puluh tujuh", "tahun 1987"),
        ("tahun sembilan belas delapan puluh tujuh", "tahun 1987"),
        ("tahun dua ribu dua dua", "tahun 2022"),
        ("tanggal enam oktober dua ribu dua puluh dua", "tanggal 6/10/2022"),
        ("tanggal delapan belas bulan januari", "tanggal 18 Januari"),
        ("bulan tiga", "bulan Maret"),
        ("pukul delapan tiga puluh", "pukul 08.30"),
        ("jam setengah sembilan", "jam 8.30"),
        ("pukul delapan lewat lima belas", "pukul 08.15"),
        ("pukul tujuh", "pukul 07.00"),
        ("kelas sebelas", "kelas XI"),
        ("yang kedua", "yang ke-2"),
        ("keempat belas", "ke-14"),
        ("nol delapan satu dua tiga empat", "081234"),
        ("covid sembilan belas", "Covid-19"),
        ("sepuluh sampai lima belas", "10 sampai 15"),
        ("semiliar rupiah", "1 miliar rupiah"),
        ("nggak bisa", "tidak bisa"),
        ("di situ", "disitu"),
        ("p k p", "PKP"),
        ("P.K.P.", "pkp"),
        ("e-KTP", "e-ktp"),
        ("Jum'at", "jum’at"),
        ("anak anak", "anak-anak"),
    ],
)
def test_said_and_written_are_alike(said: str, written: str) -> None:
    assert _keys(said) == _keys(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dua puluh lima", "dua puluh, lima"),
        ("1,5 miliar", "15 miliar"),
        ("2.500", "2,5"),
        ("tiga bulan", "bulan Maret"),
        ("anak", "anak-anak"),
        ("ke dua puluh desa", "dua puluh desa"),
        ("kelas XI", "kelas xi"),
        ("8.30", "pukul 8.30"),
    ],
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert _keys(one) != _keys(other)


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("kami kami akan", ["kami"]),
        ("kami akan kami akan datang", ["kami", "akan"]),
        ("pemba pembangunan", ["pemba"]),
        ("mem- membangun", ["mem"]),
        ("di, eh, di desa", ["di", "eh"]),
        ("anak-anak muda", []),
        ("ke kecamatan", []),
        ("sama-sama belajar", []),
    ],
)
def test_hesitations_and_stutters_are_marked_and_kept(text: str, light: list[str]) -> None:
    tokens = _tokens(text)
    assert [token.key for token in tokens if token.is_light] == light
    assert len(tokens) == len(_keys(text))


def test_the_second_half_of_a_doubled_word_is_known() -> None:
    assert [token.doubles for token in _tokens("anak-anak anak anak")] == [
        False,
        True,
        False,
        False,
    ]


def test_clauses_and_sentences_end_where_marks_stand() -> None:
    ends = [token.ends for token in _tokens("Kami, Pak, datang. Dr. Budi (guru) juga?")]
    assert ends == [
        Ends.CLAUSE, Ends.CLAUSE, Ends.SENTENCE, Ends.NOTHING, Ends.CLAUSE, Ends.CLAUSE,
        Ends.SENTENCE,
    ]  # fmt: skip


@given(st.lists(st.text(min_size=1, max_size=8).filter(lambda w: not w.isspace()), max_size=12))
def test_every_token_points_at_its_words_in_order(words: list[str]) -> None:
    tokens = with_numbers(with_stutters(atoms_of(words, LISTS)), LISTS)
    assert all(0 <= token.first <= token.last < len(words) for token in tokens)
    assert [token.first for token in tokens] == sorted(token.first for token in tokens)

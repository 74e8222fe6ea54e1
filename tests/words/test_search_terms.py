"""Words of one root share a term, and the page's script takes words apart as we do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tools.site.assets import search_script
from pipeline.words.search_terms import LOST_IN_PREFIXES, RULES, terms_of
from pipeline.words.term_filter import filter_of, may_have


@pytest.mark.parametrize(
    "family",
    ["undang undang-undang Undang-undangnya", "layanan pelayanan melayani dilayani pelayanannya",
     "kirim mengirim pengiriman dikirimkan", "tulis menulis penulis tulisan tertulis",
     "pasang memasang pemasangan terpasang", "bersih kebersihan kebersihannya",
     "jalan berjalan perjalanan jalannya", "makan makanan dimakan", "tani petani pertanian",
     "tanya bertanya pertanyaan", "terima menerima penerimaan", "bangun pembangunan bangunan"],
)  # fmt: skip
def test_forms_of_a_word_share_a_term(family: str) -> None:
    assert len(set(terms_of(family))) == 1


@pytest.mark.parametrize("pair", ["masalah masa", "sekolah olah", "anggaran angkutan", "air udara"])
def test_words_that_look_alike_do_not(pair: str) -> None:
    assert len(set(terms_of(pair))) == 2


def test_accents_case_and_marks_do_not_matter() -> None:
    assert list(terms_of("Café, CAFE; cafe\u0301!")) == ["cafe"] * 3
    assert list(terms_of("1.200 rumah_sakit")) == ["1", "200", "rumah", "akit"]
    assert list(terms_of(" – … ")) == []


def test_the_script_has_the_same_rules() -> None:
    script = search_script().body.decode()
    rules = re.findall(r"^  \[/(.+)/, (\d)\],$", script, re.MULTILINE)
    assert [(rule, int(left)) for rule, left in rules] == list(RULES)
    lost = re.search(r"LOST_IN_PREFIXES = /(.+)/;", script)
    assert lost is not None
    assert lost[1] == LOST_IN_PREFIXES


@given(st.sets(st.text(min_size=1, max_size=20), max_size=60))
def test_a_filter_never_denies_a_term_that_is_in_it(terms: set[str]) -> None:
    made = filter_of(terms)
    assert all(may_have(made, term) for term in terms)
    assert made == filter_of(sorted(terms, reverse=True))


def test_it_admits_one_in_a_hundred_of_the_others() -> None:
    made = filter_of(f"kata{n}" for n in range(900))
    admitted = sum(may_have(made, f"lain{n}") for n in range(20_000))
    assert 0.004 < admitted / 20_000 < 0.012
    assert len(made) == 1500


def test_nothing_is_in_an_empty_one() -> None:
    assert filter_of([]) == ""
    assert not may_have("", "kata")

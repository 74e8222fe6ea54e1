"""Spoken to written: each rule does what its row says, and no rule touches what is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ground.glossary import read_glossary
from pipeline.words.casing import names_of
from pipeline.words.comparable import comparable_words
from pipeline.words.sentences import SpokenWord
from pipeline.words.tidying.particles import particles
from pipeline.words.tidying.rules import RULES, Rule
from pipeline.words.tidying.tidy import corrects_itself, tidied, without_padding
from pipeline.words.tokens import tokens_of

ROOT = Path(__file__).parents[3]
NAMES = names_of(read_glossary(ROOT / "pipeline/init/glossary.toml"), "id")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_does_what_its_row_says(rule: Rule) -> None:
    made = tidied(said(rule.said), NAMES, "id")
    assert made.text == rule.written
    assert rule.name in {dropped.rule for dropped in made.dropped}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_documentation_has_every_rule_with_its_example(rule: Rule) -> None:
    text = (ROOT / "docs/articles.md").read_text(encoding="utf-8")
    assert f"| {rule.name} | {rule.said} | {rule.written} |" in text


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Eh, jadi gini, KIM itu kan milik warga.", "Jadi begini, KIM itu milik warga."),
        ("Nah kita tuh nggak bisa sendirian gitu loh.", "Kita tidak bisa sendirian."),
        ("Oh ya, udah ada dua puluh lima desa, ya.", "Sudah ada 25 desa."),
        ("Warga, gitu, di desa kan bisa ikut.", "Warga, di desa kan bisa ikut."),
        ("Kalo gitu kita mulai aja.", "Kalau begitu kita mulai saja."),
        ("Memang kayak gitu keadaannya.", "Memang seperti itu keadaannya."),
        ("Kami kami di di dinas siap.", "Kami di dinas siap."),
        ("Ini… ini soal air bersih.", "Ini soal air bersih."),
        ("Kita mau pem pembangunan jalan.", "Kita mau pembangunan jalan."),
        ("Saya kira, saya kira, warga sudah paham.", "Saya kira, warga sudah paham."),
        ("Tahun dua ribu, eh, tahun dua ribu dua, kita mulai.", "Tahun 2002, kita mulai."),
        ("anggarannya satu koma lima miliar rupiah", "Anggarannya Rp1,5 miliar"),
        ("Naik dua koma lima persen, anu, tahun ini.", "Naik 2,5% tahun ini."),
        (
            "Itu diatur undang-undang nomor empat belas tahun dua ribu delapan ya.",
            "Itu diatur Undang-Undang Nomor 14 Tahun 2008.",
        ),
        (
            "Rapatnya tanggal enam oktober dua ribu dua puluh dua di diskominfo kutai kartanegara.",
            "Rapatnya tanggal 6 Oktober 2022 di Diskominfo Kutai Kartanegara.",
        ),
        ("Bagaimana sih caranya, Pak?", "Bagaimana caranya, Pak?"),
        ("Itu bagus deh, kan?", "Itu bagus?"),
    ],
)
def test_spoken_style_becomes_written_style(spoken: str, written: str) -> None:
    assert tidied(said(spoken), NAMES, "id").text == written


@pytest.mark.parametrize(
    "spoken",
    [
        "Anak-anak belajar bersama-sama di desa-desa.",
        "Sama-sama, kita jaga sungai.",
        "Anak anak bermain pelan pelan.",
        "Kita kerjakan satu satu, satu per satu.",
        "Tidak, tidak boleh dibakar.",
        "Ya Allah, lindungi kami.",
        "Ia bilang ya.",
        "Banyak, banyak sekali yang datang.",
        "Warga ya warga, petugas ya petugas.",
        "Rakyat memilih, bukan, bukan menunjuk.",
        "Nomornya nol delapan satu dua nol delapan satu dua.",
        "Semua bisa lewat Gerbang E sekarang.",
    ],
)
def test_what_is_meant_stays(spoken: str) -> None:
    wanted = comparable_words(spoken, "id")
    assert comparable_words(tidied(said(spoken), NAMES, "id").text, "id") == wanted


@pytest.mark.parametrize(
    ("spoken", "unclear"),
    [
        ("Ada dua puluh, eh, lima desa.", True),
        ("Acaranya besok, maksud saya lusa.", True),
        ("Acaranya di Samarinda, maksud saya di Tenggarong.", False),
        ("Acaranya, eh, besok.", False),
    ],
)
def test_a_correction_that_may_mean_two_things_is_noticed(spoken: str, unclear: bool) -> None:
    assert corrects_itself(said(spoken), "id") is unclear


def test_words_that_a_model_glued_together_stay_together() -> None:
    words = [*said("Harganya Rp"), SpokenWord("5.000", "", 1.0, 1.4, 0, "", 0.9)]
    assert tidied(words, NAMES, "id").text == "Harganya Rp5.000"


def test_a_talk_without_marks_gets_them() -> None:
    first, second = said("kami membuka layanan"), said("bagaimana warga mendaftar", start=5.0)
    made = tidied([*first, *second], NAMES, "id", marked=False)
    assert made.text == "Kami membuka layanan. Bagaimana warga mendaftar?"


def test_a_language_without_a_row_keeps_all_its_words() -> None:
    text = "Eh, ya ya, gitu 25 wong."
    assert tidied(said(text), NAMES, "jv").text == text
    assert tidied(said("The the plan, uh, works."), NAMES, "en").text == "The plan works."


def test_fillers_alone_are_nothing() -> None:
    assert tidied(said("Nah, ya, gitu."), NAMES, "id").text == ""
    assert tidied([], NAMES, "id").text == ""


VOCABULARY = (
    "eh nah ya gitu kan tidak bukan jangan dua puluh lima desa warga, kami kami yang yang di sih. "
    "anak-anak maksud saya Tenggarong, eh, itu kan? tahun 2019 pem- pembangunan"
)
SPOKEN = st.lists(st.sampled_from(VOCABULARY.split(" ")), max_size=30).map(" ".join)


@given(SPOKEN)
def test_no_word_is_made_up(text: str) -> None:
    spoken = [token.key for token in tokens_of(text)]
    spellings = particles("id").spellings
    left = iter([*spoken])
    for word in (token.key for token in tokens_of(without_padding(said(text), "id"))):
        assert any(word in (each, spellings.get(each)) for each in left), (word, text)


@given(SPOKEN)
def test_negations_go_only_with_a_correction_never_as_a_stutter(text: str) -> None:
    negations = particles("id").negations
    for dropped in tidied(said(text), NAMES, "id").dropped:
        assert not negations & set(comparable_words(dropped.said, "id"))


def said(text: str, start: float = 0.0) -> list[SpokenWord]:
    return [
        SpokenWord(word, " ", start + at * 0.4, start + at * 0.4 + 0.4, 0, "", 0.9, index=at)
        for at, word in enumerate(text.split())
    ]

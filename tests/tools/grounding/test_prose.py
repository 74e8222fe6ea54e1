"""Whole articles about the talks of the cases, as a newsroom writes them, and one with errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.words.grounding.checked import Checked, Finding, Kind, Weight
from tests.articles import checked
from tests.tools.grounding.labelled import checker

ARTICLES = Path(__file__).parent / "articles"
TALKS = {"irigasi": "tune", "sekolah": "tune", "pasar": "report", "tambak": "report"}


def _article(name: str) -> Checked:
    talk = name.split(".")[0]
    text = (ARTICLES / f"{name}.md").read_text(encoding="utf-8")
    return checker(f"{TALKS[talk]}/{talk}").check(text)


@pytest.mark.parametrize("name", TALKS)
def test_an_honest_article_has_nothing_open(name: str) -> None:
    done = _article(name)
    assert len(done.quotes) >= 2
    assert [each.text for each in done.open] == []


@pytest.mark.parametrize("name", TALKS)
def test_its_sentences_can_be_played(name: str) -> None:
    sentences = _article(name).sentences
    told = [s for s in sentences if len(s.text.split()) > 6]
    assert all(s.passages or s.sources for s in told)
    assert sum(bool(s.passages) for s in told) >= 0.9 * len(told)


@pytest.mark.parametrize("name", TALKS)
def test_an_honest_article_asks_for_few_looks(name: str) -> None:
    asked = [f for f in _article(name).findings if f.weight is Weight.CHECK]
    assert len(asked) <= 2


def test_each_error_of_a_wrong_article_is_open_and_nothing_else() -> None:
    assert [(each.kind, each.text) for each in _article("irigasi.wrong").open] == [
        (Kind.NAME, "Ketua Kelompok Tani Sumber Makmur"),
        (Kind.NAME, "Sugiarto"),
        (Kind.DATE, "Jumat"),
        (Kind.NUMBER, "260"),
        (Kind.NUMBER, "Rp1,8 triliun"),
        (Kind.NAME, "Kementerian Sosial"),
        (Kind.NUMBER, "lima"),
        (Kind.NUMBER, "15"),
    ]


def test_a_number_of_something_else_is_shown_with_what_was_said() -> None:
    (found,) = _of(Kind.NUMBER, "Ada 18 kelompok aktif.")
    assert found.weight is Weight.BLOCKED
    assert "dua puluh tujuh kelompok" in found.reason.told()
    assert found.passages[0].start > 0


@pytest.mark.parametrize(
    "text",
    [
        "Sebanyak 27 kelompok tersebar di 18 kecamatan.",
        "Ada dua puluh tujuh kelompok.",
        "Salah satu kelompok aktif di Muara Kaman.",
        "Anggaran tahun depan Rp1,5 miliar.",
        "Anggarannya mencapai Rp1.500.000.000.",
        "Warga Tenggarong sejak 2010 mengenal KIM.",
        "Pelatihan dimulai pukul 08.30.",
        "Podcast Etam Berkesah terbit pada Kamis (6/10/2022).",
        "Kedua pihak sepakat.",
        "Kelompok Informasi Masyarakat (KIM) berasal dari warga.",
    ],
)
def test_what_is_supported_is_left_alone(text: str) -> None:
    assert [f.text for f in checked(f"{text}\n").findings if f.weight is Weight.BLOCKED] == []


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Sebanyak 28 kelompok aktif.", Kind.NUMBER, "28"),
        ("Anggaran tahun depan Rp15 miliar.", Kind.NUMBER, "Rp15 miliar"),
        ("Acara itu pada 7 Oktober 2022.", Kind.DATE, "7 Oktober 2022"),
        ("Acara itu pada bulan Desember.", Kind.DATE, "Desember"),
        ("Pelatihan dimulai pukul 09.45.", Kind.NUMBER, "09.45"),
        ("Suparno menolak berkomentar.", Kind.NAME, "Suparno"),
        ("KIM dibina Komisi Penyiaran Daerah.", Kind.NAME, "Komisi Penyiaran Daerah"),
        ("Ia tinggal di Surabaya.", Kind.NAME, "Surabaya"),
    ],
)
def test_what_nothing_supports_is_open(text: str, kind: Kind, what: str) -> None:
    found = [f for f in checked(f"{text}\n").findings if f.weight is Weight.BLOCKED]
    assert (kind, what) in [(f.kind, f.text) for f in found]


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("Perbincangan itu juga menyinggung pelatihan dan anggaran.", True),
        ("Perbincangan itu juga menyinggung perburuan dan penyelundupan.", False),
        ("Wawancara ini juga membahas kecamatan dan pelatihan.", True),
    ],
)
def test_what_a_talk_was_about_must_have_been_said(text: str, is_said: bool) -> None:
    (sentence,) = checked(f"{text}\n").sentences
    assert bool(sentence.passages) == is_said
    asked = [f for f in checked(f"{text}\n").findings if f.kind is Kind.SENTENCE]
    assert not asked if is_said else asked


def test_a_place_that_only_the_glossary_knows_is_noted() -> None:
    (found,) = _of(Kind.NAME, "Warga Muara Kaman dan Samboja hadir.")
    assert (found.text, found.weight) == ("Samboja", Weight.NOTE)


def _of(kind: Kind, text: str) -> list[Finding]:
    return [f for f in checked(f"{text}\n").findings if f.kind is kind]

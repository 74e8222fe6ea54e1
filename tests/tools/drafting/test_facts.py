"""Facts are what an editor checks: numbers with what they count, dates, names at first mention."""

from __future__ import annotations

import pytest

from pipeline.tools.drafting.facts import facts_in
from pipeline.words.article import Fact, FactKind
from pipeline.words.sentences import sentences_of
from pipeline.words.subjects import Origin, Person, Place, Subjects
from tests.transcripts import said


@pytest.mark.parametrize(
    ("sentence", "text", "value"),
    [
        ("Ada dua puluh lima kelompok di sini.", "dua puluh lima kelompok", "25"),
        ("Anggarannya Rp1,5 miliar.", "Rp1,5 miliar", ""),
        ("Bisa terlambat dua hari tahun depan.", "dua hari", "2"),
        ("Naik 12,5% tahun ini.", "12,5%", ""),
        ("Naik dua koma lima persen.", "dua koma lima persen", "2,5"),
        ("Ada seribu dua ratus buku, banyak.", "seribu dua ratus buku", "1.200"),
        ("Bawa satu lembar formulir.", "satu lembar formulir", "1"),
        ("Paling lambat sepuluh hari kerja.", "sepuluh hari kerja", "10"),
    ],
)
def test_a_number_comes_with_what_it_counts(sentence: str, text: str, value: str) -> None:
    (fact,) = facts(sentence)
    assert (fact.kind, fact.text, fact.value) == (FactKind.NUMBER, text, value)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Acaranya 12 November 2022 di sana.", "12 November 2022"),
        ("Mulai tanggal 3 Mei.", "3 Mei"),
        ("Pada enam Oktober dua ribu dua puluh dua.", "enam Oktober dua ribu dua puluh dua"),
    ],
)
def test_a_date_is_a_date(sentence: str, text: str) -> None:
    (fact,) = facts(sentence)
    assert (fact.kind, fact.text, fact.value) == (FactKind.DATE, text, "")


@pytest.mark.parametrize(
    ("sentence", "kind", "text", "value"),
    [
        (
            "Sejak tahun dua ribu sepuluh berkurang.",
            FactKind.DATE,
            "tahun dua ribu sepuluh",
            "2010",
        ),
        (
            "Lihat pasal dua puluh tujuh tahun depan.",
            FactKind.NUMBER,
            "pasal dua puluh tujuh",
            "27",
        ),
    ],
)
def test_a_year_or_an_article_counts_nothing(
    sentence: str, kind: FactKind, text: str, value: str
) -> None:
    (fact,) = facts(sentence)
    assert (fact.kind, fact.text, fact.value) == (kind, text, value)


@pytest.mark.parametrize("sentence", ["Itu salah satu cara.", "Tes, satu, dua.", "Kami datang."])
def test_idle_numbers_are_no_facts(sentence: str) -> None:
    assert facts(sentence) == ()


def test_a_comma_ends_a_number() -> None:
    assert [fact.value for fact in facts("Ada dua puluh orang, lima orang pulang.")] == ["20", "5"]


def test_a_fact_has_the_time_at_which_it_is_heard() -> None:
    (fact,) = facts("Ada dua puluh kelompok.")
    assert (fact.evidence.segments, fact.evidence.start, fact.evidence.end) == ((1,), 1.3, 2.2)


def test_names_come_at_their_first_mention_and_unheard_ones_not_at_all() -> None:
    subjects = Subjects(
        people=(
            Person("Budi", "", Origin.DETAILS, (2, 3)),
            Person("Tak Disebut", "", Origin.DETAILS),
        ),
        places=(Place("Sebulu", Origin.GLOSSARY, (1,)),),
    )
    found = facts("Kami di Sebulu.", "Budi datang.", "Budi pulang.", subjects=subjects)
    assert [(f.kind, f.text, f.evidence.segments) for f in found] == [
        (FactKind.PLACE, "Sebulu", (1,)),
        (FactKind.PERSON, "Budi", (2,)),
    ]


def facts(*texts: str, subjects: Subjects | None = None) -> tuple[Fact, ...]:
    transcript = said(*texts)
    segments = {segment.id: segment for segment in transcript.segments}
    return facts_in(sentences_of(transcript), subjects or Subjects(), segments, "id")

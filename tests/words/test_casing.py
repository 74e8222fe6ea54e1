"""Capitals stand where Indonesian writes them, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from pipeline.ground.glossary import read_glossary
from pipeline.words.casing import names_of, with_capitals
from pipeline.words.glossary import Glossary, KnownPerson
from pipeline.words.tokens import text_of, tokens_of

SHIPPED = read_glossary(Path(pipeline.__file__).parent / "init" / "glossary.toml")
PEOPLE = (KnownPerson("Ahmad Rianto, M.Si."), KnownPerson("Siti Khadijah"))
NAMES = names_of(
    Glossary(PEOPLE, SHIPPED.places, SHIPPED.terms, SHIPPED.titles),
    "id",
)


def cased(text: str, *, first_starts: bool = False) -> str:
    return text_of(with_capitals(tokens_of(text), NAMES, "id", first_starts))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        # names of the glossary
        ("warga kutai kartanegara", "warga Kutai Kartanegara"),
        ("di loa kulu, sanga-sanga, dan sebulu", "di Loa Kulu, Sanga-Sanga, dan Sebulu"),
        ("DISKOMINFO dan apbd", "Diskominfo dan APBD"),
        ("kata siti khadijah", "kata Siti Khadijah"),
        ("menurut rianto", "menurut Rianto"),
        ("bumdes dan umkm di kukar", "BUMDes dan UMKM di Kukar"),
        # names that everybody knows
        ("bahasa indonesia lewat whatsapp", "bahasa Indonesia lewat WhatsApp"),
        ("bawa ktp ke ketua rt", "bawa KTP ke Ketua RT"),
        # people
        ("terima kasih pak", "terima kasih Pak"),
        ("pak slamet dan bu ningsih", "Pak Slamet dan Bu Ningsih"),
        ("pak budi dan mbak intan", "Pak Budi dan Mbak Intan"),
        ("untuk ibu hamil dan bapak itu", "untuk ibu hamil dan bapak itu"),
        ("para ibu rumah tangga", "para ibu rumah tangga"),
        ("anak mas itu", "anak mas itu"),
        # titles
        ("bupati kutai kartanegara", "Bupati Kutai Kartanegara"),
        ("camat dan kepala desa hadir", "camat dan kepala desa hadir"),
        ("kepala desa loa kulu", "Kepala Desa Loa Kulu"),
        ("silakan pak camat", "silakan Pak Camat"),
        ("kepala dinas, Tenggarong", "kepala dinas, Tenggarong"),
        # kinds of places
        ("sungai mahakam di kecamatan sebulu", "Sungai Mahakam di Kecamatan Sebulu"),
        ("sungai itu di kecamatan kami", "sungai itu di kecamatan kami"),
        # days and months
        ("hari senin, tanggal 5 mei", "hari Senin, tanggal 5 Mei"),
        ("hari minggu, tiga minggu lagi", "hari Minggu, tiga minggu lagi"),
        # laws
        (
            "undang-undang nomor 14 tahun 2008 tentang informasi, pasal 1",
            "Undang-Undang Nomor 14 Tahun 2008 tentang informasi, Pasal 1",
        ),
        ("peraturan bupati nomor 3 tahun 2021", "Peraturan Bupati Nomor 3 Tahun 2021"),
        ("nomor 3 di daftar pasal itu", "nomor 3 di daftar pasal itu"),
        # what is a word too
        ("budi pekerti dan ketua kelas", "budi pekerti dan ketua kelas"),
        ("informasi publik itu penting", "informasi publik itu penting"),
    ],
)
def test_capitals(said: str, written: str) -> None:
    assert cased(said) == written
    assert cased(written) == written


def test_sentences_start_with_a_capital_and_abbreviations_end_none() -> None:
    assert cased("saya dr. h. rianto. dia datang? “ya”", first_starts=True) == (
        "Saya dr. h. Rianto. Dia datang? “Ya”"
    )
    assert cased("lalu pergi") == "lalu pergi"


def test_a_model_that_writes_capitals_is_believed_inside_its_text() -> None:
    assert cased("Yahoo! yang membeli Tenggarong", first_starts=True) == (
        "Yahoo! yang membeli Tenggarong"
    )


def test_somebodys_name_is_no_acronym() -> None:
    assert cased("kim dan KIM, lalu Kim") == "KIM dan KIM, lalu Kim"


def test_a_name_across_the_end_of_a_clause_is_none() -> None:
    assert cased("di loa, kulu") == "di loa, kulu"


def test_letters_are_raised_and_never_lowered() -> None:
    assert cased("Warga Desa Bertanya Kepada PEMERINTAH") == "Warga Desa Bertanya Kepada PEMERINTAH"


def test_without_a_glossary_common_names_are_still_written() -> None:
    names = names_of(Glossary(), "id")
    assert text_of(with_capitals(tokens_of("pak di jakarta"), names, "id", False)) == (
        "Pak di Jakarta"
    )

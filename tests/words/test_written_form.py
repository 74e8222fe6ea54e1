"""The written form stands beside the words as they were spoken and does not change them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.casing import names_of
from pipeline.words.glossary import Glossary, KnownPlace, Term
from pipeline.words.transcript import Segment, Transcript
from pipeline.words.written_form import in_writing, written
from tests.transcripts import said, transcripts

NAMES = names_of(
    Glossary(places=(KnownPlace("Loa Kulu"),), terms=(Term("Diskominfo"), Term("APBD"))), "id"
)


def put(transcript: Transcript, language: str = "id") -> list[str]:
    return [segment.written for segment in in_writing(transcript.segments, NAMES, language)]


def test_words_as_spoken_and_digits_as_written_are_both_kept() -> None:
    spoken = said("Ada dua puluh lima kelompok di loa kulu.")
    (segment,) = in_writing(spoken.segments, NAMES, "id")
    assert segment.written == "Ada 25 kelompok di Loa Kulu."
    assert segment.text == "Ada dua puluh lima kelompok di loa kulu."
    assert segment.words == spoken.segments[0].words
    assert segment.for_readers == segment.written


def test_what_is_written_right_already_has_no_second_form() -> None:
    assert put(said("Warga Loa Kulu hadir.", "Mereka menulis.")) == ["", ""]


def test_a_model_without_marks_and_capitals_gets_both() -> None:
    spoken = said(
        "selamat pagi pendengar di mana pun anda berada",
        "bagaimana cara warga meminta informasi",
        "kami di diskominfo membuka data tetapi banyak warga belum tahu",
        "oleh karena itu apbd naik dua puluh persen",
        pause=1.0,
    )
    assert put(spoken) == [
        "Selamat pagi pendengar di mana pun anda berada.",
        "Bagaimana cara warga meminta informasi?",
        "Kami di Diskominfo membuka data, tetapi banyak warga belum tahu.",
        "Oleh karena itu, APBD naik 20%.",
    ]


def test_a_sentence_cut_in_two_segments_goes_on_in_small_letters() -> None:
    spoken = said("kami membuka layanan di desa itu " * 4, "dan di kota", pause=0.3)
    first, second = put(spoken)
    assert not first.endswith(".")
    assert second == "dan di kota."


def test_marks_of_the_model_are_left_alone() -> None:
    assert put(said("Kami datang tetapi terlambat.", "apa kabar")) == ["", "Apa kabar"]


def test_another_language_is_left_alone() -> None:
    spoken = said("we met pak budi in loa kulu on monday")
    assert put(spoken, "en") == [""]
    before = tuple(replace(segment, written="old") for segment in spoken.segments)
    assert [s.written for s in in_writing(before, NAMES, "en")] == [""]


def test_a_segment_without_words_is_written_too() -> None:
    transcript = Transcript("id", 5, "m", {}, (Segment(1, 0, 5, "apbd naik"),))
    assert put(transcript) == ["APBD naik"]


@given(transcripts())
def test_any_transcript_keeps_its_words_and_reads_the_same_when_done_again(
    transcript: Transcript,
) -> None:
    once = in_writing(transcript.segments, NAMES, "id")
    assert in_writing(once, NAMES, "id") == once
    assert [s.text for s in once] == [s.text for s in transcript.segments]
    assert [s.words for s in once] == [s.words for s in transcript.segments]


_WORDS = """
pak budi di loa kulu apbd dua puluh lima persen rupiah tahun ribu undang-undang nomor pasal hari
minggu senin, camat. ibu Diskominfo sungai koma jam (rt tiga) “ya” -- Rp5.000
"""
_SPOKEN = st.lists(st.sampled_from(_WORDS.split()), max_size=16).map(" ".join)


@given(_SPOKEN, st.booleans())
def test_a_written_text_stays_as_it_is(text: str, first_starts: bool) -> None:
    once = written(text, NAMES, "id", first_starts)
    assert written(once, NAMES, "id", first_starts) == once


@pytest.mark.parametrize(
    "text", ["hati-hati", "anak-anak", "dua-duanya", "sama-sama", "seribu satu"]
)
def test_doubled_words_are_words(text: str) -> None:
    assert written(f"kami {text} saja", NAMES, first_starts=False) == f"kami {text} saja"

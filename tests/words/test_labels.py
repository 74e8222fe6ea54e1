"""Times and names before paragraphs are no speech."""

from __future__ import annotations

from pipeline.words.captions import to_text
from pipeline.words.labels import without_labels
from tests.talks import talk


def test_what_transcript_txt_writes_is_taken_off_again() -> None:
    spoken = talk("interview", speakers=True)
    speakers = {segment.speaker for segment in spoken.segments}
    plain = without_labels(to_text(spoken), speakers)
    assert plain.split() == spoken.text.split()


def test_times_of_an_hour_and_more_are_taken_off() -> None:
    assert without_labels("[1:02:05] Ya.\n[00:07] Tidak.") == "Ya.\nTidak."


def test_a_name_that_stands_before_several_lines_is_no_speech() -> None:
    assert without_labels("Rahma: Halo.\nBudi: Hai.\nRahma: Baik.\nBudi: Ya.") == (
        "Halo.\nHai.\nBaik.\nYa."
    )


def test_a_name_of_several_capitalised_words_is_no_speech() -> None:
    assert without_labels("Siti Nur Aminah: Selamat pagi.") == "Selamat pagi."


def test_a_known_speaker_is_no_speech_however_it_is_written() -> None:
    assert without_labels("narasumber 1: Baik.", {"Narasumber 1"}) == "Baik."


def test_words_before_a_colon_stay_where_somebody_may_have_said_them() -> None:
    for text in ("Ingat: jangan lupa.", "Jadi begini: warga datang.", "Pukul 7:30 kami buka."):
        assert without_labels(f"[00:01] {text}") == text

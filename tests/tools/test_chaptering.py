"""Chapters start where the talk turns, and never where a player could not go."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings

from pipeline.tools.chaptering import chapters_of
from pipeline.words.chapters import Chapter
from pipeline.words.sentences import sentences_of
from pipeline.words.transcript import Transcript
from tests.talks import DEMO_SCRIPT, talk, talk_of
from tests.transcripts import transcripts

SHIPS = (
    "Kapal kayu berlayar di sungai. Nakhoda mengikat tali kapal. Dermaga penuh penumpang kapal. "
)
BOOKS = "Perpustakaan meminjamkan buku cerita. Pembaca buku mengisi kartu. Rak buku tertata rapi. "
RICE = "Petani menanam padi di sawah. Panen padi disimpan di lumbung. Harga gabah naik lagi. "


def test_the_sample_recording_has_a_few_chapters_named_after_its_questions() -> None:
    chapters = chapters_of_talk(talk_of(DEMO_SCRIPT.read_text(encoding="utf-8")))
    assert 2 <= len(chapters) <= 4
    assert chapters[0] == Chapter(0.0, "Pembukaan")
    assert all(chapter.title.endswith("?") for chapter in chapters[1:])


def test_a_chapter_starts_where_the_words_change() -> None:
    script = f"A: {SHIPS * 3}\nA: {BOOKS * 3}\nA: {RICE * 3}"
    transcript = talk_of(script)
    turns = [s.start for s in transcript.segments if s.text in (SHIPS[:30], BOOKS[:37])]
    chapters = chapters_of_talk(transcript)
    starts = {chapter.start for chapter in chapters}
    segments = transcript.segments
    books, rice = segments[9].start, segments[18].start
    assert {books, rice} <= starts
    assert not turns or turns[0] in starts


def test_titles_without_a_question_are_words_of_the_chapter() -> None:
    chapters = chapters_of_talk(talk_of(f"A: {SHIPS * 3}\nA: {BOOKS * 3}\nA: {RICE * 3}"))
    assert "Kapal" in chapters[0].title
    assert "buku" in chapters[-2].title.lower()
    assert "padi" in chapters[-1].title.lower()


def test_a_question_loses_the_words_that_lead_up_to_it() -> None:
    script = f"A: {SHIPS * 4}\nB: Lalu, Pak Budi, mengapa buku penting bagi warga?\nA: {BOOKS * 4}"
    titles = [chapter.title for chapter in chapters_of_talk(talk_of(script))]
    assert "Mengapa buku penting bagi warga?" in titles


def test_a_long_talk_has_at_most_ten_chapters_of_two_minutes_at_least() -> None:
    script = f"A: {SHIPS * 9}\nA: {BOOKS * 9}\nB: Mengapa begitu?\nA: {RICE * 9}\n" * 20
    transcript = talk_of(script)
    chapters = chapters_of_talk(transcript)
    assert len(chapters) == 10
    assert len({chapter.title for chapter in chapters}) == 10
    bounds = [*(chapter.start for chapter in chapters), transcript.duration]
    assert min(end - start for start, end in pairwise(bounds)) >= 120


def test_silence_and_a_very_short_talk_are_one_chapter() -> None:
    nothing = Transcript("id", 60.0, "test", {}, ())
    assert chapters_of_talk(nothing) == (Chapter(0.0, "Bagian 1"),)
    assert len(chapters_of_talk(talk("almost-empty"))) == 1


def test_speech_after_the_end_of_the_audio_starts_no_chapter() -> None:
    transcript = talk("interview")
    chapters = chapters_of(sentences_of(transcript), 40.0, "id")
    assert max(chapter.start for chapter in chapters) <= 40.0 - 15.0


@given(transcripts())
@settings(max_examples=60, deadline=None)
def test_any_transcript_has_chapters_a_player_accepts(transcript: Transcript) -> None:
    chapters = chapters_of_talk(transcript)
    starts = [chapter.start for chapter in chapters]
    assert starts[0] == 0.0
    assert all(one < other for one, other in pairwise(starts))
    assert starts[-1] < transcript.duration
    assert all(chapter.title.strip() for chapter in chapters)


def chapters_of_talk(transcript: Transcript) -> tuple[Chapter, ...]:
    return chapters_of(sentences_of(transcript), transcript.duration, transcript.language)

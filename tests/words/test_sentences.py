"""Sentences are the transcript's own words, whatever its segments are."""

from __future__ import annotations

from hypothesis import given, settings

from pipeline.words.sentences import sentences_of, words_as_text
from pipeline.words.transcript import Segment, Transcript, Word
from tests.transcripts import said, transcript_of, transcripts


def test_a_sentence_runs_over_segments_until_its_full_stop() -> None:
    transcript = said("Warga boleh meminta", "informasi publik. Caranya", "mudah.", pause=0.2)
    assert [s.text for s in sentences_of(transcript)] == [
        "Warga boleh meminta informasi publik.",
        "Caranya mudah.",
    ]
    assert [s.segments for s in sentences_of(transcript)] == [(1, 2), (2, 3)]


def test_abbreviations_and_numbers_end_no_sentence() -> None:
    transcript = said("Dr. H. Ahmad, S.Sos. membaca UU No. 14 tentang Rp5.000. Selesai.")
    assert [s.text for s in sentences_of(transcript)] == [
        "Dr. H. Ahmad, S.Sos. membaca UU No. 14 tentang Rp5.000.",
        "Selesai.",
    ]


def test_another_speaker_is_another_sentence() -> None:
    one = Segment(1, 0, 1, "Jadi begini", (Word(0, 1, "Jadi", 1), Word(1, 2, "begini", 1)), "A")
    two = Segment(2, 2, 3, "ya", (Word(2, 3, "ya", 1),), "B")
    assert [s.speaker for s in sentences_of(transcript_of(one, two))] == ["A", "B"]


def test_without_punctuation_a_pause_between_segments_ends_a_sentence() -> None:
    assert len(sentences_of(said("kami di sini", "mereka di sana", pause=1.5))) == 2
    assert len(sentences_of(said("kami di sini", "mereka di sana", pause=0.2))) == 1


def test_words_that_carry_their_own_spaces_are_joined_by_them() -> None:
    words = (Word(0, 1, " Rp", 1), Word(1, 2, "5.000", 1), Word(2, 3, " saja.", 1))
    (sentence,) = sentences_of(transcript_of(Segment(1, 0, 3, " Rp5.000 saja.", words)))
    assert sentence.text == "Rp5.000 saja."


def test_a_segment_without_word_times_shares_its_time() -> None:
    segment = Segment(1, 10, 14, "Satu dua. Tiga empat.", average_log_probability=-0.5)
    first, second = sentences_of(transcript_of(segment))
    assert (first.start, first.end, second.end) == (10, 12, 14)
    assert 0.6 < first.probability < 0.61


def test_an_empty_transcript_has_no_sentences() -> None:
    assert sentences_of(Transcript("id", 3.0, "test", {}, ())) == ()
    assert sentences_of(transcript_of(Segment(1, 0, 1, "  "))) == ()


@given(transcripts())
@settings(max_examples=100, deadline=None)
def test_no_word_is_lost_or_changed(transcript: Transcript) -> None:
    sentences = sentences_of(transcript)
    assert " ".join(s.text for s in sentences).split() == words_as_text(transcript).split()

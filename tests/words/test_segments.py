"""Segments are sentences, whatever the transcriber's own cuts were."""

from __future__ import annotations

from hypothesis import given, settings

from pipeline.words.segments import LONGEST_SECONDS, ends_sentence, into_sentences
from pipeline.words.transcript import Segment, Transcript, Word
from tests.transcripts import said, transcripts


def spoken(text: str, start: float, speaker: str = "", **more: object) -> Segment:
    words = tuple(
        Word(round(start + 0.3 * n, 2), round(start + 0.3 * n + 0.3, 2), word, 0.9)
        for n, word in enumerate(text.split())
    )
    return Segment(0, words[0].start, words[-1].end, text, words, speaker, **more)  # type: ignore[arg-type]


def texts(*segments: Segment) -> list[str]:
    return [segment.text for segment in into_sentences(segments)]


def test_a_sentence_that_a_window_cut_is_joined() -> None:
    assert texts(spoken("Warga cukup membawa", 0), spoken("kartu. Lalu pulang.", 1.2)) == [
        "Warga cukup membawa kartu.",
        "Lalu pulang.",
    ]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert texts(spoken("Menurut dr. Budi S. itu benar.", 0)) == ["Menurut dr. Budi S. itu benar."]
    assert not ends_sentence("S.T.")
    assert ends_sentence("desa.”")


def test_another_voice_or_a_long_pause_starts_a_segment() -> None:
    voices = (spoken("saya", 0, "Rahma"), spoken("juga", 0.4, "Budi"), spoken("ya", 6, "Budi"))
    assert texts(*voices) == ["saya", "juga", "ya"]


def test_ids_count_from_one_and_doubts_are_kept() -> None:
    doubtful = spoken("Entah apa", 0, flags=("low_confidence",), compression_ratio=3.0)
    sure = spoken("katanya. Baik.", 0.7, average_log_probability=-0.2)
    one, two = into_sentences([doubtful, sure])
    assert (one.id, two.id) == (1, 2)
    assert (one.flags, two.flags) == (("low_confidence",), ())
    assert (one.compression_ratio, two.compression_ratio) == (3.0, 1.0)


def test_endless_talk_is_cut_where_the_speaker_breathes() -> None:
    talk = " ".join(["lalu warga datang ke kantor,"] * 40)
    made = into_sentences(said(talk).segments)
    assert len(made) > 1
    assert all(segment.text.endswith(",") for segment in made)
    assert all(segment.end - segment.start <= LONGEST_SECONDS for segment in made)


@settings(max_examples=60, deadline=None)
@given(transcript=transcripts())
def test_every_word_is_kept_in_its_place(transcript: Transcript) -> None:
    before = [word for segment in transcript.segments for word in segment.words]
    made = into_sentences(transcript.segments)
    assert [word for segment in made for word in segment.words] == before
    assert all(
        segment.end - segment.start <= LONGEST_SECONDS or len(segment.words) == 1
        for segment in made
    )


@settings(max_examples=50, deadline=None)
@given(transcript=transcripts())
def test_sentences_stay_as_they_are(transcript: Transcript) -> None:
    once = into_sentences(transcript.segments)
    assert [segment.text for segment in into_sentences(once)] == [s.text for s in once]

"""Captions can be read in time, by people and by independent parsers."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pytest
import webvtt
from hypothesis import given, settings

from pipeline.words.captions import (
    SRT_LAYOUT,
    VTT_LAYOUT,
    Layout,
    cues,
    to_srt,
    to_text,
    to_vtt,
)
from pipeline.words.transcript import Segment, Transcript, Word
from tests.transcripts import said, transcript_of, transcripts

LONG = (
    "Kalau warga tahu ke mana anggaran pergi, mereka bisa ikut menjaga pembangunan, dan karena itu "
    "kami membuka data anggaran di situs kabupaten setiap tiga bulan."
)
layouts = pytest.mark.parametrize("layout", [VTT_LAYOUT, SRT_LAYOUT])


def letters(text: str) -> str:
    return "".join(text.split())


def words_of(transcript: Transcript) -> str:
    return letters(
        "".join(
            "".join(word.text for word in segment.words) or segment.text
            for segment in transcript.segments
        )
    )


@layouts
@settings(max_examples=60, deadline=None)
@given(transcript=transcripts())
def test_no_word_is_lost_or_moved(layout: Layout, transcript: Transcript) -> None:
    shown = "".join(line for cue in cues(transcript, layout) for line in cue.lines)
    assert letters(shown) == words_of(transcript)


@layouts
@settings(max_examples=60, deadline=None)
@given(transcript=transcripts())
def test_cues_follow_each_other_and_end_with_the_episode(
    layout: Layout, transcript: Transcript
) -> None:
    made = cues(transcript, layout)
    assert all(cue.start_ms < cue.end_ms for cue in made)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(made))
    if made:
        assert made[0].start_ms >= 0
        assert made[-1].end_ms <= round(transcript.duration * 1000)


@layouts
@settings(max_examples=60, deadline=None)
@given(transcript=transcripts())
def test_a_cue_fits_on_the_screen(layout: Layout, transcript: Transcript) -> None:
    for cue in cues(transcript, layout):
        assert len(cue.lines) <= 2
        assert max(map(len, cue.lines)) <= layout.line_characters


@settings(max_examples=40, deadline=None)
@given(transcript=transcripts())
def test_an_independent_parser_reads_every_vtt_back(transcript: Transcript) -> None:
    parsed = webvtt.from_string(to_vtt(transcript))
    starts = [cue.start_ms // 1000 for cue in cues(transcript, VTT_LAYOUT)]
    assert [caption.start_in_seconds for caption in parsed] == starts
    shown = "".join(letters(unescaped(caption.text)) for caption in parsed)
    assert shown == words_of(transcript)


@settings(max_examples=40, deadline=None)
@given(transcript=transcripts())
def test_an_independent_parser_reads_every_srt_back(transcript: Transcript) -> None:
    text = to_srt(transcript)
    if not transcript.segments:
        assert text == ""
        return
    parsed = webvtt.from_buffer(io.StringIO(text), format="srt")
    assert len(parsed) == len(re.findall(r"^\d\d:\d\d:\d\d,\d{3} -->", text, re.MULTILINE))
    for caption in parsed:
        assert len(caption.text.splitlines()) <= 2
        assert max(map(len, caption.text.splitlines())) <= 32


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@layouts
def test_a_cue_stays_long_enough_to_read_when_nobody_else_speaks(layout: Layout) -> None:
    transcript = said("Ya.", LONG, pause=4.0)
    for cue in cues(transcript, layout):
        assert 1_000 <= cue.end_ms - cue.start_ms <= 7_000


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    texts = [" ".join(cue.lines) for cue in cues(said(LONG), VTT_LAYOUT)]
    assert texts[0].endswith("pergi,") or texts[0].endswith("pembangunan,")
    assert all(not text.endswith((" ke", " di", " dan", " karena")) for text in texts)


def test_lines_are_balanced() -> None:
    (cue,) = cues(said("Informasi publik adalah hak setiap warga negara kita."), SRT_LAYOUT)
    first, second = cue.lines
    assert abs(len(first) - len(second)) <= 8


def test_vtt_names_the_voice_and_escapes_what_is_markup() -> None:
    vtt = to_vtt(said("A < B & C > D.", speaker="Tim & <Co>"))
    assert vtt.startswith("WEBVTT\n\n")
    assert "<v Tim &amp; &lt;Co&gt;>A &lt; B &amp; C &gt; D." in vtt
    assert "&" not in re.sub(r"&(amp|lt|gt);", "", vtt)


def test_srt_names_a_voice_only_where_it_changes() -> None:
    def spoken(number: int, speaker: str, start: float) -> Segment:
        words = (Word(start, start + 0.5, "Baik.", 0.9),)
        return Segment(number, start, start + 0.5, "Baik.", words, speaker)

    transcript = transcript_of(
        spoken(1, "Rahma", 1.0), spoken(2, "Rahma", 3.0), spoken(3, "Budi", 5.0)
    )
    lines = [line for line in to_srt(transcript).splitlines() if "Baik" in line]
    assert lines == ["Rahma: Baik.", "Baik.", "Budi: Baik."]


def test_times_beyond_an_hour_are_written_in_hours() -> None:
    late = Segment(1, 3725.5, 3726.0, "Ya.", (Word(3725.5, 3726.0, "Ya.", 1.0),))
    transcript = transcript_of(late, duration=4000.0)
    assert "01:02:05.500 --> 01:02:06.500" in to_vtt(transcript)
    assert "01:02:05,500 --> 01:02:06,500" in to_srt(transcript)
    assert to_text(transcript) == "[1:02:05] Ya.\n"


def test_text_has_a_paragraph_for_each_voice_and_long_pause() -> None:
    one = said("Selamat pagi.", "Apa kabar?", speaker="Rahma").segments
    other = said("Baik.", speaker="Budi").segments
    moved = tuple(
        Segment(3, 3.0, 4.0, segment.text, segment.words, segment.speaker) for segment in other
    )
    text = to_text(transcript_of(*one, *moved))
    assert text == "[00:01] Rahma: Selamat pagi. Apa kabar?\n\n[00:03] Budi: Baik.\n"


def test_an_empty_transcript_is_a_valid_empty_caption_file() -> None:
    nothing = transcript_of(duration=10.0)
    assert to_vtt(nothing) == "WEBVTT\n"
    assert len(webvtt.from_string(to_vtt(nothing))) == 0
    assert (to_srt(nothing), to_text(nothing)) == ("", "")

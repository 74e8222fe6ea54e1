"""The files that people and programs read, against parsers that other people wrote."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from itertools import pairwise

import html5lib
import jsonschema
import pytest
import srt
import webvtt
from hypothesis import given, settings
from lxml import etree

from pipeline.words.captions import (
    FORMATS,
    PUBLIC_FORMATS,
    to_html,
    to_podcast_json,
    to_srt,
    to_text,
    to_vtt,
)
from pipeline.words.cues import cues
from pipeline.words.lines import VTT_LAYOUT
from pipeline.words.transcript import Segment, Transcript, Word
from tests.transcripts import said, transcript_of, transcripts

# The podcast namespace's transcripts/transcripts.md, version 1.0.0.
PODCAST_JSON = {
    "type": "object",
    "required": ["version", "segments"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "1.0.0"},
        "segments": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["startTime", "endTime", "body"],
                "additionalProperties": False,
                "properties": {
                    "speaker": {"type": "string", "minLength": 1},
                    "startTime": {"type": "number", "minimum": 0},
                    "endTime": {"type": "number", "minimum": 0},
                    "body": {"type": "string"},
                },
            },
        },
    },
}
any_transcript = given(transcript=transcripts())
a_few = settings(max_examples=25, deadline=None)


def letters(text: str) -> str:
    return "".join(text.split())


def words_of(transcript: Transcript) -> str:
    return letters("".join(segment.for_readers for segment in transcript.segments))


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@a_few
@any_transcript
def test_an_independent_parser_reads_every_vtt_back(transcript: Transcript) -> None:
    parsed = webvtt.from_string(to_vtt(transcript))
    starts = [cue.start_ms // 1000 for cue in cues(transcript, VTT_LAYOUT)]
    assert [caption.start_in_seconds for caption in parsed] == starts
    assert letters(unescaped("".join(caption.text for caption in parsed))) == words_of(transcript)


@a_few
@any_transcript
def test_an_independent_parser_reads_every_srt_back(transcript: Transcript) -> None:
    text = to_srt(transcript)
    parsed = list(srt.parse(text))
    assert [subtitle.index for subtitle in parsed] == list(range(1, len(parsed) + 1))
    assert all(before.end <= after.start for before, after in pairwise(parsed))
    for subtitle in parsed:
        assert len(subtitle.content.splitlines()) <= 2
        assert max(map(len, subtitle.content.splitlines())) <= 32
    if not any(segment.speaker for segment in transcript.segments):
        assert letters("".join(each.content for each in parsed)) == words_of(transcript)
    assert len(webvtt.from_buffer(io.StringIO(text), format="srt") if text else []) == len(parsed)


@a_few
@any_transcript
def test_the_json_is_that_of_the_podcast_namespace(transcript: Transcript) -> None:
    content = json.loads(to_podcast_json(transcript))
    jsonschema.validate(content, PODCAST_JSON)
    segments = content["segments"]
    assert all(0 <= s["startTime"] <= s["endTime"] <= transcript.duration for s in segments)
    assert letters("".join(s["body"] for s in segments)) == words_of(transcript)


@a_few
@any_transcript
def test_the_html_is_valid_and_holds_every_word_and_no_markup_of_others(
    transcript: Transcript,
) -> None:
    # A strict parser raises on the first thing that HTML does not allow.
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False, tree=LXML)
    document = parser.parse(to_html(transcript))
    names = {element.tag for element in document.getroot().iter()}
    assert names <= {"html", "head", "meta", "title", "body", "cite", "time", "p"}
    said_in_it = "".join(p.text or "" for p in document.iter("p"))
    assert letters(said_in_it) == words_of(transcript)
    times = [time.text for time in document.iter("time")]
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d", time or "") for time in times)


LXML = html5lib.getTreeBuilder("lxml", etree)


def test_html_says_who_speaks_when_and_what() -> None:
    html = to_html(said("Apakah A < B & C?", speaker="Rahma & <Co>"))
    assert "<cite>Rahma &amp; &lt;Co&gt;:</cite>\n<time>00:00:01</time>\n<p>Apakah A &lt; B" in html
    assert '<html lang="id">' in html


def test_a_segment_without_words_leaves_nothing_behind() -> None:
    silent = Segment(2, 5.0, 6.0, " \x07 ")
    transcript = transcript_of(*said("Halo.").segments, silent, duration=9.0)
    for each in FORMATS:
        assert each.write(transcript) == each.write(
            transcript_of(*transcript.segments[:1], duration=9.0)
        )


def test_every_file_that_goes_public_has_the_type_that_podcast_apps_know() -> None:
    types = {each.public_name: each.media_type for each in PUBLIC_FORMATS}
    assert types == {
        "transcript.vtt": "text/vtt",
        "transcript.srt": "application/x-subrip",
        "transcript.json": "application/json",
        "transcript.html": "text/html",
    }
    assert "transcript.json" not in [each.file_name for each in FORMATS]


def test_readers_see_what_is_written_and_listeners_hear_what_is_said() -> None:
    (spoken,) = said("anggarannya satu koma lima miliar rupiah.").segments
    written = Segment(
        **{
            **{name: getattr(spoken, name) for name in spoken.__slots__},
            "written": "Anggarannya Rp1,5 miliar.",
        }
    )
    transcript = transcript_of(written)
    for write in (to_vtt, to_srt, to_podcast_json, to_html, to_text):
        assert "Anggarannya Rp1,5 miliar." in write(transcript).replace("\n", " ")


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


@pytest.mark.parametrize(
    ("source", "speaker", "shown"),
    [
        ("track", "Rahma", "Rahma"),
        ("", "Rahma", "Rahma"),
        ("guess", "Rahma", "Rahma (?)"),
        ("model", "Rahma", "Rahma (?)"),
        ("guess", "Pembicara 2", "Pembicara 2"),
        ("guess", "", ""),
    ],
)
def test_a_name_that_is_a_guess_is_shown_as_one(source: str, speaker: str, shown: str) -> None:
    (segment,) = said("Baik.", speaker=speaker).segments
    transcript = transcript_of(replace(segment, speaker_source=source))
    assert (f"<v {shown}>" in to_vtt(transcript)) == bool(shown)
    assert (f"{shown}: Baik." in to_srt(transcript)) == bool(shown)
    assert (f"<cite>{shown}:</cite>" in to_html(transcript)) == bool(shown)
    (said_,) = json.loads(to_podcast_json(transcript))["segments"]
    assert said_.get("speaker", "") == shown
    assert "(?)" not in to_text(transcript), "there it would be an editor's change"


def test_a_turn_is_cut_where_its_speaker_is_no_longer_sure() -> None:
    sure, guessed, other = said("Baik.", "Ya.", "Lalu?", speaker="Rahma").segments
    guessed = replace(guessed, speaker_source="guess")
    html = to_html(transcript_of(sure, guessed, replace(other, speaker_source="guess")))
    assert re.findall(r"<cite>.*", html) == ["<cite>Rahma:</cite>", "<cite>Rahma (?):</cite>"]


def test_an_empty_transcript_is_a_valid_empty_caption_file() -> None:
    nothing = transcript_of(duration=10.0)
    assert to_vtt(nothing) == "WEBVTT\n"
    assert len(webvtt.from_string(to_vtt(nothing))) == 0
    assert (to_srt(nothing), to_text(nothing)) == ("", "")

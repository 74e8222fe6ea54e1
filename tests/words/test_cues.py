"""Cues can be read in time, and hold every word once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words.cues import Cue, cues
from pipeline.words.lines import SRT_LAYOUT, VTT_LAYOUT, Layout
from pipeline.words.transcript import Segment, Transcript, Word
from tests.talks import talk
from tests.transcripts import said, transcript_of, transcripts

LONG = (
    "Kalau warga tahu ke mana anggaran pergi, mereka bisa ikut menjaga pembangunan, dan karena itu "
    "kami membuka data anggaran di situs kabupaten setiap tiga bulan."
)
layouts = pytest.mark.parametrize("layout", [VTT_LAYOUT, SRT_LAYOUT, Layout(20, lines=1)])


def any_transcript(test: Callable[..., None]) -> Callable[..., None]:
    checked: Callable[..., None] = given(transcript=transcripts())(test)
    return settings(max_examples=30, deadline=None)(checked)


def letters(text: str) -> str:
    return "".join(text.split())


def shown(made: tuple[Cue, ...]) -> str:
    return letters("".join(line for cue in made for line in cue.lines))


def text_of(cue: Cue) -> str:
    return " ".join(cue.lines)


@layouts
@any_transcript
def test_no_word_is_lost_doubled_or_moved(layout: Layout, transcript: Transcript) -> None:
    made = cues(transcript, replace(layout, names=False))
    assert shown(made) == letters("".join(s.for_readers for s in transcript.segments))


@any_transcript
def test_names_are_all_that_naming_voices_adds(transcript: Transcript) -> None:
    nobody = tuple(replace(segment, speaker="") for segment in transcript.segments)
    assert cues(replace(transcript, segments=nobody), SRT_LAYOUT) == cues(
        replace(transcript, segments=nobody), replace(SRT_LAYOUT, names=False)
    )
    rest = shown(cues(transcript, SRT_LAYOUT))
    before = ""
    for segment in transcript.segments:
        if segment.speaker and segment.speaker != before:
            label = letters(f"{segment.speaker}:")
            assert rest.startswith(label)
            rest = rest.removeprefix(label)
        before = segment.speaker
        assert rest.startswith(letters(segment.for_readers))
        rest = rest.removeprefix(letters(segment.for_readers))
    assert rest == ""


@layouts
@any_transcript
def test_cues_follow_each_other_and_end_with_the_episode(
    layout: Layout, transcript: Transcript
) -> None:
    made = cues(transcript, layout)
    assert all(cue.start_ms < cue.end_ms for cue in made)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(made))
    assert all(cue.end_ms - cue.start_ms <= 7_000 for cue in made)
    if made:
        assert made[0].start_ms >= 0
        assert made[-1].end_ms <= round(transcript.duration * 1000)


@layouts
@any_transcript
def test_a_cue_fits_on_the_screen(layout: Layout, transcript: Transcript) -> None:
    for cue in cues(transcript, layout):
        assert len(cue.lines) <= layout.lines
        assert max(map(len, cue.lines)) <= layout.line_characters


@layouts
@any_transcript
def test_a_cue_leaves_only_for_the_next_before_it_could_be_read(
    layout: Layout, transcript: Transcript
) -> None:
    made = cues(transcript, layout)
    nexts = [*(cue.start_ms for cue in made), round(transcript.duration * 1000)][1:]
    for cue, following in zip(made, nexts, strict=True):
        shown_ms = cue.end_ms - cue.start_ms
        if cue.end_ms < following and shown_ms < 7_000:
            assert shown_ms >= 1_000
            assert cue.characters_per_second <= 17.1


@pytest.mark.parametrize("layout", [VTT_LAYOUT, SRT_LAYOUT])
def test_a_cue_stays_long_enough_to_read_when_nobody_else_speaks(layout: Layout) -> None:
    for cue in cues(said("Ya.", LONG, pause=4.0, each=0.5), layout):
        assert 1_000 <= cue.end_ms - cue.start_ms <= 7_000


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    texts = [text_of(cue) for cue in cues(said(LONG), VTT_LAYOUT)]
    assert texts[0].endswith("pergi,") or texts[0].endswith("pembangunan,")
    assert all(not text.endswith((" ke", " di", " dan", " karena")) for text in texts)


def test_lines_are_balanced() -> None:
    (cue,) = cues(said("Informasi publik adalah hak setiap warga negara kita."), SRT_LAYOUT)
    first, second = cue.lines
    assert abs(len(first) - len(second)) <= 8


def test_words_do_not_appear_long_before_they_are_said() -> None:
    words = (Word(1.0, 1.4, "Lalu", 0.9), Word(1.4, 1.8, "kami", 0.9), Word(4.0, 4.5, "diam.", 0.9))
    segment = Segment(1, 1.0, 4.5, "Lalu kami diam.", words)
    first, second = cues(transcript_of(segment), VTT_LAYOUT)
    assert (text_of(first), text_of(second)) == ("Lalu kami", "diam.")
    assert second.start_ms == 4_000


def test_hasty_short_sentences_of_one_voice_share_a_cue() -> None:
    (cue,) = cues(said("Ya.", "Betul.", "Begitu ceritanya.", pause=0.1), VTT_LAYOUT)
    assert text_of(cue) == "Ya. Betul. Begitu ceritanya."


def test_two_voices_never_share_a_cue() -> None:
    first = said("Ya.", speaker="Rahma").segments[0]
    second = replace(first, id=2, start=1.3, end=1.6, speaker="Budi", words=())
    made = cues(transcript_of(first, second), VTT_LAYOUT)
    assert [cue.speaker for cue in made] == ["Rahma", "Budi"]


def test_who_breaks_in_is_shown_when_it_happens_and_named_on_both_sides() -> None:
    long = said(LONG, speaker="Rahma").segments[0]
    words = (Word(4.0, 4.3, "Betul", 0.9), Word(4.3, 4.6, "sekali.", 0.9))
    short = Segment(2, 4.0, 4.6, "Betul sekali.", words, speaker="Budi")
    made = cues(transcript_of(long, short), SRT_LAYOUT)
    (at,) = (number for number, cue in enumerate(made) if cue.speaker == "Budi")
    assert made[at].start_ms == 4_000
    assert text_of(made[at]).startswith("Budi: Betul")
    assert text_of(made[at + 1]).startswith("Rahma: ")


@pytest.mark.parametrize("layout", [VTT_LAYOUT, SRT_LAYOUT])
@pytest.mark.parametrize("name", ["interview", "monologue"])
def test_speech_at_a_calm_pace_can_be_read_in_time(layout: Layout, name: str) -> None:
    made = cues(talk(name, speakers=True), layout)
    fast = [cue for cue in made if cue.characters_per_second > 17.1]
    assert len(fast) / len(made) <= 0.08


@pytest.mark.parametrize("name", ["interview", "monologue"])
def test_a_cue_comes_with_its_first_word_or_a_moment_off(name: str) -> None:
    spoken = talk(name)
    words = [word for segment in spoken.segments for word in segment.words]
    for cue in cues(spoken, VTT_LAYOUT):
        first = words[0]
        assert abs(cue.start_ms - first.start * 1000) <= 251
        assert text_of(cue).startswith(first.text)
        words = words[len(text_of(cue).split()) :]
    assert words == []


@pytest.mark.parametrize("layout", [VTT_LAYOUT, SRT_LAYOUT])
@pytest.mark.parametrize(("written", "shortest_ms"), [(12, 480), (24, 300)])
def test_what_an_editor_writes_between_words_that_touch_does_not_only_flash(
    layout: Layout, written: int, shortest_ms: int
) -> None:
    words = list(said(LONG).segments[0].words)
    at = words[9].end
    words[10:10] = [Word(at, at, text, 0.0) for text in LONG.split()[:written]]
    text = " ".join(word.text for word in words)
    segment = Segment(1, words[0].start, words[-1].end, text, tuple(words))
    made = cues(transcript_of(segment), layout)
    assert shown(made) == letters(text)
    assert min(cue.end_ms - cue.start_ms for cue in made) >= shortest_ms


def test_a_hurried_cue_takes_time_from_a_neighbour_that_has_some() -> None:
    hurried = said("Pertanggungjawaban keuangan,", speaker="Rahma", each=0.7).segments[0]
    calm = said("ya.", speaker="Budi", each=1.4).segments[0]
    (word,) = calm.words
    later = replace(calm, start=2.4, end=3.8, words=(replace(word, start=2.4, end=3.8),))
    first, second = cues(transcript_of(hurried, later), VTT_LAYOUT)
    assert second.start_ms == 2_400 + 247
    assert first.characters_per_second == pytest.approx(17.0, abs=0.05)


@st.composite
def people_talking_at_once(draw: st.DrawFn) -> Transcript:
    """Sentences that overlap in any way; each word is there once: "3.7" is the third's seventh."""
    segments = []
    for number in range(draw(st.integers(1, 6))):
        time = first = draw(st.floats(0, 20).map(lambda start: round(start, 2)))
        words = []
        for nth in range(draw(st.integers(1, 30))):
            end = round(time + draw(st.sampled_from([0.0, 0.2, 0.5, 2.0])), 2)
            words.append(Word(time, end, f"{number}.{nth}", 0.9))
            time = end
        speaker = draw(st.sampled_from(["", "Rahma", "Budi"]))
        text = " ".join(word.text for word in words)
        segments.append(Segment(number, first, time, text, tuple(words), speaker))
    segments.sort(key=lambda segment: segment.start)
    return transcript_of(*segments, duration=draw(st.sampled_from([25.0, 90.0])))


@layouts
@settings(max_examples=40, deadline=None)
@given(transcript=people_talking_at_once())
def test_nobody_who_speaks_at_the_same_time_is_lost_or_garbled(
    layout: Layout, transcript: Transcript
) -> None:
    made = cues(transcript, replace(layout, names=False))
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(made))
    assert all(0 <= cue.start_ms < cue.end_ms <= transcript.duration * 1000 for cue in made)
    said_words = [(word, cue.speaker) for cue in made for word in text_of(cue).split()]
    for segment in transcript.segments:
        own = [(word.text, segment.speaker) for word in segment.words]
        assert [each for each in said_words if each in own] == own
    assert len(said_words) == sum(len(segment.words) for segment in transcript.segments)

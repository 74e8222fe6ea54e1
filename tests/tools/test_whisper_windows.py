"""Where speech is heard, and the windows that are cut from it."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from faster_whisper.vad import get_vad_model
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper.planning import WindowPlanner, plan_windows, speech_spans
from pipeline.tools.whisper.speech import cut_out, halves, listen
from pipeline.tools.whisper.windows import (
    FRAME_SECONDS,
    SAMPLE_RATE_HZ,
    Listening,
    Numbers,
    Span,
    Window,
    unheard,
)
from pipeline.words.transcript import Word

THREE_VOICES = Path(__file__).parents[1] / "sounds" / "three-voices.ogg"
"""16.7 s of espeak-ng: “id+m3” from 1.0 s, “id+f2” from 3.9 s, “id+m8” from 13.8 s."""


@pytest.fixture(scope="module")
def voices() -> Numbers:
    return np.concatenate(list(speech_blocks(THREE_VOICES)))


def in_pieces(audio: Numbers, samples: int) -> Iterator[Numbers]:
    return (audio[first : first + samples] for first in range(0, len(audio), samples))


def test_synthetic_voices_are_heard_where_they_speak(voices: Numbers) -> None:
    spans = speech_spans(listen([voices]))
    assert [(span.start, span.end) for span in spans] == [
        (pytest.approx(start, abs=0.25), pytest.approx(end, abs=0.35))
        for start, end in [(1.0, 3.0), (3.9, 9.0), (13.8, 15.4)]
    ]


@pytest.mark.parametrize("samples", [160, 7_000, 16_000])
def test_listening_in_pieces_hears_what_the_detector_hears_in_one(
    voices: Numbers, samples: int
) -> None:
    heard = listen(in_pieces(voices, samples))
    whole = np.pad(voices, (0, -len(voices) % 512))
    assert np.array_equal(heard.speech, get_vad_model()(whole.copy()).ravel())
    assert heard.seconds == len(voices) / SAMPLE_RATE_HZ


def test_a_window_holds_exactly_its_part_of_the_audio() -> None:
    audio = np.arange(50_000, dtype=np.float32)
    windows = [Window(0.1, 0.5, ()), Window(0.5, 0.6, ()), Window(2.0, 2.5, ())]
    cut = [part for _, part in cut_out(in_pieces(audio, 700), windows)]
    assert [(part[0], len(part)) for part in cut] == [(1600, 6400), (8000, 1600), (32_000, 8000)]


def test_silence_gives_no_windows() -> None:
    quiet = np.random.default_rng(1).normal(0, 1e-4, 160_000).astype(np.float32)
    assert plan_windows(listen([quiet]), 28) == ()


def test_a_long_silence_is_left_out(voices: Numbers) -> None:
    one, other = plan_windows(listen([voices]), 28)
    assert one.end < 10 < 13 < other.start
    assert not one.unsure


def test_audible_sound_goes_to_the_model_when_no_speech_is_heard() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 320_000).astype(np.float32)
    windows = plan_windows(listen([noise]), 9)
    assert all(window.unsure for window in windows)
    assert sum(window.end - window.start for window in windows) == pytest.approx(20, abs=0.1)


def heard_as(*speech: float, loudness: float = -20.0) -> Listening:
    probabilities = np.array(speech, np.float32)
    return Listening(
        probabilities,
        np.where(probabilities > 0.3, loudness, -70).astype(np.float32),
        len(speech) * FRAME_SECONDS,
    )


def test_endless_speech_is_cut_where_it_is_quietest() -> None:
    heard = heard_as(*[0.9] * 1000)
    heard.loudness[240:246] = -35.0
    first = plan_windows(heard, 9.0)[0]
    assert first.end == pytest.approx(242.5 * FRAME_SECONDS, abs=0.1)


@pytest.mark.parametrize(("early_pause_seconds", "sentences"), [(0.5, 12), (1.2, 7)])
def test_a_window_ends_late_unless_a_much_longer_pause_comes_early(
    early_pause_seconds: float, sentences: int
) -> None:
    """Sentences of 2 s with short pauses, a longer one after the seventh."""
    pauses = [0.32] * 6 + [early_pause_seconds] + [0.32] * 8
    heard = heard_as(*(value for pause in pauses for value in _sentence_and(pause)))
    assert len(plan_windows(heard, 28.5)[0].spans) == sentences


def test_no_window_begins_where_nothing_more_is_said() -> None:
    """The quietest place of the last long stretch is the room behind its last word."""
    said = [0.95] + [0.2] * 1283 + [0.95] * 900
    last = plan_windows(heard_as(*said, *[0.0] * 7), 9.8)[-1]
    assert last.start < len(said) * FRAME_SECONDS - 0.2


def _sentence_and(pause_seconds: float) -> Iterator[float]:
    yield from [0.9] * round(2 / FRAME_SECONDS)
    yield from [0.0] * round(pause_seconds / FRAME_SECONDS)


@st.composite
def listenings(draw: st.DrawFn) -> Listening:
    runs = draw(st.lists(st.tuples(st.integers(1, 900), st.sampled_from([0.0, 0.2, 0.95]))))
    return heard_as(*(value for length, value in runs for _ in range(length)))


@settings(max_examples=80, deadline=None)
@given(heard=listenings(), longest=st.sampled_from([9.8, 29.4]))
def test_windows_hold_all_speech_in_order_and_are_short_enough(
    heard: Listening, longest: float
) -> None:
    windows = plan_windows(heard, longest)
    assert all(0 <= window.start < window.end <= heard.seconds + 1e-6 for window in windows)
    assert all(window.end - window.start <= longest + 1e-6 for window in windows)
    assert all(before.end <= after.start + 1e-6 for before, after in pairwise(windows))
    if not any(window.unsure for window in windows):
        wanted = sum(span.seconds for span in speech_spans(heard))
        given_ = sum(span.seconds for window in windows for span in window.spans)
        assert given_ == pytest.approx(wanted)


def test_the_halves_of_a_window_are_the_window(voices: Numbers) -> None:
    window = Window(10.0, 20.0, (Span(10.0, 12.0), Span(13.0, 20.0)))
    audio = voices[: 10 * SAMPLE_RATE_HZ]
    (first, before), (second, after) = halves(window, audio)
    assert (first.start, first.end, second.end) == (10.0, second.start, 20.0)
    assert np.array_equal(np.concatenate([before, after]), audio)
    assert len(before) / SAMPLE_RATE_HZ == pytest.approx(first.end - 10.0)
    assert 13.0 <= first.end <= 14.0, "in the pause between the voices"
    assert [span.start for span in (*first.spans, *second.spans)][:2] == [10.0, 13.0]


def test_speech_without_a_word_is_noticed() -> None:
    window = Window(0.0, 20.0, (Span(0.0, 8.0), Span(9.0, 20.0)))
    words = [Word(0.5, 7.5, "panjang", 0.9), Word(9.0, 12.0, "lalu", 0.9)]
    ((start, end),) = unheard([window], words)
    assert (start, end) == (pytest.approx(12.0, abs=0.1), pytest.approx(20.0, abs=0.1))


@settings(max_examples=80, deadline=None)
@given(heard=listenings(), longest=st.sampled_from([9.8, 29.4]), frames=st.integers(1, 700))
def test_windows_are_the_same_however_the_recording_comes_in(
    heard: Listening, longest: float, frames: int
) -> None:
    def planned(piece: int) -> list[Window]:
        planner = WindowPlanner(longest)
        windows: list[Window] = []
        for first in range(0, len(heard.speech), piece):
            part = slice(first, first + piece)
            for window in planner.add(heard.speech[part], heard.loudness[part]):
                assert window.end <= planner.begin + 1e-6
                windows.append(window)
        return [*windows, *planner.finish(heard.seconds)]

    assert planned(frames) == planned(max(1, len(heard.speech)))


def talk_without_long_pauses(chance: random.Random, seconds: float) -> Iterator[float]:
    """How likely speech is, frame by frame: phrases of 1 to 6 s, pauses below 3 s."""
    for _ in range(round(seconds / 4)):
        yield from [0.9] * round(chance.uniform(1, 6) / FRAME_SECONDS)
        yield from [0.0] * round(min(0.2 + chance.expovariate(2), 2.9) / FRAME_SECONDS)


def test_where_a_span_is_replaced_windows_are_soon_cut_as_before() -> None:
    changed: list[int] = []
    for seed in range(25):
        chance = random.Random(seed)
        before = list(talk_without_long_pauses(chance, 900))
        span = list(talk_without_long_pauses(chance, 20))
        after = [*before[:9_000], *span, *before[9_000 + len(span) :]]
        known = set(plan_windows(heard_as(*before), 29.4))
        windows = plan_windows(heard_as(*after), 29.4)
        assert len(windows) > 30
        changed.append(sum(window not in known for window in windows))
    assert statistics.median(changed) <= 3
    assert max(changed) <= 15

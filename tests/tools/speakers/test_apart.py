"""Voices told apart by the levels of their microphones or channels: real speech in a made room."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from pipeline.tools.speakers.activity import without_gaps
from pipeline.tools.speakers.apart import heard_apart
from pipeline.tools.speakers.assigning import Spoken, assign
from pipeline.tools.speakers.evidence import Evidence
from pipeline.words.transcript import Flag, Segment, SpeakerSource, Word
from tests.conversations import channels, microphones, panned, said, tracks, turns, voices
from tests.signals import RATE, Signal, musiclike


def _spoken(evidence: Evidence, overlap: float = 0.0) -> tuple[Spoken, ...]:
    activity = heard_apart(evidence)
    assert activity is not None
    assert evidence.source is not None
    return assign(said(overlap), activity, evidence.source)


def _speaker_at(seconds: float, overlap: float = 0.0) -> int:
    """Whose turn is nearest to a moment."""
    return min(turns(overlap), key=lambda t: max(t[1] - seconds, seconds - t[2], 0))[0]


def _right(spoken: tuple[Spoken, ...]) -> float:
    pairs = [
        each.voice == _speaker_at((word.start + word.end) / 2)
        for each in spoken
        for word in each.segment.words
    ]
    return sum(pairs) / len(pairs)


def _sources(spoken: tuple[Spoken, ...]) -> set[str]:
    return {each.segment.speaker_source for each in spoken}


_ROOMS: dict[str, dict[str, Any]] = {
    "apart": {"bleed_db": -60.0, "noise_db": -80.0},
    "headsets": {"bleed_db": -25.0},
    "a table": {"bleed_db": -10.0},
    "close together": {"bleed_db": -4.0},
    "one microphone turned up": {"gains_db": (0.0, 12.0)},
    "one up and one down": {"gains_db": (10.0, -10.0)},
    "noise": {"noise_db": -42.0},
}


@pytest.mark.parametrize("room", _ROOMS)
def test_each_word_goes_to_the_microphone_of_whoever_says_it(room: str) -> None:
    spoken = _spoken(tracks(*microphones(voices(), **_ROOMS[room])))
    print(f"{room}: {_right(spoken):.1%} of the words have the right speaker")
    assert _right(spoken) == 1.0
    assert _sources(spoken) == {SpeakerSource.TRACK}
    assert not any(each.segment.flags for each in spoken)


def test_in_much_noise_nobody_is_named_with_certainty_who_did_not_speak() -> None:
    for each in _spoken(tracks(*microphones(voices(), noise_db=-30.0))):
        if each.segment.speaker_source == SpeakerSource.TRACK:
            assert each.voice == _speaker_at((each.segment.start + each.segment.end) / 2)


def test_who_talks_over_another_is_flagged_there_and_nowhere_else() -> None:
    overlap = 1.5
    spoken = _spoken(tracks(*microphones(voices(overlap), bleed_db=-20.0)), overlap)
    several = [(first, last) for (_, _, last), (_, first, _) in _neighbours(overlap)]
    flagged = [each.segment for each in spoken if Flag.OVERLAP in each.segment.flags]
    assert all(any(_touches(segment, span) for segment in flagged) for span in several)
    assert all(any(_touches(segment, span) for span in several) for segment in flagged)
    activity = heard_apart(tracks(*microphones(voices(overlap), bleed_db=-20.0)))
    assert activity is not None
    found = without_gaps(activity.active).sum(axis=1) > 1
    truth = np.zeros(len(found), bool)
    for first, last in several:
        truth[round(first * 50) : round(last * 50)] = True
    recall, precision = (found & truth).sum() / truth.sum(), (found & truth).sum() / found.sum()
    print(f"overlap of two voices: {recall:.0%} of it found, {precision:.0%} of what is found")
    assert recall > 0.6
    assert precision > 0.8


def _neighbours(overlap: float) -> list[tuple[tuple[int, float, float], ...]]:
    placed = turns(overlap)
    return list(pairwise(placed))


def _touches(segment: Segment, span: tuple[float, float]) -> bool:
    return segment.start < span[1] + 0.3 and segment.end > span[0] - 0.3


def test_a_microphone_that_nobody_uses_takes_no_words() -> None:
    host, guest = microphones(voices())
    everybody = np.stack([voices().sum(axis=0), np.zeros(voices().shape[1])])
    near, far = microphones(everybody)
    assert {each.voice for each in _spoken(tracks(near, far))} == {0}
    assert _right(_spoken(tracks(host, guest, np.zeros(len(host))))) == 1.0


def test_somebody_who_says_only_one_sentence_is_still_heard() -> None:
    host, guest = voices().copy()
    guest[: round(26.0 * RATE)] = 0
    guest[round(30.0 * RATE) :] = 0
    spoken = _spoken(tracks(*microphones(np.stack([host, guest]))))
    assert {each.voice for each in spoken if 26 < each.segment.start < 28} == {1}


@pytest.mark.parametrize("apart_db", [30.0, 12.0, 6.0, 4.5])
def test_panned_voices_are_told_apart(apart_db: float) -> None:
    spoken = _spoken(channels(panned(voices(), apart_db)))
    assert _right(spoken) == 1.0
    assert _sources(spoken) == {SpeakerSource.CHANNEL}


def _talk() -> Signal:
    return voices().sum(axis=0)


def _music() -> Signal:
    music = np.zeros_like(voices())
    music[:, : 40 * RATE] = musiclike(40, -30).T
    return music


_ORDINARY_STEREO: dict[str, Callable[[], Signal]] = {
    "mono on both channels": lambda: np.stack([_talk(), _talk()]),
    "a pair of microphones": lambda: microphones(np.stack([_talk(), _talk()]), bleed_db=-3.0),
    "music in stereo under the talk": lambda: _talk() + _music(),
    "music alone": _music,
    "one channel dead": lambda: np.stack([_talk(), np.zeros_like(_talk())]),
    "hardly panned": lambda: panned(voices(), 1.5),
    "silence": lambda: np.zeros_like(voices()),
    "noise": lambda: np.random.default_rng(1).standard_normal((2, 40 * RATE)) * 0.01,
}


@pytest.mark.parametrize("name", _ORDINARY_STEREO)
def test_ordinary_stereo_tells_nothing(name: str) -> None:
    assert heard_apart(channels(_ORDINARY_STEREO[name]())) is None


def test_one_voice_tells_nothing() -> None:
    assert heard_apart(channels(voices()[:1])) is None
    assert heard_apart(tracks(voices()[0])) is None


def test_a_word_does_not_flip_inside_a_sentence_without_strong_evidence() -> None:
    evidence = tracks(*microphones(voices()))
    activity = heard_apart(evidence)
    assert activity is not None
    activity.foremost[100:106] = [False, True]  # a cough of 120 ms into the guest's microphone
    whole = assign(said()[:1], activity, SpeakerSource.TRACK)
    assert [each.voice for each in whole] == [0]
    activity.foremost[100:150] = [False, True]
    activity.active[100:150] = [False, True]
    parts = assign(said()[:1], activity, SpeakerSource.TRACK)
    assert [each.voice for each in parts] == [0, 1, 0]
    assert [each.segment.id for each in parts] == [1, 2, 3]
    assert sum((each.segment.words for each in parts), ()) == said()[0].words


def test_where_no_microphone_hears_anybody_no_speaker_is_named() -> None:
    evidence = tracks(*microphones(voices()))
    activity = heard_apart(evidence)
    assert activity is not None
    jingle = Segment(9, 300.0, 300.4, "Etam!", (Word(300.0, 300.4, "Etam!", 0.9),))
    (last,) = assign([jingle], activity, SpeakerSource.TRACK)
    assert last.voice is None
    assert last.segment.speaker_source == ""


def test_three_people_at_three_microphones() -> None:
    host, second = voices()
    third = second.copy()
    third[: round(26 * RATE)] = 0
    second = second - third
    people = np.stack([host, second, third])
    noise = np.random.default_rng(2).standard_normal(people.shape) * 1e-3
    spoken = _spoken(tracks(*people + 0.15 * (people.sum(axis=0) - people) + noise))
    assert [each.voice for each in spoken] == [0, 1, 0, 2, 0]

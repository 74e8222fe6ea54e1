"""The guess by sound: right on two synthetic voices, and one voice stays one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.tools.audio.samples import Samples
from pipeline.tools.speakers.guessing import guessed
from pipeline.words.transcript import Word
from tests.conversations import GUEST, said, turns, voices
from tests.signals import RATE, Signal


def _speech(signal: Signal) -> Iterator[Samples]:
    """Samples at 48 kHz as the speech file's: 16 kHz in pieces of ten seconds."""
    thirds = signal[: len(signal) // 3 * 3].reshape(-1, 3).mean(axis=1).astype(np.float32)
    for at in range(0, len(thirds), 160_000):
        yield thirds[at : at + 160_000]


def _words(*who: int) -> list[Word]:
    return [
        word
        for segment, (speaker, _, _) in zip(said(), turns(), strict=True)
        if speaker in who
        for word in segment.words
    ]


def test_two_voices_are_told_apart_by_their_sound() -> None:
    found = guessed(_words(0, 1), _speech(voices().sum(axis=0)))
    seconds = {(mine, theirs): 0.0 for mine in range(6) for theirs in (0, 1)}
    for turn in found:
        middle = (turn.start + turn.end) / 2
        owner = min(turns(), key=lambda t: max(t[1] - middle, middle - t[2], 0))[0]
        seconds[turn.voice, owner] += turn.end - turn.start
    best = max(seconds[a, 0] + seconds[b, 1] for a in range(6) for b in range(6) if a != b)
    wrong = 1 - best / sum(seconds.values())
    print(f"guessed by sound: {wrong:.1%} of the speech has the wrong speaker")
    assert wrong < 0.05
    assert {turn.voice for turn in found} == {0, 1}


def test_one_voice_stays_one() -> None:
    for who in (0, 1):
        assert {turn.voice for turn in guessed(_words(who), _speech(voices()[who]))} == {0}


def test_the_same_sound_gives_the_same_guess() -> None:
    sound = voices().sum(axis=0)
    assert guessed(_words(0, 1), _speech(sound)) == guessed(_words(0, 1), _speech(sound))


def test_hardly_any_speech_is_one_voice() -> None:
    assert guessed([], []) == ()
    (turn,) = guessed([Word(0.2, 0.6, GUEST, 0.9)], _speech(voices()[0][:RATE]))
    assert turn.voice == 0

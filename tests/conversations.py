"""Two people in a room, each with a microphone that also hears the other, made of the sample."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

import numpy as np

from pipeline.tools.audio.decoding import decoded
from pipeline.tools.audio.levels import LevelMeter, side_by_side
from pipeline.tools.speakers.evidence import Evidence, evidence_of
from pipeline.words.transcript import Segment, Word
from tests.acceptance.recordings import shipped_recording
from tests.signals import RATE, Signal
from tests.talks import DEMO_SCRIPT

HOST, GUEST = "Rahma Yuliani", "Budi Santoso"
PEOPLE = (HOST, GUEST)
SECONDS = 45.0
# Who speaks from when to when in the shipped recording: 0 is the host, 1 the guest.
TURNS = (
    (0, 0.41, 13.27), (1, 14.01, 21.71), (0, 22.23, 25.91), (1, 26.68, 40.9), (0, 41.38, 44.42),
)  # fmt: skip
_ECHOES = 25
_EDGE_SECONDS = 0.15


@cache
def voices(overlap_seconds: float = 0.0) -> Signal:
    """Each voice by itself, shape (2, n): the shipped recording's first 45 s.

    With an overlap each turn begins so long before the one before it ends.
    """
    (sound,) = np.concatenate(list(decoded(shipped_recording(), 1))).T.astype(np.float64)
    apart = np.zeros((2, round((SECONDS + 1) * RATE)))
    for (who, first, last), (_, start, _) in zip(TURNS, turns(overlap_seconds), strict=True):
        said = sound[round((first - _EDGE_SECONDS) * RATE) : round((last + _EDGE_SECONDS) * RATE)]
        at = round((start - _EDGE_SECONDS) * RATE)
        apart[who, at : at + len(said)] += said
    return apart


def turns(overlap_seconds: float = 0.0) -> tuple[tuple[int, float, float], ...]:
    """Who speaks from when to when in `voices`."""
    if not overlap_seconds:
        return TURNS
    placed, at = [], TURNS[0][1]
    for who, first, last in TURNS:
        placed.append((who, at, at + last - first))
        at = placed[-1][2] - overlap_seconds
    return tuple(placed)


def microphones(
    voices: Signal,
    *,
    bleed_db: float = -15.0,
    gains_db: Sequence[float] = (0.0, 0.0),
    noise_db: float = -60.0,
) -> Signal:
    """What each one's microphone hears: the own voice, the other's late and with the room in it,
    and noise; shape (2, n)."""
    random = np.random.default_rng(7)
    heard = []
    for one, other, gain in zip(voices, voices[::-1], gains_db, strict=True):
        sound = one + _through_the_room(other, random) * 10 ** (bleed_db / 20)
        sound = sound + random.standard_normal(len(sound)) * 10 ** (noise_db / 20)
        heard.append(sound * 10 ** (gain / 20))
    return np.stack(heard)


def panned(voices: Signal, apart_db: float) -> Signal:
    """Both voices on two channels, each quieter on the other's side; shape (2, n)."""
    quieter = 10 ** (-apart_db / 20)
    noise = np.random.default_rng(8).standard_normal(voices.shape) * 1e-3
    return voices + quieter * voices[::-1] + noise


def tracks(*signals: Signal) -> Evidence:
    """The evidence normalize keeps of recordings that sound together."""
    meters = [LevelMeter(together=True) for _ in signals]
    for meter, signal in zip(meters, signals, strict=True):
        _listen(meter, signal[None])
    names = tuple(f"track-{number}.wav" for number, _ in enumerate(signals, start=1))
    return evidence_of(side_by_side([m.levels() for m in meters]), names, 0.0, SECONDS)


def channels(signal: Signal) -> Evidence:
    """The evidence normalize keeps of one recording with several channels, shape (channels, n)."""
    meter = LevelMeter()
    _listen(meter, signal)
    return evidence_of(meter.levels(), (), 0.0, SECONDS)


def said(overlap_seconds: float = 0.0) -> tuple[Segment, ...]:
    """Words at a speaking pace in all turns, without speakers: what a transcriber hands over."""
    return tuple(
        _sentence(number, start, end)
        for number, (_, start, end) in enumerate(turns(overlap_seconds), start=1)
    )


def share_of_right_words(segments: Sequence[Segment]) -> float:
    """Of the words that the transcriber understood, how many have the script's speaker."""
    said = [(word, who) for who, text in _script() for word in _bare(text)]
    heard = [(word, s.speaker) for s in segments for word in _bare(s.text)]
    matcher = SequenceMatcher(None, [w for w, _ in said], [w for w, _ in heard], autojunk=False)
    pairs = [
        said[block.a + k][1] == heard[block.b + k][1]
        for block in matcher.get_matching_blocks()
        for k in range(block.size)
    ]
    assert len(pairs) > 0.7 * len(heard), "the model did not understand enough to judge"
    return sum(pairs) / len(pairs)


def _sentence(number: int, start: float, end: float) -> Segment:
    starts = np.arange(start, end - 0.3, 0.4)
    words = tuple(Word(float(at), float(at) + 0.35, "kata", 0.9) for at in starts)
    return Segment(number, words[0].start, words[-1].end, " ".join(w.text for w in words), words)


def _listen(meter: LevelMeter, signal: Signal) -> None:
    for at in range(0, signal.shape[1], 1000):
        meter.add(signal[:, at : at + 1000].T.astype(np.float32))


def _through_the_room(voice: Signal, random: np.random.Generator) -> Signal:
    """A voice 5 ms later, half of it reflected by the room; as loud as before."""
    heard = np.zeros_like(voice)
    delays = np.sort(random.integers(RATE // 150, RATE // 4, _ECHOES))
    strengths = random.standard_normal(_ECHOES) * np.exp(-6.9 * delays / (RATE / 4))
    strengths *= 0.7 / np.linalg.norm(strengths)
    for delay, strength in ((RATE // 200, 0.7), *zip(delays, strengths, strict=True)):
        heard[delay:] += strength * voice[:-delay]
    return heard


def _script() -> list[tuple[str, str]]:
    lines = DEMO_SCRIPT.read_text(encoding="utf-8").splitlines()
    return [(who, text) for who, _, text in (line.partition(":") for line in lines)]


def _bare(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text.lower())

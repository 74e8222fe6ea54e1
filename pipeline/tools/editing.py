"""Editing sound with pydub: crossfades and fades of short pieces."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np

from pipeline.ground.files import replacing
from pipeline.tools.audio.samples import RATE_HZ, Samples

with warnings.catch_warnings():
    # pydub looks for an ffmpeg program, which it does not need for samples in memory.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.generators import Sine

_FULL_SCALE = 2.0**31 - 1
_HEADROOM = 0.25  # two pieces on top of each other must stay below full scale


def crossfaded(first: Samples, second: Samples, seconds: float) -> Samples:
    """`first` running into `second`, the end of one over the start of the other."""
    overlap_ms = int(min(seconds, _seconds(first), _seconds(second)) * 1000)
    peak = _peak(first, second)
    joined = _segment(first, peak).append(_segment(second, peak), crossfade=overlap_ms)
    return _samples(joined, peak)


def faded_in(samples: Samples, seconds: float) -> Samples:
    """`samples` that rise from silence over their first `seconds`."""
    peak = _peak(samples)
    length_ms = int(min(seconds, _seconds(samples)) * 1000)
    return _samples(_segment(samples, peak).fade_in(length_ms), peak)


def faded_out(samples: Samples, seconds: float) -> Samples:
    """`samples` that sink to silence over their last `seconds`."""
    peak = _peak(samples)
    length_ms = int(min(seconds, _seconds(samples)) * 1000)
    return _samples(_segment(samples, peak).fade_out(length_ms), peak)


# A pentatonic phrase on a soft mallet: start in ms and Hz of each note.
_PHRASE = ((0, 293.66), (260, 369.99), (520, 440.0), (780, 587.33), (1300, 440.0), (1560, 739.99))
_PARTIALS = ((1.0, -14.0, 1400), (2.0, -26.0, 900), (4.0, -30.0, 300))  # times Hz, dBFS, ms


def write_sting(path: Path) -> None:
    """A sting of 3.5 s in our own notes, as a 48 kHz stereo WAV: a start for a new show."""
    music = AudioSegment.silent(3500, frame_rate=RATE_HZ).set_channels(2)
    for start_ms, hz in _PHRASE:
        for times, level_db, length_ms in _PARTIALS:
            tone = Sine(hz * times, sample_rate=RATE_HZ).to_audio_segment(length_ms, level_db)
            struck = tone.fade_in(6).fade(to_gain=-60, start=6, duration=length_ms - 6)
            music = music.overlay(struck, position=start_ms)
    with replacing(path) as file:
        music.fade_out(400).export(file, format="wav")


def _segment(samples: Samples, peak: float) -> AudioSegment:
    scaled = samples.astype(np.float64) * (_FULL_SCALE * _HEADROOM / peak)
    return AudioSegment(
        data=np.rint(scaled).astype("<i4").tobytes(),
        sample_width=4,
        frame_rate=RATE_HZ,
        channels=samples.shape[1],
    )


def _samples(segment: AudioSegment, peak: float) -> Samples:
    whole = np.frombuffer(segment.raw_data, "<i4").reshape(-1, segment.channels)
    return (whole * (peak / _FULL_SCALE / _HEADROOM)).astype(np.float32)


def _peak(*pieces: Samples) -> float:
    return max((float(np.abs(p).max()) for p in pieces if len(p)), default=0.0) or 1.0


def _seconds(samples: Samples) -> float:
    return len(samples) / RATE_HZ

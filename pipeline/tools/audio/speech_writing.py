"""Writing what the transcriber hears: 16 kHz mono that changes only where the recording does.

What was heard is kept by the digest of its samples, so they are taken from before mastering: its
gain follows from all of the recording, and one sentence less would change every sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pipeline.ground.progress import part_of
from pipeline.ground.stage import Report
from pipeline.tools.audio.flac import SpeechFile
from pipeline.tools.audio.programme import Programme
from pipeline.tools.audio.samples import Voice
from pipeline.tools.audio.speech_grid import on_the_grid, quiet_moments
from pipeline.tools.mp3 import DELAY_MOMENTS
from pipeline.words.loudness import Loudness

# Loud enough for the detector of speech, with room for most peaks; what is beyond is clipped.
_ABOUT_LUFS = -20.0
_DECIBELS_A_BIT = 6.02


def write_speech(programme: Programme, recorded: Loudness, path: Path, report: Report) -> None:
    """Write the programme as a 16 kHz mono FLAC file on the time line of the MP3.

    It starts with as much silence as a player of the MP3 hears before the first sample. `recorded`
    is the loudness of the recordings. Raises what `SpeechFile` raises.
    """
    louder = _whole_bits(recorded.integrated_lufs)
    quiet = quiet_moments(_voice(programme, louder, part_of(report, 0.0, 0.5)))
    voice = _voice(programme, louder, part_of(report, 0.5, 1.0))
    with SpeechFile(path) as speech:
        for block in on_the_grid(voice, quiet, DELAY_MOMENTS + programme.moments):
            speech.write(block)


def _whole_bits(lufs: float) -> float:
    """The gain in steps of 6 dB, so that an edit hardly ever comes to another."""
    return float(2.0 ** round((_ABOUT_LUFS - lufs) / _DECIBELS_A_BIT))


def _voice(programme: Programme, louder: float, report: Report) -> Iterator[Voice]:
    yield np.zeros(DELAY_MOMENTS, np.float32)
    moments = 0
    for block in programme.blocks():
        first, *others = block.T
        yield sum(others, first) * np.float32(louder / block.shape[1])
        moments += len(block)
        report(moments / programme.moments)

"""Arranging: silent ends cut off, stings put on with a crossfade, the end faded out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline.tools.audio.decoding import UndecodableError, decoded
from pipeline.tools.audio.gathering import Gathered
from pipeline.tools.audio.loudness import measure
from pipeline.tools.audio.programme import Programme, whole, without_silent_ends
from pipeline.tools.audio.samples import RATE_HZ, Blocks, Samples, amplitude
from pipeline.tools.editing import crossfaded, faded_out
from pipeline.words.errors import SetupProblem

_LONGEST_STING_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is to be done at the ends of an episode."""

    trim_silence: bool = False
    intro: Path | None = None
    outro: Path | None = None
    crossfade_seconds: float = 0.0
    fade_out_seconds: float = 0.0


def arranged(gathered: Gathered, wanted: Arrangement) -> Programme:
    """The programme that listeners hear; only the edited ends are in memory.

    Raises SetupProblem for a sting that cannot be used.
    """
    programme = whole(gathered.spool)
    if wanted.trim_silence:
        lufs = gathered.loudness.integrated_lufs
        programme = without_silent_ends(programme, gathered.levels_dbfs, lufs)
    seconds = min(wanted.crossfade_seconds, programme.seconds / 2)
    if wanted.intro is not None:
        head, programme = programme.head(seconds)
        opening = crossfaded(_sting(wanted.intro, gathered), head, seconds)
        programme = replace(programme, opening=opening)
    if wanted.outro is not None:
        tail, programme = programme.tail(seconds)
        closing = crossfaded(tail, _sting(wanted.outro, gathered), seconds)
        programme = replace(programme, closing=closing)
    return _faded_out(programme, wanted.fade_out_seconds)


def _faded_out(programme: Programme, seconds: float) -> Programme:
    if not seconds:
        return programme
    if programme.closing is None:
        closing, programme = programme.tail(seconds)
    else:
        closing = programme.closing
    return replace(programme, closing=faded_out(closing, seconds))


def _sting(path: Path, gathered: Gathered) -> Samples:
    """A sting as loud as the conversation."""
    channels = gathered.spool.channels
    try:
        blocks = list(_first_seconds(decoded(path, channels), path))
    except UndecodableError as error:
        raise SetupProblem(
            f"The sting {path.name} cannot be read: {path}.",
            "Correct `intro` or `outro` under [audio] in feed/show.toml, or put the file there.",
            str(error),
        ) from error
    sting = np.concatenate([*blocks, np.zeros((0, channels), np.float32)])
    own = measure(blocks, channels, true_peak=False).integrated_lufs
    if own == float("-inf"):
        return sting
    return sting * np.float32(amplitude(gathered.loudness.integrated_lufs - own))


def _first_seconds(blocks: Blocks, path: Path) -> Iterator[Samples]:
    moments = 0
    for block in blocks:
        moments += len(block)
        if moments > _LONGEST_STING_SECONDS * RATE_HZ:
            raise SetupProblem(
                f"The sting {path.name} is longer than {_LONGEST_STING_SECONDS:.0f} s.",
                "Use a shorter one.",
            )
        yield block

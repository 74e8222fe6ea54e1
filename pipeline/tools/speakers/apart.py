"""Who speaks, by microphones: each hears its owner best, and the others from afar.

A microphone's owner speaks when it is clearly louder than its own noise, and clearly louder than
what the others bleed into it. How much they bleed is read from the recording itself: the level
difference of two microphones has one peak while the one's owner speaks, and one while the other's
does. Microphones set to different gains shift both peaks alike and so do no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.tools.audio.levels import Levels, decibels_of
from pipeline.tools.speakers.activity import Activity
from pipeline.tools.speakers.evidence import Evidence
from pipeline.words.transcript import SpeakerSource

Decibels: TypeAlias = npt.NDArray[np.float32]
"""Shape (windows, voices) or (windows,)."""

_SMOOTHED_WINDOWS = 5
_OVER_NOISE_DB = 8.0
_CLEARLY_DB = 6.0
_CLEARLY_ABOVE_BLEED_DB = 9.0
# A gate or a noise reduction leaves nothing in the pauses; what lies so far below is noise to us.
_DEEPEST_FLOOR_DB = 45.0
_UNKNOWN_BLEED_DB = -6.0
_LEAST_GAP_DB = 6.0
_LARGE_GAP_DB = 14.0
_SHARE_OF_LARGE_GAP = 0.4
_LEAST_OFF_CENTRE_DB = 2.0
_LEAST_WINDOWS = 100  # two seconds


@dataclass(frozen=True, slots=True)
class _Peaks:
    """Where the level difference of two voices lies while the second and the first speak, in dB."""

    low: float
    high: float

    @property
    def gap(self) -> float:
        return self.high - self.low


def heard_apart(evidence: Evidence) -> Activity | None:
    """Who speaks when, by the levels of tracks or channels; None when these do not tell.

    The two channels of ordinary stereo differ here and there, but have one middle: they tell
    nothing. Tracks are microphones because a person recorded them apart.
    """
    if evidence.source is None or not evidence.levels.size:
        return None
    levels = _smoothed(evidence.levels)
    floors = _noise_floors(levels)
    levels = np.maximum(levels, floors)
    if evidence.source is SpeakerSource.CHANNEL and not _is_panned(levels, floors):
        return None
    active = _active(levels, floors)
    loudest = np.where(active, levels, -np.inf)
    foremost = active & (loudest == loudest.max(axis=1, keepdims=True))
    return Activity(evidence.begins_seconds, active, foremost)


def _smoothed(levels: Levels) -> Decibels:
    """Levels in dBFS over 100 ms: longer than the way of sound through a room."""
    powers = np.power(10.0, decibels_of(levels) / 10)
    kernel = np.ones(_SMOOTHED_WINDOWS) / _SMOOTHED_WINDOWS
    means = [np.convolve(column, kernel, mode="same") for column in powers.T]
    return np.asarray(10 * np.log10(np.maximum(np.stack(means, axis=1), 1e-13)), np.float32)


def _noise_floors(levels: Decibels) -> Decibels:
    quiet, loud = np.percentile(levels, [5, 99.5], axis=0)
    return np.asarray(np.maximum(quiet, loud - _DEEPEST_FLOOR_DB), np.float32)


def _active(levels: Decibels, floors: Decibels) -> npt.NDArray[np.bool_]:
    sounding = levels >= floors + _OVER_NOISE_DB
    active = sounding.copy()
    voices = levels.shape[1]
    for one in range(voices):
        for other in range(voices):
            if one != other:
                either = sounding[:, one] | sounding[:, other]
                difference = levels[:, one] - levels[:, other]
                active[:, one] &= difference >= _least_difference(difference[either])
    return active


def _least_difference(difference: Decibels) -> float:
    """How much louder than another a voice must be to be more than the other's bleed, in dB."""
    peaks = _two_peaks(difference)
    if peaks and (peaks.gap >= _LARGE_GAP_DB or not _is_filled(difference, peaks)):
        # Where microphones hear each other well, nothing between the peaks means both speak.
        share = _SHARE_OF_LARGE_GAP if peaks.gap >= _LARGE_GAP_DB else 0.5
        return peaks.low + min(_CLEARLY_ABOVE_BLEED_DB, share * peaks.gap)
    # One of the two hardly speaks: the only peak is the bleed of the one who does.
    middle = float(np.median(difference)) if len(difference) else 0.0
    if abs(middle) < _CLEARLY_DB:
        return _CLEARLY_DB
    return (middle if middle < 0 else _UNKNOWN_BLEED_DB) + _CLEARLY_DB


def _two_peaks(difference: Decibels) -> _Peaks | None:
    """The two peaks of a distribution with a valley between them, or None."""
    if len(difference) < 2 * _LEAST_WINDOWS:
        return None
    low, high = (float(edge) for edge in np.percentile(difference, [1, 99]))
    for _ in range(20):
        is_high = difference > (low + high) / 2
        if is_high.all() or not is_high.any():
            return None
        low, high = float(difference[~is_high].mean()), float(difference[is_high].mean())
    peaks = _Peaks(low, high)
    least = min(np.count_nonzero(is_high), np.count_nonzero(~is_high))
    if peaks.gap < _LEAST_GAP_DB or least < _LEAST_WINDOWS:
        return None
    return peaks


def _is_filled(difference: Decibels, peaks: _Peaks) -> bool:
    """Whether there is no valley: as much in the middle third as around the smaller peak."""

    def around(centre: float) -> int:
        return int(np.count_nonzero(np.abs(difference - centre) < peaks.gap / 6))

    middle = around((peaks.low + peaks.high) / 2)
    return 2 * middle > min(around(peaks.low), around(peaks.high))


def _is_panned(levels: Decibels, floors: Decibels) -> bool:
    """Whether two channels are each the louder one for a while, with a valley between."""
    sounding = levels >= floors + _OVER_NOISE_DB
    return any(
        _has_two_sides((levels[:, one] - levels[:, other])[sounding[:, one] | sounding[:, other]])
        for one, other in combinations(range(levels.shape[1]), 2)
    )


def _has_two_sides(difference: Decibels) -> bool:
    peaks = _two_peaks(difference)
    return (
        peaks is not None
        and peaks.low < -_LEAST_OFF_CENTRE_DB
        and peaks.high > _LEAST_OFF_CENTRE_DB
        and not _is_filled(difference, peaks)
    )

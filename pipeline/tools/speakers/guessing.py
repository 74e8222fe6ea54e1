"""Who speaks, guessed from the sound of the voices alone: no model, and no certainty.

Phrases are described by the mean and the covariance of their cepstra, and those most alike are
joined until the Bayesian information criterion finds no two that are one voice (Chen and
Gopalakrishnan, 1998). numpy alone does this in a hundred lines; scikit-learn would weigh 30 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.tools.audio.flac import SPEECH_RATE_HZ
from pipeline.tools.audio.samples import Samples
from pipeline.tools.speakers.activity import Turn
from pipeline.words.segments import ends_sentence
from pipeline.words.transcript import Word

_Numbers: TypeAlias = npt.NDArray[np.float64]

_HOP = 160
_FRAME = 400
_FOURIER = 512
_FILTERS = 26
_CEPSTRA = 16
_PAUSE_SECONDS = 0.25
_LONGEST_PHRASE_SECONDS = 6.0
# Of a phrase from which a voice can be learned; shorter ones go to the likeliest voice.
_LEAST_FRAMES = 120
_MOST_LEARNED_FROM = 400
_MOST_VOICES = 6
# What a further voice must explain, in units of the criterion: below 2 one voice falls apart.
_STRICTNESS = 2.5
_LEAST_SHARE = 0.03


def guessed(words: Sequence[Word], blocks: Iterable[Samples]) -> tuple[Turn, ...]:
    """A turn for each phrase of the words; `blocks` is the speech file, 16 kHz mono in pieces.

    The same sound and words give the same turns.
    """
    phrases = list(_phrases(words))
    sums = _summed(phrases, blocks)
    enough = np.flatnonzero(sums.frames >= _LEAST_FRAMES)
    if len(enough) < 2:
        return tuple(Turn(start, end, 0) for start, end in phrases)
    longest = enough[np.argsort(-sums.frames[enough], kind="stable")][:_MOST_LEARNED_FROM]
    voices = _voices(sums.only(np.sort(longest)))
    owners = _likeliest(sums, voices)
    return tuple(Turn(*phrase, int(who)) for phrase, who in zip(phrases, owners, strict=True))


@dataclass(frozen=True, slots=True)
class _Sums:
    """For each phrase or voice: how many frames, their sum, and the sum of their squares."""

    frames: _Numbers
    first: _Numbers
    second: _Numbers

    def only(self, chosen: npt.NDArray[np.intp]) -> _Sums:
        return _Sums(self.frames[chosen], self.first[chosen], self.second[chosen])

    def plus(self, other: _Sums) -> _Sums:
        return _Sums(
            self.frames + other.frames, self.first + other.first, self.second + other.second
        )

    def covariances(self, floor: _Numbers) -> _Numbers:
        """A little of all voices' covariance in each keeps those of short phrases invertible."""
        count = np.maximum(self.frames, 1)[..., None, None]
        means = self.first / count[..., 0]
        return self.second / count - means[..., :, None] * means[..., None, :] + floor

    def scatter(self, floor: _Numbers) -> _Numbers:
        """Frames times the logarithm of the volume they fill."""
        _, volumes = np.linalg.slogdet(self.covariances(floor))
        return np.asarray(self.frames * volumes)


def _phrases(words: Sequence[Word]) -> Iterator[tuple[float, float]]:
    """Start and end of what is said in one breath."""
    first = 0
    for index, (word, following) in enumerate(pairwise(words), start=1):
        pause = following.start - word.end >= _PAUSE_SECONDS
        too_long = following.end - words[first].start > _LONGEST_PHRASE_SECONDS
        if pause or too_long or ends_sentence(word.text):
            yield words[first].start, word.end
            first = index
    if words:
        yield words[first].start, words[-1].end


def _summed(phrases: Sequence[tuple[float, float]], blocks: Iterable[Samples]) -> _Sums:
    count = len(phrases)
    sums = _Sums(
        np.zeros(count), np.zeros((count, _CEPSTRA)), np.zeros((count, _CEPSTRA, _CEPSTRA))
    )
    starts = np.array([start for start, _ in phrases])
    ends = np.array([end for _, end in phrases])
    for times, cepstra in _cepstra(blocks):
        owner = np.searchsorted(starts, times, side="right") - 1
        inside = (owner >= 0) & (times < ends[owner])
        for phrase in np.unique(owner[inside]):
            mine = cepstra[inside & (owner == phrase)]
            sums.frames[phrase] += len(mine)
            sums.first[phrase] += mine.sum(axis=0)
            sums.second[phrase] += mine.T @ mine
    return sums


def _cepstra(blocks: Iterable[Samples]) -> Iterator[tuple[_Numbers, _Numbers]]:
    """The times and the mel cepstra (without loudness) of all frames that are not quiet."""
    filters, cosines = _mel_filters(), _cosines()
    window, rest, begin = np.hamming(_FRAME), np.zeros(0, np.float32), 0
    for block in blocks:
        samples = np.concatenate([rest, block])
        count = max(0, (len(samples) - _FRAME) // _HOP + 1)
        frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_HOP][:count]
        if count:
            power = np.abs(np.fft.rfft(frames * window, _FOURIER)) ** 2
            times = (begin + np.arange(count) * _HOP + _FRAME / 2) / SPEECH_RATE_HZ
            energy = 10 * np.log10(power.sum(axis=1) + 1e-10)
            loud = energy > np.percentile(energy, 95) - 30
            yield times[loud], np.log(power[loud] @ filters + 1e-10) @ cosines
        rest, begin = samples[count * _HOP :], begin + count * _HOP


def _mel_filters() -> _Numbers:
    """Triangles of equal width in mel from 60 Hz to 7.6 kHz, shape (257, 26)."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (60, 7600))
    edges = 700 * (10 ** (np.linspace(low, high, _FILTERS + 2) / 2595) - 1)
    hz = np.arange(_FOURIER // 2 + 1) * SPEECH_RATE_HZ / _FOURIER
    rising = (hz[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hz[:, None]) / (edges[2:] - edges[1:-1])
    return np.asarray(np.maximum(0, np.minimum(rising, falling)))


def _cosines() -> _Numbers:
    order, filters = np.arange(1, _CEPSTRA + 1), np.arange(_FILTERS) + 0.5
    return np.asarray(np.cos(np.pi * filters[:, None] * order / _FILTERS))


def _voices(phrases: _Sums) -> _Sums:
    """Phrases joined until the two most alike are still two voices."""
    floor = _floor(phrases)
    voices, scatter = phrases, phrases.scatter(floor)
    gains = np.stack([_gains(voices, scatter, i, floor) for i in range(len(scatter))])
    while len(scatter) > 1:
        one, other = sorted(divmod(int(gains.argmin()), len(scatter)))
        if gains[one, other] > 0 and len(scatter) <= _MOST_VOICES:
            break
        rest = np.delete(np.arange(len(scatter)), other)
        joined = voices.only(np.array([one])).plus(voices.only(np.array([other])))
        voices = voices.only(rest)
        for kept, new in ((voices.frames, joined.frames), (voices.first, joined.first),
                          (voices.second, joined.second)):  # fmt: skip
            kept[one] = new[0]
        scatter = voices.scatter(floor)
        gains = gains[np.ix_(rest, rest)]
        gains[one] = gains[:, one] = _gains(voices, scatter, one, floor)
    heard = voices.frames >= _LEAST_SHARE * voices.frames.sum()
    return voices.only(np.flatnonzero(heard))


def _gains(voices: _Sums, scatter: _Numbers, one: int, floor: _Numbers) -> _Numbers:
    """By how much the criterion prefers two voices to one, for `one` and each other."""
    both = voices.plus(voices.only(np.array([one])))
    parameters = _CEPSTRA + _CEPSTRA * (_CEPSTRA + 1) / 2
    price = _STRICTNESS * parameters * np.log(both.frames)
    gains = both.scatter(floor) - scatter - scatter[one] - price
    gains[one] = np.inf
    return np.asarray(gains)


def _floor(phrases: _Sums) -> _Numbers:
    whole = _Sums(*(each.sum(axis=0, keepdims=True)
                    for each in (phrases.frames, phrases.first, phrases.second)))  # fmt: skip
    return np.asarray(0.05 * whole.covariances(np.zeros((_CEPSTRA, _CEPSTRA)))[0])


def _likeliest(phrases: _Sums, voices: _Sums) -> npt.NDArray[np.intp]:
    """For each phrase the voice whose frames its own are most like."""
    covariances = voices.covariances(_floor(voices))
    inverses = np.linalg.inv(covariances)
    _, volumes = np.linalg.slogdet(covariances)
    means = voices.first / voices.frames[:, None]
    spread = np.einsum("pij,vij->pv", phrases.second, inverses)
    cross = np.einsum("pi,vij,vj->pv", phrases.first, inverses, means)
    own = np.einsum("vi,vij,vj->v", means, inverses, means)
    distance = spread - 2 * cross + phrases.frames[:, None] * (own + volumes)
    return np.asarray(distance.argmin(axis=1))

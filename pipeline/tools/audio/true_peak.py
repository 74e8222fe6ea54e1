"""True peak: how far the sound swings between its samples (ITU-R BS.1770-4, annex 2)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.tools.audio.samples import Samples

_NEAR = (
    *(0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000),
    *(-0.0594482421875, 0.1373291015625, 0.9721679687500, -0.1022949218750),
    *(0.0476074218750, -0.0266113281250, 0.0148925781250, -0.0083007812500),
)
_BETWEEN = (
    *(-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250),
    *(-0.1665039062500, 0.4650878906250, 0.7797851562500, -0.2003173828125),
    *(0.1015625000000, -0.0582275390625, 0.0330810546875, -0.0189208984375),
)
_PHASES = np.array([_NEAR, _BETWEEN, _BETWEEN[::-1], _NEAR[::-1]], np.float32).T
_TAPS = len(_NEAR)
_MOST_GAIN = float(np.abs(_PHASES).sum(axis=0).max())
_WINDOW = 480


class TruePeak:
    """The highest swing so far.

    No point between samples can lie higher than 2.02 times the highest sample around it, so only
    the windows that could hold a new maximum are looked at closely; the result is that of looking
    at all of them.
    """

    def __init__(self, channels: int) -> None:
        self._before = np.zeros((_TAPS - 1, channels), np.float32)
        self._highest = 0.0

    @property
    def amplitude(self) -> float:
        return self._highest

    def add(self, samples: Samples) -> None:
        """Hear some more."""
        together = np.concatenate([self._before, samples])
        self._before = together[-(_TAPS - 1) :]
        for channel in together.T:
            self._look(np.ascontiguousarray(channel))

    def finish(self) -> None:
        """Hear what a filter still holds back at the end."""
        self.add(np.zeros((_TAPS, self._before.shape[1]), np.float32))

    def _look(self, channel: npt.NDArray[np.float32]) -> None:
        """`channel` begins with the samples from before that the first window reaches back to."""
        windows = -(-(len(channel) - _TAPS + 1) // _WINDOW)
        padded = np.zeros(windows * _WINDOW + _TAPS - 1, np.float32)
        padded[: len(channel)] = channel
        view = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW + _TAPS - 1)[::_WINDOW]
        peaks = np.abs(view).max(axis=1)
        self._highest = max(self._highest, float(peaks.max()))
        for window in np.argsort(peaks)[::-1]:
            if peaks[window] * _MOST_GAIN <= self._highest:
                return
            close = np.lib.stride_tricks.sliding_window_view(view[window], _TAPS) @ _PHASES
            self._highest = max(self._highest, float(np.abs(close).max()))

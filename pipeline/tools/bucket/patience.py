"""How long somebody goes on who gets no answer."""

from __future__ import annotations

import random
import time

from pipeline.tools.bucket.refusals import ArrivedDamaged, NotNow

# As long as something arrives, an upload goes on. When nothing does, it is tried for five minutes:
# a router has started anew by then. What answers slowly is tried a few times in any case.
_SECONDS_IN_VAIN = 300.0
_LEAST_TRIES = 3
_LONGEST_PAUSE_SECONDS = 20.0
_MOST_DAMAGED = 3


class Patience:
    """Decides after each failure of one piece of work whether it is tried again."""

    def __init__(self) -> None:
        self._last_arrival = time.monotonic()
        self._arrived = 0
        self._in_vain = 0
        self._damaged = 0

    def after(self, problem: NotNow | ArrivedDamaged, arrived: int) -> None:
        """Wait before the next try, or raise `problem`. `arrived` grows when something got there.

        Something that arrives damaged again and again is given up, however much arrives.
        """
        if arrived > self._arrived:
            self._arrived, self._in_vain, self._last_arrival = arrived, 0, time.monotonic()
        self._in_vain += 1
        self._damaged += isinstance(problem, ArrivedDamaged)
        if self._damaged == _MOST_DAMAGED or self._is_over():
            raise problem
        longest = min(0.1 * 2**self._in_vain, _LONGEST_PAUSE_SECONDS)
        time.sleep(longest * random.uniform(0.5, 1))  # noqa: S311 - so that two do not keep step

    def _is_over(self) -> bool:
        waited = time.monotonic() - self._last_arrival
        return self._in_vain >= _LEAST_TRIES and waited > _SECONDS_IN_VAIN

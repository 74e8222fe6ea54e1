"""What all tests of the cluster share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.tools.whisper.hardware import usable_cores


@pytest.fixture(scope="module", autouse=True)
def _as_many_threads_as_a_worker() -> Iterator[None]:
    """The workers here hear one window with all cores; so does what they are compared with.

    On some processors the last digits depend on how many threads share a window (decision 116).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", str(usable_cores()))
        yield

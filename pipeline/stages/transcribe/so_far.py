"""The first words of an episode, long before its last ones are heard: on the disk and shown."""

from __future__ import annotations

import time
from datetime import timedelta

from pipeline.ground.files import write_text
from pipeline.ground.stage import Job
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.windows import Window
from pipeline.words.plain_text import one_line

_SECONDS_BETWEEN_WRITES = 2.0


class SoFar:
    """Is told what was heard in each window; keeps `job.episode.so_far` growing.

    The file is for people who cannot wait: before gates across windows, speakers and spelling.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._lines: list[tuple[float, str]] = []
        self._written = float("-inf")

    def __call__(self, _window: Window, heard: HeardWindow) -> None:
        """Add a window; raises SetupProblem when the disk is full."""
        said = [(segment.start, one_line(segment.text)) for segment in heard.segments]
        if not any(text for _, text in said):
            return
        self._lines.extend(said)
        self._job.tell(said[-1][1])
        if time.monotonic() - self._written >= _SECONDS_BETWEEN_WRITES:
            self._write()

    def _write(self) -> None:
        lines = (f"[{timedelta(seconds=int(at))}] {text}\n" for at, text in sorted(self._lines))
        write_text(self._job.episode.so_far, "".join(lines))
        self._written = time.monotonic()

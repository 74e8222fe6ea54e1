"""The first words of an episode, long before its last ones are heard: on the disk and shown."""

from __future__ import annotations

import time
from datetime import timedelta

from pipeline.ground.files import TEMPORARY_PREFIX, write_text
from pipeline.ground.stage import Job
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.windows import Window
from pipeline.words.episode import Episode
from pipeline.words.plain_text import one_line

_SECONDS_BETWEEN_WRITES = 2.0


def forget_so_far(episode: Episode) -> None:
    """Remove the file, and what a kill left of its writing; the caller holds the episode's lock."""
    episode.so_far.unlink(missing_ok=True)
    for leftover in episode.so_far.parent.glob(f"{TEMPORARY_PREFIX}{episode.so_far.stem[:80]}.*"):
        leftover.unlink(missing_ok=True)


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

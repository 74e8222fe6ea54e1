"""Shows what the runner does: bars on a terminal, plain lines elsewhere. All of it on stderr."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from pipeline.faces.errors import sentences
from pipeline.ground.stage import Report
from pipeline.running.plan import Step
from pipeline.words.errors import TemporaryProblem

# A log that nobody watches gets a line for every quarter of a stage.
_PLAIN_STEP = 0.25


class ProgressBars:
    """The runner's observer for a terminal or a log.

    A failure whose sentence is in `told` is not said again; each new one is added to it.
    """

    def __init__(self, console: Console, log: Path, told: set[str]) -> None:
        self._console = console
        self._log = log
        self._told = told
        self._lock = threading.Lock()
        self._tasks: dict[tuple[str, str], TaskID] = {}
        self._said: dict[tuple[str, str], float] = {}
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            _AmountColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def started(self, slug: str, step: Step) -> None:
        self._line(f"{slug}: {step.stage} — {step.sentence}")
        with self._lock:
            self._tasks[slug, step.stage] = self._bars.add_task(f"{slug} {step.stage}", total=1)
            self._said[slug, step.stage] = 0.0

    def progressed(self, slug: str, stage: str, share: float) -> None:
        with self._lock:
            self._bars.update(self._tasks[slug, stage], completed=share)
            due = share >= self._said[slug, stage] + _PLAIN_STEP
            if due:
                self._said[slug, stage] = share
        if due and not self._console.is_terminal and share < 1:
            self._line(f"{slug}: {stage} {share:.0%}")

    def told(self, slug: str, stage: str, text: str) -> None:
        with self._lock:
            name = f"{slug} {stage}"
            latest = text if len(text) <= len(name) else f"…{text[1 - len(name) :]}"
            line = f"{name}\n[dim]{escape(latest)}[/]"
            self._bars.update(self._tasks[slug, stage], description=line)

    def finished(self, slug: str, stage: str, seconds: float) -> None:
        self._end(slug, stage)
        self._line(f"{slug}: {stage} done in {seconds:.1f} s", style="green")

    def failed(self, slug: str, stage: str, error: Exception) -> None:
        self._end(slug, stage)
        problem, remedy = sentences(error, self._log)
        if problem in self._told:
            return
        self._told.add(problem)
        style = "yellow" if isinstance(error, TemporaryProblem) else "red"
        self._line(f"{slug}: {problem}", style=style)
        self._line(f"    → {remedy}")

    @contextmanager
    def bar(self, description: str, total_bytes: int = 0) -> Iterator[Report]:
        """A bar for work that belongs to no single episode: in bytes, when they are known."""
        total = total_bytes or 1
        task = self._bars.add_task(description, total=total, in_bytes=total_bytes > 0)
        last = time.monotonic()

        def report(share: float) -> None:
            nonlocal last
            if time.monotonic() - last > 0.05 or share >= 1:
                last = time.monotonic()
                self._bars.update(task, completed=share * total)

        try:
            yield report
        finally:
            self._bars.remove_task(task)

    def _end(self, slug: str, stage: str) -> None:
        with self._lock:
            task = self._tasks.pop((slug, stage), None)
            if task is not None:
                self._bars.remove_task(task)

    def _line(self, text: str, style: str | None = None) -> None:
        self._bars.console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


class _AmountColumn(ProgressColumn):
    """How much is done: a percentage, or what was sent of how much and how fast."""

    def __init__(self) -> None:
        super().__init__()
        self._sent = DownloadColumn()
        self._speed = TransferSpeedColumn()

    def render(self, task: Task) -> Text:
        if not task.fields.get("in_bytes"):
            return Text(f"{task.percentage:>3.0f} %")
        return Text("  ").join([self._sent.render(task), self._speed.render(task)])

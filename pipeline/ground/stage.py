"""What a stage is: a declaration of what it reads, what it writes and what changes its result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ground.config import Show
from pipeline.ground.receipts import Receipt
from pipeline.words.episode import Episode

Report = Callable[[float], None]
"""Told how much of the work is done, from 0 to 1."""


def _say_nothing(_text: str) -> None:
    pass


def _settle_nothing() -> None:
    pass


def _count_nothing(_spent: dict[str, Any]) -> None:
    pass


def _nothing(_episode: Episode) -> Sequence[Path]:
    return ()


def _take_nothing_over(_episode: Episode, _receipt: Receipt | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Job:
    """One run of one stage on one episode.

    `episode` says where its files are, `show` holds the settings of `feed/show.toml`, `root` is
    the workspace, `scratch` an empty folder on the workspace's disk that is removed after the run.
    `forced`: somebody asked for this run although nothing may have changed. `tell` shows whoever
    watches the latest of what comes of the work, in a few words. `settle` says that the outputs
    as they stand are the stage's own work and stay, even if the run fails after it. `count` puts
    what the run has cost so far into its receipt.
    """

    episode: Episode
    show: Show
    root: Path
    scratch: Path
    report: Report
    forced: bool = False
    tell: Callable[[str], None] = _say_nothing
    settle: Callable[[], None] = _settle_nothing
    count: Callable[[dict[str, Any]], None] = _count_nothing


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of an episode's road.

    `version` is raised when equal inputs should give new outputs. `inputs` may name files that do
    not exist (their absence is then part of the receipt). `settings` returns only what changes the
    result, as JSON: no threads, no devices. `run` writes each output through `ground.files`.
    `correctable` are outputs that people may correct by hand: `take_over` is then called before
    the run, with the receipt of the last one, and keeps their words in a file that people own.
    """

    name: str
    version: int
    inputs: Callable[[Episode, Show], Sequence[Path]]
    outputs: Callable[[Episode], Sequence[Path]]
    settings: Callable[[Episode, Show], dict[str, Any]]
    run: Callable[[Job], None]
    correctable: Callable[[Episode], Sequence[Path]] = _nothing
    take_over: Callable[[Episode, Receipt | None], None] = _take_nothing_over

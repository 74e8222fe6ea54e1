"""`etam watch`: brings the show up to date whenever somebody drops or changes a file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, watch

from pipeline.ground.files import TEMPORARY_PREFIX
from pipeline.ground.workspace import Workspace

# Scheduled episodes come due and networks come back without any file changing.
_LOOK_AGAIN_MS = 60_000
_CALM_MS = 500
_PEOPLES_FILES = {"episode.toml", "show.toml", "glossary.toml", "approval.json", "article.md"}


def watch_show(
    workspace: Workspace, bring_up_to_date: Callable[[], bool], stop: threading.Event
) -> None:
    """Call `bring_up_to_date` now, at each change people make, and once a minute.

    It returns whether something still waits (a file being copied, a network that is down); then
    the next look comes sooner. Ends when `stop` is set.
    """
    waiting = bring_up_to_date()
    while not stop.is_set():
        _wait_for_a_change(workspace, 5_000 if waiting else _LOOK_AGAIN_MS, stop)
        if not stop.is_set():
            waiting = bring_up_to_date()


def _wait_for_a_change(workspace: Workspace, at_most_ms: int, stop: threading.Event) -> None:
    changes = watch(
        workspace.episodes_folder,
        workspace.transcripts_folder,
        workspace.feed_folder,
        watch_filter=lambda _change, name: _is_peoples(workspace, _change, Path(name)),
        debounce=_CALM_MS,
        rust_timeout=at_most_ms,
        yield_on_timeout=True,
        stop_event=stop,
    )
    next(changes, None)


def _is_peoples(workspace: Workspace, _change: Change, path: Path) -> bool:
    if path.name.startswith(TEMPORARY_PREFIX) or path.name.endswith(".masalah.txt"):
        return False
    if path.is_relative_to(workspace.inbox):
        return True
    return path.name in _PEOPLES_FILES or path.name.startswith("cover.")

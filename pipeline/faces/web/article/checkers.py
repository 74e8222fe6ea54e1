"""Grounding checks that are ready: a transcript is prepared once, not at each word."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from pipeline.ground.transcript_file import transcript_file
from pipeline.ground.workspace import Workspace
from pipeline.words.episode import Episode

if TYPE_CHECKING:
    from pipeline.tools.grounding.checking import Checker

_MOST = 4


class Checkers:
    """The latest few, each as long as what it was made from stays the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ready: OrderedDict[str, tuple[tuple[str | None, ...], Checker]] = OrderedDict()

    def of(self, workspace: Workspace, episode: Episode) -> Checker:
        """Raises EpisodeProblem when there is no transcript that can be read."""
        # Its tables take a moment, and most pages do without.
        from pipeline.tools.grounding.episodes import checker_of

        files = (
            transcript_file(episode),
            episode.folder / "episode.toml",
            episode.glossary_toml,
            workspace.show_file,
        )
        made_from = tuple(workspace.digests.of(path) for path in files)
        with self._lock:
            known = self._ready.get(episode.slug)
            if known is None or known[0] != made_from:
                known = (made_from, checker_of(episode, workspace.show))
            self._ready[episode.slug] = known
            self._ready.move_to_end(episode.slug)
            while len(self._ready) > _MOST:
                self._ready.popitem(last=False)
        return known[1]

"""What the whole review app shares: the show it works on, who is signed in, and what goes on."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from pipeline.faces.web.article.checkers import Checkers
from pipeline.faces.web.background.aligning import Aligner
from pipeline.faces.web.background.at_work import AtWork
from pipeline.faces.web.drop.bringing import Bringing
from pipeline.faces.web.events import Events
from pipeline.faces.web.people.links import OneTimeLinks
from pipeline.faces.web.people.throttle import Throttle
from pipeline.faces.web.publishing.press import Press
from pipeline.ground.open_reviews import OpenReviews
from pipeline.ground.sessions_file import Sessions
from pipeline.ground.workspace import Workspace
from pipeline.running.index import Archive
from pipeline.running.standings import Standings


@dataclass(frozen=True)
class Newsroom:
    """One show under review.

    `hosts` are the names under which browsers may ask for it (DNS rebinding needs another one).
    `does_work` says that this program runs the stages too.
    """

    root: Path
    sessions: Sessions
    hosts: frozenset[str]
    does_work: bool = False
    events: Events = field(default_factory=Events)
    links: OneTimeLinks = field(default_factory=OneTimeLinks)
    throttle: Throttle = field(default_factory=Throttle)
    reviews: OpenReviews = field(default_factory=OpenReviews)
    at_work: AtWork = field(default_factory=AtWork)
    standings: Standings = field(default_factory=Standings)
    wake: threading.Event = field(default_factory=threading.Event)
    checkers: Checkers = field(default_factory=Checkers)
    _wanted: set[str] = field(default_factory=set)

    @cached_property
    def press(self) -> Press:
        """What publishes, one thing at a time."""
        return Press(self.events)

    @cached_property
    def archive(self) -> Archive:
        """What the whole archive is searched with."""
        return Archive(self.root)

    @cached_property
    def bringing(self) -> Bringing:
        """What people bring, on its way into the inbox."""
        return Bringing(self.root, self.events)

    @cached_property
    def aligner(self) -> Aligner:
        """Gives changed words the times at which they are heard."""
        return Aligner(lambda: self.workspace, self.reviews, self.events)

    @property
    def workspace(self) -> Workspace:
        """The show as its files are now: somebody may have changed them beside the app."""
        return Workspace(self.root)

    def want(self, slug: str) -> None:
        """Somebody waits for an episode: what must run is run now, even what failed before."""
        self._wanted.add(slug)
        self.wake.set()

    def take_wanted(self) -> set[str]:
        """What was wanted since this was last asked."""
        wanted = set(self._wanted)
        self._wanted.difference_update(wanted)
        return wanted


def open_newsroom(
    workspace: Workspace, hosts: frozenset[str] = frozenset(), *, does_work: bool = False
) -> Newsroom:
    """The newsroom of a show, with the sessions of before."""
    return Newsroom(workspace.root, Sessions(workspace), hosts, does_work)


def _newsroom(request: Request) -> Newsroom:
    newsroom: Newsroom = request.app.state.newsroom
    return newsroom


def _workspace(request: Request) -> Workspace:
    return _newsroom(request).workspace


TheNewsroom = Annotated[Newsroom, Depends(_newsroom)]
TheWorkspace = Annotated[Workspace, Depends(_workspace)]

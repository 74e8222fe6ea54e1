"""What the whole review app shares: the show it works on, who is signed in, and what goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from pipeline.faces.web.events import Events
from pipeline.faces.web.links import OneTimeLinks
from pipeline.faces.web.press import Press
from pipeline.faces.web.throttle import Throttle
from pipeline.ground.open_reviews import OpenReviews
from pipeline.ground.sessions_file import Sessions
from pipeline.ground.workspace import Workspace


@dataclass(frozen=True)
class Newsroom:
    """One show under review.

    `hosts` are the names under which browsers may ask for it (DNS rebinding needs another one).
    """

    root: Path
    sessions: Sessions
    hosts: frozenset[str]
    events: Events = field(default_factory=Events)
    links: OneTimeLinks = field(default_factory=OneTimeLinks)
    throttle: Throttle = field(default_factory=Throttle)
    reviews: OpenReviews = field(default_factory=OpenReviews)

    @cached_property
    def press(self) -> Press:
        """What publishes, one thing at a time."""
        return Press(self.events)

    @property
    def workspace(self) -> Workspace:
        """The show as its files are now: somebody may have changed them beside the app."""
        return Workspace(self.root)


def open_newsroom(workspace: Workspace, hosts: frozenset[str] = frozenset()) -> Newsroom:
    """The newsroom of a show, with the sessions of before."""
    return Newsroom(workspace.root, Sessions(workspace), hosts)


def _newsroom(request: Request) -> Newsroom:
    newsroom: Newsroom = request.app.state.newsroom
    return newsroom


def _workspace(request: Request) -> Workspace:
    return _newsroom(request).workspace


TheNewsroom = Annotated[Newsroom, Depends(_newsroom)]
TheWorkspace = Annotated[Workspace, Depends(_workspace)]

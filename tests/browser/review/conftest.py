"""The review app in a real browser: a server of its own for each test, and people signed in to it.

    def test_…(reviewing: Reviewing, open_as: OpenAs) -> None:
        page = open_as(Role.EDITOR, f"/episodes/{AIR}/transcript")

`served` is the same with a server in a process of its own, which can be killed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.faces.web.visitors import COOKIE
from pipeline.ground.sessions_file import Sessions
from pipeline.words.people import Role
from tests.browser.review.shown import (
    Reviewing,
    ServerProcess,
    make_reviewed_show,
    served_in_a_thread,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

if find_spec("playwright") is None:  # `make test` does without a browser
    collect_ignore_glob = ["test_*.py"]

OpenAs = Callable[..., "Page"]
PATIENCE_MS = 30_000
NETWORK_IS_GONE = (
    "ERR_CONNECTION",
    "ERR_INCOMPLETE",
    "ERR_EMPTY",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_CONTENT_LENGTH_MISMATCH",  # the sound, in the middle of which the server ended
    "Failed to fetch",
)
"""What a browser says when a test takes the network or the server away."""


@dataclass
class Faults:
    """What went wrong in pages without anybody looking; each test ends with none.

    `expected` are words of messages that a test provokes (a server that is killed, say).
    """

    found: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.found.append(text)

    @property
    def unexpected(self) -> list[str]:
        return [text for text in self.found if not any(each in text for each in self.expected)]


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """A machine that is at other work too takes its time; what is right comes none the later."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def reviewing(tmp_path: Path) -> Iterator[Reviewing]:
    """The app over three episodes, within this process."""
    workspace = make_reviewed_show(tmp_path / "show")
    with served_in_a_thread(workspace) as (address, newsroom):
        yield Reviewing(address, workspace, newsroom.sessions)


@pytest.fixture
def faults() -> Iterator[Faults]:
    faults = Faults()
    yield faults
    assert faults.unexpected == []


@pytest.fixture
def opener(browser: Browser, faults: Faults) -> Iterator[Callable[..., Page]]:
    """Opens a page of a `Reviewing` in a window of its own, where one person is signed in."""
    with ExitStack() as windows:

        def open_page(
            place: Reviewing,
            role: Role = Role.EDITOR,
            path: str = "/",
            *,
            name: str = "",
            **options: Any,
        ) -> Page:
            options = {"locale": "id-ID", "reduced_motion": "reduce", **options}
            window = windows.enter_context(browser.new_context(**options))
            window.add_cookies(
                [{"name": COOKIE, "value": place.sign_in(role, name), "url": place.address}]
            )
            page = window.new_page()
            page.set_default_timeout(PATIENCE_MS)
            watch(page, place.address, faults)
            page.goto(f"{place.address}{path}")
            return page

        yield open_page


@pytest.fixture
def open_as(reviewing: Reviewing, opener: Callable[..., Page]) -> OpenAs:
    """`open_as(Role.EDITOR, "/…", name="Ani", viewport=…)`: a page in a window of its own."""
    return lambda *what, **how: opener(reviewing, *what, **how)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[ServerProcess, Reviewing]]:
    """A server in a process, not started yet, and its show.

    A process reads its sessions when it starts, so sign people in before (`reviewing.sign_in`).
    """
    workspace = make_reviewed_show(tmp_path / "show")
    server = ServerProcess(workspace)
    reviewing = Reviewing(server.address, workspace, Sessions(workspace))
    try:
        yield server, reviewing
    finally:
        server.stop()


def watch(page: Page, address: str, faults: Faults) -> None:
    """Note errors, refused contents and requests to anywhere else."""

    def asked(url: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            faults.add(f"asked {url}")

    page.on("pageerror", lambda error: faults.add(str(error)))
    page.on("console", lambda m: faults.add(m.text) if m.type == "error" else None)
    page.on("request", lambda request: asked(request.url))

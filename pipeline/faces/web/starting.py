"""`etam review`: starts the app, and says how to get in."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from rich.console import Console

from pipeline.faces.server import listen, run_until_stopped
from pipeline.faces.web.app import make_review_app
from pipeline.faces.web.background.working import Worker
from pipeline.faces.web.newsroom import Newsroom, open_newsroom
from pipeline.ground.people_file import read_people
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import SetupProblem


@dataclass(frozen=True, slots=True)
class Place:
    """Where the app listens. `names` are further names under which browsers reach it.

    `certificate` and `key` are PEM files; without them the app speaks plain HTTP.
    """

    host: str = "127.0.0.1"
    port: int = 8001
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """Where people's browsers go."""
        scheme = "https" if self.certificate else "http"
        name = self.names[0] if self.names else self.host
        return f"{scheme}://{f'[{name}]' if ':' in name else name}:{self.port}"


def review(
    workspace: Workspace,
    place: Place,
    console: Console,
    link_for: str = "",
    *,
    does_work: bool = True,
) -> None:
    """Serve the review app until it is stopped, and do the work. Raises SetupProblem."""
    _check_that_it_is_safe(workspace, place)
    hosts = frozenset(name.lower() for name in (place.host, *place.names))
    newsroom = open_newsroom(workspace, hosts, does_work=does_work)
    config = uvicorn.Config(
        make_review_app(newsroom),
        log_level="warning",
        access_log=False,
        server_header=False,
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
        timeout_graceful_shutdown=5,
    )
    with listen(place.host, place.port, "etam review") as listener:
        _say_how_to_get_in(newsroom, place, console, link_for)
        worker = Worker(newsroom)
        worker.start()
        try:
            run_until_stopped(config, listener, newsroom.events.end)
        finally:
            worker.stop()


def _check_that_it_is_safe(workspace: Workspace, place: Place) -> None:
    people = read_people(workspace)
    if not place.is_loopback and not any(person.password for person in people):
        raise SetupProblem(
            f"Nobody has a password yet, and {place.host} can be reached from other machines.",
            "Run `etam review` on this machine first and set up your account, then add --host.",
        )
    if (place.certificate is None) != (place.key is None):
        raise SetupProblem("TLS needs both --certificate and --key.", "Give both files.")


def _say_how_to_get_in(newsroom: Newsroom, place: Place, console: Console, link_for: str) -> None:
    people = read_people(newsroom.workspace)
    if not any(person.password for person in people):
        token = newsroom.links.make("")
        console.print(
            f"{place.address}/once/{token}\nThis link works once: it makes your account. "
            "Stop with Ctrl+C.",
            soft_wrap=True, markup=False, highlight=False,
        )  # fmt: skip
        return
    if link_for:
        if all(person.login != link_for for person in people):
            known = ", ".join(person.login for person in people)
            raise SetupProblem(f"Nobody signs in as “{link_for}”.", f"There are: {known}.")
        token = newsroom.links.make(link_for)
        console.print(f"{place.address}/once/{token}", soft_wrap=True, highlight=False)
    if not place.is_loopback and place.certificate is None:
        console.print(
            "Passwords travel unprotected over plain HTTP: give --certificate and --key, "
            "or put a web server with TLS in front.",
            style="yellow", soft_wrap=True,
        )  # fmt: skip
    console.print(f"{place.address}/ — stop with Ctrl+C", soft_wrap=True, highlight=False)

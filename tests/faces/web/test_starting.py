"""`etam review` as an operator starts it: a real process."""

from __future__ import annotations

import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from pipeline.faces.web.starting import Place
from pipeline.ground.people_file import change_people
from pipeline.ground.workspace import Workspace
from pipeline.tools import passwords
from pipeline.words.people import Person, Role
from tests.certificates import make_authority


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(workspace: Workspace, *options: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "pipeline", "-C", str(workspace.root), "review", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_first_start_prints_a_link_that_makes_the_account(workspace: Workspace) -> None:
    with running(workspace, "--port", str(free_port())) as process:
        assert process.stderr is not None
        link = process.stderr.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/once/[\w-]{20,}", link)
        answer = httpx.get(link)
        assert answer.status_code == 200
        assert "Selamat datang" in answer.text


def test_it_ends_at_once_although_somebody_is_listening(workspace: Workspace) -> None:
    port = free_port()
    with running(workspace, "--port", str(port)) as process:
        assert process.stderr is not None
        link = process.stderr.readline().strip()
        base = link.partition("/once/")[0]
        with httpx.Client(base_url=base) as browser:
            data = {"name": "Ani", "password": "sungai mahakam"}
            assert browser.post(link, data=data, headers={"Origin": base}).status_code == 303
            with browser.stream("GET", "/api/events") as events:
                assert next(events.iter_text()).startswith(": listening")
                process.send_signal(signal.SIGTERM)
                assert process.wait(timeout=10) == 0


def test_beyond_this_machine_somebody_must_have_a_password(workspace: Workspace) -> None:
    with running(workspace, "--host", "0.0.0.0") as process:  # noqa: S104 - it must refuse
        assert process.wait(timeout=60) == 4
        assert process.stderr is not None
        assert "Nobody has a password yet" in process.stderr.read()


def test_a_link_for_nobody_says_who_there_is(workspace: Workspace) -> None:
    ani = Person("ani", "Ani", Role.ADMIN, passwords.hashed("sungai mahakam"))
    change_people(workspace, lambda _people: (ani,))
    with running(workspace, "--port", str(free_port()), "--link-for", "budi") as process:
        assert process.wait(timeout=60) == 4
        assert process.stderr is not None
        assert "ani" in process.stderr.read()


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.8.8.8", True),
     ("0.0.0.0", False), ("192.168.1.5", False), ("newsroom.lan", False)],  # noqa: S104
)  # fmt: skip
def test_what_is_this_machine_alone(host: str, is_loopback: bool) -> None:
    assert Place(host).is_loopback is is_loopback


def test_over_https_the_cookie_is_sent_over_https_alone(
    tmp_path: Path, workspace: Workspace
) -> None:
    authority, _ = make_authority(tmp_path)
    keys = (
        "--certificate",
        str(tmp_path / "server.pem"),
        "--key",
        str(tmp_path / "server-key.pem"),
    )
    with running(workspace, "--port", str(free_port()), *keys) as process:
        assert process.stderr is not None
        link = process.stderr.readline().strip()
        assert link.startswith("https://127.0.0.1:")
        base = link.partition("/once/")[0]
        context = ssl.create_default_context(cafile=str(authority))
        data = {"name": "Ani", "password": "sungai mahakam"}
        answer = httpx.post(link, data=data, headers={"Origin": base}, verify=context)
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers

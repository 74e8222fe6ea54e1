"""WordPress sites that tests deliver to: one in this process, or that of `make test-wordpress`."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from pipeline.tools.wordpress import Account, Site
from tests.fake_wordpress import PASSWORD, FakeWordPress
from tests.servers import running

REAL_URL = os.environ.get("ETAM_WORDPRESS_URL", "")


@dataclass(frozen=True)
class Newsroom:
    """A site with an account of each role, and people who work there.

    `fake` is what stands behind it when it is not real.
    """

    url: str
    passwords: dict[str, str]
    fake: FakeWordPress | None = None

    def site(self, user: str = "penulis", **more: Any) -> Site:
        return Site(self.url, Account(user, self.passwords[user]), **more)

    def asks(self, route: str, **params: Any) -> Any:
        """What an editor there sees."""
        return self._done("GET", route, params={"context": "edit", **params})

    def changes(self, post: int, **fields: Any) -> dict[str, Any]:
        """An editor there changes a post."""
        return self._done("POST", f"posts/{post}", json=fields)

    def trashes(self, post: int) -> None:
        self._done("DELETE", f"posts/{post}")

    def posts_with(self, mark: str) -> list[dict[str, Any]]:
        """Every post that carries a mark, wherever it lies."""
        found = self.asks("posts", search=mark, status="any,trash")
        return [post for post in found if mark in post["content"]["raw"]]

    def _done(self, method: str, route: str, **more: Any) -> Any:
        account = ("penyunting", self.passwords["penyunting"])
        address = f"{self.url}/wp-json/wp/v2/{route}"
        done = requests.request(method, address, auth=account, timeout=30, **more)
        done.raise_for_status()
        return done.json()


@contextlib.contextmanager
def fake_newsroom() -> Iterator[Newsroom]:
    fake = FakeWordPress()
    with running(fake.app) as port:
        users = ("penulis", "penyunting", "kepala", "kontributor", "pembaca")
        yield Newsroom(f"http://127.0.0.1:{port}", dict.fromkeys(users, PASSWORD), fake)


def real_newsroom() -> Newsroom:
    """The real site. Skips without it; under its own target its absence is a failure."""
    if not REAL_URL:
        if os.environ.get("ETAM_WORDPRESS_REQUIRED"):
            pytest.fail("make test-wordpress has not said where its site is (ETAM_WORDPRESS_URL)")
        pytest.skip("needs the site of `make test-wordpress`")
    roles = ("ADMINISTRATOR", "EDITOR", "AUTHOR", "CONTRIBUTOR", "SUBSCRIBER")
    accounts = (f"ETAM_WORDPRESS_{role}" for role in roles)
    passwords = {os.environ[name]: os.environ[f"{name}_PASSWORD"] for name in accounts}
    return Newsroom(REAL_URL, passwords)

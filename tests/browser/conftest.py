"""A real browser: Debian's Chromium, driven by Playwright. `make test-browser` runs these."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.shown import served_show

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REQUIRED = "ETAM_TEST_BROWSER"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not os.environ.get(REQUIRED):
        pytest.skip("needs a browser: `make test-browser`")
    from playwright.sync_api import sync_playwright

    # Chromium refuses its sandbox to root, and these pages are our own.
    rooted = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=[*rooted, "--autoplay-policy=no-user-gesture-required", "--mute-audio"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    with served_show(tmp_path_factory.mktemp("browser") / "show") as base_url:
        yield base_url


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page in a window of its own, which fails the test on any error or foreign request."""
    faults: list[str] = []
    with browser.new_context(locale="id-ID") as context:
        shown = context.new_page()
        shown.on("pageerror", lambda error: faults.append(str(error)))
        shown.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        shown.on("request", lambda r: None if r.url.startswith(site) else faults.append(r.url))
        yield shown
    assert faults == []

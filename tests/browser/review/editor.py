"""Driving the transcript editor in tests: its lines, the caret, and what it says of itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.browser.review.shown import AIR

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PATH = f"/episodes/{AIR}/transcript"


def wait_until(page: Page, expression: str, seconds: float = 40) -> None:
    """Playwright's own waiting is an eval in the page, which its policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def wait_for_editor(page: Page) -> Page:
    page.wait_for_selector("#editor[aria-busy=false]")
    return page


def wait_for_state(page: Page, state: str) -> None:
    wait_until(page, f"document.getElementById('state').dataset.state === '{state}'")


def wait_for_text(page: Page, number: int, text: str) -> None:
    end = time.monotonic() + 40
    while texts(page)[number] != text:
        assert time.monotonic() < end, texts(page)[number]
        page.wait_for_timeout(50)


def texts(page: Page) -> list[str]:
    return page.locator(".said").all_text_contents()


def said(page: Page, number: int) -> Locator:
    return page.locator(".said").nth(number)


def put_caret(page: Page, number: int, offset: int) -> None:
    """The caret into a line; negative offsets count from its end."""
    said(page, number).evaluate(
        """(element, offset) => {
            element.focus();
            const node = element.firstChild;
            getSelection().collapse(node, offset < 0 ? node.length + 1 + offset : offset);
        }""",
        offset,
    )


def seconds(page: Page) -> float:
    return float(page.evaluate("document.getElementById('audio').currentTime"))


def is_playing(page: Page) -> bool:
    return not page.evaluate("document.getElementById('audio').paused")

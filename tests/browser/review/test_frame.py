"""The frame that every page of the review app stands in."""

from __future__ import annotations

import pytest

from pipeline.words.people import Role
from tests.browser.review.accessible import faults_of
from tests.browser.review.conftest import NETWORK_IS_GONE, Faults, OpenAs, Reviewing
from tests.browser.review.shown import AIR, ServerProcess

pytestmark = pytest.mark.browser


def test_the_board_is_shown_to_whoever_is_signed_in(open_as: OpenAs) -> None:
    page = open_as(Role.VIEWER)
    assert page.locator("html").get_attribute("lang") == "id"
    assert page.locator(f"a[href^='/episodes/{AIR}']").count() >= 1


def test_a_server_in_a_process_comes_back_after_a_kill(
    served: tuple[ServerProcess, Reviewing], opener: OpenAs, faults: Faults
) -> None:
    faults.expected.extend(NETWORK_IS_GONE)
    server, reviewing = served
    reviewing.sign_in(Role.EDITOR, "Ani")
    server.start()
    page = opener(reviewing, Role.EDITOR, name="Ani")
    server.kill()
    server.start()
    page.reload()
    assert page.locator(".me summary").text_content() == "Ani"


@pytest.mark.parametrize("path", [f"/episodes/{AIR}", "/people", "/audit"])
def test_tables_keep_their_words_whole_on_a_phone(
    open_as: OpenAs, faults: Faults, path: str
) -> None:
    faults.expected.append("Applying inline style")  # axe itself does, to measure
    page = open_as(Role.ADMIN, path, viewport={"width": 360, "height": 780})
    page.locator("table").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for word in page.locator("tbody tr:first-child > *:not(:has(*)), thead th").all():
        lines = word.evaluate(
            """(cell) => {
                const range = document.createRange();
                range.selectNodeContents(cell);
                return new Set([...range.getClientRects()].map((box) => box.top)).size;
            }"""
        )
        assert lines <= max(1, len((word.text_content() or "").split())), word.text_content()
    assert faults_of(page) == []

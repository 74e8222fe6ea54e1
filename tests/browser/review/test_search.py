"""Searching in a browser: found while it is typed, and from there to the second in the sound."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pipeline.words.people import Role
from tests.browser.review.accessible import faults_of
from tests.browser.review.conftest import OpenAs
from tests.browser.review.shown import AIR


def test_what_is_typed_is_found_and_leads_to_its_second(open_as: OpenAs) -> None:
    page = open_as(Role.EDITOR, "/search")
    page.get_by_role("searchbox").press_sequentially("sambung")
    section = page.locator(".episode").filter(has_text="Layanan air bersih")
    expect(section.locator("mark").first).to_have_text("tersambung")
    expect(page).to_have_url(f"{page.url.partition('/search')[0]}/search?q=sambung")
    page.reload()
    section.get_by_role("link", name="0:20").click()
    expect(page).to_have_url(
        f"{page.url.partition('/episodes')[0]}/episodes/{AIR}/transcript?t=20.00"
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_fits_and_is_accessible(open_as: OpenAs, width: int) -> None:
    for scheme in ("light", "dark"):
        page = open_as(
            Role.VIEWER,
            "/search?q=air",
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
        )
        assert page.locator("mark").count() > 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults_of(page) == []

"""What holds for every room that people write or decide in: axe, phones, no overflow."""

from __future__ import annotations

import pytest

from pipeline.ground.files import write_text
from pipeline.words.people import Role
from tests.browser.review.conftest import Faults, OpenAs
from tests.browser.review.shown import AIR, Reviewing
from tests.browser.test_pages import violations

pytestmark = pytest.mark.browser

ROOMS = {
    "article": "#evidence li",
    "details": "#waveform [part~=region], #chapter-here",
    "publishing": "#plan",
}
ARTICLE = (
    "# Air Bersih\n\n“Pemasangan pipa di Tenggarong Seberang belum selesai,” ujar Ahmad Rianto.\n\n"
    "“Sudah 1.200 rumah, dan sisanya menyusul sebelum akhir tahun,” kata Rianto.\n"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("room", ROOMS)
def test_axe_finds_nothing_and_a_phone_scrolls_one_way(
    reviewing: Reviewing, open_as: OpenAs, faults: Faults, room: str, scheme: str
) -> None:
    faults.expected.append("Applying inline style")  # axe itself does, to measure
    write_text(reviewing.episode(AIR).article_md, ARTICLE)
    path = f"/episodes/{AIR}/{room}"
    page = open_as(Role.ADMIN, path, color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.locator(ROOMS[room]).first.wait_for()
    if room == "details":
        for name in ("Tambah narasumber", "Tambah cuplikan", "Tambah koreksi", "Catat persetujuan"):
            page.get_by_role("button", name=name).click()
    if room == "publishing":
        page.locator("#plan").click()
        page.locator(".plan").wait_for()
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    if room == "article":
        for tab in ("said", "draft", "versions"):
            page.locator(f"#tab-{tab}").click()
            assert violations(page) == [], tab


def test_without_scripts_each_room_says_so(open_as: OpenAs) -> None:
    for room in ("article", "details"):
        page = open_as(Role.EDITOR, f"/episodes/{AIR}/{room}", java_script_enabled=False)
        assert "JavaScript" in page.locator("noscript .problem").inner_text()

"""The board in a browser: what happens is seen, what is looked for is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.faces.web.events import Event
from pipeline.faces.web.newsroom import Newsroom
from pipeline.words.people import Role
from tests.browser.review.conftest import OpenAs
from tests.browser.review.shown import AIR, Reviewing, make_reviewed_show, served_in_a_thread
from tests.shows import make_episode


@pytest.fixture
def newsroom() -> list[Newsroom]:
    return []


@pytest.fixture
def reviewing(tmp_path: Path, newsroom: list[Newsroom]) -> Iterator[Reviewing]:
    workspace = make_reviewed_show(tmp_path / "show")
    with served_in_a_thread(workspace) as (address, served):
        newsroom.append(served)
        yield Reviewing(address, workspace, served.sessions)


@pytest.fixture
def page(open_as: OpenAs) -> Page:
    page = open_as(Role.EDITOR, "/")
    page.wait_for_function(  # a function: the page's policy lets nobody evaluate a string
        "() => performance.getEntriesByType('resource').some(e => e.name.includes('/api/drops'))"
    )
    return page


def test_progress_is_seen_without_a_reload(
    page: Page, newsroom: list[Newsroom], reviewing: Reviewing
) -> None:
    row = page.locator(f"#row-{AIR}")
    expect(row.locator("progress")).to_have_count(0)
    at_work, events = newsroom[0].at_work, newsroom[0].events
    at_work.begins(AIR, "transcribe")
    events.tell(Event("started", AIR, {"stage": "transcribe"}))
    expect(row.locator(".doing")).to_have_text("Transkrip")
    said = {"stage": "transcribe", "share": 0.43, "text": "selamat pagi"}
    events.tell(Event("progress", AIR, said))
    expect(row.locator(".share")).to_have_text("43 %")
    expect(row.locator(".latest")).to_have_text("selamat pagi")
    at_work.ends(AIR)
    events.tell(Event("finished", AIR, {"stage": "transcribe"}))
    expect(row.locator("progress")).to_have_count(0)


def test_an_episode_that_arrives_appears_and_is_counted(
    page: Page, newsroom: list[Newsroom], reviewing: Reviewing
) -> None:
    expect(page.locator(".row")).to_have_count(3)
    make_episode(reviewing.workspace, "rapat-baru")
    newsroom[0].events.tell(Event("arrived", "rapat-baru"))
    expect(page.locator("#row-rapat-baru")).to_be_visible()
    expect(page.get_by_role("button", name="Semua 4")).to_be_visible()


def test_the_board_is_narrowed_by_what_waits_and_by_title(page: Page) -> None:
    page.get_by_role("searchbox", name="Judul").fill("pesut")
    expect(page.locator(".row:visible")).to_have_count(1)
    page.get_by_role("searchbox", name="Judul").fill("")
    page.get_by_role("button", name="Sudah terbit 0").click()
    expect(page.locator(".row:visible")).to_have_count(0)
    expect(page.locator("#nothing")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Sudah terbit 0")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="Semua 3").click()
    page.get_by_label("Urutan").select_option("title")
    titles = page.locator(".row h2").all_inner_texts()
    assert titles == sorted(titles)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_fit_and_are_accessible(open_as: OpenAs, width: int) -> None:
    from tests.browser.review.accessible import faults_of

    for path in ("/", f"/episodes/{AIR}", "/drop"):
        for scheme in ("light", "dark"):
            page = open_as(
                Role.EDITOR, path, viewport={"width": width, "height": 800}, color_scheme=scheme
            )
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert faults_of(page) == [], (path, scheme)

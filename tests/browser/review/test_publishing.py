"""From the approval to the listeners, and back, in a browser."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from pipeline.ground.files import write_text
from pipeline.words.people import Role
from tests.browser.review.conftest import Faults, OpenAs
from tests.browser.review.shown import LISTRIK, Reviewing
from tests.finished import finish

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PATH = f"/episodes/{LISTRIK}/publishing"


@pytest.fixture
def ready(reviewing: Reviewing) -> Reviewing:
    finish(reviewing.workspace, LISTRIK)
    return reviewing


def _approve_and_publish(page: Page) -> None:
    page.locator("#approve").click()
    page.locator("#take-back").wait_for()
    page.locator("#plan").click()
    page.get_by_role("button", name="Terbitkan ini").click()
    page.locator("#press-done", has_text="Selesai").wait_for()


def test_sign_look_publish_withdraw_and_give_back(ready: Reviewing, open_as: OpenAs) -> None:
    page = open_as(Role.EDITOR, PATH, name="Éva Redaktur")
    _approve_and_publish(page)
    feed = ready.workspace.public / "feed.xml"
    assert "Listrik masuk desa" in feed.read_text("utf-8")
    assert "Éva Redaktur" in page.locator("#main").inner_text()
    assert page.locator("#press-done a", has_text="feed.xml").count() == 1
    page.get_by_label("Alasan penarikan").fill("Salah narasumber")
    page.get_by_role("button", name="Tarik episode ini").click()
    page.locator("#give-back").wait_for()
    assert "Listrik masuk desa" not in feed.read_text("utf-8")
    assert (
        "Salah narasumber" in page.locator("section", has=page.locator("#trail-title")).inner_text()
    )
    page.locator("#give-back").click()
    page.get_by_label("Alasan penarikan").wait_for()
    assert "Listrik masuk desa" in feed.read_text("utf-8")


def test_content_that_changed_is_not_signed_unseen(
    ready: Reviewing, open_as: OpenAs, faults: Faults
) -> None:
    faults.expected.append("409")
    page = open_as(Role.EDITOR, PATH)
    write_text(ready.episode(LISTRIK).article_md, "# Listrik\n\nSudah masuk desa.\n")
    page.locator("#approve").click()
    page.locator("#approval-problem", has_text="berubah saat Anda melihatnya").wait_for()
    assert not ready.episode(LISTRIK).approval_json.exists()


def test_an_admin_looks_at_the_way_back_before_going_it(ready: Reviewing, open_as: OpenAs) -> None:
    page = open_as(Role.ADMIN, PATH)
    _approve_and_publish(page)
    page.get_by_label("Alasan penarikan").fill("Salah narasumber")
    page.get_by_role("button", name="Tarik episode ini").click()
    page.locator("#give-back").wait_for()
    page.locator("#list-publications").click()
    page.get_by_role("button", name="Lihat jalan kembali").click()
    page.get_by_role("button", name="Kembalikan ini").click()
    feed = ready.workspace.public / "feed.xml"
    end = time.monotonic() + 60
    while "Listrik masuk desa" not in feed.read_text("utf-8"):
        assert time.monotonic() < end, page.locator("#main").inner_text()
        page.wait_for_timeout(200)
    page.locator("#press-done", has_text="Selesai").wait_for()


def test_a_producer_sees_it_and_has_no_buttons(ready: Reviewing, open_as: OpenAs) -> None:
    page = open_as(Role.PRODUCER, PATH)
    assert page.locator("#approve, #plan, #withdraw, #list-publications").count() == 0
    assert "Persetujuan diberikan oleh editor" in page.locator("#main").inner_text()

"""The whole story: a producer brings a recording, an editor signs it, and it is in the feed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest
from playwright.sync_api import expect

from pipeline.faces.demo import ANSWERS
from pipeline.faces.init import init_workspace
from pipeline.ground.audit_file import read_audit
from pipeline.ground.sessions_file import Sessions
from pipeline.ground.workspace import Workspace
from pipeline.words.people import Role
from tests.acceptance.recordings import shipped_recording
from tests.browser.review.editor import said, texts, wait_for_editor, wait_for_state
from tests.browser.review.shown import Reviewing, ServerProcess

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORKING_MS = 240_000


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[tuple[ServerProcess, Reviewing]]:
    """An empty show that hears with the demo's model, and its server, not started yet."""
    show = init_workspace(tmp_path / "show", replace(ANSWERS, approval="editor"))
    server = ServerProcess(show)
    try:
        yield server, Reviewing(server.address, show, Sessions(show))
    finally:
        server.stop()


def test_from_a_dropped_file_to_the_feed(
    newsroom: tuple[ServerProcess, Reviewing], opener: Callable[..., Page]
) -> None:
    server, reviewing = newsroom
    for role, name in ((Role.PRODUCER, "Siti Aminah"), (Role.EDITOR, "Ani Lestari")):
        reviewing.sign_in(role, name)
    server.start()
    producer = opener(reviewing, Role.PRODUCER, "/drop", name="Siti Aminah")
    bring(producer)
    slug = wait_for_the_episode(producer, reviewing.workspace)

    editor = opener(reviewing, Role.EDITOR, f"/episodes/{slug}/transcript", name="Ani Lestari")
    correct(editor)
    approve_and_publish(editor, reviewing, slug)

    feed = feedparser.parse((reviewing.workspace.public / "feed.xml").read_bytes())
    (entry,) = feed.entries
    assert entry.title == "Layanan Informasi Publik"
    assert "Salam pagi" in published_captions(reviewing.workspace)
    done = [(each.who, each.did) for each in read_audit(reviewing.workspace)]
    assert ("Ani Lestari", "approved") in done
    assert ("Ani Lestari", "published") in done


def bring(page: Page) -> None:
    page.set_input_files("#files", shipped_recording())
    card = page.locator(".drop")
    expect(card.get_by_label("Judul")).to_have_value("Layanan Informasi Publik")
    card.get_by_label("Jabatan narasumber 1").fill("Kepala Bidang Informasi Publik")
    expect(card.locator(".state")).to_have_text("Rekamannya bisa dipakai.", timeout=WORKING_MS)
    card.get_by_role("button", name="Serahkan").click()
    expect(card).to_have_count(0, timeout=WORKING_MS)


def wait_for_the_episode(page: Page, workspace: Workspace) -> str:
    """The producer watches the board, which changes by itself, until an editor may begin."""
    page.goto(page.url.replace("/drop", "/"))
    row = page.locator("[data-slug]")
    expect(row).to_have_count(1, timeout=WORKING_MS)
    expect(row).to_contain_text("Layanan Informasi Publik")
    (slug,) = workspace.slugs()
    episode = workspace.episode(slug)
    end = time.monotonic() + WORKING_MS / 1000
    while not episode.share_picture.is_file():
        assert time.monotonic() < end, "the road has no end"
        page.wait_for_timeout(500)
    expect(row).to_contain_text("Menunggu persetujuan", timeout=WORKING_MS)
    return slug


def correct(page: Page) -> None:
    """A word by typing, and who speaks, everywhere."""
    wait_for_editor(page)
    line = said(page, 0)
    assert texts(page)[0].startswith("Selamat pagi")
    line.click()
    page.keyboard.press("Home")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.type("Salam ")
    wait_for_state(page, "kept")
    assert texts(page)[0].startswith("Salam pagi")


def approve_and_publish(page: Page, reviewing: Reviewing, slug: str) -> None:
    """The stages follow the correction by themselves; then sign, look at the plan, publish."""
    episode = reviewing.workspace.episode(slug)
    end = time.monotonic() + WORKING_MS / 1000
    while "Salam pagi" not in episode.captions_vtt.read_text(encoding="utf-8"):
        assert time.monotonic() < end, "the captions do not follow"
        page.wait_for_timeout(500)
    page.goto(f"{reviewing.address}/episodes/{slug}/publishing")
    approve = page.get_by_role("button", name="Setujui sebagai Ani Lestari")
    end = time.monotonic() + WORKING_MS / 1000
    while not approve.count() or not approve.is_enabled():
        assert time.monotonic() < end, page.locator("main").inner_text()
        page.wait_for_timeout(1000)
        page.reload()
    approve.click()
    expect(page.locator("main")).to_contain_text("Disetujui oleh", timeout=WORKING_MS)
    page.get_by_role("button", name="Lihat apa yang akan terbit").click()
    page.get_by_role("button", name="Terbitkan ini").click(timeout=WORKING_MS)
    feed = reviewing.workspace.public / "feed.xml"
    end = time.monotonic() + WORKING_MS / 1000
    while not feed.is_file():
        assert time.monotonic() < end, page.locator("main").inner_text()
        page.wait_for_timeout(500)
    expect(page.locator("main")).to_contain_text("Terbit sejak", timeout=WORKING_MS)


def published_captions(workspace: Workspace) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in workspace.public.rglob("*.vtt"))

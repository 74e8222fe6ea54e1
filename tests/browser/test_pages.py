"""What a listener does on the public pages, in a real browser."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

EPISODE = "episodes/air-bersih/index.html"
PAGES = (
    "index.html",
    EPISODE,
    "episodes/air-bersih/transcript.html",
    "episodes/air-bersih/article.html",
    "episodes/air-bersih/embed.html",
    "search.html?q=air",
    "subscribe.html",
    "404.html",
    "year-2026.html",
)
PHONE = {"width": 320, "height": 640}
TIME = "document.querySelector('#player').currentTime"


def wait_until(page: Page, expression: str) -> None:
    """Playwright's own waiting is an eval in the page, which its policy forbids."""
    end = time.monotonic() + 20
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def wait_for_time(page: Page, seconds: float) -> None:
    wait_until(page, f"{TIME} >= {seconds} && {TIME} < {seconds + 5}")


def current_line(page: Page) -> str:
    return str(page.locator("[data-start][aria-current]").text_content())


@pytest.mark.parametrize("asked", ["?t=65", "?t=1:05", "?t=1m5s", "#t=65"])
def test_the_player_starts_at_a_linked_time(page: Page, site: str, asked: str) -> None:
    page.goto(f"{site}{EPISODE}{asked}")
    wait_for_time(page, 65)
    assert page.evaluate("document.querySelector('#player').paused")
    assert "Berapa rumah" in current_line(page)


@pytest.mark.parametrize("asked", ["", "?t=", "?t=abc", "?t=-5", "?t=1e9x"])
def test_a_time_that_is_none_starts_at_the_beginning(page: Page, site: str, asked: str) -> None:
    page.goto(f"{site}{EPISODE}{asked}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(TIME) == 0


def test_a_time_past_the_end_breaks_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}?t=99999")
    wait_until(page, f"{TIME} > 119")


def test_a_click_on_a_line_plays_from_there_and_the_address_says_so(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}")
    page.locator("[data-start]", has_text="Sudah 1.200 rumah").first.click()
    wait_for_time(page, 30)
    wait_until(page, "!document.querySelector('#player').paused")
    assert "Sudah 1.200 rumah" in current_line(page)
    assert page.url.endswith("?t=30")


def test_selecting_words_does_not_seek(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}")
    line = page.locator("[data-start]", has_text="Sudah 1.200 rumah").first
    line.evaluate("node => getSelection().selectAllChildren(node)")
    line.dispatch_event("click")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(TIME) == 0


def test_the_transcript_follows_the_audio(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}")
    page.locator("[data-start='10.0']").click()
    page.evaluate("document.querySelector('#player').playbackRate = 8")
    line = "document.querySelector('[data-start][aria-current]')"
    wait_until(page, f"Number({line}?.dataset.start) >= 40")
    assert page.locator("[data-start][aria-current]").count() == 1


def test_a_chapter_seeks(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}")
    page.locator(".chapters a", has_text="1:20").click()
    wait_for_time(page, 80)
    assert EPISODE in page.url


def test_the_chapter_that_plays_is_marked(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}?t=90")
    wait_for_time(page, 90)
    assert "Rencana" in str(page.locator(".chapters [aria-current]").text_content())


def test_the_player_skips_and_speeds_up(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}?t=40")
    wait_for_time(page, 40)
    page.get_by_role("button", name="Maju 30 detik").click()
    wait_for_time(page, 70)
    page.get_by_role("button", name="Mundur 15 detik").click()
    wait_for_time(page, 55)
    page.get_by_role("button", name="Kecepatan").click()
    assert page.evaluate("document.querySelector('#player').playbackRate") == 1.25
    page.get_by_role("button", name="Kecepatan: 1,25×").wait_for()


def test_a_link_to_the_moment_is_copied(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}{EPISODE}?t=65")
    wait_for_time(page, 65)
    page.get_by_role("button", name="Salin tautan ke detik ini").click()
    page.get_by_text("Tersalin").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}{EPISODE}?t=65"


def test_the_feeds_address_is_copied(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}subscribe.html")
    page.get_by_role("button", name="Salin alamat").click()
    page.get_by_role("button", name="Tersalin").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}feed.xml"


def test_a_qr_code_is_shown_whole(page: Page, site: str) -> None:
    for key in (EPISODE, "subscribe.html"):
        page.goto(f"{site}{key}")
        box = page.locator("svg.qr").bounding_box()
        drawn = page.locator("svg.qr path").last.bounding_box()
        assert box is not None
        assert drawn is not None
        assert drawn["x"] + drawn["width"] <= box["x"] + box["width"], key
        assert drawn["y"] + drawn["height"] <= box["y"] + box["height"], key


def test_everything_can_be_done_with_the_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.seek") == "80.0":
            break
    page.keyboard.press("Enter")
    wait_for_time(page, 80)


def test_search_finds_by_the_beginning_of_each_word(page: Page, site: str) -> None:
    page.goto(f"{site}search.html")
    page.get_by_role("searchbox").fill("LISTR desa")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=LISTR+desa")
    wait_until(page, "document.querySelector('#found').textContent")
    assert page.locator("#results a").all_text_contents() == ["Listrik masuk desa"]
    assert page.locator("#found").text_content() == "Episode ditemukan: 1"
    page.locator("#results a").click()
    assert page.locator("h1").text_content() == "Listrik masuk desa"


def test_search_that_finds_nothing_says_so(page: Page, site: str) -> None:
    page.goto(f"{site}search.html?q=tidakada")
    wait_until(page, "document.querySelector('#found').textContent")
    assert "Tidak ada episode" in str(page.locator("#found").text_content())


def test_what_is_searched_for_is_never_markup(page: Page, site: str) -> None:
    page.goto(f"{site}search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    wait_until(page, "document.querySelector('#found').textContent")
    assert page.locator("main img").count() == 0


def test_related_episodes_share_a_topic_or_a_guest(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}")
    page.locator("footer").scroll_into_view_if_needed()
    page.wait_for_selector("#related:not([hidden])")
    assert page.locator("#related a").all_text_contents() == ["Listrik masuk desa"]


@pytest.mark.parametrize("key", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, site: str, key: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(f"{site}{key}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("End")  # what is loaded late belongs to the page too
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


def test_axe_would_find_something(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert [name for name, _ in violations(page)] == ["html-has-lang"]


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """The rules of WCAG 2.2 AA and of good practice that axe-core finds broken, and where."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response
    assert found["passes"]
    return [(f["id"], [node["html"] for node in f["nodes"]]) for f in found["violations"]]


@pytest.mark.parametrize("key", PAGES)
def test_a_phone_scrolls_in_one_direction_only(page: Page, site: str, key: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{key}")
    page.wait_for_load_state("networkidle")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_without_javascript_everything_is_there_to_read_and_to_hear(
    browser: Browser, site: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}{EPISODE}")
        assert page.locator("audio[controls]").is_visible()
        assert page.locator(".transcript p").count() > 3
        assert not page.locator("#follow").is_visible()
        assert not page.locator(".controls").is_visible()
        assert not page.locator("#related").is_visible()
        link = page.locator(".chapters a", has_text="1:20").get_attribute("href")
        assert str(link).endswith(".mp3#t=80")
        page.goto(f"{site}search.html")
        assert page.get_by_text("Pencarian memerlukan JavaScript").is_visible()


def test_with_javascript_search_does_not_ask_for_it(page: Page, site: str) -> None:
    page.goto(f"{site}search.html")
    page.wait_for_load_state("networkidle")
    assert not page.get_by_text("Pencarian memerlukan JavaScript").is_visible()


def test_the_frame_for_other_pages_plays(page: Page, site: str) -> None:
    offered = page.request.get(f"{site}episodes/air-bersih/oembed.json").json()
    page.goto(f"{site}episodes/air-bersih/embed.html?t=40")
    wait_for_time(page, 40)
    assert f"{site}episodes/air-bersih/embed.html" in offered["html"]
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": offered["width"], "height": offered["height"]})
    assert page.evaluate("document.documentElement.scrollHeight") <= offered["height"], height


@pytest.mark.parametrize("attributes", ["", 'sandbox="allow-scripts"'])
def test_the_frame_plays_in_another_site_also_in_a_sandbox(
    page: Page, site: str, attributes: str
) -> None:
    offered = page.request.get(f"{site}episodes/air-bersih/oembed.json").json()
    page.set_content(offered["html"].replace("<iframe", f"<iframe {attributes}"))
    page.wait_for_load_state("networkidle")
    (frame,) = page.frames[1:]
    frame.evaluate("document.querySelector('#player').play()")
    assert not frame.evaluate("document.querySelector('#player').paused")


def test_print_leaves_out_what_paper_cannot_do(page: Page, site: str) -> None:
    page.goto(f"{site}{EPISODE}")
    page.emulate_media(media="print")
    assert not page.locator("#player").is_visible()
    assert not page.locator(".share").is_visible()
    assert page.locator(".transcript").is_visible()

"""What was said is found in the browser, at the second, and no more is loaded than it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.words.term_filter import filter_of
from tests.browser.test_pages import wait_for_time, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

SETTLED = (
    "document.querySelector('#said [role=status]').textContent.match(/Episode yang|Tidak ada epi/)"
)


def search(page: Page, site: str, words: str) -> list[str]:
    """The titles of the episodes in whose transcripts it was found."""
    page.goto(f"{site}search.html?q={words}")
    wait_until(page, SETTLED)
    return page.locator("#said ol > li > a").all_text_contents()


def test_a_passage_is_found_and_opens_at_its_second(page: Page, site: str) -> None:
    assert search(page, site, "rumah+tersambung") == ["Layanan air bersih di Tenggarong"]
    passages = page.locator("#said .passages li")
    assert passages.count() == 3
    assert "Berapa rumah yang sudah tersambung" in str(passages.first.text_content())
    assert passages.first.locator("mark").all_text_contents() == ["rumah", "tersambung"]
    assert passages.first.locator("a").text_content() == "0:20"
    passages.first.locator("a").click()
    page.wait_for_url("**/episodes/air-bersih/index.html?t=20")
    wait_for_time(page, 20)


@pytest.mark.parametrize(
    "words",
    ["PASANG", "terpasang", "pemasangannya", "dipasang", "memasang", "pípa", "1.200", "layan",
     "sambungan", "pagi"],
)  # fmt: skip
def test_other_forms_of_a_word_find_it(page: Page, site: str, words: str) -> None:
    assert "Layanan air bersih di Tenggarong" in search(page, site, words)


def test_each_word_is_in_one_of_the_passages(page: Page, site: str) -> None:
    search(page, site, "rumah+pasang+pagi")
    marks = page.locator("#said mark").all_text_contents()
    assert {mark.lower() for mark in marks} == {"rumah", "pemasangan", "pagi"}


@pytest.mark.parametrize("words", ["rumah+hujan", "zamrud", "pasar", "rum"])
def test_what_nobody_says_is_said_to_be_nowhere(page: Page, site: str, words: str) -> None:
    assert search(page, site, words) == []
    status = page.locator("#said [role=status]").text_content()
    assert "Tidak ada episode yang menyebutkan" in str(status)
    assert page.locator("#said button").is_hidden()


def test_only_transcripts_that_may_have_the_words_are_loaded(page: Page, site: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.removeprefix(site)))
    search(page, site, "tersambung")
    transcripts = [url for url in loaded if "transcript-" in url]
    assert [url.split("/")[1] for url in transcripts] == ["air-bersih"]


def test_markup_is_searched_as_words(page: Page, site: str) -> None:
    search(page, site, "%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+pagi")
    assert page.locator("main img").count() == 0


def test_without_words_there_is_nothing_to_look_through(page: Page, site: str) -> None:
    for asked in ("", "?q=", "?q=%20-%20"):
        page.goto(f"{site}search.html{asked}")
        page.wait_for_load_state("networkidle")
        assert page.locator("#said").is_hidden()


def test_transcripts_that_cannot_be_loaded_are_said(page: Page, site: str) -> None:
    page.route("**/said-*.json", lambda route: route.fulfill(status=200, body="no json"))
    page.goto(f"{site}search.html?q=pagi")
    wait_until(page, "document.querySelector('#said [role=status]').textContent.match(/dimuat/)")


def test_what_many_transcripts_only_may_have_is_looked_for_a_few_at_a_time(
    page: Page, site: str
) -> None:
    line = {"title": "Pasar", "page": "episodes/x/index.html", "day": "1", "transcript": "t.json"}
    lines = [{**line, "said": filter_of(["asar"])} for _ in range(50)]  # of "kasar", say
    page.route("**/said-*.json", lambda route: route.fulfill(json={"episodes": lines}))
    loaded: list[str] = []

    def transcript(route: Route) -> None:
        loaded.append(route.request.url)
        body = "Pasar ramai." if len(loaded) == 50 else "Kasar."
        route.fulfill(json={"segments": [{"startTime": 61.9, "body": body}]})

    page.route("**/t.json", transcript)
    assert search(page, site, "pasar") == []
    assert len(loaded) == 40
    page.get_by_role("button", name="Cari episode yang lebih lama").click()
    wait_until(page, "document.querySelector('#said ol li mark')")
    assert page.locator("#said ol > li > a").all_text_contents() == ["Pasar"]
    assert page.locator("#said .passages a").get_attribute("href") == (
        f"{site}episodes/x/index.html?t=61"
    )
    wait_until(page, SETTLED)
    assert page.locator("#said button").is_hidden()

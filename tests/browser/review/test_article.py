"""The article editor as people use it: typing, colleagues, a lost server, quoting, verdicts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from pipeline.ground.files import write_text
from pipeline.words.people import Role
from tests.browser.review.conftest import NETWORK_IS_GONE, Faults, OpenAs
from tests.browser.review.shown import AIR, Reviewing, ServerProcess

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PATH = f"/episodes/{AIR}/article"
SAID = "Pemasangan pipa di Tenggarong Seberang sudah selesai,"
QUOTE = f"“{SAID}” ujar Ahmad Rianto."


def _text(reviewing: Reviewing) -> str:
    path = reviewing.episode(AIR).article_md
    return path.read_text("utf-8") if path.is_file() else ""


def _saved(page: Page) -> None:
    """On the server: “tersimpan di peramban ini” is less."""
    page.locator("#state", has_text=re.compile(r"^\W*Tersimpan\W*$")).wait_for()


def _type_at_the_end(page: Page, words: str) -> None:
    page.locator("#text").press("Control+End")
    page.keyboard.type(words)


def test_a_draft_becomes_an_article_that_is_saved_as_it_is_written(
    reviewing: Reviewing, open_as: OpenAs
) -> None:
    write_text(reviewing.episode(AIR).draft_md, "# Air Bersih\n\nIsi.\n")
    page = open_as(Role.PRODUCER, PATH)
    page.get_by_role("button", name="Mulai dari draf").click()
    page.locator("#beginning").wait_for(state="detached")
    _type_at_the_end(page, "Kalimat baru.")
    _saved(page)
    assert _text(reviewing) == "# Air Bersih\n\nIsi.\nKalimat baru."


def test_each_quote_shows_its_verdict_and_where_it_is_said(
    reviewing: Reviewing, open_as: OpenAs
) -> None:
    wrong = QUOTE.replace("sudah", "belum")
    write_text(reviewing.episode(AIR).article_md, f"# Air 😀\n\n{QUOTE}\n\n{wrong}\n")
    page = open_as(Role.EDITOR, PATH)
    page.locator("#evidence .v-blocked").first.wait_for()
    exact = page.locator("#evidence .v-exact").first
    assert "0:12" in exact.inner_text() or "0:11" in exact.inner_text()
    assert page.locator(".backdrop mark.v-exact").inner_text() == SAID
    exact.locator(".excerpt").click()
    chosen = page.evaluate(
        "() => { const t = document.getElementById('text');"
        " return t.value.slice(t.selectionStart, t.selectionEnd) }"
    )
    assert chosen == SAID
    exact.get_by_role("button", name="Putar").click()
    page.wait_for_function("() => document.getElementById('sound').currentTime > 11")


def test_the_marks_lie_under_their_words(reviewing: Reviewing, open_as: OpenAs) -> None:
    write_text(reviewing.episode(AIR).article_md, f"# Air\n\n{'Kata ' * 80}\n\n{QUOTE}\n")
    page = open_as(Role.EDITOR, PATH)
    page.locator(".backdrop mark").first.wait_for()
    heights = page.evaluate(
        "() => [document.getElementById('text'), document.querySelector('.backdrop')]"
        ".map((each) => [each.clientWidth, each.scrollHeight])"
    )
    assert heights[0] == heights[1]


def test_a_line_of_the_transcript_is_quoted_with_who_says_it(
    reviewing: Reviewing, open_as: OpenAs
) -> None:
    page = open_as(Role.EDITOR, PATH)
    page.get_by_role("button", name="Mulai dari halaman kosong").click()
    page.get_by_role("tab", name="Transkrip").click()
    page.locator("#said-lines li").nth(3).get_by_role("button", name="Kutip").click()
    _saved(page)
    quoted = "“Sudah 1.200 rumah, dan sisanya menyusul sebelum akhir tahun,” ujar Ahmad Rianto."
    assert _text(reviewing).strip() == quoted
    page.get_by_role("tab", name="Bukti").click()
    page.locator("#evidence .v-exact").wait_for()


def test_selected_words_are_quoted_and_the_browsers_undo_takes_it_back(
    reviewing: Reviewing, open_as: OpenAs
) -> None:
    page = open_as(Role.EDITOR, PATH)
    page.get_by_role("tab", name="Transkrip").click()
    page.locator("#said-lines .line").nth(9).wait_for()
    page.evaluate(
        "() => { const line = document.querySelectorAll('#said-lines .line')[9].firstChild;"
        " const range = document.createRange(); range.setStart(line, 0); range.setEnd(line, 19);"
        " const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }"
    )
    page.locator("#quote").click()
    assert page.locator("#text").input_value().startswith("“Kalau ada keluhan,")
    page.locator("#text").press("Control+z")
    assert page.locator("#text").input_value() == ""


def test_two_people_at_once_lose_nothing(
    reviewing: Reviewing, open_as: OpenAs, quiet_faults: Faults
) -> None:
    write_text(reviewing.episode(AIR).article_md, "Satu dua tiga.\n\nEmpat lima enam.\n")
    ani, budi = (open_as(Role.EDITOR, PATH, name=name) for name in ("Ani", "Budi"))
    quiet_faults.expected.append("ERR_FAILED")
    ani.route("**/api/events", lambda route: route.abort())  # she hears of nothing
    ani.reload()
    budi.locator("#text").press("Control+Home")
    budi.keyboard.type("Pembuka Budi. ")
    _saved(budi)
    _type_at_the_end(ani, "Penutup Ani.")
    ani.locator("#meeting", has_text="Pembuka Budi.").wait_for()
    _saved(ani)
    assert _text(reviewing) == ("Pembuka Budi. Satu dua tiga.\n\nEmpat lima enam.\nPenutup Ani.")


@pytest.fixture
def quiet_faults(faults: Faults) -> Faults:
    """Requests that are refused or lost show in the console, as they should."""
    faults.expected += [*NETWORK_IS_GONE, "status of 409"]
    return faults


def test_the_same_words_changed_by_both_are_chosen(
    reviewing: Reviewing, open_as: OpenAs, quiet_faults: Faults
) -> None:
    path = reviewing.episode(AIR).article_md
    write_text(path, "Ada lima kelompok.\n")
    page = open_as(Role.EDITOR, PATH)
    page.locator("#text").wait_for()
    write_text(path, "Ada enam kelompok.\n")  # a text editor
    page.evaluate(
        "() => { const t = document.getElementById('text'); t.focus(); t.setSelectionRange(4, 8);"
        " document.execCommand('insertText', false, 'tujuh'); }"
    )
    clash = page.locator("#meeting .clash")
    clash.wait_for()
    assert "lima" in clash.inner_text()
    assert path.read_text("utf-8") == "Ada enam kelompok.\n"
    clash.get_by_role("radio", name="Punya rekan enam").check()
    page.get_by_role("button", name="Pakai ini").click()
    _saved(page)
    assert page.locator("#text").input_value() == "Ada enam kelompok.\n"
    page.get_by_role("tab", name="Versi").click()


def test_a_server_that_is_killed_while_somebody_types_costs_no_word(
    served: tuple[ServerProcess, Reviewing],
    opener: Callable[..., Page],
    quiet_faults: Faults,
) -> None:
    server, reviewing = served
    write_text(reviewing.episode(AIR).article_md, "Satu.\n")
    reviewing.sign_in(Role.EDITOR)
    server.start()
    page = opener(reviewing, Role.EDITOR, PATH)
    _type_at_the_end(page, "Dua. ")
    _saved(page)
    server.kill()
    page.keyboard.type("Tiga.")
    page.locator("#state", has_text="peramban ini").wait_for()
    server.start()
    _saved(page)
    assert _text(reviewing) == "Satu.\nDua. Tiga."


def test_words_that_never_arrived_are_back_after_a_reload(
    served: tuple[ServerProcess, Reviewing],
    opener: Callable[..., Page],
    quiet_faults: Faults,
) -> None:
    server, reviewing = served
    write_text(reviewing.episode(AIR).article_md, "Satu.\n")
    reviewing.sign_in(Role.EDITOR)
    server.start()
    page = opener(reviewing, Role.EDITOR, PATH)
    server.kill()
    _type_at_the_end(page, "Dua.")
    server.start()
    page.goto(f"{reviewing.address}{PATH}")
    _saved(page)
    assert _text(reviewing) == "Satu.\nDua."


def test_an_earlier_text_comes_back(reviewing: Reviewing, open_as: OpenAs) -> None:
    write_text(reviewing.episode(AIR).article_md, "Naskah pertama.\n")
    page = open_as(Role.EDITOR, PATH)
    page.locator("#text").fill("Naskah kedua.\n")
    _saved(page)
    page.get_by_role("tab", name="Versi").click()
    page.locator("#versions li", has_text="program lain").get_by_role("button").click()
    page.locator(".comparison ins", has_text="kedua").wait_for()
    page.get_by_role("button", name="Kembalikan naskah ini").click()
    _saved(page)
    assert _text(reviewing) == "Naskah pertama.\n"


def test_the_preview_shows_the_public_page(
    reviewing: Reviewing, open_as: OpenAs, quiet_faults: Faults
) -> None:
    quiet_faults.expected += ["Content Security Policy", "sandboxed"]
    write_text(reviewing.episode(AIR).article_md, "# Air Bersih\n\nIsi artikel.\n")
    page = open_as(Role.EDITOR, PATH)
    page.get_by_role("tab", name="Pratinjau").click()
    frame = page.frame_locator("#preview")
    frame.get_by_role("heading", name="Air Bersih").wait_for()
    family = frame.locator("body").evaluate("(body) => getComputedStyle(body).fontFamily")
    assert "system-ui" in family or "sans" in family, "its own looks are loaded"
    emblem = frame.locator("img").first
    assert emblem.evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)") > 0


def test_by_keyboard_alone(reviewing: Reviewing, open_as: OpenAs) -> None:
    write_text(reviewing.episode(AIR).article_md, f"{QUOTE}\n")
    page = open_as(Role.EDITOR, PATH)
    page.locator("#evidence .v-exact").wait_for()
    page.locator("#tab-evidence").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#tab-said").get_attribute("aria-selected") == "true"
    page.locator("#said-lines li").first.wait_for()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = "() => document.activeElement.className"
    assert "excerpt" in page.evaluate(focused) or "button" in page.evaluate(focused)


def test_a_server_that_cannot_write_says_why_and_is_asked_again(
    reviewing: Reviewing, open_as: OpenAs, faults: Faults
) -> None:
    faults.expected += ["status of 503"]
    page = open_as(Role.EDITOR, PATH)
    page.get_by_role("button", name="Mulai dari halaman kosong").click()
    page.locator("#beginning").wait_for(state="detached")
    full = {"problem": "Tidak ada ruang untuk menulis.", "remedy": "Kosongkan disk."}
    address = f"**/api/episodes/{AIR}/article"
    page.route(address, lambda route: route.fulfill(status=503, json=full))
    page.locator("textarea").first.fill("Kata yang tetap ada.")
    page.locator("#writing-problem", has_text="Tidak ada ruang").wait_for()
    page.unroute(address)
    page.locator("#state", has_text="Tersimpan").wait_for()
    assert "Kata yang tetap ada." in _text(reviewing)

"""What an editor does with a transcript, in a real browser."""

from __future__ import annotations

import pytest

from pipeline.ground.files import write_json
from pipeline.ground.review_file import read_review, read_reviewed
from pipeline.words.people import Role
from tests.browser.review.conftest import NETWORK_IS_GONE, Faults, OpenAs, Reviewing
from tests.browser.review.editor import (
    PATH,
    is_playing,
    put_caret,
    said,
    seconds,
    texts,
    wait_for_editor,
    wait_for_state,
    wait_for_text,
    wait_until,
)
from tests.browser.review.shown import AIR, SAID, ServerProcess, spoken
from tests.browser.test_pages import violations

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}


def test_typing_is_kept_without_asking(open_as: OpenAs, reviewing: Reviewing) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH, name="Ani"))
    put_caret(page, 0, -1)
    page.keyboard.type(" Semoga sehat.")
    wait_for_state(page, "kept")
    wait_until(page, "document.getElementById('undo').disabled === false")
    line = read_reviewed(reviewing.episode(AIR)).lines[0]
    assert line.text == f"{SAID[0]} Semoga sehat."
    assert read_review(reviewing.episode(AIR)).operations[-1].author == "Ani"
    assert page.locator("#state").text_content() == "Tersimpan"


def test_lines_are_split_and_joined_where_one_types(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    put_caret(page, 1, len("Kabar baik. "))
    page.keyboard.press("Enter")
    wait_for_text(page, 2, "Pemasangan pipa di Tenggarong Seberang sudah selesai.")
    assert texts(page)[1] == "Kabar baik."
    assert page.evaluate("document.activeElement.textContent").startswith("Pemasangan")
    page.keyboard.press("Backspace")
    wait_for_text(page, 1, SAID[1])
    page.keyboard.type("Sungguh ")
    wait_for_text(page, 1, SAID[1].replace("Pemasangan", "Sungguh Pemasangan"))


def test_undo_goes_beyond_a_reload(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    put_caret(page, 0, -1)
    page.keyboard.type(" Satu.")
    page.wait_for_timeout(600)
    page.keyboard.type(" Dua.")
    wait_for_text(page, 0, f"{SAID[0]} Satu. Dua.")
    page.wait_for_timeout(600)
    wait_for_state(page, "kept")
    page.reload()
    wait_for_editor(page)
    put_caret(page, 0, 0)
    page.keyboard.press("Control+z")
    wait_for_text(page, 0, f"{SAID[0]} Satu.")
    page.keyboard.press("Control+z")
    wait_for_text(page, 0, SAID[0])
    page.keyboard.press("Control+Shift+z")
    wait_for_text(page, 0, f"{SAID[0]} Satu.")


def test_what_cannot_be_done_is_seen_and_heard(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    put_caret(page, 0, 0)
    page.keyboard.press("Control+z")
    told = page.locator(".told")
    told.wait_for()
    assert told.inner_text() == "Tidak ada yang dapat diurungkan."
    assert page.locator("#said").inner_text() == told.inner_text()
    told.wait_for(state="detached")


def test_everything_works_by_keyboard(open_as: OpenAs, reviewing: Reviewing) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    wait_until(page, "document.getElementById('audio').readyState > 0")
    page.keyboard.press("Alt+n")
    assert page.evaluate("document.activeElement.textContent") == SAID[4]
    assert 39 < seconds(page) < 43
    assert is_playing(page)
    page.keyboard.press("Escape")
    assert not is_playing(page)
    page.keyboard.press("Alt+a")
    wait_for_text(page, 4, SAID[4].replace("Lepu", "Ipuh"))
    page.keyboard.press("Control+Enter")
    assert page.evaluate("document.activeElement.textContent") == SAID[5]
    page.keyboard.press("Alt+n")
    assert page.evaluate("document.activeElement.textContent") == SAID[6]
    page.keyboard.press("Control+Delete")
    wait_until(page, "document.querySelectorAll('.line').length === 11")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Alt+s")
    page.keyboard.type("Bu Siti")
    page.keyboard.press("Enter")
    wait_for_state(page, "kept")
    before = seconds(page)
    page.keyboard.press("F1")
    assert seconds(page) == pytest.approx(max(0, before - 5), abs=0.5)
    page.keyboard.press("F4")
    assert page.evaluate("document.getElementById('audio').playbackRate") == 1.25
    page.keyboard.press("Alt+m")
    page.keyboard.type("Tanya lagi.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelector('#beside-notes li')")
    wait_for_state(page, "kept")
    lines = read_reviewed(reviewing.episode(AIR)).lines
    assert lines[4].reviewed_by == "Editor"
    assert lines[4].text == SAID[4].replace("Lepu", "Ipuh")
    assert [line.text for line in lines if line.speaker == "Bu Siti"] == [SAID[5]]
    assert [note.text for line in lines for note in line.notes] == ["Tanya lagi."]


def test_keys_are_listed_and_can_be_changed(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    page.locator("h1").click()
    page.keyboard.press("?")
    page.locator("#keylist [data-action=play]").click()
    page.keyboard.press("F9")
    assert "F9" in str(page.locator("#keylist [data-action=play]").text_content())
    page.keyboard.press("Escape")
    page.reload()
    wait_for_editor(page)
    wait_until(page, "document.getElementById('audio').readyState > 0")
    page.keyboard.press("Escape")
    assert not is_playing(page)
    page.keyboard.press("F9")
    assert is_playing(page)


def test_the_text_follows_the_sound_and_a_click_seeks(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, f"{PATH}?t=42"))
    wait_until(page, "document.getElementById('audio').currentTime >= 42")
    assert page.locator(".line.current .said").text_content() == SAID[4]
    box = said(page, 3).bounding_box()
    assert box
    page.mouse.click(box["x"] + 12, box["y"] + 14)
    wait_until(page, "document.getElementById('audio').currentTime < 31")
    assert page.locator(".line.current .said").text_content() == SAID[3]
    said_now = page.evaluate("[...CSS.highlights.get('said')].map(String).join()")
    assert said_now == "Sudah"
    page.locator(".when").nth(8).click()
    wait_until(page, "document.getElementById('audio').currentTime > 80")
    assert is_playing(page)


def test_one_line_is_repeated(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    wait_until(page, "document.getElementById('audio').readyState > 0")
    put_caret(page, 2, 0)
    page.keyboard.press("Alt+l")
    page.evaluate("document.getElementById('audio').currentTime = 28.8")
    wait_until(page, "document.getElementById('audio').currentTime < 25")
    assert 20 <= seconds(page) < 25
    assert page.locator("#loop").get_attribute("aria-pressed") == "true"


def test_speakers_are_renamed_and_merged_everywhere(open_as: OpenAs, reviewing: Reviewing) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    page.get_by_role("button", name="Pembicara", exact=True).click()
    page.locator("#speaking [data-name='Ahmad Rianto']").fill("Siti Aminah")
    page.get_by_role("button", name="Ganti nama di semua baris").click()
    wait_until(
        page, "[...document.querySelectorAll('.who')].every(e => /Siti/.test(e.textContent))"
    )
    wait_for_state(page, "kept")
    assert {line.speaker for line in read_reviewed(reviewing.episode(AIR)).lines} == {"Siti Aminah"}


def test_find_and_replace_shows_and_lets_choose(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    page.keyboard.press("Control+h")
    page.locator("#finding [name=find]").fill("rumah")
    page.locator("#finding [name=put]").fill("sambungan")
    page.wait_for_selector("#finding li:nth-child(2)")
    page.locator("#finding li input").first.uncheck()
    page.get_by_role("button", name="Ganti di baris terpilih").click()
    wait_for_text(page, 3, SAID[3].replace("rumah", "sambungan"))
    assert texts(page)[2] == SAID[2]


def test_history_compares_and_goes_back(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    put_caret(page, 0, -1)
    page.keyboard.type(" Halo.")
    page.get_by_role("button", name="Riwayat").click()
    page.locator("#history .steps li").first.get_by_role("button", name="Apa yang diubah").click()
    page.wait_for_selector("#history .changes ins")
    assert page.locator("#history .changes ins").all_text_contents() == ["Halo."]
    page.locator("#history .steps li").last.get_by_role("button", name="Kembali").click()
    wait_for_text(page, 0, SAID[0])
    page.keyboard.press("Control+z")
    wait_for_text(page, 0, f"{SAID[0]} Halo.")


def test_a_server_that_is_killed_while_one_types_loses_nothing(
    served: tuple[ServerProcess, Reviewing], opener: OpenAs, faults: Faults
) -> None:
    faults.expected.extend(NETWORK_IS_GONE)
    server, reviewing = served
    reviewing.sign_in(Role.EDITOR, "Ani")
    server.start()
    page = wait_for_editor(opener(reviewing, Role.EDITOR, PATH, name="Ani"))
    put_caret(page, 0, -1)
    page.keyboard.type(" Sebelum mati.")
    page.wait_for_timeout(200)
    server.kill()
    page.keyboard.type(" Sesudah mati.", delay=30)
    put_caret(page, 1, len("Kabar baik. "))
    page.keyboard.press("Enter")
    page.keyboard.type("Benar, ", delay=30)
    put_caret(page, 5, -1)
    page.keyboard.type(" Lagi.", delay=30)
    wait_for_state(page, "offline")
    told = str(page.locator("#state").text_content())
    assert told.startswith("Belum terkirim (")
    server.start()
    wait_for_state(page, "kept")
    wait_until(page, "document.getElementById('state').textContent === 'Tersimpan'")
    page.wait_for_timeout(700)
    wait_for_state(page, "kept")
    kept = [line.text for line in read_reviewed(reviewing.episode(AIR)).lines]
    assert kept[0] == f"{SAID[0]} Sebelum mati. Sesudah mati."
    assert kept[1:3] == ["Kabar baik.", f"Benar, {SAID[1].removeprefix('Kabar baik. ')}"]
    assert kept[5] == f"{SAID[4]} Lagi."
    assert not read_reviewed(reviewing.episode(AIR)).conflicts
    assert kept == texts(page)


def test_a_window_that_is_closed_while_offline_sends_when_it_is_open_again(
    served: tuple[ServerProcess, Reviewing], opener: OpenAs, faults: Faults
) -> None:
    faults.expected.extend(NETWORK_IS_GONE)
    server, reviewing = served
    reviewing.sign_in(Role.EDITOR, "Ani")
    server.start()
    page = wait_for_editor(opener(reviewing, Role.EDITOR, PATH, name="Ani"))
    server.kill()
    put_caret(page, 0, -1)
    page.keyboard.type(" Satu.")
    wait_for_state(page, "offline")
    put_caret(page, 1, -1)
    page.keyboard.type(" Dua")  # closed before the pause in which it would have been sent
    page.goto("about:blank")
    server.start()
    page.goto(f"{server.address}{PATH}")
    wait_for_editor(page)
    wait_for_text(page, 1, f"{SAID[1]} Dua")
    wait_for_state(page, "kept")
    page.wait_for_timeout(300)
    kept = [line.text for line in read_reviewed(reviewing.episode(AIR)).lines]
    assert kept[:2] == [f"{SAID[0]} Satu.", f"{SAID[1]} Dua"]


def test_two_editors_see_each_other_and_decide_a_conflict_word_by_word(
    open_as: OpenAs, reviewing: Reviewing, faults: Faults
) -> None:
    faults.expected.extend(NETWORK_IS_GONE)
    ani = wait_for_editor(open_as(Role.EDITOR, PATH, name="Ani"))
    budi = wait_for_editor(open_as(Role.EDITOR, PATH, name="Budi"))
    put_caret(ani, 0, -1)
    ani.keyboard.type(" Dari Ani.")
    wait_for_text(budi, 0, f"{SAID[0]} Dari Ani.")

    budi.context.set_offline(True)
    said(budi, 3).evaluate("e => { e.focus(); getSelection().collapse(e.firstChild, 6); }")
    budi.keyboard.press("Shift+Control+ArrowRight")
    budi.keyboard.type("1.400 ")
    wait_for_state(budi, "offline")
    said(ani, 3).evaluate("e => { e.focus(); getSelection().collapse(e.firstChild, 6); }")
    ani.keyboard.press("Shift+Control+ArrowRight")
    ani.keyboard.type("1.300 ")
    wait_for_text(ani, 3, SAID[3].replace("1.200", "1.300"))
    ani.wait_for_timeout(600)
    wait_for_state(ani, "kept")

    budi.context.set_offline(False)
    wait_for_state(budi, "kept")
    for page in (ani, budi):
        page.wait_for_selector(".conflict")
        wait_for_text(page, 3, SAID[3].replace("1.200", "1.300"))
    choices = budi.locator(".conflict fieldset label").all_text_contents()
    assert [choice.split()[-1] for choice in choices] == ["1.300", "1.400", "1.400"]
    budi.locator(".conflict [value=mine]").check()
    budi.get_by_role("button", name="Pakai kata-kata ini").click()
    for page in (ani, budi):
        wait_for_text(page, 3, SAID[3].replace("1.200", "1.400"))
        wait_until(page, "document.getElementById('conflicts').hidden")
    reviewed = read_reviewed(reviewing.episode(AIR))
    assert not reviewed.conflicts
    assert reviewed.lines[3].text == SAID[3].replace("1.200", "1.400")


def test_what_a_colleague_writes_never_goes_over_what_one_types(open_as: OpenAs) -> None:
    ani = wait_for_editor(open_as(Role.EDITOR, PATH, name="Ani"))
    budi = wait_for_editor(open_as(Role.EDITOR, PATH, name="Budi"))
    put_caret(ani, 0, 0)
    put_caret(budi, 0, -1)
    for word in ("Nah, ", "jadi ", "begini: "):
        ani.keyboard.type(word, delay=40)
        budi.keyboard.type(f" {word.strip(' ,:')}!", delay=40)
    wait_for_text(ani, 0, f"Nah, jadi begini: {SAID[0]} Nah! jadi! begini!")
    wait_for_text(budi, 0, f"Nah, jadi begini: {SAID[0]} Nah! jadi! begini!")


def test_who_only_looks_can_listen_and_not_write(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.VIEWER, PATH))
    said(page, 0).click()
    page.keyboard.type("Tidak")
    assert texts(page) == list(SAID)
    assert page.get_by_role("button", name="Pisah").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(open_as: OpenAs, faults: Faults, scheme: str, width: int) -> None:
    faults.expected.append("Applying inline style")  # axe itself does, to measure
    viewport = {"width": width, "height": 800}
    page = wait_for_editor(open_as(Role.EDITOR, PATH, color_scheme=scheme, viewport=viewport))
    put_caret(page, 4, 0)
    assert violations(page) == []
    for action, dialog in (("keys", "keylist"), ("find", "finding"), ("speakers", "speaking"),
                           ("history", "history")):  # fmt: skip
        page.locator(f"[data-do={action}]").click()
        page.wait_for_selector(f"#{dialog}[open]")
        assert violations(page) == [], dialog
        page.keyboard.press("Escape")


def test_a_phone_scrolls_in_one_direction_only(open_as: OpenAs) -> None:
    page = wait_for_editor(open_as(Role.EDITOR, PATH, viewport=PHONE))
    put_caret(page, 4, 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_scripts_it_can_be_read_and_heard(open_as: OpenAs) -> None:
    page = open_as(Role.EDITOR, PATH, java_script_enabled=False)
    assert "Penyuntingan memerlukan" in str(page.locator("noscript .note").text_content())
    assert page.locator(".reading p").count() == len(SAID)
    assert page.locator("audio[controls]").is_visible()
    assert not page.locator("#editor").is_visible()


def test_sound_that_is_missing_is_said_where_one_looks(
    reviewing: Reviewing, open_as: OpenAs, faults: Faults
) -> None:
    faults.expected += ["status of 409"]
    episode = reviewing.episode(AIR)
    for sound in (episode.enclosure, episode.normalized):
        sound.unlink()
    page = wait_for_editor(open_as(Role.EDITOR, PATH))
    page.locator("#play").click()
    page.locator("#refused .problem", has_text="Suara tidak dapat dimuat.").wait_for()


def test_a_moment_far_down_a_long_transcript_is_in_sight(
    reviewing: Reviewing, open_as: OpenAs
) -> None:
    long = tuple(f"{text} {text} {text}" for text in SAID) * 30
    write_json(reviewing.episode(AIR).transcript_json, spoken(long, doubts={}).to_json())
    for size in (PHONE, {"width": 1280, "height": 800}):
        page = wait_for_editor(open_as(Role.EDITOR, f"{PATH}?t=2705", viewport=size))
        wait_until(page, "scrollY > 0")
        page.wait_for_timeout(1000)
        box = said(page, 270).bounding_box()
        assert box
        assert 0 < box["y"] < size["height"] - box["height"], box


def test_on_a_phone_what_is_not_sent_is_said_wherever_one_writes(
    reviewing: Reviewing, open_as: OpenAs, faults: Faults
) -> None:
    faults.expected += NETWORK_IS_GONE
    page = wait_for_editor(open_as(Role.EDITOR, PATH, viewport=PHONE))
    put_caret(page, 10, -1)
    page.wait_for_timeout(500)
    page.context.set_offline(True)
    page.keyboard.type(" Benar.")
    wait_for_state(page, "offline")
    box = page.locator("#state").bounding_box()
    bar = page.locator(".controls").bounding_box()
    assert page.evaluate("scrollY") > 0
    assert box
    assert bar
    assert bar["y"] + bar["height"] <= box["y"] < PHONE["height"] / 2
    page.context.set_offline(False)
    wait_for_state(page, "kept")

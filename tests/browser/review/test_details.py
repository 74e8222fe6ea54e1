"""The form of an episode in a browser: filled in, saved, met by a colleague, marked on sound."""

from __future__ import annotations

import io
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from pipeline.faces.web.visitors import COOKIE
from pipeline.ground.files import write_text
from pipeline.words.people import Role
from tests.browser.review.conftest import Faults, OpenAs
from tests.browser.review.shown import AIR, Reviewing

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PATH = f"/episodes/{AIR}/details"


def _said(reviewing: Reviewing) -> dict[str, Any]:
    return tomllib.loads((reviewing.episode(AIR).folder / "episode.toml").read_text("utf-8"))


def _save(page: Page) -> None:
    page.keyboard.press("Control+s")
    page.locator("#saved-state", has_text="Tersimpan").wait_for()


def test_what_is_filled_in_is_in_the_file(reviewing: Reviewing, open_as: OpenAs) -> None:
    page = open_as(Role.PRODUCER, PATH)
    page.get_by_label("Judul *").first.fill("Air bersih, akhirnya")
    page.get_by_role("button", name="Tambah narasumber").click()
    page.keyboard.type("Siti Nurbaya")
    page.get_by_label("Terbit pada").fill("2027-01-05T08:30")
    page.get_by_role("button", name="Tambah bab").click()
    page.keyboard.type("1:05.5")
    page.keyboard.press("Tab")
    page.keyboard.type("Biaya")
    _save(page)
    said = _said(reviewing)
    assert said["title"] == "Air bersih, akhirnya"
    assert [guest["name"] for guest in said["guests"]][-1] == "Siti Nurbaya"
    assert said["publish_at"].isoformat() == "2027-01-05T08:30:00+08:00"
    assert said["chapters"] == [{"start_seconds": 65.5, "title": "Biaya"}]
    assert page.locator(".app-row .app-title").inner_text() == "Air bersih, akhirnya"


def test_a_fault_stands_beside_its_field_and_has_the_focus(open_as: OpenAs, faults: Faults) -> None:
    faults.expected.append("422")
    page = open_as(Role.PRODUCER, PATH)
    page.get_by_label("Judul *").first.fill("")
    page.get_by_role("button", name="Simpan", exact=True).click()
    fault = page.locator(".fault:visible")
    fault.wait_for()
    assert fault.inner_text() == "Wajib diisi."
    assert page.evaluate("() => document.activeElement.dataset.key") == "title"
    assert page.evaluate("() => document.activeElement.getAttribute('aria-invalid')") == "true"


def test_what_a_colleague_changed_is_taken_over_or_asked(
    reviewing: Reviewing, open_as: OpenAs, faults: Faults
) -> None:
    faults.expected.append("409")
    page = open_as(Role.PRODUCER, PATH)
    page.get_by_label("Judul *").first.fill("Judul saya")
    path = reviewing.episode(AIR).folder / "episode.toml"
    text = path.read_text("utf-8").replace("Layanan air bersih di Tenggarong", "Judul rekan")
    write_text(path, text.replace('place = "Tenggarong"', 'place = "Samarinda"'))
    page.keyboard.press("Control+s")
    page.locator("#conflict").wait_for()
    assert "Tempat" in page.locator("#conflict").inner_text()
    assert page.locator('[data-key="place"]').input_value() == "Samarinda"
    page.get_by_label("Punya rekan").check()
    _save(page)
    assert (_said(reviewing)["title"], _said(reviewing)["place"]) == ("Judul rekan", "Samarinda")


def test_marks_on_the_waveform_follow_the_fields_and_are_dragged(
    reviewing: Reviewing, open_as: OpenAs
) -> None:
    page = open_as(Role.PRODUCER, PATH)
    page.get_by_role("button", name="Cuplikan di sini").click()
    page.keyboard.type("Kabar baik")
    mark = page.locator("#waveform [part~=region]")
    mark.wait_for()
    page.locator("#waveform").evaluate("(at) => at.scrollIntoView({block: 'center'})")
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 120, box["y"] + 40, steps=8)
    page.mouse.up()
    start = page.locator('[data-rows="soundbites"] [data-key="start_seconds"]').input_value()
    assert start not in ("", "0:00")
    _save(page)
    [bite] = _said(reviewing)["soundbites"]
    assert bite["title"] == "Kabar baik"
    assert bite["duration_seconds"] == pytest.approx(30, abs=0.2)
    assert bite["start_seconds"] > 2


def test_a_cover_is_made_square_and_shown(reviewing: Reviewing, open_as: OpenAs) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (2000, 1500), "teal").save(picture, "PNG")
    page = open_as(Role.PRODUCER, PATH)
    page.locator("#cover-file").set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    page.locator("#cover-said", has_text="Sampul diganti").wait_for()
    cover = reviewing.episode(AIR).cover
    assert cover is not None
    with Image.open(cover) as image:
        assert image.size == (1500, 1500)


def test_a_consent_is_noted(reviewing: Reviewing, open_as: OpenAs) -> None:
    page = open_as(Role.PRODUCER, PATH)
    page.get_by_role("button", name="Catat persetujuan").click()
    page.keyboard.type("Ahmad Rianto")
    page.get_by_label("Diberikan pada").fill("2026-11-01")
    page.get_by_label("Siniar").check()
    page.get_by_role("button", name="Simpan persetujuan narasumber").click()
    page.locator("#consent-state", has_text="Tersimpan").wait_for()
    assert "Ahmad Rianto" in reviewing.episode(AIR).consent_json.read_text("utf-8")


def test_unsaved_words_are_not_left_without_asking(open_as: OpenAs) -> None:
    page = open_as(Role.PRODUCER, PATH)
    page.get_by_label("Judul *").first.fill("Belum")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(".tabs").get_by_role("link", name="Transkrip").click()
    page.wait_for_url("**/transcript")
    assert asked == ["beforeunload"]


def test_a_viewer_can_read_it_all_and_change_nothing(open_as: OpenAs) -> None:
    page = open_as(Role.VIEWER, PATH)
    assert page.get_by_label("Judul *").first.is_disabled()
    assert page.locator("#save").count() == 0


def test_who_signs_in_again_elsewhere_goes_on_with_what_was_filled_in(
    reviewing: Reviewing, open_as: OpenAs, faults: Faults
) -> None:
    faults.expected += ["status of 401", "status of 403"]
    page = open_as(Role.PRODUCER, PATH, name="Budi")
    page.get_by_label("Judul *").first.fill("Air bersih, akhirnya")
    reviewing.sessions.end_all_of("budi")
    page.keyboard.press("Control+s")
    page.locator("#form-problem", has_text="Masuklah lagi di jendela lain").wait_for()
    _sign_in_elsewhere(page, reviewing.sessions.begin("budi"))
    _save(page)
    assert _said(reviewing)["title"] == "Air bersih, akhirnya"


def test_what_one_person_filled_in_is_not_saved_as_another(
    reviewing: Reviewing, open_as: OpenAs, faults: Faults
) -> None:
    faults.expected += ["status of 403"]
    page = open_as(Role.PRODUCER, PATH, name="Budi")
    page.get_by_label("Judul *").first.fill("Air bersih, akhirnya")
    _sign_in_elsewhere(page, reviewing.sign_in(Role.PRODUCER, "Citra"))
    page.keyboard.press("Control+s")
    page.locator("#form-problem", has_text="Muat ulang halaman ini").wait_for()
    assert _said(reviewing)["title"] != "Air bersih, akhirnya"


def _sign_in_elsewhere(page: Page, token: str) -> None:
    """As another window of the same browser does."""
    address = page.url.removesuffix(PATH)
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])

"""Bringing recordings with a browser: chosen or dropped, interrupted, gone on with, handed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from pipeline.tools.inbox.uploads import Uploads
from pipeline.words.people import Role
from tests.browser.review.conftest import Faults, OpenAs
from tests.browser.review.shown import Reviewing
from tests.media import write_sound
from tests.signals import noise

NAME = "2022-10-06 Ahmad Rianto - Air Bersih.wav"


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_sound(tmp_path / NAME, noise(-20, 120), "pcm_s16le")  # 11 MB: two pieces


@pytest.fixture
def page(open_as: OpenAs) -> Page:
    return open_as(Role.PRODUCER, "/drop")


def test_a_file_is_sent_described_and_handed_over(
    page: Page, reviewing: Reviewing, recording: Path
) -> None:
    page.set_input_files("#files", recording)
    card = page.locator(".drop")
    expect(card.get_by_label("Judul")).to_have_value("Air Bersih")
    expect(card.get_by_label("Narasumber 1", exact=True)).to_have_value("Ahmad Rianto")
    card.get_by_label("Jabatan narasumber 1").fill("Kepala Bidang")
    card.get_by_label("Tempat").fill("Tenggarong")
    expect(card.locator(".kept")).to_have_text("Tersimpan.")
    expect(card.locator(".state")).to_have_text("Rekamannya bisa dipakai.")
    expect(card.get_by_role("button", name="Jeda")).to_have_count(0)
    card.get_by_role("button", name="Serahkan").click()
    expect(card).to_have_count(0)
    inbox = reviewing.workspace.inbox
    assert (inbox / NAME).read_bytes() == recording.read_bytes()
    assert 'role = "Kepala Bidang"' in (inbox / NAME).with_suffix(".toml").read_text()


def test_what_was_begun_goes_on_after_a_reload(
    page: Page, reviewing: Reviewing, recording: Path, faults: Faults
) -> None:
    faults.expected.append("ERR_FAILED")
    pieces: list[str] = []

    def only_one(route: Route) -> None:
        if route.request.method == "PATCH":
            pieces.append(route.request.headers["upload-offset"])
            if len(pieces) > 1:
                return route.abort()
        return route.continue_()

    page.route("**/api/uploads/*", only_one)
    page.set_input_files("#files", recording)
    expect(page.locator(".state")).to_have_text("Sambungan putus. Nanti dilanjutkan sendiri.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute("**/api/uploads/*")  # not before: the page would have gone on by itself
    card = page.locator(".drop")
    expect(card.locator(".state")).to_have_text("Pilih berkas yang sama lagi untuk melanjutkan.")
    sent: list[str] = []
    page.on(
        "request",
        lambda r: sent.append(r.headers["upload-offset"]) if r.method == "PATCH" else None,
    )
    page.set_input_files("#files", recording)
    expect(card.locator(".state")).to_have_text("Rekamannya bisa dipakai.")
    assert sent == [str(8 << 20)]  # what had arrived is not sent again
    assert len(Uploads(reviewing.workspace).all()) == 1


def test_a_lost_connection_goes_on_by_itself(page: Page, recording: Path, faults: Faults) -> None:
    faults.expected += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED"]
    lost: list[str] = []

    def lose_some(route: Route) -> None:
        if route.request.method == "PATCH" and len(lost) < 2:
            lost.append(route.request.url)
            return route.abort()
        return route.continue_()

    page.route("**/api/uploads/*", lose_some)
    page.set_input_files("#files", recording)
    expect(page.locator(".state")).to_have_text("Rekamannya bisa dipakai.")
    assert len(lost) == 2


def test_several_are_handed_over_at_once(page: Page, reviewing: Reviewing, tmp_path: Path) -> None:
    paths = [
        write_sound(tmp_path / f"rapat {n}.wav", noise(-20, 2, seed=n), "pcm_s16le")
        for n in range(4)
    ]
    page.set_input_files("#files", paths)
    expect(page.locator(".drop")).to_have_count(4)
    page.get_by_role("button", name="Serahkan semua").click()
    expect(page.locator(".drop")).to_have_count(0)
    assert {path.name for path in reviewing.workspace.inbox.glob("*.wav")} == {
        path.name for path in paths
    }


def test_what_is_no_recording_is_said_and_can_be_removed(
    page: Page, tmp_path: Path, faults: Faults
) -> None:
    faults.expected.append("422")
    table = tmp_path / "anggaran.xlsx"
    table.write_text("bukan rekaman")
    page.set_input_files("#files", table)
    expect(page.locator("#refused")).to_contain_text("bukan jenis rekaman yang diterima")
    false_sound = tmp_path / "palsu.wav"
    false_sound.write_text("bukan rekaman juga" * 100)
    page.set_input_files("#files", false_sound)
    card = page.locator(".drop")
    expect(card.locator(".state")).to_have_text("Tidak diterima")
    for name in ("Serahkan", "Jeda"):
        expect(card.get_by_role("button", name=name)).to_have_count(0)
    expect(card.locator(".wrong")).to_contain_text("bukan rekaman audio atau video")
    card.get_by_role("button", name="Hapus", exact=True).click()
    expect(card).to_have_count(0)


def test_files_may_be_dropped_anywhere_on_the_board(open_as: OpenAs, reviewing: Reviewing) -> None:
    board = open_as(Role.PRODUCER, "/")
    board.evaluate(
        """() => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(1000)], "rapat.wav"));
          for (const kind of ["dragenter", "dragover", "drop"]) {
            const how = { dataTransfer: transfer, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent(kind, how));
          }
        }"""
    )
    expect(board.get_by_role("dialog")).to_be_visible()
    expect(board.locator(".drop h2")).to_have_text("rapat.wav")
    assert [drop.name for drop in Uploads(reviewing.workspace).all()] == ["rapat.wav"]

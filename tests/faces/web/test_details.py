"""The form of an episode: saved beside who else changes its file, words beside each fault."""

from __future__ import annotations

import errno
import io
import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from pipeline.ground.audit_file import read_audit
from pipeline.ground.files import write_json, write_text
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import public_content
from pipeline.words.people import Role
from tests.episodes_on_disk import add_episode, make_workspace
from tests.faces.web.conftest import SignIn

AIR = "air-bersih"
DETAILS = f"/api/episodes/{AIR}/details"
COVER = f"/api/episodes/{AIR}/cover"
CONSENTS = f"/api/episodes/{AIR}/consents"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    show = make_workspace(tmp_path / "show", approval="editor")
    add_episode(show, AIR)
    return show


@pytest.fixture
def producer(sign_in: SignIn) -> TestClient:
    return sign_in(Role.PRODUCER, "Ani")


def _file(workspace: Workspace) -> Path:
    return workspace.episodes_folder / AIR / "episode.toml"


def _said(workspace: Workspace) -> dict[str, Any]:
    return tomllib.loads(_file(workspace).read_text("utf-8"))


def _save(client: TestClient, **details: Any) -> Any:
    seen = client.get(DETAILS).json()["mark"]
    return client.put(DETAILS, json={"seen": seen, "details": details})


def test_what_is_saved_is_what_the_file_says_and_comments_stay(
    producer: TestClient, workspace: Workspace
) -> None:
    path = _file(workspace)
    write_text(path, "# Catatan kami\n" + path.read_text("utf-8") + "# akhir\n")
    answer = _save(producer, title="Air bersih untuk desa", date="2026-11-05", tags=["air", "desa"])
    assert answer.status_code == 200, answer.text
    text = path.read_text("utf-8")
    assert text.startswith("# Catatan kami\n")
    assert "# akhir" in text
    said = _said(workspace)
    assert (said["title"], said["tags"]) == ("Air bersih untuk desa", ["air", "desa"])
    assert said["date"] == date(2026, 11, 5)
    assert said["guests"][0]["name"] == "Ahmad Rianto", "what was not sent stays"
    assert ("Ani", "changed the details") in [(e.who, e.did) for e in read_audit(workspace)]


def test_an_empty_field_is_taken_out(producer: TestClient, workspace: Workspace) -> None:
    said = _save(producer, title="Air", date="2026-11-05", summary=None, place=None, guests=None)
    assert said.status_code == 200
    assert _said(workspace).keys() == {"title", "date"}


def test_saving_the_same_touches_nothing(producer: TestClient, workspace: Workspace) -> None:
    before = _file(workspace).stat().st_mtime_ns
    details = producer.get(DETAILS).json()["details"]
    assert _save(producer, **details).status_code == 200
    assert _file(workspace).stat().st_mtime_ns == before


def test_a_change_of_somebody_else_is_never_written_over(
    producer: TestClient, workspace: Workspace
) -> None:
    seen = producer.get(DETAILS).json()["mark"]
    path = _file(workspace)
    write_text(path, path.read_text("utf-8").replace("Tenggarong", "Samarinda"))
    body = {"seen": seen, "details": {"title": "Lain", "date": "2026-11-05", "place": "Bontang"}}
    answer = producer.put(DETAILS, json=body)
    assert answer.status_code == 409
    assert answer.json()["there"]["details"]["place"] == "Samarinda"
    assert _said(workspace)["place"] == "Samarinda"
    again = {**body, "seen": answer.json()["there"]["mark"]}
    assert producer.put(DETAILS, json=again).status_code == 200
    assert _said(workspace)["place"] == "Bontang"


@pytest.mark.parametrize(
    ("field", "value", "name", "words"),
    [
        ("title", None, "title", "Wajib diisi."),
        ("title", "x" * 300, "title", "Paling banyak 255 karakter."),
        ("date", "kemarin", "date", "Isi tanggal seperti 2026-11-30."),
        ("date", "1022-10-06", "date", "Tahun 1022 tidak mungkin dimaksud."),
        ("number", 0, "number", "Isi paling sedikit 1."),
        ("number", "dua", "number", "Isi dengan bilangan bulat."),
        ("publish_at", "besok", "publish_at", "Isi tanggal dan jam."),
        ("country", "Indonesia", "country", "Ditulis seperti “ID”."),
        ("guests", [{"name": ""}], "guests.0.name", "Wajib diisi."),
        ("guests", [{"role": "Kepala"}], "guests.0.name", "Wajib diisi."),
        (
            "chapters",
            [{"start_seconds": 5, "title": "A"}, {"start_seconds": 5, "title": "B"}],
            "chapters",
            "“B” tidak mulai setelah “A”.",
        ),
        (
            "soundbites",
            [{"start_seconds": "satu", "duration_seconds": 20}],
            "soundbites.0.start_seconds",
            "Isi dengan waktu atau jumlah detik.",
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    producer: TestClient, workspace: Workspace, field: str, value: Any, name: str, words: str
) -> None:
    before = _file(workspace).read_text("utf-8")
    details = {"title": "Air", "date": "2026-11-05", field: value}
    answer = _save(producer, **details)
    assert answer.status_code == 422
    assert answer.json()["fields"] == {name: words}
    assert _file(workspace).read_text("utf-8") == before


def test_a_moment_is_meant_on_the_clocks_of_the_show(
    producer: TestClient, workspace: Workspace
) -> None:
    _save(producer, title="Air", date="2026-11-05", publish_at="2026-12-01T08:00")
    assert _said(workspace)["publish_at"].isoformat() == "2026-12-01T08:00:00+08:00"
    assert producer.get(DETAILS).json()["details"]["publish_at"] == "2026-12-01T08:00+08:00"


def test_chapters_of_people_are_in_the_file(producer: TestClient, workspace: Workspace) -> None:
    chapters = [{"start_seconds": 0, "title": "Pembuka"}, {"start_seconds": 1.5, "title": "Isi"}]
    assert _save(producer, title="Air", date="2026-11-05", chapters=chapters).status_code == 200
    given = Workspace(workspace.root).episode(AIR).details.chapters
    assert [(each.start_seconds, each.title) for each in given] == [(0.0, "Pembuka"), (1.5, "Isi")]


def test_a_viewer_reads_and_changes_nothing(sign_in: SignIn, workspace: Workspace) -> None:
    viewer = sign_in(Role.VIEWER)
    assert viewer.get(f"/episodes/{AIR}/details").status_code == 200
    assert _save(viewer, title="x", date="2026-11-05").status_code == 403
    assert viewer.put(COVER, content=b"x").status_code == 403
    assert viewer.get(CONSENTS).status_code == 403


def test_the_draft_offers_and_takes_nothing_over(
    producer: TestClient, workspace: Workspace
) -> None:
    draft = {
        "headlines": ["Air Sampai Desa", "Pipa Baru"],
        "notes": {"summary": "Tentang pipa.", "chapters": [{"start": 0.0, "title": "Pembuka"}]},
        "soundbites": [{"start_seconds": 3.0, "duration_seconds": 20.0, "text": "Sudah selesai."}],
    }
    write_json(workspace.episode(AIR).draft_json, draft)
    offers = producer.get(f"/api/episodes/{AIR}/offers").json()
    assert offers["titles"] == ["Air Sampai Desa", "Pipa Baru"]
    assert offers["summaries"] == ["Tentang pipa."]
    assert offers["soundbites"][0]["text"] == "Sudah selesai."
    assert _said(workspace)["title"] == "Layanan air bersih"


def _picture(width: int, height: int, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    made = io.BytesIO()
    Image.new(mode, (width, height), "teal").save(made, kind)
    return made.getvalue()


def test_any_picture_becomes_a_cover_that_directories_take(
    producer: TestClient, workspace: Workspace
) -> None:
    answer = producer.put(COVER, content=_picture(4000, 3200, "PNG", "RGBA"))
    assert answer.json() == {"is_cut": True}
    cover = workspace.episode(AIR).cover
    assert cover is not None
    with Image.open(cover) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (3000, 3000))
    assert producer.get(f"/episodes/{AIR}/cover").content == cover.read_bytes()


def test_on_a_full_disk_the_cover_of_before_stays(
    producer: TestClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert producer.put(COVER, content=_picture(1500, 1500)).status_code == 200
    before = workspace.episode(AIR).cover
    assert before is not None
    content = before.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert producer.put(COVER, content=_picture(1600, 1600)).status_code == 503
    after = workspace.episode(AIR).cover
    assert after is not None
    assert after.read_bytes() == content


def test_the_cover_before_is_kept(producer: TestClient, workspace: Workspace) -> None:
    folder = workspace.episodes_folder / AIR
    (folder / "cover.png").write_bytes(_picture(1400, 1400, "PNG"))
    assert producer.put(COVER, content=_picture(1500, 1500)).json() == {"is_cut": False}
    assert [path.name for path in folder.glob("cover.*")] == ["cover.jpg"]
    assert len(list((folder / "kept").glob("cover-*.png"))) == 1
    assert producer.delete(COVER).status_code == 200
    assert workspace.episode(AIR).cover is None
    assert len(list((folder / "kept").iterdir())) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a no picture", "tidak dapat dibaca sebagai gambar"),
        (_picture(1399, 3000), "terlalu kecil"),
        (b"", "tidak dapat dibaca"),
    ],
)
def test_what_makes_no_cover_is_refused_in_words(
    producer: TestClient, workspace: Workspace, content: bytes, words: str
) -> None:
    answer = producer.put(COVER, content=content)
    assert answer.status_code == 409
    assert words in answer.json()["problem"]
    assert workspace.episode(AIR).cover is None


def test_where_a_picture_was_taken_is_not_published(
    producer: TestClient, workspace: Workspace
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    made = io.BytesIO()
    Image.new("RGB", (1500, 1500)).save(made, "JPEG", exif=exif)
    producer.put(COVER, content=made.getvalue())
    cover = workspace.episode(AIR).cover
    assert cover is not None
    with Image.open(cover) as image:
        assert not image.getexif()


def test_consents_are_kept_and_never_among_what_is_public(
    producer: TestClient, workspace: Workspace
) -> None:
    entry = {"name": "Ahmad Rianto", "given_on": "2026-11-01", "scope": ["podcast", "clips"]}
    seen = producer.get(CONSENTS).json()["mark"]
    answer = producer.put(CONSENTS, json={"seen": seen, "consents": [entry]})
    assert answer.status_code == 200
    assert answer.json()["consents"][0]["form"] == "written"
    stale = producer.put(CONSENTS, json={"seen": seen, "consents": []})
    assert stale.status_code == 409
    names = public_content(workspace, workspace.episode(AIR))
    assert not [name for name in names if "consent" in name]


def test_a_withdrawal_before_the_consent_is_a_slip(producer: TestClient) -> None:
    entry = {
        "name": "A", "given_on": "2026-11-01", "withdrawn_on": "2026-10-01", "scope": ["podcast"],
    }  # fmt: skip
    seen = producer.get(CONSENTS).json()["mark"]
    assert producer.put(CONSENTS, json={"seen": seen, "consents": [entry]}).status_code == 422


def test_the_page_holds_no_script_or_style_of_its_own(producer: TestClient) -> None:
    answer = producer.get(f"/episodes/{AIR}/details")
    assert " style=" not in answer.text
    assert not re.search(r"<script(?![^>]*(src=|application/json))", answer.text)
    assert "nonce-" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("value", ["\ud800", "a\x00b", {"a": [1, None]}, ["x"] * 3, 1e400, True])
def test_odd_values_are_refused_or_kept_and_break_nothing(
    producer: TestClient, workspace: Workspace, value: Any
) -> None:
    seen = producer.get(DETAILS).json()["mark"]
    for field in ("title", "tags", "summary", "guests", "number"):
        content = {"title": "Air", "date": "2026-11-05", field: value}
        body = json.dumps({"seen": seen, "details": content})
        headers = {"Content-Type": "application/json"}
        answer = producer.put(DETAILS, content=body, headers=headers)
        assert answer.status_code in (200, 409, 422), (field, answer.text)
        _said(workspace)

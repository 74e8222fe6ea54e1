"""The article editor: nothing is written over, everything is kept, and each quote is checked."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

from pipeline.ground.files import write_text
from pipeline.ground.workspace import Workspace
from pipeline.words.people import Role
from tests.browser.review.shown import AIR, make_reviewed_show
from tests.faces.web.conftest import SignIn

ARTICLE = f"/api/episodes/{AIR}/article"
DRAFT = """\
<!-- etam: machine-made draft, not reviewed -->

> **Draf buatan mesin, belum ditinjau.** Salin berkas ini.
>
> Model transkripsi: demo.

# Air Bersih Sampai Desa

*Pipa baru.*

“Kabar baik,” ujar Rianto. [00:10] *(pembicara diduga, periksa)*

Tag: air

---

## Untuk penyunting (hapus sebelum terbit)

- [00:07] angka: dua
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    show = make_reviewed_show(tmp_path / "show")
    write_text(show.episode(AIR).draft_md, DRAFT)
    return show


@pytest.fixture
def ani(sign_in: SignIn) -> TestClient:
    return sign_in(Role.EDITOR, "Ani")


def _save(client: TestClient, text: str, seen: str = "") -> Any:
    seen = seen or client.get(ARTICLE).json()["mark"]
    return client.put(ARTICLE, json={"seen": seen, "text": text})


def _file(workspace: Workspace) -> Path:
    return workspace.episode(AIR).article_md


def test_an_article_begins_with_the_draft_and_leaves_out_what_is_said_to_editors(
    ani: TestClient, workspace: Workspace
) -> None:
    text = ani.post(f"{ARTICLE}/begin").json()["text"]
    assert text.startswith("# Air Bersih Sampai Desa\n")
    assert text == _file(workspace).read_text("utf-8")
    for word in ("buatan mesin", "Untuk penyunting", "[00:10]", "angka"):
        assert word not in text
    assert "(pembicara diduga, periksa)" in text, "a doubt stays until somebody solves it"
    assert workspace.episode(AIR).draft_md.read_text("utf-8") == DRAFT
    assert ani.post(f"{ARTICLE}/begin").status_code == 409


def test_what_is_saved_is_the_file(ani: TestClient, workspace: Workspace) -> None:
    answer = _save(ani, "# Judul\r\n\r\nIsi “kutipan” 😀.\r\n")
    assert answer.status_code == 200
    assert _file(workspace).read_bytes().decode() == "# Judul\n\nIsi “kutipan” 😀.\n"


def test_a_colleagues_text_is_never_written_over(
    ani: TestClient, sign_in: SignIn, workspace: Workspace
) -> None:
    budi = sign_in(Role.EDITOR, "Budi")
    base = "Satu dua tiga.\n\nEmpat lima enam.\n"
    mark = _save(ani, base).json()["mark"]
    assert _save(budi, base.replace("dua", "DUA"), mark).status_code == 200
    mine = base.replace("lima", "LIMA")
    refused = _save(ani, mine, mark)
    assert refused.status_code == 409
    assert "DUA" in refused.json()["there"]["text"]
    assert "DUA" in _file(workspace).read_text("utf-8")
    joined = ani.post(f"{ARTICLE}/join", json={"base": base, "mine": mine}).json()
    assert not joined["has_clash"]
    sides = {j["side"]: (j["base"], j["theirs"], j["mine"]) for j in joined["joints"]}
    assert sides["theirs"] == ("dua", "DUA", "dua")
    assert sides["mine"] == ("lima", "lima", "LIMA")


def test_the_same_words_changed_by_both_are_a_clash(ani: TestClient, workspace: Workspace) -> None:
    base = "Ada lima kelompok di desa."
    _save(ani, base)
    write_text(_file(workspace), base.replace("lima", "enam"))  # a text editor
    wish = {"base": base, "mine": base.replace("lima", "tujuh")}
    joined = ani.post(f"{ARTICLE}/join", json=wish).json()
    assert joined["has_clash"]
    clash = next(j for j in joined["joints"] if j["side"] == "clash")
    assert (clash["base"], clash["theirs"], clash["mine"]) == ("lima", "enam", "tujuh")


def test_what_was_written_before_can_be_brought_back(
    ani: TestClient, sign_in: SignIn, workspace: Workspace
) -> None:
    _save(ani, "Naskah Ani.")
    _save(ani, "Naskah Ani, kedua.")
    budi = sign_in(Role.EDITOR, "Budi")
    _save(budi, "Naskah Budi.")
    write_text(_file(workspace), "Dari penyunting teks.")
    _save(ani, "Ketiga.")
    texts = []
    for each in budi.get(f"{ARTICLE}/versions").json():
        version = budi.get(f"{ARTICLE}/versions/{each['digest']}").json()
        texts.append(version["text"])
        assert version["difference"]
    assert {"Naskah Ani.", "Naskah Ani, kedua.", "Naskah Budi.", "Dari penyunting teks."} <= {
        *texts
    }


def test_a_version_that_a_kill_cut_off_hides_no_other(
    ani: TestClient, workspace: Workspace
) -> None:
    _save(ani, "Satu.")
    with (workspace.episode(AIR).texts / "articles.jsonl").open("ab") as file:
        file.write(b'{"at": "2026-')
    _save(ani, "Dua.")
    assert len(ani.get(f"{ARTICLE}/versions").json()) == 1


@pytest.mark.parametrize(
    ("article", "verdict"),
    [
        ("“Pemasangan pipa di Tenggarong Seberang sudah selesai,” ujar Ahmad Rianto.", "exact"),
        ("“Pemasangan pipa di Tenggarong Seberang belum selesai,” ujar Ahmad Rianto.", "blocked"),
        ("“Semua warga Samarinda sudah dapat air gratis,” ujar Ahmad Rianto.", "not found"),
    ],
)
def test_each_quote_has_its_verdict_and_its_place(
    ani: TestClient, article: str, verdict: str
) -> None:
    checked = ani.post(f"{ARTICLE}/check", json={"text": article}).json()
    [quote] = checked["quotes"]
    assert quote["verdict"] == verdict
    assert article[quote["start"] : quote["end"]] == quote["text"]
    if verdict == "exact":
        assert 10 <= quote["passages"][0]["start"] < 20


def test_a_corrected_transcript_is_checked_against_at_once(
    ani: TestClient, workspace: Workspace
) -> None:
    text = "“Pemasangan pipa di Tenggarong Seberang sudah selesai,” ujar Ahmad Rianto."
    assert ani.post(f"{ARTICLE}/check", json={"text": text}).json()["quotes"][0]["passages"]
    reviewed = workspace.episode(AIR).reviewed_json
    write_text(reviewed, reviewed.read_text("utf-8").replace("selesai", "rampung"))
    [quote] = ani.post(f"{ARTICLE}/check", json={"text": text}).json()["quotes"]
    assert quote["verdict"] != "exact"


def test_the_preview_is_the_public_page_in_a_frame_that_runs_nothing(ani: TestClient) -> None:
    _save(ani, "# Air Bersih\n\nIsi <script>alert(1)</script>. [00:10]\n")
    answer = ani.get(f"/episodes/{AIR}/article/preview")
    assert answer.status_code == 200, answer.text
    assert "Air Bersih" in answer.text
    assert "[00:10]" not in answer.text
    assert "<script>alert" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    [style] = [p for p in answer.text.split('"') if p.startswith("../../style-")]
    assert ani.get("/previewed/" + style.removeprefix("../../")).status_code == 200
    assert ani.get("/previewed/feed.xml").status_code == 404


@pytest.mark.parametrize("wanted", ["docx", "html", "markdown", "text", "social"])
def test_the_article_leaves_as_a_file_to_keep(ani: TestClient, wanted: str) -> None:
    address = f"/episodes/{AIR}/article/export/{wanted}"
    assert ani.get(address).status_code == 409, "there is none yet"
    _save(ani, "# Air Bersih\n\nIsi artikel.\n")
    answer = ani.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    if wanted == "docx":
        assert "Isi artikel." in [p.text for p in Document(io.BytesIO(answer.content)).paragraphs]


def test_roles_are_kept(sign_in: SignIn) -> None:
    viewer = sign_in(Role.VIEWER)
    assert viewer.get(f"/episodes/{AIR}/article").status_code == 200
    assert _save(viewer, "x").status_code == 403
    assert viewer.post(f"{ARTICLE}/begin").status_code == 403
    assert viewer.post(f"{ARTICLE}/check", json={"text": "x"}).status_code == 200


def test_odd_texts_break_nothing(ani: TestClient) -> None:
    for text in ("", "\x00", "“", "“" * 50, "😀“a”😀", "a" * 1000, "\u202e“x”"):
        assert ani.post(f"{ARTICLE}/check", json={"text": text}).status_code == 200
        assert _save(ani, text).status_code == 200
    odd = '{"seen": "' + ani.get(ARTICLE).json()["mark"] + '", "text": "\\ud800"}'
    headers = {"Content-Type": "application/json"}
    assert ani.put(ARTICLE, content=odd, headers=headers).status_code in (200, 422)
    assert _save(ani, "x" * 300_001).status_code == 422


def test_what_was_said_can_be_quoted(ani: TestClient) -> None:
    said = ani.get(f"{ARTICLE}/said").json()
    assert said[1]["speaker"] == "Ahmad Rianto"
    assert said[1]["start"] == 10.0

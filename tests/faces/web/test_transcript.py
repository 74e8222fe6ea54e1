"""The transcript editor's interface: what is kept, who is told what, and what is refused."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from pipeline.faces.web.newsroom import Newsroom, open_newsroom
from pipeline.faces.web.rendering import TEMPLATES
from pipeline.faces.web.static_files import STATIC
from pipeline.faces.web.transcript.said import SAID_BY_SCRIPTS
from pipeline.ground.audit_file import read_audit
from pipeline.ground.files import write_json
from pipeline.ground.glossary import read_glossary
from pipeline.ground.review_file import read_review, read_reviewed
from pipeline.ground.workspace import Workspace
from pipeline.tools.translations import translator
from pipeline.words.people import Role
from tests.browser.review.shown import AIR, LISTRIK, SAID, make_reviewed_show, spoken
from tests.faces.web.conftest import SignIn

API = f"/api/episodes/{AIR}/transcript"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_reviewed_show(tmp_path / "show")


@pytest.fixture
def ani(sign_in: SignIn) -> TestClient:
    return sign_in(Role.EDITOR, "Ani")


@pytest.fixture
def budi(sign_in: SignIn) -> TestClient:
    return sign_in(Role.EDITOR, "Budi")


def operation(kind: str, **what: object) -> dict[str, Any]:
    at = datetime.now(UTC).isoformat()
    return {"id": str(uuid4()), "author": "", "at": at, "kind": kind, **what}


def text_of(line: str, text: str, version: str = "") -> dict[str, Any]:
    edit = {"on": {"line": line, "version": version}, "text": text}
    return operation("text", edits=[edit])


def send(client: TestClient, *operations: dict[str, Any], **known: object) -> dict[str, Any]:
    answer = client.post(f"{API}/operations", json={**known, "operations": operations})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def line_of(answer: dict[str, Any], name: str) -> dict[str, Any]:
    return next(line for line in answer["lines"] if line["id"] == name)


def test_the_page_can_be_read_without_scripts(ani: TestClient) -> None:
    page = ani.get(f"/episodes/{AIR}/transcript")
    read = re.findall(r"<noscript>.*?</noscript>", page.text, re.DOTALL)[0]
    assert "Penyuntingan memerlukan JavaScript" in read
    assert all(text in read for text in SAID)


def test_the_page_lets_in_the_style_of_the_waveform_and_no_other(ani: TestClient) -> None:
    pages = [ani.get(f"/episodes/{AIR}/transcript") for _ in range(2)]
    nonces = [re.findall(r'data-nonce="([\w-]{20,})"', page.text)[0] for page in pages]
    policies = [page.headers["content-security-policy"] for page in pages]
    assert nonces[0] != nonces[1]
    assert f"style-src 'self' 'nonce-{nonces[0]}';" in policies[0]
    assert "script-src 'self';" in policies[0]


def test_an_episode_without_a_transcript_says_so(ani: TestClient, newsroom: Newsroom) -> None:
    newsroom.workspace.episode(AIR).transcript_json.unlink()
    page = ani.get(f"/episodes/{AIR}/transcript")
    assert page.status_code == 200
    assert "Belum ada transkrip" in page.text
    assert ani.get(API).status_code == 409


def test_everything_is_told_to_who_knows_nothing(ani: TestClient) -> None:
    answer = ani.get(API).json()
    assert answer["is_whole"]
    assert [line["text"] for line in answer["lines"]] == list(SAID)
    assert answer["order"] == [line["id"] for line in answer["lines"]]
    doubtful = line_of(answer, "1.4")
    assert doubtful["reasons"] == ["Model tidak yakin dengan kata-kata ini."]
    assert len(doubtful["times"]) == 2 * len(doubtful["text"].split())
    (suggestion,) = doubtful["suggestions"]
    assert doubtful["text"].split()[suggestion["first"] : suggestion["last"] + 1] == ["Loa", "Lepu"]
    assert suggestion["text"] == "Loa Ipuh"


def test_an_edit_is_on_the_disk_with_author_and_time(ani: TestClient, newsroom: Newsroom) -> None:
    edit = {**text_of("1.0", "Selamat siang."), "author": "Somebody Else"}
    answer = send(ani, edit)
    (kept,) = read_review(newsroom.workspace.episode(AIR)).operations
    assert (kept.id, kept.author) == (edit["id"], "Ani")
    assert abs(datetime.now(UTC) - kept.at) < timedelta(minutes=1)
    assert answer["undo"] == edit["id"]


def test_an_edit_made_offline_keeps_its_time_and_none_is_of_tomorrow(
    ani: TestClient, newsroom: Newsroom
) -> None:
    early, late = datetime.now(UTC) - timedelta(hours=3), datetime.now(UTC) + timedelta(days=1)
    send(ani, {**text_of("1.0", "Satu."), "at": early.isoformat()})
    send(ani, {**text_of("1.1", "Dua."), "at": late.isoformat()})
    first, second = read_review(newsroom.workspace.episode(AIR)).operations
    assert first.at == early
    assert second.at <= datetime.now(UTC)


def test_only_what_changed_is_told_to_who_knows_the_rest(ani: TestClient) -> None:
    whole = ani.get(API).json()
    known = {"epoch": whole["epoch"], "count": whole["count"]}
    answer = send(ani, text_of("1.2", "Berapa rumah yang tersambung?"), **known)
    assert not answer["is_whole"]
    assert [line["id"] for line in answer["lines"]] == ["1.2"]
    assert answer["order"] is None
    known["count"] = answer["count"]
    after = send(ani, operation("split", on={"line": "1.0", "version": ""}, before_word=2), **known)
    assert len(after["order"]) == len(SAID) + 1
    assert {line["text"] for line in after["lines"]} == {
        "Selamat pagi,",
        "Bapak Ahmad, apa kabar layanan air bersih hari ini?",
    }


def test_an_edit_that_arrives_twice_counts_once(ani: TestClient, newsroom: Newsroom) -> None:
    edit = text_of("1.0", "Selamat siang.")
    send(ani, edit)
    answer = send(ani, {**edit, "at": datetime.now(UTC).isoformat()}, epoch="other")
    assert answer["count"] == 1
    assert len(read_review(newsroom.workspace.episode(AIR)).operations) == 1


def test_the_number_of_a_change_cannot_be_taken_by_another(
    ani: TestClient, budi: TestClient
) -> None:
    edit = text_of("1.0", "Selamat siang.")
    send(ani, edit)
    answer = budi.post(f"{API}/operations", json={"operations": [edit]})
    assert answer.status_code == 409
    assert "nomor yang sama" in answer.json()["problem"]


def test_edits_of_two_people_in_one_line_are_joined(ani: TestClient, budi: TestClient) -> None:
    send(ani, text_of("1.3", "Sudah 1.300 rumah, dan sisanya menyusul sebelum akhir tahun."))
    answer = send(budi, text_of("1.3", "Sudah 1.200 rumah, dan sisanya menyusul tahun depan."))
    text = line_of(answer, "1.3")["text"]
    assert text == "Sudah 1.300 rumah, dan sisanya menyusul tahun depan."
    assert answer["conflicts"] == []


def test_a_clash_changes_nothing_and_is_shown_word_by_word(
    ani: TestClient, budi: TestClient
) -> None:
    send(ani, text_of("1.3", SAID[3].replace("1.200", "1.300")))
    answer = send(budi, text_of("1.3", SAID[3].replace("1.200", "1.400")))
    assert "1.300" in line_of(answer, "1.3")["text"]
    (conflict,) = answer["conflicts"]
    assert (conflict["author"], conflict["line"]) == ("Budi", "1.3")
    assert conflict["why"] == "Seseorang mengubah kata yang sama sementara itu."
    (clash,) = [piece for piece in conflict["pieces"] if piece["side"] == "clash"]
    assert (clash["base"], clash["theirs"], clash["mine"]) == ("1.200", "1.300", "1.400")
    on = {"line": "1.3", "version": conflict["version"]}
    settled = send(ani, operation("resolve", conflict=conflict["id"], on=on, choice="mine"))
    assert settled["conflicts"] == []
    assert "1.400" in line_of(settled, "1.3")["text"]


def test_a_newer_transcript_of_the_machine_carries_the_edits_over(
    ani: TestClient, newsroom: Newsroom
) -> None:
    episode = newsroom.workspace.episode(AIR)
    whole = send(ani, text_of("1.0", "Selamat siang, Bapak Ahmad."))
    again = spoken((*SAID[:11], "Baik, terima kasih."))
    write_json(episode.transcript_json, again.to_json())
    answer = ani.get(API, params={"epoch": whole["epoch"], "count": whole["count"]}).json()
    assert answer["is_whole"]
    texts = [line["text"] for line in answer["lines"]]
    assert texts[0] == "Selamat siang, Bapak Ahmad."
    assert texts[-1] == "Baik, terima kasih."
    assert len(read_review(episode).operations) == 1
    last = answer["lines"][-1]
    send(ani, text_of(last["id"], "Baik.", last["version"]))
    kinds = [operation.kind for operation in read_review(episode).operations]
    assert kinds == ["text", "heard_again", "text"]
    assert read_reviewed(episode).lines[-1].text == "Baik."


def test_what_another_program_writes_is_seen(ani: TestClient, newsroom: Newsroom) -> None:
    whole = ani.get(API).json()
    other = open_newsroom(newsroom.workspace).reviews
    episode = newsroom.workspace.episode(AIR)
    from pipeline.words.review.operations import RenameSpeakers

    made = RenameSpeakers(
        id="x", author="Cici", at=datetime.now(UTC), names=("Siti Aminah",), to="Siti"
    )
    other.keep(episode, [made])
    answer = ani.get(API, params={"epoch": whole["epoch"], "count": whole["count"]}).json()
    assert {line["speaker"] for line in answer["lines"]} == {"Siti"}


def test_everybody_who_looks_is_told(ani: TestClient, newsroom: Newsroom) -> None:
    told = []
    newsroom.events.tell = told.append  # type: ignore[assignment, method-assign]
    edit = text_of("1.0", "Selamat siang.")
    send(ani, edit)
    send(ani, edit)
    (event,) = told
    assert (event.kind, event.slug, event.said["count"]) == ("transcript", AIR, 1)


def test_who_only_looks_changes_nothing(sign_in: SignIn, newsroom: Newsroom) -> None:
    viewer = sign_in(Role.VIEWER)
    assert viewer.get(API).status_code == 200
    answer = viewer.post(f"{API}/operations", json={"operations": [text_of("1.0", "Tidak.")]})
    assert answer.status_code == 403
    assert not newsroom.workspace.episode(AIR).review_jsonl.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "heard_again", "transcript": {}},
        {"kind": "nonsense"},
        {"kind": "split", "on": {"line": "1.0"}, "before_word": "two"},
        {"kind": "text", "edits": [{"on": {"line": "1.0"}, "text": "x" * 2_000_000}]},
        {"kind": "note", "on": {"line": "1.0"}, "text": "x" * 30_000},
    ],
)
def test_what_is_no_edit_is_refused_and_nothing_is_kept(
    ani: TestClient, newsroom: Newsroom, wrong: dict[str, Any]
) -> None:
    sent = {"id": "1", "author": "", "at": datetime.now(UTC).isoformat(), **wrong}
    answer = ani.post(f"{API}/operations", json={"operations": [sent]})
    assert answer.status_code == 422
    assert not newsroom.workspace.episode(AIR).review_jsonl.exists()


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 300])
def test_a_change_without_a_proper_number_is_refused(ani: TestClient, name: str) -> None:
    sent = {**text_of("1.0", "Tidak."), "id": name}
    assert ani.post(f"{API}/operations", json={"operations": [sent]}).status_code == 409


@pytest.mark.parametrize("text", ["\ud800", "a\x00b"])
def test_what_no_file_can_hold_is_refused_in_a_sentence(ani: TestClient, text: str) -> None:
    sent = json.dumps({"operations": [text_of("1.0", text)]})
    headers = {"Content-Type": "application/json"}
    answer = ani.post(f"{API}/operations", content=sent.encode(), headers=headers)
    assert answer.status_code in (200, 409, 422)


def test_replacing_is_shown_before_it_is_done(ani: TestClient, newsroom: Newsroom) -> None:
    found = ani.get(f"{API}/replacements", params={"find": "rumah", "put": "sambungan"}).json()
    assert [each["line"] for each in found] == ["1.2", "1.3"]
    first = found[0]
    assert first["before"][slice(*first["found"][0])] == "rumah"
    assert first["after"] == "Berapa sambungan yang sudah tersambung sampai bulan ini?"
    assert not newsroom.workspace.episode(AIR).review_jsonl.exists()


def test_the_history_is_told_in_steps_and_differences_word_by_word(
    ani: TestClient, budi: TestClient
) -> None:
    send(ani, text_of("1.0", "Selamat siang."))
    named = operation("version", name="Untuk terbit")
    send(ani, named)
    send(budi, text_of("1.1", "Kabar baik. Pemasangan pipa di Tenggarong sudah selesai."))
    steps = ani.get(f"{API}/moments").json()
    assert [(each["author"], each["name"], each["lines"]) for each in steps] == [
        ("Ani", "Untuk terbit", 1),
        ("Budi", "", 1),
    ]
    (since,) = ani.get(f"{API}/differences", params={"before": named["id"]}).json()
    assert since["line"] == "1.1"
    assert [(part["sign"], part["text"]) for part in since["parts"] if part["sign"] != "same"] == [
        ("out", "Seberang")
    ]
    restored = send(ani, operation("restore", to=named["id"]))
    assert line_of(restored, "1.1")["text"] == SAID[1]
    assert ani.get(f"{API}/differences", params={"before": "never"}).status_code == 404


def test_undo_and_redo_go_on_after_the_page_was_closed(ani: TestClient) -> None:
    first = send(ani, text_of("1.0", "Selamat siang."))
    undone = send(ani, operation("undo", operation=first["undo"]))
    assert line_of(undone, "1.0")["text"] == SAID[0]
    again = ani.get(API).json()
    assert again["undo"] is None
    redone = send(ani, operation("undo", operation=again["redo"]))
    assert line_of(redone, "1.0")["text"] == "Selamat siang."


@pytest.mark.parametrize(
    ("wanted", "kind", "name"),
    [
        ("vtt", "text/vtt; charset=utf-8", f"{AIR}-transcript.vtt"),
        ("srt", "application/x-subrip; charset=utf-8", f"{AIR}-transcript.srt"),
        ("text", "text/plain; charset=utf-8", f"{AIR}-transcript.txt"),
        ("json", "application/json; charset=utf-8", f"{AIR}-transcript.json"),
        (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            f"{AIR}-transcript.docx",
        ),
    ],
)
def test_exports_hold_the_edits_and_are_files_to_keep(
    ani: TestClient, wanted: str, kind: str, name: str
) -> None:
    send(ani, text_of("1.0", "Selamat siang & sore."))
    answer = ani.get(f"/episodes/{AIR}/transcript/export/{wanted}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    content = answer.content
    if wanted == "docx":
        content = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
    text = content.decode().replace("&amp;", "&")
    assert "Selamat siang" in text
    assert "& sore." in text


@pytest.mark.parametrize("wanted", ["social", "markdown", "exe", "..%2f..%2fpeople.json"])
def test_other_formats_there_are_none(ani: TestClient, wanted: str) -> None:
    answer = ani.get(f"/episodes/{AIR}/transcript/export/{wanted}")
    assert answer.status_code in (404, 422)


def test_the_sound_is_sent_in_ranges(ani: TestClient, sign_in: SignIn) -> None:
    whole = ani.get(f"/episodes/{AIR}/audio")
    assert whole.headers["content-type"] == "audio/mpeg"
    assert whole.headers["accept-ranges"] == "bytes"
    part = ani.get(f"/episodes/{AIR}/audio", headers={"Range": "bytes=1000-1999"})
    assert part.status_code == 206
    assert part.content == whole.content[1000:2000]


def test_the_waveform_is_measured_once(ani: TestClient, newsroom: Newsroom) -> None:
    shown = ani.get(f"/api/episodes/{LISTRIK}/waveform").json()
    assert shown["duration"] == 20.0
    assert len(shown["bars"]) == 160
    episode = newsroom.workspace.episode(LISTRIK)
    kept = newsroom.workspace.cache / "waveforms" / f"{LISTRIK}.json"
    write_json(kept, {**json.loads(kept.read_text()), "bars": [7]})
    assert ani.get(f"/api/episodes/{LISTRIK}/waveform").json()["bars"] == [7]
    episode.enclosure.write_bytes(episode.enclosure.read_bytes()[:-400])
    assert len(ani.get(f"/api/episodes/{LISTRIK}/waveform").json()["bars"]) == 160


def test_an_episode_without_sound_says_so(ani: TestClient, newsroom: Newsroom) -> None:
    episode = newsroom.workspace.episode(AIR)
    episode.enclosure.unlink()
    episode.normalized.unlink()
    assert ani.get(f"/episodes/{AIR}/audio").status_code == 409
    assert ani.get(f"/api/episodes/{AIR}/waveform").status_code == 409


def test_a_damaged_review_is_told_and_nothing_is_written(
    ani: TestClient, newsroom: Newsroom
) -> None:
    episode = newsroom.workspace.episode(AIR)
    send(ani, text_of("1.0", "Selamat siang."))
    damaged = episode.review_jsonl.read_bytes() + b"nonsense\n"
    episode.review_jsonl.write_bytes(damaged)
    answer = ani.post(f"{API}/operations", json={"operations": [text_of("1.1", "Ya.")]})
    assert answer.status_code == 409
    assert "tidak dapat dibaca" in answer.json()["problem"]
    assert episode.review_jsonl.read_bytes() == damaged


def test_scripts_say_nothing_that_the_page_does_not_give_them() -> None:
    scripts = [STATIC / "transcript.js", *sorted((STATIC / "transcript").glob("*.js"))]
    said = {
        message
        for script in scripts
        for message in re.findall(r'\b(?:_|filled)\(\s*"([^"]+)"', script.read_text("utf-8"))
    }
    keys = (STATIC / "transcript" / "keys.js").read_text("utf-8")
    said |= set(re.findall(r'^  \["[^"]+", "[^"]+", "([^"]+)"\],$', keys, re.MULTILINE))
    assert len(said) > 50
    assert said <= set(SAID_BY_SCRIPTS)


def test_everything_the_editor_says_is_said_in_indonesian() -> None:
    template = (TEMPLATES / "transcript.html").read_text("utf-8")
    messages = {*re.findall(r'\b_\("([^"]+)"\)', template), *SAID_BY_SCRIPTS}
    translate = translator("id")
    english = {"Transcript", "Model"}
    assert {m for m in messages - english if translate(m) == m} == set()


def test_a_model_is_taken_by_its_name_and_never_from_a_folder(ani: TestClient) -> None:
    assert "demo" in ani.get(f"{API}/models").json()
    for wrong in ("/etc", "../models", "no-such-model", "demo/.."):
        asked = {"start": 0, "end": 5, "model": wrong}
        assert ani.post(f"{API}/hear", json=asked).status_code == 422


@pytest.mark.parametrize(
    ("start", "end"), [(5, 5), (5, 4), (0, 5000), (-1, 5), (0, "NaN"), (0, "Infinity")]
)
def test_a_stretch_that_is_none_is_refused(ani: TestClient, start: float, end: object) -> None:
    for path, more in (("hear", {}), ("align", {"text": "Selamat"})):
        asked = {"start": start, "end": end, **more}
        assert ani.post(f"{API}/{path}", json=asked).status_code == 422


def test_without_speech_to_listen_to_it_says_what_to_do(ani: TestClient) -> None:
    answer = ani.post(f"{API}/hear", json={"start": 0, "end": 5, "model": "demo"})
    assert answer.status_code == 409
    assert answer.json()["remedy"]


def test_a_corrected_name_is_remembered_in_the_glossary(
    ani: TestClient, newsroom: Newsroom
) -> None:
    entry = {"kind": "places", "name": "Loa Ipuh", "heard_as": "Loa Lepu"}
    assert ani.post(f"{API}/glossary", json=entry).json() == {"is_new": True}
    assert ani.post(f"{API}/glossary", json=entry).json() == {"is_new": False}
    assert ani.post(f"{API}/glossary", json={**entry, "name": " "}).status_code == 422
    (known,) = read_glossary(newsroom.workspace.feed_folder / "glossary.toml").places
    assert known.name == "Loa Ipuh"
    assert [each.did for each in read_audit(newsroom.workspace)] == ["glossary"]

"""Bringing recordings: announced, sent piece by piece, heard, described, handed over."""

from __future__ import annotations

import base64
import hashlib
import os
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from pipeline.faces.web.drop import bringing
from pipeline.faces.web.newsroom import Newsroom
from pipeline.ground.audit_file import read_audit
from pipeline.ground.workspace import Workspace
from pipeline.stages.ingest import ingest_inbox
from pipeline.tools.inbox.uploads import Uploads
from pipeline.words.dropping import LARGEST_FILE_BYTES
from pipeline.words.people import Role
from tests.faces.web.conftest import SignIn
from tests.media import write_sound
from tests.signals import noise

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {**TUS, "Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def producer(sign_in: SignIn) -> TestClient:
    return sign_in(Role.PRODUCER, "Rahma")


@pytest.fixture
def recording(tmp_path: Path) -> bytes:
    return write_sound(tmp_path / "asli.wav", noise(-20, 3), "pcm_s16le").read_bytes()


def announce(client: TestClient, name: str, *sizes: int | tuple[str, int]) -> Response:
    files = [
        {"name": name, "size": size}
        if isinstance(size, int)
        else {"name": size[0], "size": size[1]}
        for size in sizes
    ]
    is_folder = not isinstance(sizes[0], int)
    return client.post("/api/drops", json={"name": name, "is_folder": is_folder, "files": files})


def send(
    client: TestClient, file_id: str, content: bytes, offset: int = 0, **more: str
) -> Response:
    headers = {**BYTES, "Upload-Offset": str(offset), **more}
    return client.patch(f"/api/uploads/{file_id}", content=content, headers=headers)


def drop_now(client: TestClient, drop_id: str) -> dict[str, Any] | None:
    drops = client.get("/api/drops").json()["drops"]
    return next((drop for drop in drops if drop["id"] == drop_id), None)


def wait_until(client: TestClient, drop_id: str, *states: str) -> dict[str, Any] | None:
    """The drop in one of the states; None ("gone") is one too."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        drop = drop_now(client, drop_id)
        if (drop["state"] if drop else "gone") in states:
            return drop
        time.sleep(0.05)
    raise AssertionError(drop_now(client, drop_id))


def test_a_recording_is_sent_in_pieces_described_and_becomes_an_episode(
    producer: TestClient, workspace: Workspace, recording: bytes
) -> None:
    name = "2022-10-06 Ahmad Rianto - Air Bersih.wav"
    drop = announce(producer, name, len(recording)).json()
    assert drop["said"]["title"] == "Air Bersih"
    assert drop["said"]["date"] == "2022-10-06"
    assert drop["said"]["guests"] == [{"name": "Ahmad Rianto", "role": ""}]
    file_id = drop["files"][0]["id"]
    half = len(recording) // 2
    assert send(producer, file_id, recording[:half]).headers["Upload-Offset"] == str(half)
    told = producer.head(f"/api/uploads/{file_id}", headers=TUS)
    assert (told.headers["Upload-Offset"], told.headers["Upload-Length"]) == (
        str(half),
        str(len(recording)),
    )
    said = {**drop["said"], "title": "Air “bersih”", "place": "Tenggarong", "tags": ["air", "PDAM"]}
    said["guests"] = [{"name": "Ahmad Rianto", "role": "Kepala Bidang"}]
    assert producer.put(f"/api/drops/{drop['id']}/details", json=said).status_code == 200
    assert producer.post(f"/api/drops/{drop['id']}/hand-over", json={"wanted": True}).is_success
    assert list(workspace.inbox.glob("[!.]*")) == []  # nothing is there before it is whole
    assert send(producer, file_id, recording[half:], half).status_code == 204
    wait_until(producer, drop["id"], "gone")
    assert (workspace.inbox / name).read_bytes() == recording
    (arrival,) = ingest_inbox(workspace, settle_seconds=0)
    episode = workspace.episode(arrival.slug or "")
    assert episode.details.title == "Air “bersih”"
    assert episode.details.place == "Tenggarong"
    assert episode.details.tags == ("air", "PDAM")
    assert episode.details.guests[0].role == "Kepala Bidang"
    (entry,) = [each for each in read_audit(workspace) if each.did == "added a recording"]
    assert (entry.who, entry.detail) == ("Rahma", {"name": name})


def test_the_sidecar_is_there_before_the_recording(
    producer: TestClient, workspace: Workspace, recording: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []
    link = os.link

    def watched(source: Any, target: Any) -> None:
        seen.append({path.name for path in workspace.inbox.glob("[!.]*")})
        link(source, target)

    monkeypatch.setattr(os, "link", watched)
    drop = announce(producer, "rapat.wav", len(recording)).json()
    producer.put(f"/api/drops/{drop['id']}/details", json={"title": "Rapat"})
    send(producer, drop["files"][0]["id"], recording)
    wait_until(producer, drop["id"], "usable")
    producer.post(f"/api/drops/{drop['id']}/hand-over", json={"wanted": True})
    assert seen == [{"rapat.toml"}]
    assert tomllib.loads((workspace.inbox / "rapat.toml").read_text()) == {"title": "Rapat"}


def test_a_folder_becomes_one_folder_with_who_speaks_where(
    producer: TestClient, workspace: Workspace, tmp_path: Path
) -> None:
    sounds = {
        f"{name}.wav": write_sound(
            tmp_path / f"{name}.wav", noise(-20, 2, seed=seed), "pcm_s16le"
        ).read_bytes()
        for seed, name in enumerate(("host", "tamu"))
    }
    drop = announce(producer, "Wawancara", *((n, len(c)) for n, c in sounds.items())).json()
    for file in drop["files"]:
        assert send(producer, file["id"], sounds[file["name"]]).status_code == 204
    said = {"layout": "tracks", "speakers": [{"track": "tamu.wav", "name": "Dewi"}]}
    producer.put(f"/api/drops/{drop['id']}/details", json=said)
    wait_until(producer, drop["id"], "usable")
    producer.post(f"/api/drops/{drop['id']}/hand-over", json={"wanted": True})
    folder = workspace.inbox / "Wawancara"
    assert {path.name for path in folder.iterdir()} == {"host.wav", "tamu.wav", "episode.toml"}
    (arrival,) = ingest_inbox(workspace, settle_seconds=0)
    details = workspace.episode(arrival.slug or "").details
    assert (details.layout, details.speakers[0].name) == ("tracks", "Dewi")


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("catatan.xls", 10, "“catatan.xls” bukan jenis rekaman yang diterima di sini."),
        ("rapat.wav", 0, "“rapat.wav” kosong: ukurannya 0 byte."),
        ("rapat.wav", LARGEST_FILE_BYTES + 1, "“rapat.wav” lebih besar dari 4 GB."),
        ("episode.toml", 10, "“episode.toml” bukan jenis rekaman yang diterima di sini."),
    ],
)
def test_what_cannot_be_a_recording_is_refused_before_a_byte_is_sent(
    producer: TestClient, workspace: Workspace, name: str, size: int, said: str
) -> None:
    answer = announce(producer, name, size)
    assert (answer.status_code, answer.json()["problem"]) == (422, said)
    assert Uploads(workspace).all() == []


def test_a_full_disk_is_told_before_a_byte_is_sent(
    producer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "_KEPT_FREE_BYTES", 1 << 60)
    answer = announce(producer, "rapat.wav", 1000)
    assert answer.status_code == 507
    assert answer.json()["problem"] == "Ruang disk tidak cukup untuk “rapat.wav”."


def test_fifty_open_drops_are_enough(producer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "MOST_OPEN_DROPS", 1)
    assert announce(producer, "satu.wav", 1000).status_code == 201
    assert announce(producer, "dua.wav", 1000).status_code == 429


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"Ini catatan rapat, bukan rekaman.\n" * 20,
            "bukan rekaman audio atau video yang dikenal",
        ),
        (b"RIFF\x00\x00\x00\x00WAVEjunk", "rusak atau belum selesai direkam"),
    ],
)
def test_what_is_no_recording_after_all_is_refused_with_the_words_of_the_inbox(
    producer: TestClient, workspace: Workspace, content: bytes, said: str
) -> None:
    drop = announce(producer, "rapat.wav", len(content)).json()
    send(producer, drop["files"][0]["id"], content)
    refused = wait_until(producer, drop["id"], "refused")
    assert refused is not None
    assert said in refused["problem"]
    producer.post(f"/api/drops/{drop['id']}/hand-over", json={"wanted": True})
    assert list(workspace.inbox.glob("[!.]*")) == []


def test_a_recording_that_is_known_already_is_refused(
    producer: TestClient, workspace: Workspace, recording: bytes
) -> None:
    (workspace.inbox / "pertama.wav").write_bytes(recording)
    (arrival,) = ingest_inbox(workspace, settle_seconds=0)
    drop = announce(producer, "kedua.wav", len(recording)).json()
    send(producer, drop["files"][0]["id"], recording)
    refused = wait_until(producer, drop["id"], "refused")
    assert refused is not None
    assert f"isinya sama dengan episode “{arrival.slug}”" in refused["problem"]


def test_what_is_handed_over_at_this_moment_is_no_error(
    producer: TestClient, workspace: Workspace
) -> None:
    drop = announce(producer, "rapat.wav", 1000).json()
    (workspace.inbox / ".uploads" / drop["id"] / "files" / "rapat.wav").unlink()
    answer = producer.get("/api/drops")
    assert answer.status_code == 200
    assert answer.json()["drops"][0]["files"][0]["arrived"] == 1000


def test_nothing_in_the_inbox_is_ever_replaced(
    producer: TestClient, workspace: Workspace, recording: bytes
) -> None:
    (workspace.inbox / "rapat.wav").write_text("lain")
    (workspace.inbox / "rapat (2).toml").write_text("lain")
    drop = announce(producer, "rapat.wav", len(recording)).json()
    producer.put(f"/api/drops/{drop['id']}/details", json={"title": "Rapat"})
    producer.post(f"/api/drops/{drop['id']}/hand-over", json={"wanted": True})
    send(producer, drop["files"][0]["id"], recording)
    wait_until(producer, drop["id"], "gone")
    assert (workspace.inbox / "rapat.wav").read_text() == "lain"
    assert (workspace.inbox / "rapat (3).wav").read_bytes() == recording
    assert (workspace.inbox / "rapat (3).toml").is_file()


def test_names_never_lead_out_of_their_folder(
    producer: TestClient, workspace: Workspace, recording: bytes
) -> None:
    for name in (
        "../../luar.wav",
        "/etc/luar.wav",
        "..\\luar.wav",
        ".tersembunyi.wav",
        "a\x00b.wav",
    ):
        drop = announce(producer, name, len(recording))
        assert drop.status_code == 201, name
        producer.post(f"/api/drops/{drop.json()['id']}/hand-over", json={"wanted": True})
    inside = workspace.inbox / ".uploads"
    made = list(workspace.root.rglob("*.wav"))
    assert len(made) == 5
    assert all(path.is_relative_to(inside) and not path.name.startswith(".") for path in made)


def test_the_form_is_checked(producer: TestClient) -> None:
    drop = announce(producer, "rapat.wav", 1000).json()
    address = f"/api/drops/{drop['id']}/details"
    assert producer.put(address, json={"date": "besok"}).status_code == 422
    assert producer.put(address, json={"date": "0001-01-01"}).status_code == 409
    assert producer.put(address, json={"rahasia": "x"}).status_code == 422
    assert producer.put(address, json={"title": "x" * 256}).status_code == 422


def test_people_see_and_touch_only_what_they_bring(
    producer: TestClient, sign_in: SignIn, recording: bytes
) -> None:
    drop = announce(producer, "rapat.wav", len(recording)).json()
    file_id = drop["files"][0]["id"]
    other = sign_in(Role.EDITOR, "Budi")
    assert other.get("/api/drops").json()["drops"] == []
    assert other.head(f"/api/uploads/{file_id}", headers=TUS).status_code == 404
    assert send(other, file_id, recording).status_code == 404
    assert other.delete(f"/api/drops/{drop['id']}").status_code == 404
    viewer = sign_in(Role.VIEWER)
    assert announce(viewer, "rapat.wav", 10).status_code == 403
    admin = sign_in(Role.ADMIN)
    assert [each["by"] for each in admin.get("/api/drops").json()["drops"]] == ["Rahma"]
    assert admin.delete(f"/api/drops/{drop['id']}").json() == {"gone": True}
    assert producer.get("/api/drops").json()["drops"] == []


def test_bytes_that_do_not_follow_are_not_taken(producer: TestClient, recording: bytes) -> None:
    drop = announce(producer, "rapat.wav", len(recording)).json()
    file_id = drop["files"][0]["id"]
    assert send(producer, file_id, b"abc", 5).status_code == 409
    assert send(producer, file_id, b"x" * (len(recording) + 1)).status_code == 413
    assert producer.head(f"/api/uploads/{file_id}", headers=TUS).headers["Upload-Offset"] == "0"
    wrong = base64.b64encode(hashlib.sha256(b"lain").digest()).decode()
    right = base64.b64encode(hashlib.sha256(b"abc").digest()).decode()
    answer = send(producer, file_id, b"abc", **{"Upload-Checksum": f"sha256 {wrong}"})
    assert answer.status_code == 460
    assert producer.head(f"/api/uploads/{file_id}", headers=TUS).headers["Upload-Offset"] == "0"
    answer = send(producer, file_id, b"abc", **{"Upload-Checksum": f"sha256 {right}"})
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "3")


def test_tus_is_spoken_as_it_is_written(producer: TestClient, recording: bytes) -> None:
    told = producer.options("/api/uploads").headers
    assert told["Tus-Version"] == "1.0.0"
    assert told["Tus-Extension"] == "creation,termination,checksum"
    name = base64.b64encode("Rapat désa.wav".encode()).decode()
    headers = {**TUS, "Upload-Length": str(len(recording)), "Upload-Metadata": f"filename {name}"}
    made = producer.post("/api/uploads", headers=headers)
    assert made.status_code == 201
    place = made.headers["Location"]
    assert send(producer, place.rpartition("/")[2], recording).status_code == 204
    assert producer.head(place).status_code == 412
    assert producer.delete(place, headers=TUS).status_code == 204
    assert producer.head(place, headers=TUS).status_code == 404


def test_who_is_not_signed_in_or_brings_no_proof_sends_nothing(
    stranger: TestClient, producer: TestClient
) -> None:
    drop = announce(producer, "rapat.wav", 1000).json()
    file_id = drop["files"][0]["id"]
    assert send(stranger, file_id, b"abc").status_code == 401
    del producer.headers["x-csrf-token"]
    assert send(producer, file_id, b"abc").status_code == 403


def test_what_arrived_is_there_after_a_restart_and_is_heard(
    producer: TestClient, newsroom: Newsroom, workspace: Workspace, recording: bytes
) -> None:
    drop = announce(producer, "rapat.wav", len(recording)).json()
    uploads = Uploads(workspace)
    (kept,) = uploads.all()
    uploads.path_of(kept, kept.files[0]).write_bytes(recording)  # a kill after the last byte
    newsroom.bringing.take_up()
    assert wait_until(producer, drop["id"], "usable")


def test_what_nobody_went_on_with_is_removed(
    producer: TestClient, newsroom: Newsroom, workspace: Workspace
) -> None:
    old = announce(producer, "lama.wav", 1000).json()
    announce(producer, "baru.wav", 1000)
    folder = workspace.inbox / ".uploads" / old["id"]
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (time.time() - 8 * 86400,) * 2)
    newsroom.bringing.take_up()
    assert [each["name"] for each in producer.get("/api/drops").json()["drops"]] == ["baru.wav"]
    assert not folder.exists()


def test_ingest_passes_over_what_is_on_its_way(
    producer: TestClient, workspace: Workspace, recording: bytes
) -> None:
    drop = announce(producer, "rapat.wav", len(recording)).json()
    send(producer, drop["files"][0]["id"], recording)
    wait_until(producer, drop["id"], "usable")
    assert ingest_inbox(workspace, settle_seconds=0) == []
    assert drop_now(producer, drop["id"]) is not None


def test_the_page_of_a_viewer_is_refused(sign_in: SignIn) -> None:
    assert sign_in(Role.PRODUCER, "Ana").get("/drop").status_code == 200
    assert sign_in(Role.VIEWER).get("/drop").status_code == 403

"""Workspaces and finished episodes made on disk, as the stages before publish leave them."""

from __future__ import annotations

import json
import math
import struct
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, uuid5

import lameenc

from pipeline.ground.episode_file import write_episode_file
from pipeline.ground.files import write_json, write_text
from pipeline.ground.workspace import Workspace, recording_to_json
from pipeline.tools.artwork import draw_artwork
from pipeline.words.captions import FORMATS
from pipeline.words.chapters import Chapter, chapters_to_json
from pipeline.words.episode import Episode, EpisodeDetails, Guest, Recording, RecordingFile
from pipeline.words.transcript import Segment, Transcript, Word

NOW = datetime(2026, 11, 23, 4, 5, 6, tzinfo=UTC)
SECONDS = 2.0

_SHOW = """\
[show]
title = "Etam Berkesah"
description = "Percakapan tentang layanan publik di Kutai Kartanegara."
author = "Redaksi Contoh"
owner_email = "redaksi@example.org"
categories = ["Government", "News > Daily News"]
host = "Siti Aminah"
{show}

[publish]
approval = "{approval}"
base_url = "{base_url}"
{publish}
"""

DETAILS = EpisodeDetails(
    title="Layanan air bersih",
    date=date(2022, 10, 6),
    guests=(Guest("Ahmad Rianto", "Kepala Bidang"), Guest("Dewi & Rekan")),
    place="Tenggarong",
    summary="Tentang air bersih.\n\nDan jadwal pemasangan.",
)


def make_workspace(
    root: Path,
    *,
    approval: str = "automatic",
    base_url: str = "https://podcast.example.org/etam/",
    show: str = "",
    publish: str = "",
) -> Workspace:
    """A workspace with a show and its artwork, and no episodes."""
    workspace = Workspace(root.resolve())
    for folder in (workspace.inbox, workspace.transcripts_folder, workspace.feed_folder):
        folder.mkdir(parents=True, exist_ok=True)
    write_show(workspace, approval=approval, base_url=base_url, show=show, publish=publish)
    (workspace.feed_folder / "artwork.jpg").write_bytes(artwork_bytes())
    return workspace


def write_show(
    workspace: Workspace,
    *,
    approval: str = "automatic",
    base_url: str = "https://podcast.example.org/etam/",
    show: str = "",
    publish: str = "",
) -> None:
    """Replace the show's settings."""
    write_text(
        workspace.show_file,
        _SHOW.format(approval=approval, base_url=base_url, show=show, publish=publish),
    )


def add_episode(
    workspace: Workspace,
    slug: str,
    *,
    tone_hz: int = 440,
    said: str = "Selamat pagi, Bapak Ahmad.",
    topics: tuple[str, ...] = ("air bersih", "layanan publik"),
    **details: object,
) -> Episode:
    """A finished episode: everything that publish reads, with an MP3 of two seconds."""
    folder, texts = workspace.episodes_folder / slug, workspace.transcripts_folder / slug
    folder.mkdir(parents=True, exist_ok=True)
    texts.mkdir(parents=True, exist_ok=True)
    write_episode_file(folder / "episode.toml", replace(DETAILS, **details))  # type: ignore[arg-type]
    write_json(folder / "recording.json", recording_to_json(_recording(slug)))
    (folder / "enclosure.mp3").write_bytes(mp3_bytes(tone_hz))
    write_json(folder / "topics.json", {"topics": list(topics), "people": [], "places": []})
    write_json(
        folder / "chapters.json",
        chapters_to_json((Chapter(0.0, "Pembuka"), Chapter(1.0, "Air & listrik"))),
    )
    write_transcript(texts, said)
    write_text(texts / "draft.md", "# Draf\n")
    write_json(texts / "draft.json", {"headline": "Air Bersih", "excerpt": "Kutipan dari draf."})
    return workspace.episode(slug)


def write_transcript(texts: Path, said: str) -> None:
    """`transcript.json` of two turns, and what is made of it."""
    words = tuple(
        Word(0.1 * n, 0.1 * n + 0.1, f" {word}", 0.9) for n, word in enumerate(said.split())
    )
    transcript = Transcript(
        language="id",
        duration=SECONDS,
        model="demo",
        settings={},
        segments=(
            Segment(0, 0.0, 1.0, said, words, speaker="Siti Aminah"),
            Segment(1, 1.0, 1.9, "Selamat pagi.", speaker="Ahmad Rianto"),
        ),
    )
    write_text(
        texts / "transcript.json",
        json.dumps({"version": 1, **asdict(transcript)}, ensure_ascii=False),
    )
    for captions in FORMATS:
        write_text(texts / captions.file_name, captions.write(transcript))


@cache
def mp3_bytes(tone_hz: int) -> bytes:
    """Two seconds of a tone, mono, 64 kbit/s."""
    rate_hz = 44100
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(rate_hz)
    encoder.set_channels(1)
    encoder.silence()
    samples = (
        round(8000 * math.sin(2 * math.pi * tone_hz * n / rate_hz))
        for n in range(int(rate_hz * SECONDS))
    )
    return bytes(encoder.encode(b"".join(struct.pack("<h", s) for s in samples)) + encoder.flush())


@cache
def artwork_bytes() -> bytes:
    """Artwork that is drawn once for all tests."""
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "artwork.jpg"
        draw_artwork(path, "Etam Berkesah", "Redaksi Contoh")
        return path.read_bytes()


def _recording(slug: str) -> Recording:
    file = RecordingFile("asli.wav", "0" * 64, 1000, SECONDS, 1, 44100, "pcm_s16le", "wav")
    return Recording(str(uuid5(NAMESPACE_URL, slug)), NOW, "asli.wav", (file,))

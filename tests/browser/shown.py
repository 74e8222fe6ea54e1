"""A show with three episodes, published to a folder and served on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from pathlib import Path

import lameenc
import uvicorn

from pipeline.faces.server import listen, make_app
from pipeline.ground.files import write_json, write_text
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import open_bucket, plan_publication, publish
from pipeline.words.captions import FORMATS
from pipeline.words.chapters import Chapter, chapters_to_json
from pipeline.words.episode import Episode, Guest
from pipeline.words.podcasting import Soundbite
from pipeline.words.transcript import Segment, Transcript
from tests.episodes_on_disk import NOW, add_episode, make_workspace

SECONDS = 120
TURN_SECONDS = 10
_SAID = (
    "Selamat pagi, Bapak Ahmad, apa kabar layanan air bersih hari ini?",
    "Kabar baik. Pemasangan pipa di Tenggarong Seberang sudah selesai.",
    "Berapa rumah yang sudah tersambung sampai bulan ini?",
    "Sudah 1.200 rumah, dan sisanya menyusul sebelum akhir tahun.",
)
_ARTICLE = "# Air Bersih Mengalir\n\n**Tenggarong** – Isi berita.\n\n## Pipa\n\nIsi.\n"


@contextmanager
def served_show(root: Path) -> Iterator[str]:
    """The address of the show's pages while they are served."""
    with served(lambda base_url: _published(root, base_url)) as base_url:
        yield base_url


@contextmanager
def served(folder_for: Callable[[str], Path]) -> Iterator[str]:
    """The address under which the folder is served that `folder_for` gives for it."""
    with listen("127.0.0.1", 0, "") as listener:
        base_url = f"http://127.0.0.1:{listener.getsockname()[1]}/etam/"
        public = folder_for(base_url)
        config = uvicorn.Config(make_app(public, base_url), log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield base_url
        finally:
            server.should_exit = True
            thread.join()


def _published(root: Path, base_url: str) -> Path:
    places = '[[feed.listen_on]]\nname = "Apple Podcasts"\nurl = "https://podcasts.example.com/1"'
    show = make_workspace(root, base_url=base_url)
    write_text(show.show_file, f"{show.show_file.read_text(encoding='utf-8')}\n{places}\n")
    long = add_episode(
        show, "air-bersih", title="Layanan air bersih di Tenggarong",
        soundbites=(Soundbite(20.0, 30.0, "Sudah 1.200 rumah"),),
    )  # fmt: skip
    _make_longer(long)
    add_episode(show, "listrik-desa", title="Listrik masuk desa",
                topics=("listrik", "layanan publik"), summary="Listrik di desa.")  # fmt: skip
    add_episode(show, "pesut-mahakam", title="Pesut Mahakam", topics=("satwa",),
                guests=(Guest("Rizal"),), summary="Tentang pesut di Sungai Mahakam.")  # fmt: skip
    fresh = Workspace(root)
    bucket = open_bucket(fresh.show, fresh)
    publish(fresh, bucket, plan_publication(fresh, bucket, NOW), lambda _share: None)
    return fresh.public


def _make_longer(episode: Episode) -> None:
    episode.enclosure.write_bytes(quiet_mp3(SECONDS))
    chapters = (Chapter(0.0, "Pembuka"), Chapter(40.0, "Pipa baru"), Chapter(80.0, "Rencana"))
    write_json(episode.chapters_json, chapters_to_json(chapters))
    segments = tuple(
        Segment(n, start, start + TURN_SECONDS - 0.5, _SAID[n % len(_SAID)],
                speaker=("Siti Aminah", "Ahmad Rianto")[n // 2 % 2])
        for n, start in enumerate(map(float, range(0, SECONDS, TURN_SECONDS)))
    )  # fmt: skip
    transcript = Transcript("id", float(SECONDS), "demo", {}, segments)
    write_text(
        episode.transcript_json,
        json.dumps({"version": 1, **asdict(transcript)}, ensure_ascii=False),
    )
    for captions in FORMATS:
        write_text(episode.texts / captions.file_name, captions.write(transcript))
    write_text(
        episode.article_md,
        "# Air Bersih Mengalir\n\n**Tenggarong** – Isi berita.\n\n## Pipa\n\nIsi.\n",
    )


@cache
def quiet_mp3(seconds: int) -> bytes:
    """Silence, mono, 32 kbit/s."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(44100)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(bytes(2 * 44100 * seconds)) + encoder.flush())

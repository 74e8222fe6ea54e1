"""A newsroom with three small episodes under review: sound, words with times, doubts, spellings."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import uvicorn

from pipeline.faces.server import listen
from pipeline.faces.web.app import make_review_app
from pipeline.faces.web.newsroom import Newsroom, open_newsroom
from pipeline.ground.files import write_json
from pipeline.ground.people_file import change_people
from pipeline.ground.sessions_file import Sessions
from pipeline.ground.workspace import Workspace
from pipeline.words.captions import FORMATS
from pipeline.words.episode import Episode
from pipeline.words.people import Person, Role
from pipeline.words.transcript import Flag, Segment, Suggestion, Transcript, Word
from tests.browser.shown import quiet_mp3
from tests.episodes_on_disk import add_episode, make_workspace

AIR, LISTRIK, PESUT = "air-bersih", "listrik-desa", "pesut-mahakam"
"""The episodes: twelve lines with doubts; two plain ones; one without any doubt."""

TURN_SECONDS = 10
SAID = (
    "Selamat pagi, Bapak Ahmad, apa kabar layanan air bersih hari ini?",
    "Kabar baik. Pemasangan pipa di Tenggarong Seberang sudah selesai.",
    "Berapa rumah yang sudah tersambung sampai bulan ini?",
    "Sudah 1.200 rumah, dan sisanya menyusul sebelum akhir tahun.",
    "Bagaimana dengan desa Loa Lepu yang masih menunggu?",
    "Di sana pipa besar dipasang bulan depan.",
    "Terima kasih telah menonton!",
    "Warga bertanya soal biaya sambungan baru.",
    "Biayanya lima ratus ribu rupiah, boleh dicicil.",
    "Kalau ada keluhan, ke mana mereka melapor?",
    "Ke kantor kami, atau lewat nomor yang ada di tagihan.",
    "Baik, terima kasih banyak atas penjelasannya.",
)
SPEAKERS = ("Siti Aminah", "Ahmad Rianto")
_DOUBTS = {4: Flag.LOW_CONFIDENCE, 6: Flag.INVENTION}


@dataclass(frozen=True)
class Reviewing:
    """A review app that is served: where, and of which show."""

    address: str
    workspace: Workspace
    sessions: Sessions
    _tokens: dict[str, str] = field(default_factory=dict)

    def sign_in(self, role: Role = Role.EDITOR, name: str = "") -> str:
        """Make a person, if there is none of that name, and return the token of a session."""
        name = name or role.value.title()
        if name in self._tokens:
            return self._tokens[name]
        person = Person(re.sub(r"\W+", "-", name.lower()), name, role)
        change_people(
            self.workspace,
            lambda people: (*(each for each in people if each.login != person.login), person),
        )
        return self._tokens.setdefault(name, self.sessions.begin(person.login))

    def episode(self, slug: str) -> Episode:
        return self.workspace.episode(slug)


def make_reviewed_show(root: Path) -> Workspace:
    """The three episodes on disk, as the stages leave them."""
    show = make_workspace(root, approval="editor")
    _fill(add_episode(show, AIR, title="Layanan air bersih di Tenggarong"), SAID)
    _fill(add_episode(show, LISTRIK, title="Listrik masuk desa"), SAID[:2], doubts={})
    _fill(add_episode(show, PESUT, title="Pesut Mahakam"), SAID[7:10], doubts={})
    return Workspace(root.resolve())


def spoken(texts: tuple[str, ...], doubts: dict[int, Flag] | None = None) -> Transcript:
    """A transcript of lines of ten seconds, each with words that share nine of them."""
    doubts = _DOUBTS if doubts is None else doubts
    segments = tuple(_segment(n, text, doubts.get(n)) for n, text in enumerate(texts))
    suggestions = tuple(_suggestions(segments))
    seconds = float(len(texts) * TURN_SECONDS)
    return Transcript("id", seconds, "demo", {}, segments, suggestions=suggestions)


@contextmanager
def served_in_a_thread(workspace: Workspace) -> Iterator[tuple[str, Newsroom]]:
    """The app within this process: quick to start, and its inside can be looked at."""
    newsroom = open_newsroom(workspace)
    with listen("127.0.0.1", 0, "") as listener:
        config = uvicorn.Config(
            make_review_app(newsroom), log_level="warning", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", newsroom
        finally:
            newsroom.events.end()
            server.should_exit = True
            thread.join()


class ServerProcess:
    """`etam review` as a process of its own, which can be killed and started again."""

    def __init__(self, workspace: Workspace, *options: str) -> None:
        self._workspace = workspace
        self._options = options
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it, and return once it answers."""
        command = [sys.executable, "-m", "pipeline", "-C", str(self._workspace.root), "review"]
        self._process = subprocess.Popen(
            [*command, "--port", str(self._port), *self._options],
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        )
        end = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None, "it ended"
            assert time.monotonic() < end, "it does not answer"
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a lost power line would: nothing of it runs any more."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/sign-in", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def _fill(episode: Episode, texts: tuple[str, ...], doubts: dict[int, Flag] | None = None) -> None:
    transcript = spoken(texts, doubts)
    sound = quiet_mp3(len(texts) * TURN_SECONDS)
    episode.enclosure.write_bytes(sound)
    episode.normalized.write_bytes(sound)
    write_json(episode.transcript_json, transcript.to_json())
    write_json(episode.reviewed_json, transcript.to_json())
    for captions in FORMATS:
        (episode.texts / captions.file_name).write_text(captions.write(transcript), "utf-8")


def _segment(number: int, text: str, doubt: Flag | None) -> Segment:
    start = float(number * TURN_SECONDS)
    texts = text.split()
    each = (TURN_SECONDS - 1) / len(texts)
    sure = 0.4 if doubt else 0.9
    words = tuple(
        Word(round(start + n * each, 3), round(start + (n + 1) * each, 3), word, sure)
        for n, word in enumerate(texts)
    )
    flags = (doubt,) if doubt else ()
    return Segment(
        number, start, words[-1].end, text, words, speaker=SPEAKERS[number % 2], flags=flags
    )


def _suggestions(segments: tuple[Segment, ...]) -> Iterator[Suggestion]:
    for segment in segments:
        texts = [word.text for word in segment.words]
        if "Lepu" in texts:
            last = texts.index("Lepu")
            yield Suggestion(segment.id, last - 1, last, "Loa Lepu", "Loa Ipuh", 0.86)


def _free_port() -> int:
    with listen("127.0.0.1", 0, "") as listener:
        return int(listener.getsockname()[1])

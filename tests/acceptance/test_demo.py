"""From the shipped recording to a feed, measured by tools that know nothing of this project."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import av
import feedparser
import jiwer
import numpy as np
import podcastparser
import pyloudnorm
import pytest
import webvtt
from mutagen.id3 import ID3

from pipeline.words.comparable import comparable_words
from pipeline.words.episode import Episode
from tests.acceptance.conftest import Demo
from tests.acceptance.recordings import SAMPLE_FOLDER, shipped_recording


@pytest.fixture(scope="session")
def episode(demo: Demo) -> Episode:
    return the_episode(demo)


def the_episode(demo: Demo) -> Episode:
    (slug,) = demo.workspace.slugs()
    return demo.workspace.episode(slug)


def test_the_report_says_what_was_made_and_where(demo: Demo) -> None:
    for word in ("normalize", "transcribe", "tag", "draft", "http://127.0.0.1:8000/feed.xml"):
        assert word in demo.printed
    assert "-C demo-show serve" in demo.printed


def test_a_second_demo_says_that_nothing_needs_doing_and_changes_no_file(demo: Demo) -> None:
    before = _fingerprint(demo.workspace.root)
    printed = demo.etam("demo").stdout
    assert "Nothing needed doing" in printed
    assert _fingerprint(demo.workspace.root) == before


def test_the_recording_is_kept_byte_for_byte(episode: Episode) -> None:
    (kept,) = episode.recordings
    assert kept.read_bytes() == shipped_recording().read_bytes()
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == episode.recording.files[0].sha256


def test_the_enclosure_is_as_loud_as_apple_asks(episode: Episode) -> None:
    rate, samples = _decoded(episode.enclosure)
    loudness = pyloudnorm.Meter(rate).integrated_loudness(samples)
    assert loudness == pytest.approx(-16, abs=0.5)
    assert 20 * np.log10(np.abs(samples).max()) <= -0.5


def test_the_demo_model_hears_the_script(episode: Episode) -> None:
    script = (SAMPLE_FOLDER / "script.txt").read_text(encoding="utf-8")
    spoken = " ".join(line.partition(":")[2] for line in script.splitlines() if ":" in line)
    heard = " ".join(s["text"] for s in _json(episode.transcript_json)["segments"])
    rate = jiwer.wer(_plain(spoken), _plain(heard))
    print(f"word error rate of the demo: {rate:.1%}")
    assert rate <= 0.15


def test_captions_are_whole_for_an_independent_parser(episode: Episode) -> None:
    cues = webvtt.read(str(episode.captions_vtt)).captions
    assert len(cues) > 5
    assert cues[-1].end_in_seconds <= _duration(episode.enclosure)
    assert len(webvtt.from_srt(str(episode.captions_srt)).captions) > 5


def test_chapters_are_in_time_order_for_a_player(episode: Episode) -> None:
    with av.open(str(episode.enclosure)) as container:
        starts = [chapter["start"] * chapter["time_base"] for chapter in container.chapters()]
    expected = [chapter["startTime"] for chapter in _json(episode.chapters_json)["chapters"]]
    assert len(starts) >= 2
    assert starts == sorted(starts)
    assert [float(start) for start in starts] == pytest.approx(expected, abs=0.01)


def test_the_enclosure_is_tagged(demo: Demo, episode: Episode) -> None:
    tags = ID3(episode.enclosure)
    assert tags.version == (2, 4, 0)
    assert tags["TIT2"].text == [episode.details.title]
    assert tags["TALB"].text == ["Etam Berkesah (demo)"]
    assert str(tags["TGID"].text[0]) == episode.recording.guid
    assert tags.getall("APIC")
    assert tags.getall("USLT")


def test_retagging_re_encodes_nothing(episode: Episode) -> None:
    normalized = episode.normalized.read_bytes()
    assert episode.enclosure.read_bytes().endswith(normalized[-100_000:])


def test_every_quote_of_the_draft_was_said(episode: Episode) -> None:
    draft = episode.draft_md.read_text(encoding="utf-8")
    words = " ".join(
        word["text"].strip()
        for segment in _json(episode.transcript_json)["segments"]
        for word in segment["words"]
    )
    content = _json(episode.draft_json)
    quotes = [block["quote"] for block in content["blocks"] if block["quote"]]
    assert quotes
    for quote in [*quotes, *content["more_quotes"]]:
        assert _plain(quote["said"]) in _plain(words)
        assert _plain(quote["text"]) in _plain(draft)
        left = iter(comparable_words(quote["said"], "id"))
        assert all(word in left for word in comparable_words(quote["text"], "id"))


def test_the_feed_is_read_by_feedparser_and_podcastparser(demo: Demo, episode: Episode) -> None:
    content = (demo.workspace.public / "feed.xml").read_bytes()
    feed = feedparser.parse(content)
    assert not feed.bozo
    (item,) = feed.entries
    assert item.id == episode.recording.guid
    parsed = podcastparser.parse("http://127.0.0.1:8000/feed.xml", BytesIO(content))
    (parsed_episode,) = parsed["episodes"]
    (enclosure,) = parsed_episode["enclosures"]
    assert enclosure["mime_type"] == "audio/mpeg"
    assert enclosure["file_size"] == episode.enclosure.stat().st_size
    assert parsed_episode["total_time"] == pytest.approx(_duration(episode.enclosure), abs=1)
    assert parsed["language"] == "id"


def test_every_address_in_the_feed_answers(demo: Demo) -> None:
    feed = (demo.workspace.public / "feed.xml").read_text(encoding="utf-8")
    with _served(demo) as address:
        for url in set(re.findall(r'http://127\.0\.0\.1:8000/[^"<\s]*', feed)):
            path = url.removeprefix("http://127.0.0.1:8000/")
            with urllib.request.urlopen(address + path) as answer:
                assert answer.status == 200
                assert answer.read()


def test_a_client_can_resume_the_enclosure(demo: Demo, episode: Episode) -> None:
    (key,) = (p.relative_to(demo.workspace.public) for p in demo.workspace.public.rglob("*.mp3"))
    size = episode.enclosure.stat().st_size
    with _served(demo) as address:
        url = f"{address}{key.as_posix()}"
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD")) as head:
            assert int(head.headers["Content-Length"]) == size
            assert head.headers["Content-Type"] == "audio/mpeg"
        rest = urllib.request.Request(url, headers={"Range": "bytes=1000-"})
        with urllib.request.urlopen(rest) as answer:
            assert answer.status == 206
            assert answer.read() == episode.enclosure.read_bytes()[1000:]
        past = urllib.request.Request(url, headers={"Range": f"bytes={size}-"})
        with pytest.raises(urllib.error.HTTPError, match="416"):
            urllib.request.urlopen(past)


def test_changing_the_title_tags_again_and_keeps_identity_and_audio(own_demo: Demo) -> None:
    episode = the_episode(own_demo)
    file = episode.folder / "episode.toml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace(episode.details.title, "Judul baru"), encoding="utf-8")
    run = json.loads(own_demo.etam("-C", "demo-show", "run", "--json").stdout)["episodes"][0]
    assert "normalize" not in run["seconds"]
    assert "transcribe" not in run["seconds"]
    assert "tag" in run["seconds"]
    own_demo.etam("-C", "demo-show", "publish")
    feed = feedparser.parse((own_demo.workspace.public / "feed.xml").read_bytes())
    guid = episode.recording.guid
    assert [(item.title, item.id) for item in feed.entries] == [("Judul baru", guid)]


def test_a_corrected_text_reaches_every_listener(own_demo: Demo) -> None:
    episode = the_episode(own_demo)
    before = episode.transcript_txt.read_text(encoding="utf-8")
    word = before.split()[-1]
    episode.transcript_txt.write_text(before.replace(word, "Tenggarong!"), encoding="utf-8")

    run = json.loads(own_demo.etam("-C", "demo-show", "run", "--json").stdout)["episodes"][0]
    own_demo.etam("-C", "demo-show", "publish")

    assert "transcribe" not in run["seconds"]
    told = own_demo.etam("-C", "demo-show", "changes", episode.slug).stdout
    assert "transcript.txt wrote" in told
    assert "{+Tenggarong!+}" in told
    captions = own_demo.workspace.public.glob("episodes/*/*.vtt")
    assert any("Tenggarong!" in path.read_text(encoding="utf-8") for path in captions)
    page = own_demo.workspace.public / f"episodes/{episode.slug}/index.html"
    assert "Tenggarong!" in page.read_text(encoding="utf-8")


@contextlib.contextmanager
def _served(demo: Demo) -> Iterator[str]:
    """`etam serve` on a free port; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pipeline", "-C", str(demo.workspace.root), "serve"]
    server = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.PIPE)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the server did not answer")


def _decoded(path: Path) -> tuple[int, np.ndarray]:
    """The sample rate, and the samples as (moments, channels) floats."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        blocks = [frame.to_ndarray() for frame in container.decode(stream)]
        return stream.rate, np.concatenate(blocks, axis=1).T.astype(np.float64)


def _duration(path: Path) -> float:
    rate, samples = _decoded(path)
    return len(samples) / rate


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def _fingerprint(root: Path) -> dict[str, tuple[int, int]]:
    """Size and time stamp of each file that is not a cache."""
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }

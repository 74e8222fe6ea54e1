"""Fetching over networks that break, from servers that do what they like."""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.tools.web import NotThere, asking, download, downloading, fetch_bytes
from pipeline.words.errors import SetupProblem, TemporaryProblem
from tests.tools.old_host import OldHost, serve_old_host

CONTENT = random.Random(5).randbytes(700_000)


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[OldHost]:
    monkeypatch.setattr(downloading, "_PAUSE_SECONDS", 0.0)
    with serve_old_host() as served:
        served.files["/a.mp3"] = CONTENT
        yield served


def fetch(
    host: OldHost, target: Path, path: str = "/a.mp3", most_bytes: int = 10**9
) -> list[float]:
    told: list[float] = []
    download(host.address + path, target, told.append, most_bytes=most_bytes, from_outside=False)
    return told


def test_a_file_arrives_whole_and_tells_how_far_it_is(host: OldHost, tmp_path: Path) -> None:
    told = fetch(host, tmp_path / "a.mp3")
    assert (tmp_path / "a.mp3").read_bytes() == CONTENT
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3"]


def test_a_line_that_breaks_costs_only_what_had_not_arrived(host: OldHost, tmp_path: Path) -> None:
    host.cut_after["/a.mp3"], host.cuts["/a.mp3"] = 100_000, 6
    fetch(host, tmp_path / "a.mp3")
    assert (tmp_path / "a.mp3").read_bytes() == CONTENT
    assert host.ranges_of("/a.mp3") == ["", *(f"bytes={n}00000-" for n in range(1, 7))]


def test_a_line_that_stays_broken_is_given_up_and_gone_on_with_later(
    host: OldHost, tmp_path: Path
) -> None:
    host.cut_after["/a.mp3"], host.cuts["/a.mp3"] = 100_000, 1
    host.statuses["/b.mp3"] = 503
    with pytest.raises(TemporaryProblem, match="503"):
        fetch(host, tmp_path / "b.mp3", "/b.mp3")
    assert len(host.ranges_of("/b.mp3")) == 4
    fetch(host, tmp_path / "a.mp3")


def test_a_process_that_is_killed_is_gone_on_with_by_the_next(
    host: OldHost, tmp_path: Path
) -> None:
    target = tmp_path / "a.mp3"
    program = (
        "import os, sys, signal; from pathlib import Path\n"
        "from pipeline.tools.web import download\n"
        "def die(share):\n"
        "    if share > 0.5: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"download({host.address + '/a.mp3'!r}, Path({str(target)!r}), die, most_bytes=10**9, "
        "from_outside=False)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == -9
    assert not target.exists()
    fetch(host, target)
    assert target.read_bytes() == CONTENT
    last = host.ranges_of("/a.mp3")[-1]
    assert int(last.removeprefix("bytes=").removesuffix("-")) > 200_000


def test_parts_of_two_versions_are_never_put_together(host: OldHost, tmp_path: Path) -> None:
    target = tmp_path / "a.mp3"
    host.cut_after["/a.mp3"], host.cuts["/a.mp3"] = 100_000, 1
    other = random.Random(6).randbytes(500_000)

    def swap(share: float) -> None:
        if share > 0.1:
            host.files["/a.mp3"] = other

    download(host.address + "/a.mp3", target, swap, most_bytes=10**9, from_outside=False)
    assert target.read_bytes() == other


@pytest.mark.parametrize("odd", ["ignores_ranges", "without_etag"])
def test_a_server_that_knows_no_ranges_sends_it_all_again(
    host: OldHost, tmp_path: Path, odd: str
) -> None:
    getattr(host, odd).add("/a.mp3")
    host.cut_after["/a.mp3"], host.cuts["/a.mp3"] = 100_000, 1
    fetch(host, tmp_path / "a.mp3")
    assert (tmp_path / "a.mp3").read_bytes() == CONTENT


def test_a_file_that_shrank_is_fetched_anew(host: OldHost, tmp_path: Path) -> None:
    (tmp_path / "a.mp3.part").write_bytes(bytes(900_000))
    (tmp_path / "a.mp3.part.json").write_text(
        f'{{"address": "{host.address}/a.mp3", "mark": "\\"x\\"", "size": 1000000}}'
    )
    fetch(host, tmp_path / "a.mp3")
    assert (tmp_path / "a.mp3").read_bytes() == CONTENT


def test_what_is_not_there_is_asked_for_once(host: OldHost, tmp_path: Path) -> None:
    with pytest.raises(NotThere, match="404"):
        fetch(host, tmp_path / "b.mp3", "/b.mp3")
    assert len(host.ranges_of("/b.mp3")) == 1


def test_redirects_are_followed_on_the_web_only(host: OldHost, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("kata sandi")
    host.redirects["/moved.mp3"] = "/a.mp3"
    fetch(host, tmp_path / "a.mp3", "/moved.mp3")
    assert (tmp_path / "a.mp3").read_bytes() == CONTENT
    for number, bad in enumerate((secret.as_uri(), "ftp://127.0.0.1/a", "data:,x", "http:///x")):
        host.redirects["/bad.mp3"] = bad
        with pytest.raises((NotThere, TemporaryProblem)):
            fetch(host, tmp_path / f"{number}.mp3", "/bad.mp3")
        assert not (tmp_path / f"{number}.mp3").exists()
    host.redirects["/round.mp3"] = "/round.mp3"
    with pytest.raises((NotThere, TemporaryProblem)):
        fetch(host, tmp_path / "round.mp3", "/round.mp3")


def test_a_feed_from_elsewhere_cannot_make_us_ask_our_own_network(
    host: OldHost, tmp_path: Path
) -> None:
    with pytest.raises(NotThere, match="leads to this machine or its own network"):
        download(host.address + "/a.mp3", tmp_path / "x", lambda _: None, most_bytes=10**9)
    assert host.asked == []
    for inside in ("localhost", "10.1.2.3", "169.254.169.254", "::1", "192.168.0.1"):
        assert asking.is_inside(inside)
    assert not asking.is_inside("93.184.216.34")


def test_a_file_that_is_too_large_is_not_swallowed(host: OldHost, tmp_path: Path) -> None:
    with pytest.raises(NotThere, match="larger than"):
        fetch(host, tmp_path / "a.mp3", most_bytes=1000)
    with pytest.raises(NotThere, match="larger than"):
        fetch_bytes(host.address + "/a.mp3", 1000)
    host.files["/bomb"] = gzip.compress(bytes(50_000_000))
    host.gzipped.add("/bomb")
    with pytest.raises(NotThere, match="larger than"):
        fetch_bytes(host.address + "/bomb", 10**6)
    assert len(fetch_bytes(host.address + "/bomb", 10**8)[0]) == 50_000_000


def test_half_an_answer_is_no_answer(host: OldHost) -> None:
    host.cut_after["/a.mp3"], host.cuts["/a.mp3"] = 100_000, 1
    with pytest.raises(TemporaryProblem, match="broke off"):
        fetch_bytes(host.address + "/a.mp3", 10**6)
    assert fetch_bytes(host.address + "/a.mp3", 10**6)[0] == CONTENT


def test_a_disk_without_room_is_said_before_the_download(
    host: OldHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "_ROOM_BYTES", 10**18)
    with pytest.raises(SetupProblem, match="There is no room for"):
        fetch(host, tmp_path / "a.mp3")


def test_a_server_that_is_gone_is_a_matter_of_time(tmp_path: Path) -> None:
    with serve_old_host() as host:
        address = host.address
    begun = time.monotonic()
    with pytest.raises(TemporaryProblem, match="could not be fetched"):
        fetch_bytes(address + "/feed.xml", 1000)
    assert time.monotonic() - begun < 10

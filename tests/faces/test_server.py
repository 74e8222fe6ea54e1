"""`etam serve` answers podcast apps: types, ranges, caching, CORS, and nothing else on the disk."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from pipeline.faces.server import listen, make_app, serve
from pipeline.words.errors import SetupProblem

MP3 = bytes(range(256)) * 40
KEY = "/media/satu-0123456789abcdef.mp3"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    public = tmp_path_factory.mktemp("served") / "public"
    for name, body in {
        "feed.xml": b"<rss/>",
        "index.html": b"<!doctype html>",
        KEY[1:]: MP3,
        "episodes/satu/index.html": b"<!doctype html><p>satu",
        "episodes/satu/transcript-0123456789abcdef.vtt": b"WEBVTT\n",
        "episodes/satu/transcript-0123456789abcdef.srt": b"1\n",
        "episodes/satu/transcript-0123456789abcdef.json": b"{}",
        "episodes/satu/chapters-0123456789abcdef.json": b"{}",
        "empty.txt": b"",
        ".hidden.txt": b"hidden",
        ".git/config": b"hidden",
    }.items():
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        (public / name).write_bytes(body)
    (public.parent / "secret.txt").write_text("secret")
    (public / "link.txt").symlink_to(public.parent / "secret.txt")
    return public


@contextlib.contextmanager
def running(folder: Path, base_url: str = "/") -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(make_app(folder, base_url), log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with running(folder) as number:
        yield number


def ask(port: int, path: str, method: str = "GET", **headers: str):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_head_and_get_agree(port: int) -> None:
    head, nothing = ask(port, KEY, "HEAD")
    got, body = ask(port, KEY)
    assert (head.status, got.status, nothing) == (200, 200, b"")
    assert int(head.headers["Content-Length"]) == len(body) == len(MP3)
    assert head.headers["Accept-Ranges"] == "bytes"
    assert body == MP3


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        (KEY, "audio/mpeg"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/episodes/satu/transcript-0123456789abcdef.vtt", "text/vtt; charset=utf-8"),
        ("/episodes/satu/transcript-0123456789abcdef.srt", "application/x-subrip; charset=utf-8"),
        ("/episodes/satu/transcript-0123456789abcdef.json", "application/json; charset=utf-8"),
        ("/episodes/satu/chapters-0123456789abcdef.json", "application/json+chapters"),
    ],
)
def test_each_kind_of_file_has_its_type(port: int, path: str, kind: str) -> None:
    assert ask(port, path)[0].headers["Content-Type"] == kind


@pytest.mark.parametrize(
    ("asked", "expected", "content_range"),
    [
        ("bytes=0-99", MP3[:100], "bytes 0-99/10240"),
        ("bytes=100-", MP3[100:], "bytes 100-10239/10240"),
        ("bytes=-1", MP3[-1:], "bytes 10239-10239/10240"),
        ("bytes=-500", MP3[-500:], "bytes 9740-10239/10240"),
        ("bytes=-99999", MP3, "bytes 0-10239/10240"),
        ("bytes=10000-99999", MP3[10000:], "bytes 10000-10239/10240"),
    ],
)
def test_one_range(port: int, asked: str, expected: bytes, content_range: str) -> None:
    answer, body = ask(port, KEY, Range=asked)
    assert (answer.status, answer.headers["Content-Range"]) == (206, content_range)
    assert body == expected
    assert int(answer.headers["Content-Length"]) == len(expected)


def test_several_ranges(port: int) -> None:
    answer, body = ask(port, KEY, Range="bytes=0-9,100-109")
    assert answer.status == 206
    assert answer.headers["Content-Type"].startswith("multipart/byteranges; boundary=")
    assert int(answer.headers["Content-Length"]) == len(body)
    assert MP3[:10] in body
    assert b"Content-Range: bytes 100-109/10240" in body


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=20000-30000", "bytes=-0"])
def test_a_range_past_the_end_is_refused(port: int, asked: str) -> None:
    answer, _ = ask(port, KEY, Range=asked)
    assert (answer.status, answer.headers["Content-Range"]) == (416, "bytes */10240")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("asked", ["bytes=9-3", "bytes=abc", "items=0-5", "bytes=", "bytes=--5"])
def test_a_range_that_makes_no_sense_is_ignored(port: int, asked: str) -> None:
    answer, body = ask(port, KEY, Range=asked)
    assert (answer.status, body) == (200, MP3)


def test_a_range_of_an_old_version_gets_the_whole_new_one(port: int) -> None:
    assert ask(port, KEY, Range="bytes=0-9", If_Range='"old"')[0].status == 200
    etag = ask(port, KEY, "HEAD")[0].headers["ETag"]
    assert ask(port, KEY, Range="bytes=0-9", If_Range=etag)[0].status == 206


def test_what_a_client_has_is_not_sent_again(port: int) -> None:
    headers = ask(port, "/feed.xml")[0].headers
    for condition in (
        {"If_None_Match": headers["ETag"]},
        {"If_None_Match": f'"other", W/{headers["ETag"]}'},
        {"If_Modified_Since": headers["Last-Modified"]},
    ):
        answer, body = ask(port, "/feed.xml", **condition)
        assert (answer.status, body) == (304, b"")
    assert ask(port, "/feed.xml", If_None_Match='"other"')[0].status == 200


def test_any_page_may_read_the_files(port: int) -> None:
    answer, _ = ask(port, "/feed.xml", Origin="https://player.example")
    assert answer.headers.get_all("Access-Control-Allow-Origin") == ["*"]
    assert "Content-Range" in answer.headers["Access-Control-Expose-Headers"]
    preflight, _ = ask(
        port,
        KEY,
        "OPTIONS",
        Origin="https://player.example",
        Access_Control_Request_Method="GET",
        Access_Control_Request_Headers="range",
    )
    assert preflight.status == 204
    assert "Range" in preflight.headers["Access-Control-Allow-Headers"]


def test_content_addressed_files_are_kept_for_ever_and_the_feed_is_not(port: int) -> None:
    assert "immutable" in ask(port, KEY)[0].headers["Cache-Control"]
    assert ask(port, "/feed.xml")[0].headers["Cache-Control"] == "public, max-age=300"


def test_a_folder_shows_its_page_and_never_a_listing(port: int) -> None:
    assert ask(port, "/")[1] == b"<!doctype html>"
    assert ask(port, "/episodes/satu/")[1] == b"<!doctype html><p>satu"
    moved, _ = ask(port, "/episodes/satu")
    assert moved.status in (301, 302, 307, 308)
    assert moved.headers["Location"].endswith("/episodes/satu/")
    assert ask(port, "/media/")[0].status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/media/../../secret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/feed.xml%00.mp3",
        "/.hidden.txt",
        "/.git/config",
        "/link.txt",
        "/" + "a" * 5000,
        "/missing.mp3",
    ],
)
def test_nothing_outside_of_the_folder_and_nothing_hidden_is_served(port: int, path: str) -> None:
    answer, body = ask(port, path)
    assert answer.status == 404
    assert b"secret" not in body
    assert b"hidden" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(port: int, method: str) -> None:
    assert ask(port, "/feed.xml", method)[0].status == 405


def test_an_empty_file_is_served(port: int) -> None:
    answer, body = ask(port, "/empty.txt")
    assert (answer.status, answer.headers["Content-Length"], body) == (200, "0", b"")


def test_a_base_address_with_a_path_is_served_under_it(folder: Path) -> None:
    with running(folder, "http://127.0.0.1:8000/podcast/etam/") as number:
        assert ask(number, "/podcast/etam/feed.xml")[1] == b"<rss/>"
        assert ask(number, "/feed.xml")[0].status == 404
        assert ask(number, "/")[0].headers["Location"] == "/podcast/etam/"


def test_a_port_that_is_taken_is_a_setup_problem(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(SetupProblem, match=f"Port {taken} on 127.0.0.1"):
            serve(folder, "127.0.0.1", taken)


def test_ctrl_c_ends_it_quietly(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    program = (
        "from pathlib import Path; from pipeline.faces.server import serve;"
        f"serve(Path({str(folder)!r}), '127.0.0.1', {number}); print('ended')"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        wait_until_open(number)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, out, err) == (0, b"ended\n", b"")


def wait_until_open(number: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", number), 1):
            return
        time.sleep(0.05)
    pytest.fail("the server did not start")


def test_an_answer_does_not_wait_for_the_browser_to_confirm_its_head() -> None:
    async def is_sent_at_once() -> bool:
        known: asyncio.Queue[bool] = asyncio.Queue()

        async def note(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            known.put_nowait(bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        with listen("127.0.0.1", 0, "etam serve") as listener:
            address = listener.getsockname()
            async with await asyncio.start_server(note, sock=listener):
                _, writer = await asyncio.open_connection(*address)
                writer.close()
                return await known.get()

    assert asyncio.run(is_sent_at_once())

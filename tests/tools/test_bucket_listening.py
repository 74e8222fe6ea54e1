"""What was uploaded is fetched as listeners fetch it, before the feed names it."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.tools.bucket import Content
from pipeline.tools.bucket.listening import Listener
from pipeline.words.errors import SetupProblem

KEY = "media/satu-0123456789abcdef.mp3"
BODY = bytes(range(256)) * 20


class PublicSide(ThreadingHTTPServer):
    """A web server that gives `body` for everything, in ranges or not."""

    body = BODY
    status = 206

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str | None, str | None]] = []

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/acara/"


class _Handler(BaseHTTPRequestHandler):
    server: PublicSide

    def do_GET(self) -> None:
        named = self.headers.get("Range")
        self.server.asked.append((self.path, named, self.headers.get("Authorization")))
        start, end = map(int, re.findall(r"\d+", named or ""))
        body = self.server.body[start : end + 1]
        if self.server.status == 200:
            body = self.server.body
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(self.server.body)}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def public() -> Iterator[PublicSide]:
    server = PublicSide()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def unheard(base_url: str, *bodies: bytes, key: str = KEY) -> str:
    """What is doubtful about uploads of `bodies`."""
    listener = Listener(base_url)
    for body in bodies:
        listener.listen(key, Content(body, len(body), hashlib.sha256(body).hexdigest()))
    return listener.doubt


@pytest.mark.parametrize("size", [1, 1000, 1024, 5120])
def test_what_can_be_heard_is_asked_for_at_both_ends_by_nobody_in_particular(
    public: PublicSide, size: int
) -> None:
    public.body = BODY[:size]
    assert unheard(public.base_url, BODY[:size]) == ""
    first = min(size, 1024)
    assert public.asked == [
        (f"/acara/{KEY}", f"bytes=0-{first - 1}", None),
        (f"/acara/{KEY}", f"bytes={size - first}-{size - 1}", None),
    ]


OTHERS = [b"<html>" + BODY[6:], BODY + b"x", BODY[:-1], b""]


@pytest.mark.parametrize(
    ("other", "status"),
    [*((o, 206) for o in OTHERS), *((o, 200) for o in OTHERS), (BODY[:-1] + b"x", 206)],
    ids=range(9),
)
def test_other_bytes_than_what_was_uploaded_are_a_setup_problem(
    public: PublicSide, other: bytes, status: int
) -> None:
    public.body, public.status = other, status
    with pytest.raises(SetupProblem, match="does not give what was uploaded") as caught:
        unheard(public.base_url, BODY)
    assert "base_url" in caught.value.remedy


def test_a_server_without_ranges_is_worth_a_sentence(public: PublicSide) -> None:
    public.status = 200
    assert "cannot seek" in unheard(public.base_url, BODY)


@pytest.mark.parametrize("status", [403, 404, 503])
def test_an_address_that_does_not_answer_is_worth_a_sentence_and_ends_the_asking(
    public: PublicSide, status: int
) -> None:
    public.status = status
    doubt = unheard(public.base_url, *[BODY] * 5)
    assert public.base_url + KEY in doubt
    assert str(status) in doubt
    assert len(public.asked) == 1


def test_a_name_that_leads_nowhere_is_worth_a_sentence() -> None:
    assert "podcast.invalid" in unheard("https://podcast.invalid/", BODY)


def test_only_recordings_are_listened_to(public: PublicSide) -> None:
    assert unheard(public.base_url, b"other", key="style-0123456789abcdef.css") == ""
    assert public.asked == []

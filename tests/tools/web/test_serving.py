"""A server that podcast apps can live with has no fault; each fault of another one is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.faces.server import make_app
from pipeline.tools.web.serving import Served, basic_complaints, complaints
from tests.servers import running

BODY = bytes(range(256)) * 4
NAME = "media/satu-0123456789abcdef.mp3"


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("public")
    (folder / "media").mkdir()
    (folder / NAME).write_bytes(BODY)
    (folder / "feed.xml").write_bytes(b"<rss/>")
    (folder / "tiny.mp3").write_bytes(b"x")
    with running(make_app(folder)) as port:
        yield f"http://127.0.0.1:{port}"


def bad_answer(request: Request) -> Response:
    """A file, with one fault: the one that the address names."""
    fault = request.path_params["fault"]
    headers = {
        "ETag": '"1"',
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Content-Range, Accept-Ranges, Content-Length, ETag",
        "Access-Control-Allow-Headers": "Range",
    }
    if fault == "cors":
        del headers["Access-Control-Allow-Origin"]
    if fault == "exposed":
        del headers["Access-Control-Expose-Headers"]
    if fault == "marks":
        del headers["ETag"]
    if request.method == "OPTIONS":
        return Response(status_code=403 if fault == "preflight" else 200, headers=headers)
    if fault == "gone":
        return Response(status_code=404)
    if "if-none-match" in request.headers and fault != "again":
        return Response(status_code=304, headers=headers)
    kind = "application/octet-stream" if fault == "type" else "audio/mpeg"
    asked = request.headers.get("range", "")
    if asked and fault != "ranges":
        start, _, end = asked.removeprefix("bytes=").partition("-")
        first = int(start) if start else len(BODY) - int(end)
        last = int(end) if start and end else len(BODY) - 1
        if first >= len(BODY) and fault != "past":
            return Response(status_code=416, headers=headers)
        if not (fault == "suffix" and not start) and first < len(BODY):
            headers["Content-Range"] = f"bytes {first}-{last}/{len(BODY)}"
            return Response(BODY[first : last + 1], 206, headers, kind)
    if request.method == "HEAD" and fault == "length":
        headers["Content-Length"] = "7"
    body = BODY + b"more" if fault == "get" and request.method == "GET" else BODY
    return Response(body, 200, headers, kind)


@pytest.fixture(scope="module")
def bad() -> Iterator[str]:
    methods = ["GET", "HEAD", "OPTIONS"]
    routes = [
        Route("/moved.mp3", lambda _request: RedirectResponse("/none.mp3")),
        Route("/{fault}.mp3", bad_answer, methods=methods),
    ]
    with running(Starlette(routes=routes)) as port:
        yield f"http://127.0.0.1:{port}"


def served(address: str, size: int = len(BODY)) -> Served:
    return Served(address, size, "audio/mpeg")


def test_our_own_server_has_no_fault(good: str) -> None:
    assert complaints(served(f"{good}/{NAME}"), is_audio=True) == []
    assert complaints(served(f"{good}/tiny.mp3", 1), is_audio=True) == []
    assert complaints(Served(f"{good}/feed.xml", 6, "application/rss+xml")) == []


def test_a_server_without_fault_has_none_also_behind_a_redirect(bad: str) -> None:
    assert complaints(served(f"{bad}/none.mp3"), is_audio=True) == []
    assert complaints(served(f"{bad}/moved.mp3"), is_audio=True) == []


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("gone", ["HEAD is answered with 404"]),
        ("type", ["its type is application/octet-stream, and should be audio/mpeg"]),
        ("length", ["HEAD says 7 bytes, and the feed 1024"]),
        ("get", ["GET says 1028 bytes, and HEAD 1024"]),
        ("ranges", ["the beginning alone", "the end alone", "past its end"]),
        ("suffix", ["asked for the end alone, the answer is 200 and not 206: nobody can seek"]),
        ("past", ["asked for what is past its end, the answer is 200 and not 416"]),
        ("again", ["asked whether it changed since that ETag, the answer is 200, not 304"]),
        ("marks", ["neither ETag nor Last-Modified"]),
        ("cors", ["may not read it (CORS"]),
        ("exposed", ["do not see content-range, accept-ranges, content-length, etag"]),
        ("preflight", ["may not seek (CORS preflight: 403)"]),
    ],
)
def test_each_fault_is_named_and_nothing_else(bad: str, fault: str, says: list[str]) -> None:
    found = complaints(served(f"{bad}/{fault}.mp3"), is_audio=True)
    assert len(found) == len(says)
    for sentence, part in zip(found, says, strict=True):
        assert part in sentence


def test_a_feed_needs_no_ranges(bad: str) -> None:
    assert complaints(served(f"{bad}/ranges.mp3")) == []


def test_nothing_that_answers_is_one_complaint() -> None:
    [said] = complaints(served("http://127.0.0.1:9/a.mp3"), is_audio=True)
    assert "refused" in said
    assert basic_complaints(served("http://127.0.0.1:9/a.mp3")) == [said]

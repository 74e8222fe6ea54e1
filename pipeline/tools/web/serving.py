"""Whether a public file is served the way podcast apps and players on web pages need it.

Sources: RFC 9110 (ranges, section 14; conditions, section 13), the Fetch standard (CORS), and what
hosts' users complain of most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.tools.web.probing import Answer, probe

_ORIGIN = "https://player.example.org"
_PREFLIGHT = {
    "Origin": _ORIGIN,
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "range",
}
_EXPOSED = ("content-range", "accept-ranges", "content-length", "etag")
_RANGE_BYTES = 100


@dataclass(frozen=True, slots=True)
class Served:
    """A file as the feed names it: where it is, how many bytes, and of which type."""

    address: str
    size: int
    media_type: str


Complaints = Iterator[str]


def complaints(file: Served, *, is_audio: bool = False) -> list[str]:
    """What is wrong with how `file` is served, each a part of a sentence; nothing when all is well.

    Audio must also answer to ranges, since players seek.
    """
    head = probe(file.address, method="HEAD")
    if basic := list(_basics(file, head)):
        return basic
    checks = [_same_by_get, _asked_again, _other_pages]
    if is_audio:
        checks += [_beginning, _end, _past_the_end, _exposed]
    return [said for check in checks for said in check(file, head)]


def basic_complaints(file: Served) -> list[str]:
    """What one question without the body tells: whether it is there, its length and its type."""
    return list(_basics(file, probe(file.address, method="HEAD")))


def _basics(file: Served, head: Answer) -> Complaints:
    if head.status != 200:
        yield _unexpected("HEAD", head)
        return
    said = head.headers.get("content-length", "")
    if said != str(file.size):
        yield f"HEAD says {said or 'no'} bytes, and the feed {file.size}"
    kind = head.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != file.media_type:
        yield f"its type is {kind or 'not said'}, and should be {file.media_type}"


def _same_by_get(file: Served, head: Answer) -> Complaints:
    got = probe(file.address)
    if got.status != 200:
        yield _unexpected("GET", got)
    elif got.headers.get("content-length") != head.headers.get("content-length"):
        yield f"GET says {got.headers.get('content-length', 'no')} bytes, and HEAD {file.size}"


def _asked_again(file: Served, head: Answer) -> Complaints:
    if etag := head.headers.get("etag"):
        again = probe(file.address, {"If-None-Match": etag})
    elif changed := head.headers.get("last-modified"):
        again = probe(file.address, {"If-Modified-Since": changed})
    else:
        yield "it has neither ETag nor Last-Modified, so apps fetch it anew each time"
        return
    if again.status != 304:
        mark = "ETag" if etag else "date"
        yield f"asked whether it changed since that {mark}, the answer is {again.status}, not 304"


def _beginning(file: Served, _head: Answer) -> Complaints:
    last = min(_RANGE_BYTES, file.size) - 1
    got = probe(file.address, {"Range": f"bytes=0-{last}"}, most_bytes=_RANGE_BYTES + 1)
    yield from _part(got, "the beginning", f"bytes 0-{last}/{file.size}", last + 1)


def _end(file: Served, _head: Answer) -> Complaints:
    length = min(_RANGE_BYTES, file.size)
    got = probe(file.address, {"Range": f"bytes=-{length}"}, most_bytes=_RANGE_BYTES + 1)
    expected = f"bytes {file.size - length}-{file.size - 1}/{file.size}"
    yield from _part(got, "the end", expected, length)


def _part(got: Answer, which: str, content_range: str, length: int) -> Complaints:
    right = (206, content_range, length)
    if (got.status, got.headers.get("content-range"), len(got.body)) != right:
        yield f"asked for {which} alone, the answer is {got.status} and not 206: nobody can seek"


def _past_the_end(file: Served, _head: Answer) -> Complaints:
    got = probe(file.address, {"Range": f"bytes={file.size}-"})
    if got.status != 416:
        yield f"asked for what is past its end, the answer is {got.status} and not 416"


def _other_pages(file: Served, _head: Answer) -> Complaints:
    got = probe(file.address, {"Origin": _ORIGIN})
    if got.headers.get("access-control-allow-origin") not in ("*", _ORIGIN):
        yield "players on other web pages may not read it (CORS; `etam setup-bucket`)"


def _exposed(file: Served, _head: Answer) -> Complaints:
    got = probe(file.address, {"Origin": _ORIGIN, "Range": "bytes=0-0"})
    exposed = got.headers.get("access-control-expose-headers", "").lower()
    hidden = [name for name in _EXPOSED if name not in exposed and exposed != "*"]
    if hidden:
        yield f"players on other web pages do not see {', '.join(hidden)} (CORS)"
    preflight = probe(file.address, _PREFLIGHT, method="OPTIONS")
    allowed = preflight.headers.get("access-control-allow-headers", "").lower()
    if preflight.status not in (200, 204) or not ("range" in allowed or allowed == "*"):
        yield f"players on other web pages may not seek (CORS preflight: {preflight.status})"


def _unexpected(method: str, got: Answer) -> str:
    return f"{method} is answered with {got.status}" if got.status else got.trouble

"""One request at a time, and in words why it was not answered."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import io
import ipaddress
import socket
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator, Mapping
from email.message import Message
from typing import IO, Any
from urllib.parse import urlsplit

from pipeline import __version__
from pipeline.words.errors import EpisodeProblem, TemporaryProblem
from pipeline.words.web_text import ascii_url

TIMEOUT_SECONDS = 30.0
_AGENT = f"etam/{__version__} (podcast import)"
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))


class NotThere(EpisodeProblem):
    """What was asked for is not to be had, and asking again is of no use; `status` is HTTP's."""

    status = 0


def fetch_bytes(address: str, most_bytes: int, *, from_outside: bool = False) -> tuple[bytes, str]:
    """What lies at an address, and the address it was found at after redirects.

    Raises NotThere, also for more than `most_bytes`, and TemporaryProblem when the network fails.
    """
    accept = {"Accept": "application/rss+xml, application/xml;q=0.9, */*;q=0.5"}
    with asked(address, accept, from_outside=from_outside) as got:
        body = got.read(most_bytes + 1)
        promised = int(got.headers.get("Content-Length") or 0)
        if len(body) < min(promised, most_bytes):
            raise ConnectionError(f"{len(body)} of {promised} bytes")
        if got.headers.get("Content-Encoding", "").casefold() == "gzip":
            body = _unpacked(body, most_bytes, address)
        if len(body) > most_bytes:
            raise NotThere(
                f"{address} is larger than {most_bytes / 1e6:.0f} MB.",
                "A feed is smaller: check the address.",
            )
        return body, str(got.url)


def _unpacked(body: bytes, most_bytes: int, address: str) -> bytes:
    try:
        return gzip.GzipFile(fileobj=io.BytesIO(body)).read(most_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _broken(address, error) from error


@contextlib.contextmanager
def asked(address: str, headers: Mapping[str, str], *, from_outside: bool = False) -> Iterator[Any]:
    """The open answer to a GET, with `status`, `headers`, `url` and `read`.

    Follows redirects to other web addresses only. When `from_outside`, the address comes from a
    stranger, and may not lead to this machine or its network. Raises NotThere or TemporaryProblem.
    """
    try:
        opener = web_opener(from_outside)
        request = urllib.request.Request(  # noqa: S310 - the opener knows http and https only
            ascii_url(_checked(address, from_outside)), headers={"User-Agent": _AGENT, **headers}
        )
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            yield answer
    except urllib.error.HTTPError as error:
        raise _refused(address, error) from error
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise _broken(address, error) from error


def web_opener(from_outside: bool) -> urllib.request.OpenerDirector:
    """What opens web addresses; no files, no FTP and no data addresses, as the usual one does."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(from_outside),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, from_outside: bool) -> None:
        self._from_outside = from_outside

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        address = ascii_url(_checked(newurl, self._from_outside))
        return super().redirect_request(req, fp, code, msg, headers, address)  # type: ignore[arg-type]


def _checked(address: str, from_outside: bool) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotThere(
            f"“{address}” is no address of the web.", "Only http and https can be fetched."
        )
    if from_outside and not urllib.request.getproxies() and is_inside(parts.hostname):
        raise NotThere(
            f"“{address}” leads to this machine or its own network, and a feed from elsewhere "
            "names it.",
            "Download that file yourself if it is meant.",
        )
    return address


def is_inside(host: str) -> bool:
    """Whether a host is this machine or in its own network."""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except OSError:
        return False  # then it cannot be reached either
    return any(not ipaddress.ip_address(str(entry[4][0])).is_global for entry in found)


def _refused(address: str, error: urllib.error.HTTPError) -> NotThere | TemporaryProblem:
    if error.code in _LATER:
        return TemporaryProblem(
            f"The server of {address} does not answer now ({error.code}).", "Run again later."
        )
    refused = NotThere(
        f"The server does not give {address} ({error.code} {error.reason}).",
        "Open the address in a browser; ask the old host if it does not open there either.",
    )
    refused.status = error.code
    return refused


def _broken(address: str, error: Exception) -> TemporaryProblem:
    return TemporaryProblem(
        f"{address} could not be fetched: the connection failed or broke off.",
        "Check the address and the network, and run again; what arrived is kept.",
        f"{type(error).__name__}: {error}",
    )

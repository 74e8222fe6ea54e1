"""What a web server answers, whatever it is: for looking at a server, not for having a file."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pipeline import __version__
from pipeline.tools.web.asking import web_opener
from pipeline.words.web_text import ascii_url

_TIMEOUT_SECONDS = 15.0
_AGENT = f"etam/{__version__} (doctor)"


@dataclass(frozen=True)
class Answer:
    """A status, headers by their name in small letters, and the beginning of the body.

    Status 0 means that nothing answered; `trouble` says why.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    trouble: str = ""


def probe(
    address: str,
    headers: Mapping[str, str] = MappingProxyType({}),
    *,
    method: str = "GET",
    most_bytes: int = 0,
) -> Answer:
    """Ask without credentials, following redirects; at most `most_bytes` of the body are read."""
    request = urllib.request.Request(  # noqa: S310 - the opener knows http and https only
        ascii_url(address), method=method, headers={"User-Agent": _AGENT, **headers}
    )
    try:
        with web_opener(from_outside=False).open(request, timeout=_TIMEOUT_SECONDS) as answer:
            return _answer(answer.status, answer, most_bytes)
    except urllib.error.HTTPError as error:
        with error:
            return _answer(error.code, error, most_bytes)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(0, trouble=f"{type(error).__name__}: {error}")


def _answer(status: int, answer: Any, most_bytes: int) -> Answer:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(status, headers, answer.read(most_bytes) if most_bytes else b"")

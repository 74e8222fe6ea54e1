"""What was uploaded, fetched as a listener does: at its public address, without signing in."""

from __future__ import annotations

from typing import Any

from pipeline.tools.bucket.port import Content, opened
from pipeline.tools.web import NotThere, asked
from pipeline.words.errors import SetupProblem, TemporaryProblem
from pipeline.words.web_files import media_type
from pipeline.words.web_text import ascii_url

_END_BYTES = 1024
_PARTIAL_CONTENT = 206


class Listener:
    """Fetches the first and the last bytes of each recording that was uploaded.

    An address that does not answer is only worth a sentence, `doubt`, and ends the asking: a CDN, a
    name or a policy may come later, and this machine may be kept from the public side.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self.doubt = ""

    def listen(self, key: str, content: Content) -> None:
        """Raises SetupProblem when an address gives other bytes than were uploaded there.

        A feed that was written now would name what it does not mean.
        """
        if self.doubt or not content.size or not media_type(key).startswith("audio/"):
            return
        try:
            self.doubt = _doubt(ascii_url(self._base_url + key), content)
        except (NotThere, TemporaryProblem) as problem:
            self.doubt = (
                f"{problem.problem} Listeners may not get it either: look at `base_url`, the "
                "bucket's policy and the CDN."
            )


def _doubt(address: str, content: Content) -> str:
    first = min(_END_BYTES, content.size)
    for start, end in ((0, first), (content.size - first, content.size)):
        with asked(address, {"Range": f"bytes={start}-{end - 1}"}) as answer:
            if answer.status != _PARTIAL_CONTENT:
                length = int(answer.headers.get("Content-Length") or content.size)
                _must_be(length, content.size, address)
                _must_be(answer.read(first), _bytes_of(content, 0, first), address)
                return f"{address} is not given in ranges: players cannot seek in it."
            _must_be(answer.read(), _bytes_of(content, start, end), address)
            _must_be(_size_in(answer), content.size, address)
    return ""


def _bytes_of(content: Content, start: int, end: int) -> bytes:
    with opened(content) as file:
        file.seek(start)
        return file.read(end - start)


def _size_in(answer: Any) -> int:
    size = str(answer.headers.get("Content-Range") or "").rpartition("/")[2]
    return int(size) if size.isdigit() else -1


def _must_be(found: bytes | int, expected: bytes | int, address: str) -> None:
    if found != expected:
        raise SetupProblem(
            f"{address} does not give what was uploaded.",
            "Let `base_url` under [publish] lead to the bucket and its prefix, and empty the CDN's "
            "cache; the feed has not changed.",
        )

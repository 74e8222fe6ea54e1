"""Another podcast host on this machine: feeds and files, with all that a bad network does."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class OldHost:
    """`files` by path. The dictionaries name paths at which something is odd.

    `cut_after`: the answer breaks off there, as many times as `cuts` says, and `when_cut` is done.
    `redirects` lead to other addresses, `statuses` answer with that status, `ignores_ranges` sends
    it all each time.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    cut_after: dict[str, int] = field(default_factory=dict)
    cuts: dict[str, int] = field(default_factory=dict)
    when_cut: dict[str, Callable[[], None]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    ignores_ranges: set[str] = field(default_factory=set)
    gzipped: set[str] = field(default_factory=set)
    without_etag: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""

    def ranges_of(self, path: str) -> list[str]:
        return [asked for where, asked in self.asked if where == path]


@contextlib.contextmanager
def serve_old_host() -> Iterator[OldHost]:
    host = OldHost()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(host))
    host.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


def _handler(host: OldHost) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path
            host.asked.append((path, self.headers.get("Range", "")))
            if path in host.redirects:
                self._head(302, 0, {"Location": host.redirects[path]})
            elif path in host.statuses:
                self._head(host.statuses[path], 0, {})
            elif path in host.files:
                self._send(path, host.files[path])
            else:
                self._head(404, 0, {})

        def log_message(self, *_: Any) -> None: ...

        def _send(self, path: str, content: bytes) -> None:
            etag = f'"{hashlib.sha256(content).hexdigest()}"'
            headers = {} if path in host.without_etag else {"ETag": etag}
            if path in host.gzipped:
                headers["Content-Encoding"] = "gzip"
            asked = self.headers.get("Range", "")
            same = self.headers.get("If-Range", etag) == etag
            start = 0
            if asked and same and path not in host.ignores_ranges:
                start = int(asked.removeprefix("bytes=").partition("-")[0])
                if start >= len(content):
                    self._head(416, 0, {"Content-Range": f"bytes */{len(content)}"})
                    return
                headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            part = content[start:]
            self._head(206 if "Content-Range" in headers else 200, len(part), headers)
            if host.cuts.get(path, 0):
                host.cuts[path] -= 1
                self.wfile.write(part[: host.cut_after[path]])
                self.close_connection = True
                if path in host.when_cut:
                    time.sleep(0.3)  # so that what was sent has been written
                    host.when_cut[path]()
                return
            self.wfile.write(part)

        def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(length))
            self.end_headers()

    return Handler

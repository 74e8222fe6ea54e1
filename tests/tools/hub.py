"""A small Hugging Face Hub on this machine: enough of its API to download a model from.

As on the hub, `model.bin` is kept by Git LFS and known by its SHA-256, the other files by git's own
digest of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """`break_after_bytes`: each answer is cut off there, as a bad network does.

    `stall_after_bytes`: each answer stops there and nothing more comes. `spoil`: every file arrives
    with its last byte changed, as many times as it says.
    """

    repositories: dict[str, Path]
    address: str = ""
    break_after_bytes: int | None = None
    stall_after_bytes: int | None = None
    stalled: threading.Event = field(default_factory=threading.Event)
    spoil: int = 0
    sent: list[str] = field(default_factory=list)
    ranges_asked: list[int] = field(default_factory=list)
    port: int = 0
    server: ThreadingHTTPServer | None = None

    def open(self) -> None:
        """Answer, at the same address as before."""
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self.port = self.server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Nobody answers any more."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


@contextlib.contextmanager
def serve_hub(repositories: dict[str, Path]) -> Iterator[Hub]:
    hub = Hub(dict(repositories))
    hub.open()
    try:
        yield hub
    finally:
        hub.close()


def _file_info(file: Path) -> dict[str, Any]:
    content = file.read_bytes()
    info = {"rfilename": file.name, "size": len(content), "blobId": _git_digest(content)}
    if file.name == "model.bin":
        sha256 = hashlib.sha256(content).hexdigest()
        info["lfs"] = {"size": len(content), "sha256": sha256, "pointerSize": 134}
    return info


def _digest(name: str, content: bytes) -> str:
    return hashlib.sha256(content).hexdigest() if name == "model.bin" else _git_digest(content)


def _git_digest(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def log_message(self, *_: Any) -> None: ...

        def _answer(self, with_body: bool) -> None:
            if hub.server is None:  # a connection that was kept alive
                self.close_connection = True
                return
            path = self.path.partition("?")[0]
            if path.startswith("/api/models/"):
                self._send_info(path.removeprefix("/api/models/").partition("/revision/")[0])
                return
            repository, _, rest = path[1:].partition("/resolve/")
            file = hub.repositories.get(repository, Path("/nowhere")) / rest.partition("/")[2]
            if not file.is_file():
                self._send_nothing()
                return
            self._send_file(file, with_body)

        def _send_info(self, repository: str) -> None:
            folder = hub.repositories.get(repository)
            if folder is None:
                self._send_nothing()
                return
            files = [_file_info(file) for file in sorted(folder.iterdir())]
            info = {"id": repository, "modelId": repository, "sha": COMMIT, "siblings": files}
            body = json.dumps(info).encode()
            self._head(200, len(body), {"Content-Type": "application/json"})
            self.wfile.write(body)

        def _send_file(self, file: Path, with_body: bool) -> None:
            content = file.read_bytes()
            asked = self.headers.get("Range", "")
            start = int(asked.removeprefix("bytes=").partition("-")[0] or 0) if asked else 0
            if asked and with_body:
                hub.ranges_asked.append(start)
            etag = _digest(file.name, content)
            headers = {"ETag": f'"{etag}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
            part = content[start:] if with_body else content
            if asked and with_body:
                headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self._head(206 if asked and with_body else 200, len(part), headers)
            if with_body:
                hub.sent.append(file.name)
                if hub.spoil and part:
                    hub.spoil -= 1
                    part = part[:-1] + bytes([part[-1] ^ 1])
                self._send_body(part)

        def _send_body(self, part: bytes) -> None:
            stop = hub.stall_after_bytes
            if stop is not None and len(part) > stop:
                self.wfile.write(part[:stop])
                self.wfile.flush()
                hub.stalled.set()
                threading.Event().wait(60)  # whoever waits is killed before
            limit = hub.break_after_bytes
            if limit is not None and len(part) > limit:
                self.wfile.write(part[:limit])
                self.close_connection = True
                return
            self.wfile.write(part)

        def _send_nothing(self) -> None:
            self._head(404, 0, {"X-Error-Code": "RepoNotFound"})

        def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(length))
            self.end_headers()

    return Handler

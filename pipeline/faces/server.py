"""`etam serve`: the published folder, served the way podcast apps need it.

HEAD and GET agree, byte ranges work (RFC 9110, section 14), files carry an ETag and the types that
the feed names, and any page may read them (CORS). It is for trying a show out; a public site
belongs on a web server or in a bucket.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.words.errors import SetupProblem
from pipeline.words.web_files import cache_control, content_type

_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag, "
    "Last-Modified",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-Range, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
_RANGE = re.compile(r"bytes=\s*(?:\d+-\d*|-\d+)(?:\s*,\s*(?:\d+-\d*|-\d+))*\s*", re.IGNORECASE)


def make_app(folder: Path, base_url: str = "/") -> Starlette:
    """An application that serves `folder` under the path of `base_url`."""
    base_path = urlsplit(base_url).path.rstrip("/")
    files = _PublicFiles(directory=folder, html=True, check_dir=False)
    routes: list[BaseRoute] = [Mount(base_path or "/", app=files)]
    if base_path:
        routes.append(Route("/", lambda _request: RedirectResponse(f"{base_path}/")))
    return Starlette(routes=routes, middleware=[Middleware(_OpenToAll)])


def serve(folder: Path, host: str, port: int, base_url: str = "/") -> None:
    """Serve `folder` until Ctrl+C. Raises SetupProblem when the address cannot be had."""
    config = uvicorn.Config(
        make_app(folder, base_url), log_level="warning", access_log=False, lifespan="off"
    )
    with listen(host, port, "etam serve") as listener:
        run_until_stopped(config, listener)


def run_until_stopped(
    config: uvicorn.Config, listener: socket.socket, ending: Callable[[], None] = lambda: None
) -> None:
    """Serve until Ctrl+C or SIGTERM; `ending` is called first, to end what never ends by itself."""
    asyncio.run(_Server(config, ending).serve(sockets=[listener]))


class _Server(uvicorn.Server):
    """Ends when it is told to; uvicorn's own raises the signal once more for whoever called."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._ending()
        super().handle_exit(sig, frame)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {
            number: signal.signal(number, self.handle_exit)
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def listen(host: str, port: int, command: str) -> socket.socket:
    """A socket at the address. Raises SetupProblem, with what to write after `command` instead.

    It says that it is TCP: asyncio sends without waiting (TCP_NODELAY) only on sockets that do, and
    an answer's body otherwise waits up to 40 ms for the browser to confirm its head.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # whoever is told the address may ask at once
    except OSError as error:
        listener.close()
        raise SetupProblem(
            f"Port {port} on {host} cannot be used: {error.strerror or error}.",
            f"End what uses it, or choose another: `{command} --port {port + 1}`.",
        ) from error
    return listener


class _PublicFiles(StaticFiles):
    """Static files with our types, and without hidden files."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        if any(part.startswith(".") and part != "." for part in Path(path).parts):
            return "", None
        try:
            return super().lookup_path(path)
        except PermissionError:
            return "", None

    def file_response(
        self,
        full_path: os.PathLike[str] | str,
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        name = Path(full_path).name
        response = FileResponse(
            full_path,
            status_code=status_code,
            stat_result=stat_result,
            media_type=content_type(name),
            headers={"Cache-Control": cache_control(name), "X-Content-Type-Options": "nosniff"},
        )
        if self.is_not_modified(response.headers, Request(scope).headers):
            return NotModifiedResponse(response.headers)
        return response


class _OpenToAll:
    """CORS on every answer, and no Range that RFC 9110 says must be ignored."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            answer = Response(status_code=204, headers={**_CORS, **_PREFLIGHT})
            await answer(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_CORS)
            await send(message)

        await self._app(_without_wrong_range(scope), receive, send_open)


def _without_wrong_range(scope: Scope) -> Scope:
    asked = Headers(scope=scope).get("range")
    if asked is None or (_RANGE.fullmatch(asked) and _ascending(asked)):
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"range"]}


def _ascending(asked: str) -> bool:
    return all(int(first) <= int(last) for first, last in re.findall(r"(\d+)-(\d+)", asked))

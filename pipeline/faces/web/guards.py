"""What every request passes and every answer carries, whatever it is about.

Sources: OWASP cheat sheets (CSRF, HTTP headers, session management), RFC 6265bis, the CSP standard.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.faces.web.newsroom import Newsroom
from pipeline.faces.web.rendering import language_of
from pipeline.faces.web.visitors import COOKIE, CSRF_FIELD, CSRF_HEADER, csrf_of
from pipeline.tools.translations import sentence_translator

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_LARGEST_FORM = 1 << 20
LARGEST_BODY = 16 << 20
"""Bytes of a request that is no upload of a recording."""
TOO_LARGE = f"This is too large: {LARGEST_BODY >> 20} MB at most."

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; frame-src 'self'; "
    "manifest-src 'self'; worker-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guards:
    """Refuses requests of other sites and under other names; adds headers to every answer."""

    def __init__(self, app: ASGIApp, newsroom: Newsroom) -> None:
        self._app = app
        self._newsroom = newsroom

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None and scope["method"] not in _SAFE_METHODS:
            receive, refusal = await self._proved(scope, receive)
        if refusal is not None:
            await refusal(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name_of(host) not in _LOOPBACK | self._newsroom.hosts:
            return PlainTextResponse("This address is not served here.", 421)
        if scope["method"] in _SAFE_METHODS:
            return None
        origin = headers.get("origin")
        if origin is not None and not _is_same(origin, host, scope["scheme"]):
            return PlainTextResponse("This request comes from another site.", 403)
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("This request comes from another site.", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return self._told(scope, TOO_LARGE, 413)
        if "transfer-encoding" in headers:  # browsers always say how much they send
            return PlainTextResponse("Say how much you send.", 411)
        return None

    async def _proved(
        self, scope: Scope, receive: Receive
    ) -> tuple[Receive, PlainTextResponse | None]:
        """Whether a changing request carries the token of its session.

        Who is not signed in has no token; signing in is guarded by its own check of the origin.
        """
        headers = Headers(scope=scope)
        session = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        if not session:
            return receive, None
        given = headers.get(CSRF_HEADER, "")
        if not given and headers.get("content-type", "").startswith(
            "application/x-www-form-urlencoded"
        ):
            body = await _read(receive)
            receive = _again(body, receive)
            given = parse_qs(body.decode("utf-8", "replace")).get(CSRF_FIELD, [""])[0]
        if hmac.compare_digest(given.encode(), csrf_of(session).encode()):
            return receive, None
        return receive, self._told(scope, "Load the page again: its proof is out of date.", 403)

    def _told(self, scope: Scope, sentence: str, status: int) -> PlainTextResponse:
        """What people meet too, not only those who forge: in the reader's language."""
        language = language_of(Request(scope), self._newsroom.workspace)
        return PlainTextResponse(sentence_translator(language)(sentence), status)


def _name_of(host: str) -> str:
    """The host without its port, in lower case."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()


def _is_same(origin: str, host: str, scheme: str) -> bool:
    parts = urlsplit(origin)
    return parts.scheme == scheme and parts.netloc.lower() == host.lower()


async def _read(receive: Receive) -> bytes:
    """A form's body; what is larger than a form can be is cut, and so proves nothing."""
    body = b""
    while len(body) <= _LARGEST_FORM:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives the body once more to whoever reads it next."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay

"""A WordPress that runs in this process, as far as articles need one.

The real one of `make test-wordpress` passes the same tests. This one can also be told to misbehave.
"""

from __future__ import annotations

import asyncio
import base64
import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

USERS = {"penulis": "author", "penyunting": "editor", "kepala": "administrator",
         "kontributor": "contributor", "pembaca": "subscriber"}  # fmt: skip
PASSWORD = "abcd efgh ijkl mnop qrst uvwx"
_CAPABILITIES = {
    "subscriber": {"read"},
    "contributor": {"read", "edit_posts"},
    "author": {"read", "edit_posts", "upload_files", "publish_posts"},
    "editor": {"read", "edit_posts", "upload_files", "publish_posts", "edit_others_posts",
               "unfiltered_html"},
    "administrator": {"read", "edit_posts", "upload_files", "edit_others_posts", "edit_users",
                      "unfiltered_html"},
}  # fmt: skip
_TEXTS = ("title", "content", "excerpt")
_ANY = ("draft", "pending", "publish", "future", "private")

Misbehaviour = Callable[[Request], Response | None]


class Refused(Exception):
    def __init__(self, status: int, code: str, **data: Any) -> None:
        super().__init__(code)
        self.content = {"code": code, "message": code, "data": {"status": status, **data}}
        self.status = status


@dataclass
class FakeWordPress:
    """What is there, by number; `misbehave` may answer a request in the site's place.

    A new draft is there at once, and its answer comes `hold_seconds` later.
    """

    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    media: dict[int, dict[str, Any]] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    misbehave: Misbehaviour = lambda _request: None
    plain_addresses: bool = False
    hold_seconds: float = 0.0
    next_number: int = 10
    clock: int = 0

    @property
    def app(self) -> Starlette:
        methods = ["GET", "POST", "DELETE"]
        return Starlette(routes=[Route("/{path:path}", self._answer, methods=methods)])

    async def _answer(self, request: Request) -> Response:
        answer = self.misbehave(request)
        if answer is not None:
            return answer
        route = self._route(request)
        if route is None:
            link = f'<{self._root(request)}>; rel="https://api.w.org/"'
            return HTMLResponse("<h1>Portal</h1>", headers={"Link": link})
        body = await request.body()
        try:
            content, status = self._done(request, route, body)
        except Refused as refused:
            return JSONResponse(refused.content, refused.status)
        if request.method == "POST" and route == "wp/v2/posts":
            await self._hold()
        return JSONResponse(content, status)

    async def _hold(self) -> None:
        """Keep the answer back, until it is told not to."""
        waited_seconds = 0.0
        while waited_seconds < self.hold_seconds:
            await asyncio.sleep(0.05)
            waited_seconds += 0.05

    def _root(self, request: Request) -> str:
        return f"{request.base_url}{'?rest_route=/' if self.plain_addresses else 'wp-json/'}"

    def _route(self, request: Request) -> str | None:
        if "rest_route" in request.query_params:
            return request.query_params["rest_route"].strip("/")
        path = request.url.path.strip("/")
        is_api = path == "wp-json" or path.startswith("wp-json/")
        return path[len("wp-json") :].strip("/") if is_api and not self.plain_addresses else None

    def _done(self, request: Request, route: str, body: bytes) -> tuple[Any, int]:
        if not route:
            return _index(str(request.base_url).rstrip("/")), 200
        role = self._role(request)
        parts = route.removeprefix("wp/v2/").split("/")
        if parts == ["users", "me"]:
            held = dict.fromkeys(_CAPABILITIES[role], True)
            return {"roles": [role], "capabilities": held}, 200
        content = _json(request, body)
        match parts, request.method:
            case ["posts"], "GET":
                return self._search(request), 200
            case ["posts"], "POST":
                return self._create(content, role), 201
            case ["posts", number], _:
                return self._one_post(int(number), request.method, content, role), 200
            case ["tags"], "GET":
                wanted = request.query_params["search"].casefold()
                found = [{"id": n, "name": name} for n, name in self.tags.items()]
                return [each for each in found if wanted in each["name"].casefold()], 200
            case ["tags"], "POST":
                return {"id": self._tag(content["name"])}, 201
            case ["categories"], "GET":
                return [{"id": 2, "name": "Siniar", "slug": "siniar"}], 200
            case ["media"], "GET":
                slug = request.query_params.get("slug")
                return [m for m in self.media.values() if m["slug"] == slug], 200
            case ["media"], "POST":
                return self._upload(request, body, role), 201
            case ["media", number], _:
                if int(number) not in self.media:
                    raise Refused(404, "rest_post_invalid_id")
                self.media[int(number)].update(content)
                return self.media[int(number)], 200
        raise Refused(404, "rest_no_route")

    def _role(self, request: Request) -> str:
        kind, _, said = request.headers.get("Authorization", "").partition(" ")
        user, _, password = base64.b64decode(said).decode().partition(":")
        if kind != "Basic" or user not in USERS or password != PASSWORD:
            raise Refused(401, "rest_not_logged_in")
        return USERS[user]

    def _search(self, request: Request) -> list[dict[str, Any]]:
        wanted = request.query_params["search"]
        statuses = request.query_params["status"].split(",")
        statuses = [*statuses, *(_ANY if "any" in statuses else ())]
        return [
            post for post in self.posts.values()
            if wanted in post["content"]["raw"] and post["status"] in statuses
        ]  # fmt: skip

    def _create(self, content: dict[str, Any], role: str) -> dict[str, Any]:
        if "edit_posts" not in _CAPABILITIES[role]:
            raise Refused(403, "rest_cannot_create")
        number = self._number()
        texts = {name: {"raw": ""} for name in _TEXTS}
        numbers = {"tags": [], "categories": [1], "featured_media": 0}
        self.posts[number] = {"id": number, "status": "draft", **texts, **numbers}
        return self._change(number, content, role)

    def _one_post(
        self, number: int, method: str, content: dict[str, Any], role: str
    ) -> dict[str, Any]:
        if number not in self.posts:
            raise Refused(404, "rest_post_invalid_id")
        if method == "DELETE":
            self.posts[number]["status"] = "trash"
        return self._change(number, content, role) if method == "POST" else self.posts[number]

    def _change(self, number: int, content: dict[str, Any], role: str) -> dict[str, Any]:
        is_filtered = "unfiltered_html" not in _CAPABILITIES[role]
        post = self.posts[number]
        for name, value in content.items():
            is_text = name in ("title", "content", "excerpt")
            post[name] = (
                {"raw": _filtered(name, value) if is_filtered else value} if is_text else value
            )
        self.clock += 1
        post["modified_gmt"] = f"2026-11-30T07:00:{self.clock % 60:02d}"
        return post

    def _tag(self, name: str) -> int:
        for number, known in self.tags.items():
            if known.casefold() == html.escape(name, quote=False).casefold():
                raise Refused(400, "term_exists", term_id=number)
        number = self._number()
        self.tags[number] = html.escape(name, quote=False)
        return number

    def _upload(self, request: Request, body: bytes, role: str) -> dict[str, Any]:
        if "upload_files" not in _CAPABILITIES[role]:
            raise Refused(403, "rest_cannot_create")
        name = re.search(r'filename="([^"]+)"', request.headers["Content-Disposition"])[1]
        number = self._number()
        self.media[number] = {
            "id": number,
            "slug": name.rpartition(".")[0],
            "mime_type": request.headers["Content-Type"],
            "body_bytes": len(body),
        }
        return self.media[number]

    def _number(self) -> int:
        self.next_number += 1
        return self.next_number


def _index(url: str) -> dict[str, Any]:
    return {
        "name": "Portal Contoh",
        "url": url,
        "namespaces": ["wp/v2"],
        "authentication": {"application-passwords": {}},
    }


def _json(request: Request, body: bytes) -> dict[str, Any]:
    is_json = request.headers.get("Content-Type", "").startswith("application/json")
    return json.loads(body) if body and is_json else {}


def _filtered(name: str, text: Any) -> Any:
    """What the filter of an author's HTML does that matters here."""
    if name not in _TEXTS:
        return text
    if name != "content":
        return html.escape(html.unescape(re.sub(r"<[^>]*>", "", text)), quote=False)
    return re.sub(r"</?(?:script|iframe|time)[^>]*>", "", text)

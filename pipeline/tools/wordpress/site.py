"""One WordPress site over its REST API, as one user, by httpx."""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from pipeline import __version__
from pipeline.tools.wordpress.refusals import Asking
from pipeline.words.errors import SetupProblem

_TIMEOUT_SECONDS = 60.0
_CONNECT_SECONDS = 15.0
_REDIRECTS_INSIDE = 3
_API_LINK = re.compile(r"<([^>]+)>\s*;[^,]*rel=\"?https://api\.w\.org/\"?", re.IGNORECASE)
# The others are where it is on sites with plain addresses, in which there is no /wp-json/.
_USUAL_PLACES = ("wp-json/", "?rest_route=/", "index.php?rest_route=/")
_PER_PAGE = 100

Json = Any


@dataclass(frozen=True)
class Account:
    """A user of a site, and the password that only this may sign in with."""

    user: str
    password: str


class Site:
    """The site at `url`, asked as `account`. Raises what `refusals` says, in every method."""

    def __init__(
        self,
        url: str,
        account: Account,
        *,
        ca_bundle: Path | None = None,
        timeout_seconds: float = _TIMEOUT_SECONDS,
    ) -> None:
        self.url = url.rstrip("/")
        self.user = account.user
        self._auth = httpx.BasicAuth(account.user.encode(), account.password.encode())
        self._client = httpx.Client(
            headers={"User-Agent": f"etam/{__version__}", "Accept": "application/json"},
            timeout=httpx.Timeout(timeout_seconds, connect=min(_CONNECT_SECONDS, timeout_seconds)),
            verify=_trust(ca_bundle),
        )

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, route: str, action: str, **params: str | int) -> Json:
        """What is at `route` ("wp/v2/posts/12"); `action` completes “may not …”."""
        return self._call("GET", route, action, params=params)

    def post(self, route: str, action: str, content: Mapping[str, Any]) -> Json:
        """What the site answers to `content`, which makes or changes something there."""
        body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        return self._call("POST", route, action, content=body, headers=headers)

    def upload(self, name: str, content: bytes, media_type: str, action: str) -> Json:
        """The new entry of the media library; `name` is plain ASCII."""
        disposition = f'attachment; filename="{name}"'
        headers = {"Content-Type": media_type, "Content-Disposition": disposition}
        return self._call("POST", "wp/v2/media", action, content=content, headers=headers)

    @cached_property
    def index(self) -> Mapping[str, Json]:
        """What the site says of itself to anybody: name, addresses, what it lets sign in."""
        return dict(self._found[1])

    def edit_link(self, post_id: int) -> str:
        """Where an editor opens a post."""
        home = str(self.index.get("url") or self.url).rstrip("/")
        return f"{home}/wp-admin/post.php?post={post_id}&action=edit"

    @cached_property
    def _found(self) -> tuple[str, Mapping[str, Json]]:
        """Where the API is, asked without a password, and its index."""
        asking = Asking(self.url, self.user, "read what it says of itself")
        front = self._front_page(asking)
        linked = _API_LINK.search(front.headers.get("Link", ""))
        places = [linked[1]] if linked else []
        last: httpx.Response = front
        for place in [*places, *(f"{self.url}/{usual}" for usual in _USUAL_PLACES)]:
            self._must_be_same_site(place, asking)
            last = self._send(asking, httpx.Request("GET", place, headers=self._client.headers))
            content = _json_of(last)
            if isinstance(content, Mapping) and "wp/v2" in content.get("namespaces", ()):
                return place, content
        raise asking.refusal(last, _json_of(last)) if last.is_error else asking.not_wordpress(last)

    def _front_page(self, asking: Asking) -> httpx.Response:
        address = f"{self.url}/"
        for _ in range(_REDIRECTS_INSIDE):
            answer = self._send(asking, httpx.Request("GET", address, headers=self._client.headers))
            if not answer.has_redirect_location:
                return answer
            address = urljoin(address, answer.headers["Location"])
            if _origin(address) != _origin(self.url):
                raise asking.redirected(answer)
        return answer

    def _must_be_same_site(self, place: str, asking: Asking) -> None:
        if _origin(place) != _origin(self.url):
            parts = urlsplit(place)
            raise SetupProblem(
                f"{asking.site} has its REST API at {parts.scheme}://{parts.netloc}.",
                "Write that as `url` under [wordpress] in show.toml, if it is the same site.",
            )

    def _call(self, method: str, route: str, action: str, **more: Any) -> Json:
        asking = Asking(self.url, self.user, action)
        root, params = self._found[0], dict(more.pop("params", {}))
        if "rest_route=" in root:
            address, params = root.split("?")[0], {"rest_route": f"/{route}", **params}
        else:
            address = root + route
        request = self._client.build_request(method, address, params=params, **more)
        answer = self._send(asking, request, self._auth)
        content = _json_of(answer)
        if not answer.is_success:
            raise asking.refusal(answer, content)
        if content is None:
            raise asking.not_wordpress(answer)
        return content

    def _send(
        self, asking: Asking, request: httpx.Request, auth: httpx.BasicAuth | None = None
    ) -> httpx.Response:
        try:
            return self._client.send(request, auth=auth, follow_redirects=False)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise asking.unreachable(error) from error


def pages_of(site: Site, route: str, action: str, **params: str | int) -> list[Json]:
    """The first hundred entries of a list: more than anything that is looked for here has."""
    found = site.get(route, action, per_page=_PER_PAGE, **params)
    return [entry for entry in found if isinstance(entry, Mapping)] if found else []


def number_of(content: Json) -> int:
    """The number of an entry. Raises SetupProblem for an answer that is none of WordPress's."""
    try:
        return int(content["id"])
    except (KeyError, TypeError, ValueError) as error:
        raise SetupProblem(
            "The site answered with something that has no number.",
            "A plugin changes its REST API: ask its administrator.",
            repr(content)[:200],
        ) from error


def _json_of(answer: httpx.Response) -> Json:
    """The JSON of an answer, or None; a mark before it, which some themes write, is no harm."""
    try:
        return json.loads(answer.content.decode("utf-8-sig").strip())
    except ValueError:
        return None


def _origin(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").casefold(), port


def _trust(ca_bundle: Path | None) -> ssl.SSLContext | bool:
    if ca_bundle is None:
        return True
    try:
        return ssl.create_default_context(cafile=str(ca_bundle))
    except (OSError, ssl.SSLError) as error:
        raise SetupProblem(
            f"{ca_bundle} cannot be used as a certificate authority's file.",
            "Correct `ca_bundle` under [wordpress] in show.toml: a file in PEM format.",
            str(error),
        ) from error

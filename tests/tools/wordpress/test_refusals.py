"""Whatever a site answers instead, people read what to do, and the password goes nowhere else."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from pipeline.tools.wordpress import Account, Outcome, Site
from pipeline.tools.wordpress.account import read_account
from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem, TemporaryProblem
from tests.certificates import make_authority
from tests.fake_wordpress import PASSWORD
from tests.tools.wordpress.conftest import Desk
from tests.wordpress_sites import Newsroom, fake_newsroom

ACCOUNT = Account("penulis", PASSWORD)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with fake_newsroom() as fake:
        yield fake


def answering(make: Callable[[], Response], *parts: str) -> Callable[[Request], Response | None]:
    """Answers requests whose method and path hold all of `parts` in its own way."""

    def misbehave(request: Request) -> Response | None:
        said = f"{request.method} {request.url.path}"
        return make() if all(part in said for part in parts) else None

    return misbehave


def problem_of(newsroom: Newsroom, **more: object) -> PipelineError:
    with newsroom.site(**more) as site, pytest.raises(PipelineError) as raised:
        read_account(site)
    assert PASSWORD not in f"{raised.value} {raised.value.detail}"
    return raised.value


def error(status: int, code: str, message: str = "pesan") -> Callable[[], Response]:
    return lambda: JSONResponse({"code": code, "message": message, "data": {}}, status)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (error(401, "rest_not_logged_in"), SetupProblem, "does not let “penulis” in"),
        (error(401, "incorrect_password"), SetupProblem, "does not let “penulis” in"),
        (error(501, "application_passwords_disabled"), SetupProblem, "switched off"),
        (error(403, "rest_forbidden"), SetupProblem, "“penulis” may not sign in"),
        (error(404, "rest_no_route"), SetupProblem, "no REST API"),
        (
            error(400, "rest_apa_saja"),
            SetupProblem,
            "refused to sign in (400 rest_apa_saja): pesan",
        ),
        (error(500, "internal_server_error"), TemporaryProblem, "cannot answer now"),
        (lambda: HTMLResponse("<h1>Segera kembali", 503), TemporaryProblem, "cannot answer now"),
        (lambda: HTMLResponse("slow down", 429), TemporaryProblem, "cannot answer now"),
        (lambda: HTMLResponse("<h1>Masuk</h1>"), SetupProblem, "a page instead of data (200)"),
        (lambda: HTMLResponse("<h1>WAF</h1>", 403), SetupProblem, "a page instead of data (403)"),
        (lambda: HTMLResponse("", 404), SetupProblem, "no REST API of WordPress"),
        (lambda: JSONResponse(["lain"], 418), SetupProblem, "a page instead of data (418)"),
        (lambda: Response(b"\xff\xfe", 200), SetupProblem, "a page instead of data"),
    ],
)
def test_an_answer_is_told_in_words(
    newsroom: Newsroom, answer: Callable[[], Response], kind: type, words: str
) -> None:
    newsroom.fake.misbehave = answering(answer, "/users/me")
    problem = problem_of(newsroom)
    assert isinstance(problem, kind)
    assert words in problem.problem
    assert problem.remedy


def test_a_mark_before_the_json_is_no_harm(newsroom: Newsroom) -> None:
    body = b'\xef\xbb\xbf\n{"roles": ["author"]}'
    newsroom.fake.misbehave = answering(lambda: Response(body), "/users/me")
    with newsroom.site() as site:
        assert read_account(site) == {"roles": ["author"]}


def test_plain_addresses_work(newsroom: Newsroom) -> None:
    newsroom.fake.plain_addresses = True
    with newsroom.site() as site:
        assert read_account(site)["roles"] == ["author"]
        assert site.index["name"] == "Portal Contoh"


def test_an_api_that_is_not_announced_is_found(newsroom: Newsroom) -> None:
    newsroom.fake.misbehave = lambda request: (
        HTMLResponse("<h1>Portal") if request.url.path == "/" and not request.query_params else None
    )
    with newsroom.site() as site:
        assert read_account(site)["roles"] == ["author"]


def test_an_address_without_wordpress_is_said(newsroom: Newsroom) -> None:
    newsroom.fake.misbehave = lambda _request: HTMLResponse("<h1>Toko roti", 200)
    assert "page instead of data" in problem_of(newsroom).problem
    newsroom.fake.misbehave = lambda _request: HTMLResponse("", 404)
    assert "no REST API of WordPress" in problem_of(newsroom).problem


@contextlib.contextmanager
def eavesdropper() -> Iterator[tuple[str, list[str]]]:
    """A server elsewhere, and every Authorization header that it is given."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers.get("Authorization", ""))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", heard
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("part", ["GET /", "/users/me"])
def test_a_redirect_elsewhere_is_told_and_not_followed(newsroom: Newsroom, part: str) -> None:
    with eavesdropper() as (elsewhere, heard):
        newsroom.fake.misbehave = answering(lambda: RedirectResponse(f"{elsewhere}/x", 301), part)
        problem = problem_of(newsroom)
        assert f"sends us on to {elsewhere}." in problem.problem
        assert heard == []


def test_an_api_elsewhere_is_not_given_the_password(newsroom: Newsroom) -> None:
    with eavesdropper() as (elsewhere, heard):
        link = {"Link": f'<{elsewhere}/wp-json/>; rel="https://api.w.org/"'}
        newsroom.fake.misbehave = answering(lambda: HTMLResponse("", headers=link), "GET /")
        assert f"has its REST API at {elsewhere}." in problem_of(newsroom).problem
        assert heard == []


def test_a_redirect_on_the_site_itself_is_followed_to_find_the_api(newsroom: Newsroom) -> None:
    newsroom.fake.misbehave = lambda request: (
        RedirectResponse("/id/", 302)
        if request.url.path == "/" and not request.query_params
        else None
    )
    with newsroom.site() as site:
        assert read_account(site)["roles"] == ["author"]


def test_a_site_that_cannot_be_reached_is_a_matter_of_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with (
        Site(f"http://127.0.0.1:{port}", ACCOUNT) as site,
        pytest.raises(TemporaryProblem) as raised,
    ):
        read_account(site)
    assert "cannot be reached" in raised.value.problem


def test_an_untrusted_certificate_is_said_and_an_own_authority_is_trusted(tmp_path: Path) -> None:
    authority, context = make_authority(tmp_path)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"https://127.0.0.1:{server.server_address[1]}"
    try:
        with Site(url, ACCOUNT) as site, pytest.raises(SetupProblem, match="certificate"):
            read_account(site)
        trusting = Site(url, ACCOUNT, ca_bundle=authority)
        with trusting as site, pytest.raises(SetupProblem, match="no REST API"):
            read_account(site)
    finally:
        server.shutdown()
        server.server_close()


def test_a_bundle_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match="certificate authority's file"):
        Site("https://127.0.0.1", ACCOUNT, ca_bundle=tmp_path / "none.pem")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda: HTMLResponse("<h1>413", 413), "takes no file of this size"),
        (error(500, "rest_upload_sideload_error", "Not allowed."), "Not allowed."),
    ],
)
def test_a_picture_that_is_refused_is_said_and_no_draft_is_made(
    desk: Desk, answer: Callable[[], Response], words: str
) -> None:
    desk.newsroom.fake.misbehave = answering(answer, "POST", "/media")
    with pytest.raises(EpisodeProblem, match=words):
        desk.push()
    assert desk.newsroom.fake.posts == {}


def test_a_draft_that_was_made_though_nobody_answered_is_not_made_twice(desk: Desk) -> None:
    fake = desk.newsroom.fake
    fake.hold_seconds = 3.0
    with pytest.raises(TemporaryProblem, match="took too long to make a draft"):
        desk.push(timeout_seconds=0.5)
    assert len(fake.posts) == 1
    fake.hold_seconds = 0.0
    assert desk.push().outcome is Outcome.UNCHANGED
    assert len(fake.posts) == 1


@pytest.mark.parametrize(
    ("part", "answer"),
    [
        ("POST /wp-json/wp/v2/posts", {"id": 7}),
        ("POST /wp-json/wp/v2/posts", ["id"]),
        ("GET /wp-json/wp/v2/posts", [{"id": 7, "content": {}}]),
        ("POST /wp-json/wp/v2/tags", {}),
        ("GET /wp-json/wp/v2/tags", [{"name": "KIM"}]),
        ("POST /wp-json/wp/v2/media", None),
        ("GET /wp-json/wp/v2/categories", [{"name": "Siniar", "id": "dua"}]),
    ],
)
def test_an_answer_that_wordpress_would_not_give_is_said(
    desk: Desk, part: str, answer: object
) -> None:
    desk.newsroom.fake.misbehave = answering(lambda: JSONResponse(answer), part)
    with pytest.raises(SetupProblem, match=r"no post|no number|page instead of data"):
        desk.push()

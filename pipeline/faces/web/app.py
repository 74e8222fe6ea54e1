"""The review app, put together: its rooms, its guards, and how errors are told."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from pipeline import __version__
from pipeline.faces.errors import sentences
from pipeline.faces.web import search, transcript
from pipeline.faces.web.article import checking, editing, out, sending
from pipeline.faces.web.board import board, overview
from pipeline.faces.web.details import consents, form
from pipeline.faces.web.drop import drops, tus
from pipeline.faces.web.guards import Guards
from pipeline.faces.web.newsroom import Newsroom
from pipeline.faces.web.people import account, audit, people, signing_in
from pipeline.faces.web.publishing import publishing
from pipeline.faces.web.rendering import language_of, page
from pipeline.faces.web.static_files import OurFiles
from pipeline.faces.web.visitors import NotSignedIn, visitor_or_none
from pipeline.tools.translations import sentence_translator
from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem, TemporaryProblem

ROOMS = (
    *(signing_in, account, people, audit),
    *(board, overview),
    *(drops, tus),
    search,
    transcript,
    *(editing, checking, out, sending),
    *(form, consents),
    publishing,
)
"""Each has a `router`; what scripts ask for is under /api/ and in the OpenAPI document."""


def make_review_app(newsroom: Newsroom) -> FastAPI:
    """The application for one newsroom."""
    app = FastAPI(
        title="Etam Berkesah review",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.newsroom = newsroom
    app.mount("/static", OurFiles(), name="static")  # first: most of what is asked for is there
    for room in ROOMS:
        app.include_router(room.router)
    app.add_middleware(Guards, newsroom=newsroom)
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(PipelineError, _problem)
    app.add_exception_handler(Exception, _problem)
    return app


def _is_for_a_script(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _not_signed_in(request: Request, _error: Exception) -> Response:
    if _is_for_a_script(request):
        remedy = "Sign in in another window, then go on here: what is on this page stays."
        return _told(request, 401, "You are not signed in any more.", remedy)
    return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", 303)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - told apart by FastAPI
    answer = _told(request, error.status_code, str(error.detail), "")
    answer.headers.update(error.headers or {})
    return answer


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    wrong = {".".join(map(str, each["loc"][1:])) or "request" for each in error.errors()}
    problem = f"This cannot be understood: {', '.join(sorted(wrong))}."
    return _told(request, 422, problem, "Load the page again and try once more.")


def _problem(request: Request, error: Exception) -> Response:
    """A sentence for what went wrong; a bug goes to the log under a short reference."""
    newsroom: Newsroom = request.app.state.newsroom
    problem, remedy = sentences(error, newsroom.workspace.cache / "etam.log")
    status = 500
    if isinstance(error, (TemporaryProblem, SetupProblem)):
        status = 503
    elif isinstance(error, EpisodeProblem):
        status = 409
    return _told(request, status, problem, remedy)


def _told(request: Request, status: int, problem: str, remedy: str) -> Response:
    newsroom: Newsroom = request.app.state.newsroom
    sentence = sentence_translator(language_of(request, newsroom.workspace))
    if _is_for_a_script(request):
        return JSONResponse({"problem": sentence(problem), "remedy": sentence(remedy)}, status)
    visitor = visitor_or_none(request, newsroom, newsroom.workspace)
    return page(request, "problem.html", visitor, status, problem=problem, remedy=remedy)

"""Pages of the review app, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from pipeline.faces.web.newsroom import TheWorkspace
from pipeline.faces.web.static_files import static_address
from pipeline.faces.web.visitors import Visitor
from pipeline.ground.workspace import Workspace
from pipeline.tools.site.rendering import as_clock
from pipeline.tools.templates import environment, json_in_html
from pipeline.tools.translations import (
    date_in_words,
    decimal,
    megabytes,
    moment_in_words,
    sentence_translator,
    translator,
)
from pipeline.words.errors import SetupProblem

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
LANGUAGE_COOKIE = "etam_language"
_TITLE_WHERE_NONE_CAN_BE_READ = "Etam Berkesah"


def language_of(request: Request, workspace: Workspace) -> str:
    """What the reader chose, or else the show's language if the app speaks it."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    try:
        shows = workspace.show.show.language.partition("-")[0].lower()
    except SetupProblem:  # show.toml is broken, and this may be the page that says so
        return "id"
    return shows if shows in LANGUAGES else "id"


def _language(request: Request, workspace: TheWorkspace) -> str:
    return language_of(request, workspace)


TheLanguage = Annotated[str, Depends(_language)]


def page(
    request: Request,
    template: str,
    visitor: Visitor | None,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """The template, filled in with `values` and with what every page has."""
    workspace: Workspace = request.app.state.newsroom.workspace
    language = language_of(request, workspace)
    translate = translator(language)
    html = _ENVIRONMENT.get_template(template).render(
        visitor=visitor,
        show_title=_title_of(workspace),
        language=language,
        languages=LANGUAGES,
        here=request.url.path,
        _=translate,
        sentence=sentence_translator(language),
        words=lambda *ids: words_for_scripts(ids, language),
        static=static_address,
        day=lambda moment: date_in_words(moment, language),
        moment=lambda at: moment_in_words(at, workspace.show.show.timezone, language),
        clock=as_clock,
        decimal=lambda number: decimal(number, language),
        megabytes=lambda size_bytes: megabytes(size_bytes, language),
        as_json=json_in_html,
        **values,
    )
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


def _title_of(workspace: Workspace) -> str:
    try:
        return workspace.show.show.title
    except SetupProblem:
        return _TITLE_WHERE_NONE_CAN_BE_READ


def words_for_scripts(ids: Iterable[str], language: str) -> Markup:
    """What scripts say to people, by message id: the content of a JSON block."""
    translate = translator(language)
    return json_in_html({message: translate(message) for message in ids})


_ENVIRONMENT = environment(TEMPLATES)

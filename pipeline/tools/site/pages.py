"""Renders the pages. The only module that knows Jinja2."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from pipeline.tools.site.markdown import to_html
from pipeline.tools.translations import (
    LOCALE_FOLDER,
    date_in_words,
    is_right_to_left,
    translator,
)
from pipeline.words.chapters import Chapter
from pipeline.words.feed import FeedChannel, FeedItem
from pipeline.words.plain_text import without_controls
from pipeline.words.web_text import paragraphs, within_bytes

_TEMPLATES = Path(__file__).parent / "templates"


def _readable(value: object) -> object:
    """Text from people loses its control characters; what is HTML already is left alone."""
    return without_controls(value) if type(value) is str else value


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    finalize=_readable,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one speaker said without a break. `start` is in seconds."""

    start: float
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """What an episode's page shows beyond what its feed item says."""

    recorded_on: date
    guests: tuple[tuple[str, str], ...]
    host: str
    summary: str
    chapters: tuple[Chapter, ...]
    transcript: tuple[Paragraph, ...]
    article_markdown: str
    stylesheet_key: str


def stylesheet() -> bytes:
    """The style sheet of all pages."""
    return (_TEMPLATES / "style.css").read_bytes()


def index_page(channel: FeedChannel, items: Sequence[FeedItem], stylesheet_key: str) -> bytes:
    """The list of episodes, newest first."""
    newest_first = sorted(items, key=lambda item: (item.published_at, item.slug), reverse=True)
    return _render("index.html", channel, up="", stylesheet_key=stylesheet_key, items=newest_first)


def episode_page(channel: FeedChannel, item: FeedItem, page: EpisodePage) -> bytes:
    """An episode's page: player, notes, chapters, guests, article and transcript."""
    return _render(
        "episode.html",
        channel,
        up="../" * item.page.key.count("/"),
        stylesheet_key=page.stylesheet_key,
        item=item,
        page=page,
        summary=paragraphs(page.summary or item.description),
        # to_html escapes everything that it did not make itself.
        article=Markup(to_html(without_controls(page.article_markdown), first_heading=3)),  # noqa: S704
    )


def show_notes(channel: FeedChannel, item: FeedItem, page: EpisodePage, page_url: str) -> str:
    """The notes that podcast apps show, in the few elements they allow, at most 4000 bytes."""
    notes = _template_text(
        "notes.html",
        channel,
        item=item,
        page=page,
        page_url=page_url,
        summary=paragraphs(within_bytes(page.summary or item.description, 2000)),
    )
    lines = [line.strip() for line in notes.splitlines() if line.strip()]
    while len("\n".join(lines).encode()) > 4000 and len(lines) > 1:
        lines.pop(-2)  # the last line is the link to the page
    return "\n".join(lines)


def _render(name: str, channel: FeedChannel, **values: object) -> bytes:
    return _template_text(name, channel, **values).encode("utf-8")


def _template_text(name: str, channel: FeedChannel, **values: object) -> str:
    return _ENVIRONMENT.get_template(name).render(
        channel=channel,
        _=translator(channel.language),
        direction="rtl" if is_right_to_left(channel.language) else "ltr",
        day=lambda moment: date_in_words(moment, channel.language),
        clock=_clock,
        **values,
    )


def _clock(seconds: float) -> str:
    """`1:02:03`, or `2:03` under an hour."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@cache
def fingerprint() -> str:
    """What changes when the look or the words of the pages change."""
    digest = hashlib.sha256()
    for path in [*sorted(_TEMPLATES.iterdir()), *sorted(LOCALE_FOLDER.rglob("*.po"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

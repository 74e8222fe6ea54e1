"""Fills in the templates. The only module that knows Jinja2."""

from __future__ import annotations

import json
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from pipeline.tools.site.assets import TEMPLATES, script, search_script, stylesheet
from pipeline.tools.translations import date_in_words, is_right_to_left, megabytes, translator
from pipeline.words.feed import FeedChannel
from pipeline.words.plain_text import one_line, without_controls

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def rendered(name: str, channel: FeedChannel, **values: object) -> str:
    """The template `name`, in the show's language."""
    return _ENVIRONMENT.get_template(name).render(
        channel=channel,
        style=stylesheet().file.key,
        script=script().file.key,
        search_script=search_script().file.key,
        _=translator(channel.language),
        direction="rtl" if is_right_to_left(channel.language) else "ltr",
        day=lambda moment: date_in_words(moment, channel.language),
        clock=as_clock,
        megabytes=lambda size_bytes: megabytes(size_bytes, channel.language),
        quoted=lambda text: quote(one_line(text), safe=""),
        **values,
    )


def trusted(html: str) -> Markup:
    """HTML that was made here, from text that was escaped."""
    return Markup(html)  # noqa: S704


def json_in_html(content: object) -> Markup:
    """`content` as JSON that cannot end the script element in which it stands."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup("".join(_ESCAPES.get(c, c) for c in without_controls(text)))  # noqa: S704


def as_clock(seconds: float) -> str:
    """`1:02:03`, or `2:03` under an hour."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _readable(value: object) -> object:
    """Text from people loses its control characters; what is HTML already is left alone."""
    return without_controls(value) if type(value) is str else value


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    finalize=_readable,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)

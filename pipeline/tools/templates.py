"""Templates of pages. The only module that knows Jinja2."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from pipeline.words.plain_text import without_controls

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def environment(folder: Path) -> Environment:
    """Fills in the templates in `folder`: text is escaped, a missing value is an error."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        finalize=_readable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def trusted(html: str) -> Markup:
    """HTML that was made here, from text that was escaped."""
    return Markup(html)  # noqa: S704


def json_in_html(content: object) -> Markup:
    """`content` as JSON that cannot end the script element in which it stands."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup("".join(_ESCAPES.get(c, c) for c in without_controls(text)))  # noqa: S704


def _readable(value: object) -> object:
    """Text from people loses its control characters; what is HTML already is left alone."""
    return without_controls(value) if type(value) is str else value

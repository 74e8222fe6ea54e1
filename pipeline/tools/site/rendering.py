"""Fills in the templates of the public pages, in the show's language."""

from __future__ import annotations

from urllib.parse import quote

from pipeline.tools.site.assets import TEMPLATES, script, search_script, stylesheet
from pipeline.tools.templates import environment
from pipeline.tools.translations import date_in_words, is_right_to_left, megabytes, translator
from pipeline.words.feed import FeedChannel
from pipeline.words.plain_text import one_line


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


def as_clock(seconds: float) -> str:
    """`1:02:03`, or `2:03` under an hour."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


_ENVIRONMENT = environment(TEMPLATES)

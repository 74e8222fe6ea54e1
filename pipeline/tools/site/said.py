"""What search in transcripts starts from: the episodes of a year, and what may be said in each."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pipeline.tools.translations import date_in_words
from pipeline.words.feed import FeedChannel, FeedItem
from pipeline.words.plain_text import one_line


def said_key(year: int) -> str:
    return f"said-{year}.json"


def said_in(channel: FeedChannel, items: Iterable[FeedItem]) -> bytes:
    """The episodes of a year, which come the newest first, one on each line.

    The filter says which words may be in a transcript; the transcript itself says when. So a new
    episode changes nothing but the file of its year, by a kilobyte or two.
    """
    lines = ",\n".join(_line(channel, item) for item in items if _transcript_of(item))
    return f'{{"version":1,"episodes":[\n{lines}\n]}}\n'.encode()


def _line(channel: FeedChannel, item: FeedItem) -> str:
    said = {
        "title": one_line(item.title),
        "page": item.page.key,
        "day": date_in_words(item.published_at.date(), channel.language),
        "transcript": _transcript_of(item),
        "said": item.said,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _transcript_of(item: FeedItem) -> str:
    """The key of the transcript as JSON; nothing where there is none, or no filter for it."""
    keys = (file.key for file in item.transcripts if file.key.endswith(".json"))
    return next(keys, "") if item.said else ""

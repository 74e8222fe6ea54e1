"""Time codes in an article, such as “[12:34]”: they tell editors where to listen."""

from __future__ import annotations

import re

_TIME_CODES = re.compile(r"(?:[ \t]*\\?\[(?:\d+:)?\d{1,2}:\d\d\\?\](?!\())+")


def without_time_codes(markdown: str) -> str:
    """The article as readers get it."""
    return _TIME_CODES.sub("", markdown)

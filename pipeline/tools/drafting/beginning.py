"""What an editor begins with: the draft without what it says about itself."""

from __future__ import annotations

import re

from pipeline.words.time_codes import without_time_codes

_MARK = re.compile(r"\A(?:<!--.*?-->\s*)+", re.DOTALL)
_NOTICE = re.compile(r"\A(?:>.*\n?)+\s*")
_FOR_EDITORS = re.compile(r"^---\s*\n+## .*\Z", re.DOTALL | re.MULTILINE)


def article_of_draft(markdown: str) -> str:
    """The article in a `draft.md`, with its doubts about who speaks.

    Without the notice at its head, the time codes, and the lists for editors at its end: the review
    app shows them beside the text.
    """
    text = _NOTICE.sub("", _MARK.sub("", markdown.lstrip("\ufeff")))
    return without_time_codes(_FOR_EDITORS.sub("", text)).strip() + "\n"

"""Find and replace: what it would do is shown first, then done as one operation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.words.review.line import Line
from pipeline.words.review.operations import TextEdit
from pipeline.words.review.reviewed import Reviewed


@dataclass(frozen=True, slots=True)
class Replacement:
    """One line before and after; `found` gives where in `before`: first and last character."""

    line: Line
    before: str
    after: str
    found: tuple[tuple[int, int], ...]

    @property
    def edit(self) -> TextEdit:
        """For `ChangeText`, with those of the other lines that were chosen."""
        return TextEdit(self.line.seen, self.after)


def replacements(
    reviewed: Reviewed,
    find: str,
    put: str,
    *,
    match_case: bool = False,
    whole_words: bool = True,
) -> tuple[Replacement, ...]:
    """What replacing `find` by `put` would change, line by line. Nothing when `find` is blank."""
    wanted = _pattern(find, match_case=match_case, whole_words=whole_words)
    return tuple(_replacements(reviewed, wanted, put)) if wanted else ()


def _replacements(reviewed: Reviewed, wanted: re.Pattern[str], put: str) -> Iterator[Replacement]:
    for line in reviewed.lines:
        text = line.text
        found = tuple(match.span() for match in wanted.finditer(text))
        after = wanted.sub(lambda _: put, text)
        if found and after != text:
            yield Replacement(line, text, after, found)


def _pattern(find: str, *, match_case: bool, whole_words: bool) -> re.Pattern[str] | None:
    words = find.split()
    if not words:
        return None
    text = r"\s+".join(map(re.escape, words))
    if whole_words:
        text = rf"(?<!\w){text}(?!\w)"
    return re.compile(text, 0 if match_case else re.IGNORECASE)

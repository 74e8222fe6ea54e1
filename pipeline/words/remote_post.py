"""A post of an article on a site where others edit it too: what may be sent, and what may not.

Each field is judged by itself against what both sides had when it was last sent, so that an editor
there who adds a category loses nothing when the article is corrected here.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.words.review.comparing import runs

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|figure|div)>|<br\s*/?>|<hr[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_CONTEXT_WORDS = 6


class Field(StrEnum):
    """What is sent of an article, by the names of WordPress's REST API."""

    TITLE = "title"
    CONTENT = "content"
    EXCERPT = "excerpt"
    TAGS = "tags"
    CATEGORIES = "categories"
    COVER = "featured_media"


Fields = Mapping[Field, str]


class Verdict(StrEnum):
    """What becomes of a field."""

    SAME = "same"
    """Both sides say the same, or neither changed."""
    SEND = "send"
    """Only this side changed it."""
    THEIRS = "theirs"
    """Only the other side changed it, and it stays."""
    CONFLICT = "conflict"
    """Both changed it, each in its own way."""


@dataclass(frozen=True, slots=True)
class Base:
    """What was sent last: digests of what was `wanted` and of what stood `there` afterwards."""

    wanted: Mapping[str, str] = field(default_factory=dict)
    there: Mapping[str, str] = field(default_factory=dict)


def digest(text: str) -> str:
    """What stands for a text in a record."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def digests(fields: Fields) -> dict[str, str]:
    """The digest of each field, by its name."""
    return {str(name): digest(text) for name, text in fields.items()}


def judge(wanted: Fields, sent: Fields, there: Fields, base: Base) -> dict[Field, Verdict]:
    """What becomes of each field.

    `wanted` is what the article says; `sent` the same as the site would hold it (tags by number),
    to be compared with what is `there`.
    """
    return {name: _verdict(name, wanted[name], sent[name], there[name], base) for name in wanted}


def canonical(text: str) -> str:
    """A text of a post so that the same text compares equal: filters escape some characters."""
    return html.unescape(text).replace("\r\n", "\n").strip()


def marker(guid: str) -> str:
    """A class name by which the post of an episode is found again, whatever its GUID is made of."""
    return f"etam-{digest(guid)[:20]}"


def words_of(content: str) -> str:
    """What readers see of a post's content, a paragraph a line."""
    text = _TAG.sub("", _BLOCK_END.sub("\n", _COMMENT.sub("", content)))
    lines = (" ".join(html.unescape(line).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def difference(ours: str, theirs: str) -> str:
    """Word by word what stands there instead: “… [-ours-] {+theirs+} …”, with some context.

    Nothing where both say the same words, in other marks perhaps.
    """
    one, other = ours.split(), theirs.split()
    if one == other:
        return ""
    parts: list[str] = []
    for run in runs(one, other):
        mine, other_side = one[run.first : run.last], other[run.left : run.right]
        if run.same:
            is_first, is_last = run.first == 0, run.last == len(one)
            parts.append(_context(mine, is_first=is_first, is_last=is_last))
            continue
        if mine:
            parts.append(f"[-{' '.join(mine)}-]")
        if other_side:
            parts.append(f"{{+{' '.join(other_side)}+}}")
    return " ".join(parts)


def _verdict(name: Field, wanted: str, sent: str, there: str, base: Base) -> Verdict:
    ours = base.wanted.get(name) != digest(wanted)
    theirs = base.there.get(name) != digest(there)
    if sent == there or not (ours or theirs):
        return Verdict.SAME
    if ours and theirs:
        return Verdict.CONFLICT
    return Verdict.SEND if ours else Verdict.THEIRS


def _context(words: list[str], *, is_first: bool, is_last: bool) -> str:
    """The words next to what differs; of the first and last stretch only one end is."""
    before = [] if is_first else words[:_CONTEXT_WORDS]
    after = [] if is_last else words[-_CONTEXT_WORDS:]
    if len(before) + len(after) >= len(words):
        return " ".join(words)
    return " ".join([*before, "…", *after])

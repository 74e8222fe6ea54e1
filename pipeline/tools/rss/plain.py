"""The plain text of show notes that were written in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.words.plain_text import without_controls

_LOOKS_LIKE_HTML = re.compile(r"<[a-zA-Z/!][^>]*>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_PARAGRAPHS = frozenset(
    ("p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table")
)
_NOT_TEXT = frozenset(("script", "style", "head", "title", "iframe", "object"))


def plain_text(text: str) -> str:
    """The text with paragraphs and list items kept, and each link's address behind its words."""
    if not _LOOKS_LIKE_HTML.search(text):
        return without_controls(text)
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    root = etree.fromstring(f"<html><body>{without_controls(text)}</body></html>", parser)
    if root is None:
        return ""
    lines = "".join(_written(root)).split("\n")
    joined = "\n".join(" ".join(line.split()) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def _written(element: Any) -> Iterator[str]:
    """The text in pieces; it walks with a stack of its own, since HTML may nest without end."""
    stack: list[Any] = [element]
    while stack:
        here = stack.pop()
        if isinstance(here, str):
            yield here
            continue
        tag = here.tag if isinstance(here.tag, str) else ""
        if tag not in _NOT_TEXT and tag:
            before, after = _around(here, tag)
            stack.append(after)
            for child in reversed(here):
                stack += [_spaces(child.tail), child]
            stack += [_spaces(here.text), before]


def _around(element: Any, tag: str) -> tuple[str, str]:
    """What stands before and after an element's own text."""
    if tag == "br":
        return "", "\n"
    if tag == "li":
        return "\n• ", ""
    if tag in _PARAGRAPHS:
        return "\n\n", "\n\n"
    address = element.get("href", "") if tag == "a" else ""
    is_shown = address in "".join(element.itertext())
    if address.startswith(("http://", "https://")) and not is_shown:
        return "", f" ({address})"
    return "", ""


def _spaces(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")

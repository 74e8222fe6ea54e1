"""Text from anywhere made safe for tags, feeds and Markdown."""

from __future__ import annotations

import re
import unicodedata

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")
_BLOCK_START = re.compile(r"^(\s*)([#+\-=]|\d+[.)](?=\s))")


def one_line(text: str) -> str:
    """The text without control characters or line ends."""
    return " ".join(without_controls(text).split())


def without_controls(text: str) -> str:
    """The text without control characters, surrogates and non-characters; line ends stay."""
    if text.isprintable():  # most text is, and a feed of thousands of episodes asks often
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in text if c == "\n" or not _is_unsafe(c)).strip()


def bare_word(text: str) -> str:
    """What two spellings of a word have in common: its letters and digits, in lower case."""
    folded = text.casefold()
    return folded if folded.isalnum() else "".join(c for c in folded if c.isalnum())


def markdown(text: str) -> str:
    """The text on one line, so that Markdown shows it as it is."""
    escaped = _MARKDOWN.sub(r"\\\1", one_line(text)).replace("&", "&amp;")
    return _BLOCK_START.sub(_escape_block_start, escaped)


def _escape_block_start(match: re.Match[str]) -> str:
    mark = match[2]
    escaped = f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}"
    return match[1] + escaped


def _is_unsafe(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in ("Cc", "Cs")
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )

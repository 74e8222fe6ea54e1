"""The Markdown of an article as safe HTML: what an editor writes, and no HTML of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import urlsplit

_FRONT_MATTER = re.compile(r"\A(?:---|\+\+\+)\n.*?\n(?:---|\+\+\+)\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^[-*+]\s+")
_NUMBER = re.compile(r"^\d+[.)]\s+")
_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,})$")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|<>=&])")
_MARKS = ((re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"<strong>\1</strong>"),
          (re.compile(r"__(?=\S)(.+?)(?<=\S)__"), r"<strong>\1</strong>"),
          (re.compile(r"\*(?=\S)(.+?)(?<=\S)\*"), r"<em>\1</em>"),
          (re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)"), r"<em>\1</em>"))  # fmt: skip
_SCHEMES = ("http", "https", "mailto")


def to_html(markdown: str, first_heading: int = 2) -> str:
    """`markdown` as HTML; its top headings become `<h2>`, or the level asked for.

    Raw HTML is shown as text; links go to the web and to mail only.
    """
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    text = _COMMENT.sub("", _FRONT_MATTER.sub("", text))
    text = text.strip("\n")
    blocks = [block.split("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    shift = first_heading - 1
    return "\n".join(_block([line.strip() for line in lines], shift) for lines in blocks)


def _block(lines: list[str], shift: int) -> str:
    heading = _HEADING.match(lines[0])
    if heading is not None:
        level = min(6, len(heading[1]) + shift)
        rest = f"\n{_block(lines[1:], shift)}" if lines[1:] else ""
        return f"<h{level}>{_inline(heading[2])}</h{level}>{rest}"
    if len(lines) == 1 and _RULE.match(lines[0]):
        return "<hr>"
    if all(line.startswith(">") for line in lines):
        inner = "\n".join(line.lstrip(">").strip() for line in lines)
        return f"<blockquote>{to_html(inner, shift + 1)}</blockquote>"
    for mark, tag in ((_BULLET, "ul"), (_NUMBER, "ol")):
        if mark.match(lines[0]):
            return _list(lines, mark, tag)
    return f"<p>{_inline(' '.join(lines))}</p>"


def _list(lines: list[str], mark: re.Pattern[str], tag: str) -> str:
    entries: list[str] = []
    for line in lines:
        if mark.match(line) or not entries:
            entries.append(mark.sub("", line))
        else:
            entries[-1] += f" {line}"
    inside = "".join(f"<li>{_inline(entry)}</li>" for entry in entries)
    return f"<{tag}>{inside}</{tag}>"


def _inline(text: str) -> str:
    kept: list[str] = []

    def keep(make: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def replace(match: re.Match[str]) -> str:
            kept.append(make(match))
            return f"\x00{len(kept) - 1}\x00"

        return replace

    text = text.replace("\x00", "")
    text = _ESCAPED.sub(keep(lambda match: html.escape(match[1])), text)
    text = _LINK.sub(keep(_link), text)
    text = html.escape(html.unescape(text))
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    while "\x00" in text:
        text = re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], text)
    return text


def _link(match: re.Match[str]) -> str:
    text, target = html.escape(match[1]), match[2]
    if match[0].startswith("!") or urlsplit(target).scheme not in _SCHEMES:
        return text
    return f'<a href="{html.escape(target)}">{text}</a>'

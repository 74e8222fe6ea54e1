"""What an editor's Markdown says: paragraphs, headings, quotes and lists, with their marks.

The small part of Markdown that news articles need, and no HTML of its own: a tag is text. One
reading for every form in which an article leaves: page, Word document, plain text, blocks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

_FRONT_MATTER = re.compile(r"\A(?:---|\+\+\+)\n.*?\n(?:---|\+\+\+)\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)(?:\s+#+)?$")
_BULLET = re.compile(r"^[-*+]\s+")
_NUMBER = re.compile(r"^\d+[.)]\s+")
_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,})$")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)|<([a-z]+:[^\s<>]+)>")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|<>=&])")
_SCHEMES = ("http", "https", "mailto")

# While a line is read, characters that no text holds stand for what is not to be read again.
_KEPT, _STRONG, _NOT_STRONG, _EMPHASIS, _NO_EMPHASIS = "\x00", "\x01", "\x02", "\x03", "\x04"
_CONTROLS = dict.fromkeys(map(ord, (_KEPT, _STRONG, _NOT_STRONG, _EMPHASIS, _NO_EMPHASIS)))
_MARKS = (
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), rf"{_STRONG}\1{_NOT_STRONG}"),
    (re.compile(r"__(?=\S)(.+?)(?<=\S)__"), rf"{_STRONG}\1{_NOT_STRONG}"),
    (re.compile(r"\*(?=\S)(.+?)(?<=\S)\*"), rf"{_EMPHASIS}\1{_NO_EMPHASIS}"),
    (re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)"), rf"{_EMPHASIS}\1{_NO_EMPHASIS}"),
)
_TOKEN = re.compile(f"{_KEPT}\\d+{_KEPT}|[{_STRONG}{_NOT_STRONG}{_EMPHASIS}{_NO_EMPHASIS}]")


class Form(StrEnum):
    """What a piece of an article is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Span:
    """Text that is marked in one way all along; `link` is an address of the web or of mail."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One block: `lines` holds one line, or the entries of a list; a quote has pieces `inside`.

    `level` is that of a heading as it was written, from 1.
    """

    form: Form
    lines: tuple[Line, ...] = ()
    level: int = 0
    inside: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """What it says without any marks, an entry a line."""
        own = "\n".join(map(plain, self.lines))
        return "\n".join(part for part in (own, *(piece.text for piece in self.inside)) if part)


def pieces_of(markdown: str) -> tuple[Piece, ...]:
    """The pieces of an article in order; front matter and comments are none."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    text = _COMMENT.sub("", _FRONT_MATTER.sub("", text)).strip("\n")
    blocks = [block.split("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    return tuple(piece for block in blocks for piece in _pieces([line.strip() for line in block]))


def line_of(markdown: str) -> Line:
    """One line with its marks."""
    kept: list[Span] = []

    def keep(span: Span) -> str:
        kept.append(span)
        return f"{_KEPT}{len(kept) - 1}{_KEPT}"

    text = markdown.translate(_CONTROLS)
    text = _ESCAPED.sub(lambda match: keep(Span(match[1])), text)
    text = _LINK.sub(lambda match: keep(_link(match, kept)), text)
    text = html.unescape(text).translate(dict.fromkeys(range(1, 5)))
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return tuple(_joined(_spans(text, kept)))


def plain(line: Line) -> str:
    """What a line says without its marks."""
    return "".join(span.text for span in line)


def _pieces(lines: list[str]) -> Iterator[Piece]:
    heading = _HEADING.match(lines[0])
    if heading is not None:
        yield Piece(Form.HEADING, (line_of(heading[2]),), level=len(heading[1]))
        if lines[1:]:
            yield from _pieces(lines[1:])
    elif len(lines) == 1 and _RULE.match(lines[0]):
        yield Piece(Form.RULE)
    elif all(line.startswith(">") for line in lines):
        inner = "\n".join(line.lstrip(">").strip() for line in lines)
        yield Piece(Form.QUOTE, inside=pieces_of(inner))
    elif _BULLET.match(lines[0]):
        yield Piece(Form.BULLETS, tuple(_entries(lines, _BULLET)))
    elif _NUMBER.match(lines[0]):
        yield Piece(Form.NUMBERS, tuple(_entries(lines, _NUMBER)))
    else:
        yield Piece(Form.PARAGRAPH, (line_of(" ".join(lines)),))


def _entries(lines: list[str], mark: re.Pattern[str]) -> Iterator[Line]:
    entries: list[str] = []
    for line in lines:
        if mark.match(line) or not entries:
            entries.append(mark.sub("", line))
        else:
            entries[-1] += f" {line}"
    return map(line_of, entries)


def _link(match: re.Match[str], kept: list[Span]) -> Span:
    """A link, or what it says where it leads nowhere that readers may be sent."""
    target = match[3] or match[2]
    text = re.sub(f"{_KEPT}(\\d+){_KEPT}", lambda number: kept[int(number[1])].text, match[1] or "")
    target = re.sub(f"{_KEPT}(\\d+){_KEPT}", lambda number: kept[int(number[1])].text, target)
    if match[3] is not None:
        text = target.removeprefix("mailto:")
    is_safe = not match[0].startswith("!") and _scheme(target) in _SCHEMES
    return Span(text, link=target if is_safe else "")


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""


def _spans(text: str, kept: list[Span]) -> Iterator[Span]:
    strong = emphasis = 0
    at = 0
    for token in _TOKEN.finditer(text):
        yield Span(text[at : token.start()], strong > 0, emphasis > 0)
        at = token.end()
        sign = token[0]
        strong += (sign == _STRONG) - (sign == _NOT_STRONG)
        emphasis += (sign == _EMPHASIS) - (sign == _NO_EMPHASIS)
        if sign[0] == _KEPT:
            span = kept[int(sign[1:-1])]
            yield Span(span.text, strong > 0, emphasis > 0, span.link)
    yield Span(text[at:], strong > 0, emphasis > 0)


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Spans that are marked alike as one; links stay apart."""
    last: Span | None = None
    for span in spans:
        if not span.text:
            continue
        alike = last and not last.link and not span.link
        if last and alike and (last.strong, last.emphasis) == (span.strong, span.emphasis):
            last = Span(last.text + span.text, span.strong, span.emphasis)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last

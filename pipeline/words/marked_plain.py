"""The pieces of an article as plain text and as Markdown: what can be pasted anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipeline.words.marked_text import Form, Line, Piece, Span
from pipeline.words.plain_text import markdown

_LEVELS = 6


def pieces_as_text(pieces: Iterable[Piece]) -> str:
    """The text without marks; a link is followed by its address."""
    return _whole(_text_block(piece) for piece in pieces)


def pieces_as_markdown(pieces: Iterable[Piece]) -> str:
    """Markdown that reads back as the same pieces."""
    return _whole(_markdown_block(piece) for piece in pieces)


def _whole(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _text_block(piece: Piece) -> str:
    match piece.form:
        case Form.RULE:
            return "* * *"
        case Form.QUOTE:
            return pieces_as_text(piece.inside).strip()
        case _:
            return _listed(piece, "• ", _text_line)


def _markdown_block(piece: Piece) -> str:
    match piece.form:
        case Form.RULE:
            return "---"
        case Form.HEADING:
            return f"{'#' * min(piece.level, _LEVELS)} {_markdown_line(piece.lines[0])}"
        case Form.QUOTE:
            inside = pieces_as_markdown(piece.inside).strip().split("\n")
            return "\n".join(f"> {line}".rstrip() for line in inside)
        case _:
            return _listed(piece, "- ", _markdown_line)


def _listed(piece: Piece, bullet: str, as_text: Callable[[Line], str]) -> str:
    marks = {Form.BULLETS: bullet, Form.NUMBERS: "{number}. "}
    mark = marks.get(piece.form, "")
    entries = enumerate(piece.lines, start=1)
    return "\n".join(mark.format(number=number) + as_text(line) for number, line in entries)


def _text_line(line: Line) -> str:
    return "".join(map(_text_span, line))


def _text_span(span: Span) -> str:
    address = span.link.removeprefix("mailto:")
    return f"{span.text} ({address})" if address and address != span.text else span.text


def _markdown_line(line: Line) -> str:
    """What stands first in a line is escaped where it would begin a block."""
    spans = "".join(map(_markdown_span, line))
    return spans if line and (line[0].strong or line[0].emphasis) else _escaped_start(spans, line)


def _escaped_start(spans: str, line: Line) -> str:
    if not line or line[0].link:
        return spans
    first = line[0].text
    return markdown(first) + _edges(first)[1] + spans[len(_markdown_span(line[0])) :]


def _markdown_span(span: Span) -> str:
    before, after = _edges(span.text)
    text = markdown(f"x{span.text}")[1:].strip()
    if span.link:
        is_bare = span.text == span.link.removeprefix("mailto:")
        text = f"<{span.link}>" if is_bare else f"[{text}]({span.link})"
    if text and span.emphasis:
        text = f"*{text}*"
    if text and span.strong:
        text = f"**{text}**"
    return before + text + after


def _edges(text: str) -> tuple[str, str]:
    """Spaces around a marked text stand outside of its marks; one that is all space has one."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return before, after

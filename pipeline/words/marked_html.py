"""The Markdown of an article as safe HTML: what an editor writes, and no HTML of its own."""

from __future__ import annotations

import html

from pipeline.words.marked_text import Form, Line, Piece, Span, pieces_of

_LISTS = {Form.BULLETS: "ul", Form.NUMBERS: "ol"}


def to_html(markdown: str, first_heading: int = 2) -> str:
    """`markdown` as HTML; its highest headings become `<h2>`, or the level asked for.

    Raw HTML is shown as text; links go to the web and to mail only.
    """
    return pieces_as_html(pieces_of(markdown), first_heading)


def pieces_as_html(pieces: tuple[Piece, ...], first_heading: int = 2) -> str:
    """The pieces of an article as HTML, one on each line; no level is skipped above the highest."""
    levels = (piece.level for piece in pieces if piece.form is Form.HEADING)
    shift = first_heading - min(levels, default=1)
    return "\n".join(_block(piece, shift) for piece in pieces)


def line_as_html(line: Line) -> str:
    """A line with its marks."""
    return "".join(map(_span, line))


def _block(piece: Piece, shift: int) -> str:
    match piece.form:
        case Form.HEADING:
            level = min(6, piece.level + shift)
            return f"<h{level}>{line_as_html(piece.lines[0])}</h{level}>"
        case Form.RULE:
            return "<hr>"
        case Form.QUOTE:
            return f"<blockquote>{pieces_as_html(piece.inside, shift + 1)}</blockquote>"
        case Form.BULLETS | Form.NUMBERS:
            tag = _LISTS[piece.form]
            inside = "".join(f"<li>{line_as_html(entry)}</li>" for entry in piece.lines)
            return f"<{tag}>{inside}</{tag}>"
        case Form.PARAGRAPH:
            return f"<p>{line_as_html(piece.lines[0])}</p>"


def _span(span: Span) -> str:
    text = html.escape(span.text)
    if span.link:
        text = f'<a href="{html.escape(span.link)}">{text}</a>'
    if span.emphasis:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if span.strong else text

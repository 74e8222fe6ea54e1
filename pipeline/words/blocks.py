"""The pieces of an article as blocks of WordPress's editor.

Source: the block grammar in the Block Editor Handbook, and what each core block saves as of
WordPress 6.1. Later versions read these forms as earlier ones of their own. Nothing is written that
the filter of an author's HTML (`wp_kses_post`) would change.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping

from pipeline.words.marked_text import Form, Line, Piece, Span

_HIGHEST_HEADING, _LOWEST_HEADING = 2, 6
_TAGS = {Form.BULLETS: "ul", Form.NUMBERS: "ol"}


def pieces_as_blocks(pieces: Iterable[Piece]) -> str:
    """The content of a post; an article's own headings begin with `<h2>`."""
    return joined(map(_block, pieces))


def joined(blocks: Iterable[str]) -> str:
    """Blocks after each other, as the editor separates them."""
    return "\n\n".join(block for block in blocks if block)


def paragraph(line: Line, class_name: str = "") -> str:
    """A paragraph; `class_name` is made of letters, digits and hyphens."""
    if not class_name:
        return _wrapped("paragraph", f"<p>{_inline(line)}</p>")
    inside = f'<p class="{class_name}">{_inline(line)}</p>'
    return _wrapped("paragraph", inside, {"className": class_name})


def audio(address: str) -> str:
    """A player of what lies at a web address."""
    sound = f'<audio controls src="{_escaped(address, quote=True)}"></audio>'
    return _wrapped("audio", f'<figure class="wp-block-audio">{sound}</figure>')


def _block(piece: Piece) -> str:
    match piece.form:
        case Form.HEADING:
            level = min(max(piece.level, _HIGHEST_HEADING), _LOWEST_HEADING)
            inside = f"<h{level}>{_inline(piece.lines[0])}</h{level}>"
            return _wrapped("heading", inside, {} if level == 2 else {"level": level})
        case Form.RULE:
            line = '<hr class="wp-block-separator has-alpha-channel-opacity" />'
            return _wrapped("separator", line)
        case Form.QUOTE:
            inside = pieces_as_blocks(piece.inside)
            quote = f'<blockquote class="wp-block-quote">{inside}</blockquote>'
            return _wrapped("quote", quote)
        case Form.BULLETS | Form.NUMBERS:
            return _list(piece)
        case Form.PARAGRAPH:
            return paragraph(piece.lines[0])


def _list(piece: Piece) -> str:
    tag = _TAGS[piece.form]
    entries = (_wrapped("list-item", f"<li>{_inline(entry)}</li>") for entry in piece.lines)
    settings = {"ordered": True} if piece.form is Form.NUMBERS else {}
    return _wrapped("list", f"<{tag}>{joined(entries)}</{tag}>", settings)


def _wrapped(name: str, inside: str, settings: Mapping[str, object] | None = None) -> str:
    said = f" {json.dumps(settings, separators=(',', ':'))}" if settings else ""
    return f"<!-- wp:{name}{said} -->\n{inside}\n<!-- /wp:{name} -->"


def _inline(line: Line) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    text = _escaped(span.text)
    if span.link:
        text = f'<a href="{_escaped(span.link, quote=True)}">{text}</a>'
    if span.emphasis:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if span.strong else text


def _escaped(text: str, *, quote: bool = False) -> str:
    """As the editor escapes; `[` would begin a shortcode, which runs code of the site's.

    It is written as the filter writes it: with three digits.
    """
    return html.escape(text, quote=quote).replace("[", "&#091;")

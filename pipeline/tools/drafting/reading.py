"""Reads an article that an editor made of a draft: the counterpart of `markdown.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.tools.drafting.markdown import in_every_language
from pipeline.words.deliveries import ArticleText
from pipeline.words.marked_text import Form, Piece, pieces_of, plain
from pipeline.words.plain_text import one_line
from pipeline.words.time_codes import without_time_codes

_MACHINE_MADE = ("Draf buatan mesin, belum ditinjau", "Machine-made draft, not reviewed")
_DOUBTS = ("assumed", "introduced", "unknown", "unsupported")


def read_article(markdown: str) -> ArticleText:
    """The article in the text of an `article.md`.

    The title is its headline, a first paragraph in italics its excerpt; the lines “Keterangan
    foto: …” and “Tag: …” are what they say they are. Time codes are for editors and left out, and
    so is the line that says where to listen: whoever delivers the article knows where.
    """
    return _read(pieces_of(without_time_codes(markdown)))


def read_draft(markdown: str) -> ArticleText:
    """The same of a `draft.md`: time codes and all that it says to its editor stay."""
    return _read(pieces_of(markdown))


def _read(pieces: Sequence[Piece]) -> ArticleText:
    at, headline = _headline(pieces)
    rest = [piece for number, piece in enumerate(pieces) if number != at]
    rest, excerpt = _taken(rest, _excerpt_at(pieces, at))
    rest, caption = _labelled(rest, "caption")
    rest, tags = _labelled(rest, "tags")
    rest, _listen = _labelled(rest, "link")
    return ArticleText(
        headline=headline,
        excerpt=excerpt,
        caption=caption,
        body=tuple(rest),
        tags=tuple(tag for part in tags.split(",") if (tag := one_line(part))),
        leftovers=tuple(_leftovers(rest)),
    )


def _headline(pieces: Sequence[Piece]) -> tuple[int, str]:
    for number, piece in enumerate(pieces):
        if piece.form is Form.HEADING and piece.level == 1:
            return number, one_line(piece.text)
    return -1, ""


def _excerpt_at(pieces: Sequence[Piece], headline_at: int) -> Piece | None:
    """The paragraph right under the headline when all of it is in italics."""
    after = pieces[headline_at + 1 :][:1]
    if headline_at < 0 or not after or after[0].form is not Form.PARAGRAPH:
        return None
    spans = [span for span in after[0].lines[0] if span.text.strip()]
    return after[0] if spans and all(s.emphasis and not s.strong for s in spans) else None


def _taken(pieces: Sequence[Piece], taken: Piece | None) -> tuple[list[Piece], str]:
    rest = [piece for piece in pieces if piece is not taken]
    return rest, one_line(taken.text) if taken else ""


def _labelled(pieces: Sequence[Piece], label: str) -> tuple[list[Piece], str]:
    """The pieces without the first that begins with `label`, and what that one says."""
    starts = tuple(f"{word}:" for word in in_every_language(label))
    for piece in pieces:
        text = plain(piece.lines[0]) if piece.form is Form.PARAGRAPH else ""
        if text.startswith(starts):
            return [each for each in pieces if each is not piece], one_line(text.partition(":")[2])
    return list(pieces), ""


def _leftovers(pieces: Sequence[Piece]) -> Iterator[str]:
    text = "\n".join(piece.text for piece in pieces)
    headings = in_every_language("checks")
    doubts = [f"({words})" for label in _DOUBTS for words in in_every_language(label)]
    for sign in (*_MACHINE_MADE, *headings, *doubts):
        if sign in text:
            yield sign

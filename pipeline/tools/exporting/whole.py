"""An article with all that belongs to it, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.tools.translations import Translate, date_in_words, translator
from pipeline.words.deliveries import About, ArticleText
from pipeline.words.marked_text import Form, Piece, Span
from pipeline.words.podcasting import Correction, CorrectionKind

KINDS = {
    CorrectionKind.CORRECTION: "Correction",
    CorrectionKind.RIGHT_OF_REPLY: "Right of reply",
}


def whole_article(article: ArticleText, about: About) -> tuple[Piece, ...]:
    """Headline, excerpt, corrections, photo caption, body, where to listen, and the tags."""
    return tuple(_parts(article, about, translator(about.language)))


def corrections_of(about: About) -> tuple[Piece, ...]:
    """What was put right since, each with its date; readers see it first."""
    return tuple(_correction(each, about.language) for each in about.corrections)


def listening(about: About, translate: Translate) -> Piece:
    """The line that leads to the episode's page."""
    named = f"{about.title} – {about.show}" if about.show else about.title
    return _paragraph(Span(f"{translate('Listen')}: "), Span(named, link=about.page_url))


def _parts(article: ArticleText, about: About, translate: Translate) -> Iterator[Piece]:
    headline = article.headline or about.title
    yield Piece(Form.HEADING, ((Span(headline),),), level=1)
    if article.excerpt:
        yield _paragraph(Span(article.excerpt, emphasis=True))
    yield from corrections_of(about)
    if article.caption:
        yield _labelled(translate("Photo caption"), article.caption)
    yield from article.body
    if about.page_url:
        yield listening(about, translate)
    if article.tags:
        yield _labelled(translate("Tags"), ", ".join(article.tags))


def _correction(correction: Correction, language: str) -> Piece:
    kind = translator(language)(KINDS[correction.kind])
    label = f"{kind} ({date_in_words(correction.date, language)}):"
    return _paragraph(Span(label, strong=True), Span(f" {correction.text}"))


def _labelled(label: str, text: str) -> Piece:
    return _paragraph(Span(f"{label}: {text}"))


def _paragraph(*spans: Span) -> Piece:
    return Piece(Form.PARAGRAPH, (spans,))

"""An article as a file: what is said around it is put to it once, then written in any format."""

from __future__ import annotations

import html
from collections.abc import Callable

from pipeline.tools.exporting import word
from pipeline.tools.exporting.whole import whole_article
from pipeline.tools.translations import translator
from pipeline.words.deliveries import About, ArticleText, Export, ExportFormat
from pipeline.words.languages import primary_language
from pipeline.words.marked_html import pieces_as_html
from pipeline.words.marked_plain import pieces_as_markdown, pieces_as_text
from pipeline.words.share_texts import ShareText, share_texts


def article_as(wanted: ExportFormat, article: ArticleText, about: About) -> Export:
    """The article in one format, with excerpt, photo caption, corrections, link and tags.

    Raises KeyError for a format that is not of ARTICLE_FORMATS.
    """
    suffix, write = _FORMATS[wanted]
    return Export(f"{about.slug}-{suffix}", write(article, about))


def shared_of(article: ArticleText, about: About) -> tuple[ShareText, ...]:
    """What to post of an article on Telegram, WhatsApp and X."""
    return share_texts(article, about.page_url, translator(about.language)("Listen"))


def _html(article: ArticleText, about: About) -> bytes:
    language = html.escape(primary_language(about.language))
    title = html.escape(article.headline or about.title)
    body = pieces_as_html(whole_article(article, about), first_heading=1)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body>\n<article>\n{body}\n</article>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _markdown(article: ArticleText, about: About) -> bytes:
    return pieces_as_markdown(whole_article(article, about)).encode("utf-8", "replace")


def _text(article: ArticleText, about: About) -> bytes:
    return pieces_as_text(whole_article(article, about)).encode("utf-8", "replace")


def _docx(article: ArticleText, about: About) -> bytes:
    return word.article_document(article.headline, whole_article(article, about), about)


def _social(article: ArticleText, about: About) -> bytes:
    texts = (
        f"== {each.place} ({each.length}/{each.limit}) ==\n\n{each.text}\n"
        for each in shared_of(article, about)
    )
    return "\n".join(texts).encode("utf-8", "replace")


_FORMATS: dict[ExportFormat, tuple[str, Callable[[ArticleText, About], bytes]]] = {
    ExportFormat.HTML: ("article.html", _html),
    ExportFormat.MARKDOWN: ("article.md", _markdown),
    ExportFormat.DOCX: ("article.docx", _docx),
    ExportFormat.TEXT: ("article.txt", _text),
    ExportFormat.SOCIAL: ("social.txt", _social),
}

ARTICLE_FORMATS = tuple(_FORMATS)
"""The formats that an article has."""

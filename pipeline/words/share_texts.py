"""What to post of an article where people talk, within the limits of each place.

Sources: Telegram Bot API, sendMessage (4096 characters, here counted in UTF-16, which is never
less); WhatsApp takes 65,536 characters and folds what is longer than about a thousand; X counts 280
by the configuration of twitter-text 3, in which an address is 23 and most letters are 1, others 2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.words.deliveries import ArticleText
from pipeline.words.marked_text import Form
from pipeline.words.plain_text import one_line
from pipeline.words.web_text import short_line

_X_ADDRESS = 23
_X_SINGLE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
# X takes “portal.or.id” for an address too; what only looks like one costs us a few characters.
_X_LINK = re.compile(r"https?://\S+|[^\s.]+(?:\.[^\s.]+)*\.[^\W\d_]{2,}(?:/\S*)?")
_QUOTATION_MARKS = '“"'
_ORDER = ("headline", "lead", "quote", "link", "tags")
_DEAREST = ("lead", "quote", "tags")
_DEAREST_IF_SHORT = ("tags", "lead")
_NOT_IN_A_HASHTAG = re.compile(r"[^\w]+")
_MOST_HASHTAGS = 5


@dataclass(frozen=True, slots=True)
class ShareText:
    """A post; `length` is what the place counts and `limit` the most that it should have."""

    place: str
    text: str
    length: int
    limit: int


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16, as phones count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def weighted_length(text: str) -> int:
    """The length of a text as X counts it, or a little more."""
    text = unicodedata.normalize("NFC", text)
    total = at = 0
    for link in _X_LINK.finditer(text):
        own = _weight(link[0])
        is_address = link[0].startswith(("http://", "https://"))
        total += _weight(text[at : link.start()])
        total += _X_ADDRESS if is_address else max(own, _X_ADDRESS)
        at = link.end()
    return total + _weight(text[at:])


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    limit: int
    length: Callable[[str], int]
    bold: str
    is_short: bool = False


_PLACES = (
    _Place("Telegram", 4096, utf16_length, "**"),
    _Place("WhatsApp", 1000, utf16_length, "*"),
    _Place("X", 280, weighted_length, "", is_short=True),
)


def share_texts(article: ArticleText, page_url: str, listen: str) -> tuple[ShareText, ...]:
    """A post for each place: headline and link always, then as much as the place has room for.

    `listen` is the word before the link.
    """
    return tuple(_text_for(place, article, page_url, listen) for place in _PLACES)


def hashtags(tags: tuple[str, ...]) -> str:
    """The first tags as hashtags: “berita bohong” is #BeritaBohong."""
    words = (_hashtag(tag) for tag in tags)
    return " ".join(dict.fromkeys(word for word in words if len(word) > 1))


def _text_for(place: _Place, article: ArticleText, page_url: str, listen: str) -> ShareText:
    link = page_url if place.is_short or not page_url else f"{listen}: {page_url}"
    headline = _fitting_headline(place, one_line(article.headline), link)
    kept = {"headline": headline, "link": link}
    offered = {
        "lead": one_line(article.excerpt or _first(article, "")),
        "quote": one_line(_first(article, _QUOTATION_MARKS)),
        "tags": hashtags(article.tags[:_MOST_HASHTAGS]),
    }
    for part in _DEAREST_IF_SHORT if place.is_short else _DEAREST:
        tried = {**kept, part: offered[part]}
        if place.length(_joined(tried)) <= place.limit:
            kept = tried
    text = _joined(kept)
    return ShareText(place.name, text, place.length(text), place.limit)


def _first(article: ArticleText, marks: str) -> str:
    """The first paragraph, or the first that begins with one of `marks`."""
    texts = (piece.text for piece in article.body if piece.form is Form.PARAGRAPH)
    return next((text for text in texts if not marks or text[:1] in marks), "")


def _fitting_headline(place: _Place, headline: str, link: str) -> str:
    """The headline, cut at a word where it and the link would be too long."""
    for most in range(max(len(headline), 1), 0, -1):
        shown = f"{place.bold}{short_line(headline, most)}{place.bold}" if headline else ""
        if place.length(_joined({"headline": shown, "link": link})) <= place.limit:
            return shown
    return ""


def _joined(parts: Mapping[str, str]) -> str:
    return "\n\n".join(parts[name] for name in _ORDER if parts.get(name))


def _hashtag(tag: str) -> str:
    words = _NOT_IN_A_HASHTAG.sub(" ", tag).split()
    if len(words) == 1:
        return f"#{words[0]}"
    return "#" + "".join(word[:1].upper() + word[1:] for word in words)


def _weight(text: str) -> int:
    return sum(1 if any(a <= ord(c) <= b for a, b in _X_SINGLE) else 2 for c in text)

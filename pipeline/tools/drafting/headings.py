"""What stands around an article: headline, excerpt, caption and byline, from fixed phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tools.drafting.material import Material
from pipeline.tools.drafting.phrases import Phrases
from pipeline.tools.keywords import content_words
from pipeline.tools.naming import last_name
from pipeline.words.article import Quote
from pipeline.words.attribution import SpeechAct, act_of
from pipeline.words.degrees import without_degrees

_HEADLINE_TOPICS, _EXCERPT_TOPICS = 2, 3
_NAMED_GUESTS = 3
_HEADLINES = 3
_QUOTED_WORDS = range(4, 13)
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!…])\s+")
_STRONG = (SpeechAct.CLAIM, SpeechAct.HOPE)
_PAIR = 2


def headline_of(material: Material, words: Phrases) -> str:
    """Who and what: "Nur Hidayah Bahas Berita Bohong"; the episode's title when that is unknown."""
    topics = without_echo(material.subjects.topics)[:_HEADLINE_TOPICS]
    if not topics:
        return material.details.title
    guests = _guests(material, words)
    template = words.headline if guests else words.headline_without_guest
    shown = _title_case(listed(topics, words), words)
    return template.format(guests=guests, show=material.publication.show, topics=shown)


def headlines_of(material: Material, words: Phrases, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Up to three headlines to choose from: who and what, somebody's own words, the title."""
    offered = (
        headline_of(material, words),
        _own_words(quotes, material.publication.language),
        _with_title(material, words),
        _of_other_topics(material, words),
        material.details.title,
    )
    return tuple(dict.fromkeys(headline for headline in offered if headline))[:_HEADLINES]


def _own_words(quotes: Sequence[Quote], language: str) -> str:
    """ "Hidayah: “Warga harus berani bertanya”": one that claims or hopes first."""
    short = [
        (act_of(sentence, language) not in _STRONG, len(sentence), sentence, quote.speaker)
        for quote in quotes
        if quote.speaker
        for sentence in _BETWEEN_SENTENCES.split(quote.text)
        if len(sentence.split()) in _QUOTED_WORDS
    ]
    if not short:
        return ""
    _, _, sentence, speaker = min(short)
    return f"{last_name(speaker)}: “{sentence.rstrip('.')}”"


def _with_title(material: Material, words: Phrases) -> str:
    title, guests = material.details.title, _guests(material, words)
    if guests:
        return words.headline_of_title.format(title=title, guests=guests)
    return f"{material.publication.show}: {title}"


def _of_other_topics(material: Material, words: Phrases) -> str:
    topics = without_echo(material.subjects.topics)[_HEADLINE_TOPICS:][:_HEADLINE_TOPICS]
    shown = _title_case(listed(topics, words), words)
    show = material.publication.show
    return words.headline_without_guest.format(show=show, topics=shown) if topics else ""


def excerpt_of(material: Material, words: Phrases) -> str:
    """The episode's summary, or a sentence of who spoke about what; empty without topics."""
    if material.details.summary:
        return material.details.summary
    topics = without_echo(material.subjects.topics)[:_EXCERPT_TOPICS]
    if not topics:
        return ""
    guests = _guests(material, words)
    template = words.excerpt if guests else words.excerpt_without_guest
    show = material.publication.show
    return template.format(guests=guests, show=show, topics=listed(topics, words))


def caption_of(material: Material) -> str:
    """ "Kabid Pengelolaan Komunikasi Publik Diskominfo Kukar, Ahmad Rianto"."""
    captions = [", ".join(part for part in (g.role, g.name) if part) for g in material.guests]
    return "; ".join(caption[:1].upper() + caption[1:] for caption in captions)


def byline_of(material: Material, words: Phrases) -> str:
    """ "(Tim Portal Contoh/ADV)", as far as the show's settings say it."""
    publication = material.publication
    team = words.team.format(outlet=publication.outlet) if publication.outlet else ""
    parts = [part for part in (publication.byline or team, publication.label) if part]
    return f"({'/'.join(parts)})" if parts else ""


def without_echo(topics: Sequence[str]) -> tuple[str, ...]:
    """Topics for a sentence, in which no word should come twice."""
    kept: list[str] = []
    for topic in topics:
        words = set(content_words(topic))
        if not any(words & set(content_words(other)) for other in kept):
            kept.append(topic)
    return tuple(kept)


def listed(names: Sequence[str], words: Phrases) -> str:
    """Names in a sentence: "a", "a dan b", "a, b, dan c"."""
    if len(names) <= _PAIR:
        return f" {words.and_} ".join(names)
    return f"{', '.join(names[:-1])}, {words.and_} {names[-1]}"


def _guests(material: Material, words: Phrases) -> str:
    """The guests in a headline: by name while there are few."""
    names = [without_degrees(guest.name) for guest in material.guests]
    if len(names) <= _NAMED_GUESTS:
        return listed(names, words)
    return words.many_guests.format(name=names[0], others=len(names) - 1)


def _title_case(text: str, words: Phrases) -> str:
    """Capitals as in a headline; "dan" stays small, and what has capitals keeps them."""
    return " ".join(w if w == words.and_ else w[:1].upper() + w[1:] for w in text.split())

"""Show notes for listeners: summary, time stamps, guests, links and hashtags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.tools.drafting.headings import without_echo
from pipeline.tools.drafting.material import Material
from pipeline.words.article import Link, ShowNotes
from pipeline.words.share_texts import hashtags

_MOST_TAGS = 5
_SITE = re.compile(
    r"(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:go\.id|or\.id|co\.id|ac\.id|sch\.id|my\.id|id|com|org|net)\b"
)


def notes_of(material: Material, summary: str) -> ShowNotes:
    """The notes of an episode, in which nothing stands that its material does not say."""
    guests = (", ".join(part for part in (g.name, g.role) if part) for g in material.guests)
    topics = without_echo(material.subjects.topics)[:_MOST_TAGS]
    return ShowNotes(
        summary=summary,
        chapters=material.chapters,
        guests=tuple(guests),
        links=tuple({link.address: link for link in _links(material)}.values()),
        hashtags=tuple(hashtags((material.publication.show, *topics)).split()),
    )


def _links(material: Material) -> Iterator[Link]:
    """The episode's page, those of the guests, and sites whose addresses are said."""
    if material.publication.link:
        yield Link(material.details.title, material.publication.link)
    yield from (Link(guest.name, guest.link) for guest in material.details.guests if guest.link)
    for sentence in material.sentences:
        for site in _SITE.findall(sentence.text.casefold()):
            yield Link(site, f"https://{site}/")

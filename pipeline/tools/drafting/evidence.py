"""Where the recording supports what an article says: topics, terms and names by their segments."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tools.drafting.facts import evidence_of
from pipeline.tools.drafting.material import Material
from pipeline.tools.keywords import content_words
from pipeline.tools.naming import Key, key_of, mentions, tokens_of
from pipeline.words.article import Evidence
from pipeline.words.glossary import Term

_MENTIONS_SHOWN = 2


def topic_evidence(material: Material, topics: Sequence[str]) -> tuple[Evidence, ...]:
    """The first sentences in which each topic is said."""
    found: list[int] = []
    for topic in topics:
        wanted = f" {' '.join(content_words(topic))} "
        said = (
            sentence.segments[0]
            for sentence in material.sentences
            if wanted in f" {' '.join(content_words(sentence.text))} "
        )
        found += [segment for segment, _ in zip(said, range(_MENTIONS_SHOWN), strict=False)]
    return first_evidence(material, found, len(found))


def first_evidence(
    material: Material, ids: Sequence[int], count: int = _MENTIONS_SHOWN
) -> tuple[Evidence, ...]:
    """The first of some segments, each as a piece of evidence of its own."""
    wanted = sorted(set(ids))[:count]
    return tuple(evidence_of([material.segments[i]]) for i in wanted if i in material.segments)


def terms_said(material: Material) -> dict[Term, list[int]]:
    """The glossary's terms that were said, in order, each with the segments that say so."""
    known: dict[Key, Term] = {
        key_of(name): term
        for term in material.glossary.terms
        for name in (term.short, term.long)
        if name
    }
    said: dict[Term, list[int]] = {}
    for sentence in material.sentences:
        line = tokens_of(sentence)
        for term, index, _ in mentions(line, known):
            said.setdefault(term, []).append(line[index].segment)
    return said

"""Everything an episode is about, in one go: topics, people, places and other names."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tools.keywords import topics_of
from pipeline.tools.people import other_names_in, people_in
from pipeline.tools.places import places_in
from pipeline.words.episode import EpisodeDetails
from pipeline.words.glossary import Glossary
from pipeline.words.sentences import Sentence
from pipeline.words.speech_acts import is_courtesy, is_introduction
from pipeline.words.subjects import Subjects


def find_subjects(
    sentences: Sequence[Sentence],
    details: EpisodeDetails,
    glossary: Glossary,
    host: str,
    show: str,
    language: str,
) -> Subjects:
    """The subjects of a talk; topics begin with the tags that people gave the episode."""
    people = people_in(sentences, details, glossary, host, language)
    places = places_in(sentences, glossary, people, language)
    named = [*(person.name for person in people), *(place.name for place in places)]
    terms = [name for term in glossary.terms for name in (term.short, term.long) if name]
    names = other_names_in(sentences, [*named, *terms, show], language)
    # A greeting, or the role of a guest, is no topic of the talk.
    talk = [s for s in sentences if not _is_preamble(s.text, language)]
    found = topics_of(talk, language, not_topics=[*named, show])
    written = {term.short.casefold(): term.short for term in glossary.terms}
    topics: dict[str, str] = {}
    for topic in (*details.tags, *(written.get(topic, topic) for topic in found)):
        topics.setdefault(topic.casefold(), topic)
    return Subjects(topics=tuple(topics.values()), people=people, places=places, names=names)


def _is_preamble(sentence: str, language: str) -> bool:
    return is_courtesy(sentence, language) or is_introduction(sentence, language)

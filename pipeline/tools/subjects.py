"""Everything an episode is about, in one go: topics, people, places and other names."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tools.keywords import content_words, topics_of
from pipeline.tools.naming import key_of
from pipeline.tools.people import other_names_in, people_in
from pipeline.tools.places import places_in
from pipeline.words.episode import EpisodeDetails
from pipeline.words.glossary import Glossary
from pipeline.words.sentences import Sentence
from pipeline.words.speech_acts import is_courtesy
from pipeline.words.subjects import Person, Subjects


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
    talk = [sentence for sentence in sentences if not _introduces(sentence, people, language)]
    found = topics_of(talk, language, not_topics=[*named, show])
    written = {term.short.casefold(): term.short for term in glossary.terms}
    topics: dict[str, str] = {}
    for topic in (*details.tags, *(written.get(topic, topic) for topic in found)):
        topics.setdefault(topic.casefold(), topic)
    return Subjects(topics=tuple(topics.values()), people=people, places=places, names=names)


def _introduces(sentence: Sentence, people: Sequence[Person], language: str) -> bool:
    """Whether a sentence greets, or says who somebody is: a role is no topic of the talk."""
    words = f" {' '.join(content_words(sentence.text))} "
    named = any(f" {' '.join(key_of(person.name))} " in words for person in people)
    return named or is_courtesy(sentence.text, language)

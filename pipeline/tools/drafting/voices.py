"""Who a numbered voice is: “Pembicara 2” says “Saya Ahmad Rianto, Kepala Bidang …”."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.tools.naming import Key, is_part, key_of
from pipeline.tools.people import introductions
from pipeline.tools.speakers.names import is_numbered
from pipeline.words.article import KnownBy
from pipeline.words.sentences import Sentence
from pipeline.words.subjects import Person
from pipeline.words.transcript import Segment, SpeakerSource

_KNOWN_BY = {
    "": KnownBy.EDITOR,
    SpeakerSource.TRACK: KnownBy.TRACK,
    SpeakerSource.CHANNEL: KnownBy.CHANNEL,
    SpeakerSource.MODEL: KnownBy.VOICE,
    SpeakerSource.GUESS: KnownBy.VOICE,
}


def introduced_voices(
    sentences: Sequence[Sentence], people: Iterable[Person], language: str
) -> dict[str, str]:
    """The names of numbered voices that introduce themselves, spelled as `people` are.

    A voice that gives two names, and a name that two voices give, stay unknown.
    """
    known = {key_of(person.name): person.name for person in people}
    said: dict[str, set[str]] = {}
    for sentence in sentences:
        if is_numbered(sentence.speaker):
            names = {_spelled(name, known) for name in introductions(sentence, language)}
            said.setdefault(sentence.speaker, set()).update(names)
    sure = {voice: next(iter(names)) for voice, names in said.items() if len(names) == 1}
    given = list(sure.values())
    return {voice: name for voice, name in sure.items() if given.count(name) == 1}


def known_by(segment: Segment) -> KnownBy:
    """How it is known who speaks in a segment that has a speaker's name."""
    return _KNOWN_BY.get(segment.speaker_source, KnownBy.VOICE)


def _spelled(name: str, known: dict[Key, str]) -> str:
    """The whole name of the one person whose name this is (a part of); or as it was said."""
    fitting = [person for key, person in known.items() if is_part(key_of(name), key)]
    return fitting[0] if len(fitting) == 1 else name

"""What a drafter may use: the episode's details, transcript and subjects, and the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.tools.drafting.voices import introduced_voices
from pipeline.tools.naming import key_of
from pipeline.words.casing import Names, names_of
from pipeline.words.chapters import Chapter
from pipeline.words.episode import EpisodeDetails
from pipeline.words.glossary import Glossary, with_episode
from pipeline.words.sentences import Sentence, is_punctuated, sentences_of
from pipeline.words.speech_acts import is_question
from pipeline.words.subjects import Origin, Person, Subjects
from pipeline.words.transcript import Segment, Transcript


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes the article, as `feed/show.toml` says it. Empty parts are left out."""

    show: str
    language: str
    host: str = ""
    outlet: str = ""
    place: str = ""
    byline: str = ""
    label: str = ""
    link: str = ""


@dataclass(frozen=True)
class Material:
    """Everything the drafter may use, and nothing else."""

    details: EpisodeDetails
    transcript: Transcript
    subjects: Subjects
    glossary: Glossary
    publication: Publication
    chapters: tuple[Chapter, ...] = ()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences_of(self.transcript)

    @cached_property
    def segments(self) -> dict[int, Segment]:
        return {segment.id: segment for segment in self.transcript.segments}

    @cached_property
    def guests(self) -> tuple[Person, ...]:
        """Those of the details, or else the one person besides the host who said their own name."""
        named = {key_of(guest.name) for guest in self.details.guests}
        listed = tuple(p for p in self.subjects.people if key_of(p.name) in named)
        introduced = [
            person
            for person in self.subjects.people
            if person.origin in (Origin.SELF_INTRODUCTION, Origin.GLOSSARY)
            and person.role
            and key_of(person.name) != key_of(self.publication.host)
        ]
        return listed or tuple(introduced if len(introduced) == 1 else ())

    @cached_property
    def names(self) -> Names:
        """How names are written, in the glossary and in the episode's details."""
        known = with_episode(self.glossary, self.details, self.publication.host)
        return names_of(known, self.transcript.language)

    @cached_property
    def voices(self) -> dict[str, str]:
        """The names of numbered voices, as they introduce themselves."""
        return introduced_voices(self.sentences, self.subjects.people, self.transcript.language)

    @cached_property
    def host_voices(self) -> frozenset[str]:
        """The host's name and numbered voice; none in a monologue, where the host is quoted."""
        host = self.publication.host
        if not host or not self.is_interview:
            return frozenset()
        voices = (voice for voice, name in self.voices.items() if key_of(name) == key_of(host))
        return frozenset((host, *voices))

    @cached_property
    def only_speaker(self) -> str:
        """Who speaks when nobody asks questions, or who answers when one guest is asked; or ""."""
        if self.is_interview and not self.is_punctuated:
            return ""  # questions and answers run into each other
        if len(self.guests) == 1:
            return self.guests[0].name
        return self.publication.host if not self.guests and not self.is_interview else ""

    @cached_property
    def is_punctuated(self) -> bool:
        return is_punctuated(self.sentences)

    @cached_property
    def is_interview(self) -> bool:
        language = self.transcript.language
        return any(is_question(sentence.text, language) for sentence in self.sentences)

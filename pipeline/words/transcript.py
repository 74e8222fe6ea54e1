"""What was said and when: the transcriber's timed units."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Flag(StrEnum):
    """Why an editor should look at a segment."""

    LOW_CONFIDENCE = "low_confidence"
    """The model itself holds these words unlikely."""
    REPETITION = "repetition"
    """The text repeats itself as a model's loops do."""
    PERHAPS_NO_SPEECH = "perhaps_no_speech"
    """Perhaps nobody speaks here: music or noise."""
    TIMES_ESTIMATED = "times_estimated"
    """The model gave no word times; they are spread evenly."""
    INVENTION = "invention"
    """A phrase that models are known to invent, where little speech is heard."""
    LANGUAGE_DRIFT = "language_drift"
    """The words look like another language than the one that was asked for."""
    HINT_LEAK = "hint_leak"
    """The words are those of the hint, where little speech is heard."""
    SPEECH_MISSING = "speech_missing"
    """Somebody speaks right after this segment, but the model wrote nothing."""
    IMPOSSIBLE_TIMING = "impossible_timing"
    """More words than anybody can say in that time, or a word that lasts too long."""
    OVERLAP = "overlap"
    """Several people speak at once."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word. Times are seconds from the start of the enclosure; `probability` is 0..1."""

    start: float
    end: float
    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or a part of one, with its words. `flags` name what an editor should look at.

    `text` is what was said; `written` is how it is written (digits, casing), empty where that is
    the same. `speaker_source` says how the speaker is known, `asked` how the model had to be asked
    where its first answer failed.
    """

    id: int
    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    speaker: str = ""
    average_log_probability: float = 0.0
    compression_ratio: float = 1.0
    no_speech_probability: float = 0.0
    flags: tuple[str, ...] = ()
    written: str = ""
    speaker_source: str = ""
    asked: str = ""

    @property
    def for_readers(self) -> str:
        """The text as it is written."""
        return self.written or self.text

    @property
    def speaker_for_readers(self) -> str:
        """The speaker's name, with a question mark where it is not certain.

        “Pembicara 2” is nobody's name and needs none.
        """
        is_doubtful = self.speaker_source in UNCERTAIN_SOURCES and not self.speaker[-1:].isdigit()
        return f"{self.speaker} (?)" if self.speaker and is_doubtful else self.speaker


class WhyLeftOut(StrEnum):
    """Why the transcript leaves out what the model wrote."""

    NO_SPEECH = "no_speech"
    """The model takes it for no speech, and holds its own words unlikely."""
    NO_VOICE = "no_voice"
    """The voice detector hears nobody, and the model has a doubt too."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the model wrote and the transcript leaves out. Times in seconds; see WhyLeftOut."""

    start: float
    end: float
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A spelling from the glossary that an editor may take; nothing is replaced by itself.

    `first_word` and `last_word` are indexes into the words of the segment `segment` (both count).
    """

    segment: int
    first_word: int
    last_word: int
    heard: str
    suggested: str
    score: float


class SpeakerSource(StrEnum):
    """How it is known who speaks; only the first two are certain."""

    TRACK = "track"
    CHANNEL = "channel"
    MODEL = "model"
    GUESS = "guess"


UNCERTAIN_SOURCES = frozenset((SpeakerSource.MODEL, SpeakerSource.GUESS))


@dataclass(frozen=True, slots=True)
class Transcript:
    """The machine's transcript of one episode, and how it was made."""

    language: str
    duration: float
    model: str
    settings: dict[str, Any]
    segments: tuple[Segment, ...]
    unheard: tuple[tuple[float, float], ...] = ()
    """Stretches in which somebody seems to speak but the model wrote nothing."""
    left_out: tuple[LeftOut, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def text(self) -> str:
        """All that was said, one segment a line."""
        return "\n".join(segment.text for segment in self.segments)

    def to_json(self) -> dict[str, Any]:
        """The content of `transcript.json`."""
        return {"version": 1, **asdict(self)}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Transcript:
        """The transcript that `to_json` wrote. Raises KeyError or TypeError on other content."""
        return cls(
            language=content["language"],
            duration=content["duration"],
            model=content["model"],
            settings=content["settings"],
            segments=tuple(
                Segment(
                    **{
                        **segment,
                        "words": tuple(Word(**word) for word in segment["words"]),
                        "flags": tuple(segment["flags"]),
                    }
                )
                for segment in content["segments"]
            ),
            unheard=tuple((start, end) for start, end in content.get("unheard", ())),
            left_out=tuple(LeftOut(**each) for each in content.get("left_out", ())),
            suggestions=tuple(Suggestion(**each) for each in content.get("suggestions", ())),
        )

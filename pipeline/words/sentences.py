"""A transcript as sentences: what a person would quote, whatever the transcriber's segments are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.words.transcript import UNCERTAIN_SOURCES, Flag, Segment, Transcript

# Without punctuation a segment's end is the only sign there is; these say when to believe it.
_LONG_SENTENCE_WORDS = 30
_PAUSE_SECONDS = 1.0

_INVENTED = frozenset((Flag.REPETITION, Flag.PERHAPS_NO_SPEECH, Flag.INVENTION, Flag.HINT_LEAK))

_ENDS = re.compile(r"[.?!…]+[\"'”’)\]]*$")
_ABBREVIATION = re.compile(
    r"^\W*(?:[A-Za-z]|\d{1,2}|dr|drs|dra|ir|hj|kh|no|jl|tgl|prof|mr|mrs|ms|st|"
    r"(?:[A-Za-z]{1,3}\.)+[A-Za-z]{1,4})\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word where it stands in the transcript; `glue` is what separates it from the one before."""

    text: str
    glue: str
    start: float
    end: float
    segment: int
    speaker: str
    probability: float
    invented: bool = False
    """Whether the model may have made it up: a loop, its hint, words where nobody speaks."""
    perhaps_by_another: bool = False
    """Whether the speaker is a guess, or several speak at once."""
    index: int = 0
    """Which word of its segment it is, from 0."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Consecutive words of the transcript, unchanged. Times in seconds, `probability` 0..1."""

    words: tuple[SpokenWord, ...]

    @property
    def text(self) -> str:
        """The words as the transcript has them."""
        return "".join(f"{word.glue}{word.text}" for word in self.words).strip()

    @property
    def start(self) -> float:
        return self.words[0].start

    @property
    def end(self) -> float:
        return self.words[-1].end

    @property
    def segments(self) -> tuple[int, ...]:
        """Ids of the segments the words come from, in order."""
        return tuple(dict.fromkeys(word.segment for word in self.words))

    @property
    def speaker(self) -> str:
        return self.words[0].speaker

    @property
    def perhaps_by_another(self) -> bool:
        """Whether a part of it may be somebody else's."""
        return any(word.perhaps_by_another for word in self.words)

    @property
    def probability(self) -> float:
        """Mean probability of the words."""
        return sum(word.probability for word in self.words) / len(self.words)

    @property
    def may_be_invented(self) -> bool:
        """Whether the model may have made a part of it up."""
        return any(word.invented for word in self.words)

    @property
    def is_complete(self) -> bool:
        """Whether it starts with a capital or a digit and ends as sentences end."""
        first = next((c for c in self.text if c.isalnum()), "")
        return (first.isupper() or first.isdigit()) and bool(_ENDS.search(self.text))


def sentences_of(transcript: Transcript) -> tuple[Sentence, ...]:
    """The sentences of a transcript, in order; nothing is left out and nothing is changed."""
    words = tuple(spoken_words(transcript))
    if not words:
        return ()
    made: list[Sentence] = []
    first = 0
    for index, (word, following) in enumerate(pairwise(words)):
        if _ends_after(word, following, index - first + 1):
            made.append(Sentence(words[first : index + 1]))
            first = index + 1
    made.append(Sentence(words[first:]))
    return tuple(made)


def is_punctuated(sentences: Sequence[Sentence]) -> bool:
    """Whether most sentences start and end as sentences do, so that their ends can be trusted."""
    return sum(sentence.is_complete for sentence in sentences) * 2 >= len(sentences)


def spoken_words(transcript: Transcript) -> Iterator[SpokenWord]:
    """All words of a transcript; those of a segment without word times share its time evenly."""
    for segment in transcript.segments:
        yield from _timed_words(segment) if segment.words else _untimed_words(segment)


def words_as_text(transcript: Transcript) -> str:
    """Everything said in one line: each quote is a part of it, letter by letter."""
    return "".join(f"{word.glue}{word.text}" for word in spoken_words(transcript)).strip()


def _timed_words(segment: Segment) -> Iterator[SpokenWord]:
    # Whisper's words carry their own leading space, so that "Rp" "5" can stay together.
    carries_spaces = any(word.text[:1].isspace() for word in segment.words)
    first = True
    for index, word in enumerate(segment.words):
        if text := " ".join(word.text.split()):
            apart = first or not carries_spaces or word.text[:1].isspace()
            glue = " " if apart else ""
            yield _spoken(segment, index, text, glue, word.start, word.end, word.probability)
            first = False


def _untimed_words(segment: Segment) -> Iterator[SpokenWord]:
    texts = segment.text.split()
    each = (segment.end - segment.start) / max(1, len(texts))
    sure = math.exp(min(0.0, segment.average_log_probability))
    for index, text in enumerate(texts):
        start = segment.start + index * each
        yield _spoken(segment, index, text, " ", start, start + each, sure)


def _spoken(
    segment: Segment,
    index: int,
    text: str,
    glue: str,
    start: float,
    end: float,
    probability: float,
) -> SpokenWord:
    invented = not _INVENTED.isdisjoint(segment.flags)
    doubtful = segment.speaker_source in UNCERTAIN_SOURCES or Flag.OVERLAP in segment.flags
    return SpokenWord(
        text, glue, start, end, segment.id, segment.speaker, probability, invented, doubtful, index
    )


def _ends_after(word: SpokenWord, following: SpokenWord, length: int) -> bool:
    if word.speaker != following.speaker:
        return True
    if not following.glue:
        return False
    if _ENDS.search(word.text) and not _ABBREVIATION.match(word.text):
        return True
    pause = following.start - word.end
    return word.segment != following.segment and (
        length >= _LONG_SENTENCE_WORDS or pause >= _PAUSE_SECONDS
    )

"""The places of a transcript that an editor should listen to, and why in a sentence each.

The sentences are message ids: `tools/translations.py` gives them in the show's language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.words.transcript import Flag, Segment, Transcript, WhyLeftOut

SENTENCES: dict[str, str] = {
    Flag.LOW_CONFIDENCE: "The model is not sure of these words.",
    Flag.REPETITION: "The text repeats itself, as that of a model does when it is stuck.",
    Flag.PERHAPS_NO_SPEECH: "Perhaps nobody speaks here: it may be music or noise.",
    Flag.TIMES_ESTIMATED: "The times of these words are estimates.",
    Flag.INVENTION: "Models often invent this phrase, and hardly any speech is heard here.",
    Flag.LANGUAGE_DRIFT: "Perhaps another language is spoken here.",
    Flag.HINT_LEAK: "These words may come from the expected names and not from the recording.",
    Flag.SPEECH_MISSING: "Somebody speaks here, but nothing was written.",
    Flag.IMPOSSIBLE_TIMING: "The words do not fit the time that they were given.",
    Flag.OVERLAP: "Several people speak at once.",
    WhyLeftOut.NO_SPEECH: "Left out: the model itself takes this for no speech.",
    WhyLeftOut.NO_VOICE: "Left out: nobody is heard to speak here.",
}
# Estimated times are no reason to listen; missing speech is a place of its own, without words.
_NOT_HERE = frozenset([Flag.TIMES_ESTIMATED, Flag.SPEECH_MISSING])


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch to listen to, in seconds.

    `reasons` are values of Flag or WhyLeftOut, or a sentence that names a suggested spelling.
    """

    start: float
    end: float
    speaker: str
    heard: str
    reasons: tuple[str, ...]


def places_to_check(transcript: Transcript) -> tuple[Place, ...]:
    """All places with a doubt, in order of time; neighbours with the same doubts are one place."""
    missing = (
        Place(start, end, "", "", (Flag.SPEECH_MISSING,)) for start, end in transcript.unheard
    )
    left_out = (
        Place(each.start, each.end, "", each.text, (each.reason,)) for each in transcript.left_out
    )
    found = (*_doubted(transcript.segments), *missing, *left_out, *_suggested(transcript))
    return tuple(sorted(found, key=lambda place: place.start))


def sentence_of(reason: str) -> str:
    """The message id for a Flag or WhyLeftOut; one that is not known here is its own sentence."""
    return SENTENCES.get(reason, reason)


def _doubted(segments: tuple[Segment, ...]) -> Iterator[Place]:
    for (reasons, speaker), group in groupby(segments, key=lambda s: (_reasons(s), s.speaker)):
        if reasons:
            first, *rest = group
            last = rest[-1] if rest else first
            heard = " ".join(segment.text for segment in (first, *rest))
            yield Place(first.start, last.end, speaker, heard, reasons)


def _suggested(transcript: Transcript) -> Iterator[Place]:
    """Words that may be a name of the glossary in another spelling; the reason says which."""
    by_id = {segment.id: segment for segment in transcript.segments}
    for each in transcript.suggestions:
        segment = by_id[each.segment]
        words = segment.words[each.first_word : each.last_word + 1]
        start, end = (words[0].start, words[-1].end) if words else (segment.start, segment.end)
        reason = f"Perhaps “{each.suggested}” is meant."
        yield Place(start, end, segment.speaker, each.heard, (reason,))


def _reasons(segment: Segment) -> tuple[str, ...]:
    return tuple(sorted(flag for flag in segment.flags if flag not in _NOT_HERE))

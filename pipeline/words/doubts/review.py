"""Doubts that only the whole transcript shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.words.doubts.loops import loops
from pipeline.words.transcript import Flag, Segment, Transcript


def reviewed(transcript: Transcript) -> Transcript:
    """The transcript with flags where it loops across windows and where speech is missing.

    Missing speech is flagged on the segment before it, or on the first one where none is before.
    """
    found = {Flag.REPETITION: _looping(transcript.segments), Flag.SPEECH_MISSING: _gaps(transcript)}
    flagged = {flag: frozenset(indexes) for flag, indexes in found.items()}
    segments = (
        _with(segment, [flag for flag, indexes in flagged.items() if index in indexes])
        for index, segment in enumerate(transcript.segments)
    )
    return replace(transcript, segments=tuple(segments))


def _looping(segments: Sequence[Segment]) -> Iterator[int]:
    """Indexes of the segments that hold words of a loop."""
    owners = [index for index, segment in enumerate(segments) for _ in segment.words]
    texts = [word.text for segment in segments for word in segment.words]
    for stretch in loops(texts):
        yield from owners[stretch.start : stretch.stop]


def _gaps(transcript: Transcript) -> Iterator[int]:
    """Indexes of the segments after which speech is missing."""
    for start, _ in transcript.unheard:
        before = [n for n, segment in enumerate(transcript.segments) if segment.start <= start]
        yield before[-1] if before else 0


def _with(segment: Segment, flags: Sequence[Flag]) -> Segment:
    return replace(segment, flags=tuple(dict.fromkeys((*segment.flags, *flags))))

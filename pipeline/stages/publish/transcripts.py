"""The transcript as an episode's page shows it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.tools import site
from pipeline.words.plain_text import one_line
from pipeline.words.transcript import Transcript

_PARAGRAPH_CHARACTERS = 700


def in_paragraphs(transcript: Transcript) -> tuple[site.Paragraph, ...]:
    """The transcript in paragraphs: one for each turn, long turns cut between sentences."""
    paragraphs: list[site.Paragraph] = []
    for segment in transcript.segments:
        last = paragraphs[-1] if paragraphs else None
        text = one_line(segment.for_readers)
        if (
            last is not None
            and last.speaker == segment.speaker
            and len(last.text) + len(text) < _PARAGRAPH_CHARACTERS
        ):
            paragraphs[-1] = replace(last, text=f"{last.text} {text}")
        else:
            paragraphs.append(site.Paragraph(segment.start, segment.speaker, text))
    return tuple(paragraphs)

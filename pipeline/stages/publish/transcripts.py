"""The transcript as an episode's page shows it."""

from __future__ import annotations

from pipeline.tools import site
from pipeline.words.plain_text import one_line
from pipeline.words.transcript import Transcript

_PARAGRAPH_CHARACTERS = 700


def in_paragraphs(transcript: Transcript) -> tuple[site.Paragraph, ...]:
    """The transcript in paragraphs: one for each turn, long turns cut between sentences."""
    paragraphs: list[site.Paragraph] = []
    for segment in transcript.segments:
        line = site.Line(segment.start, one_line(segment.for_readers))
        speaker = segment.speaker_for_readers
        if paragraphs and _goes_on(paragraphs[-1], speaker, line):
            last = paragraphs.pop()
            paragraphs.append(site.Paragraph(last.speaker, (*last.lines, line)))
        elif line.text:
            paragraphs.append(site.Paragraph(speaker, (line,)))
    return tuple(paragraphs)


def _goes_on(paragraph: site.Paragraph, speaker: str, line: site.Line) -> bool:
    length = sum(len(said.text) for said in (*paragraph.lines, line))
    return paragraph.speaker == speaker and length < _PARAGRAPH_CHARACTERS

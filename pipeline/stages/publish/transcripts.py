"""The transcript in the forms that go public beside the captions."""

from __future__ import annotations

import json
from dataclasses import replace

from pipeline.tools import site
from pipeline.words.transcript import Transcript

_PARAGRAPH_CHARACTERS = 700


def podcast_transcript(transcript: Transcript) -> bytes:
    """The transcript in the podcast namespace's JSON (transcripts/transcripts.md, 1.0.0)."""
    segments = [
        {
            **({"speaker": segment.speaker} if segment.speaker else {}),
            "startTime": round(segment.start, 3),
            "endTime": round(segment.end, 3),
            "body": segment.text.strip(),
        }
        for segment in transcript.segments
    ]
    content = {"version": "1.0.0", "segments": segments}
    return (json.dumps(content, ensure_ascii=False) + "\n").encode("utf-8")


def in_paragraphs(transcript: Transcript) -> tuple[site.Paragraph, ...]:
    """The transcript in paragraphs: one for each turn, long turns cut between sentences."""
    paragraphs: list[site.Paragraph] = []
    for segment in transcript.segments:
        last = paragraphs[-1] if paragraphs else None
        text = segment.text.strip()
        if (
            last is not None
            and last.speaker == segment.speaker
            and len(last.text) + len(text) < _PARAGRAPH_CHARACTERS
        ):
            paragraphs[-1] = replace(last, text=f"{last.text} {text}")
        else:
            paragraphs.append(site.Paragraph(segment.start, segment.speaker, text))
    return tuple(paragraphs)

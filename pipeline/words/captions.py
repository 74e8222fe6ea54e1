"""The transcript in the formats that people and their programs read: one row for each.

Sources: W3C WebVTT; the podcast namespace's `transcripts/transcripts.md` (HTML, JSON 1.0.0 and SRT:
at most two lines of 32 characters); PSP-1 (VTT: lines of at most 65).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.words.cues import cues
from pipeline.words.languages import primary_language
from pipeline.words.lines import SRT_LAYOUT, VTT_LAYOUT
from pipeline.words.plain_text import one_line
from pipeline.words.segments import ends_sentence
from pipeline.words.transcript import Segment, Transcript
from pipeline.words.web_files import media_type

_PARAGRAPH_PAUSE_SECONDS = 2.0
_PARAGRAPH_SECONDS = 45.0


def to_vtt(transcript: Transcript) -> str:
    """The transcript as WebVTT; known speakers are voices (`<v Name>`)."""
    blocks = ["WEBVTT"]
    for cue in cues(transcript, VTT_LAYOUT):
        voice = f"<v {_escaped(cue.speaker)}>" if cue.speaker else ""
        text = "\n".join(_escaped(line) for line in cue.lines)
        blocks.append(f"{_time(cue.start_ms, '.')} --> {_time(cue.end_ms, '.')}\n{voice}{text}")
    return "\n\n".join(blocks) + "\n"


def to_srt(transcript: Transcript) -> str:
    """The transcript as SubRip; a speaker is named where the voice changes."""
    blocks = [
        f"{number}\n{_time(cue.start_ms, ',')} --> {_time(cue.end_ms, ',')}\n"
        + "\n".join(cue.lines)
        for number, cue in enumerate(cues(transcript, SRT_LAYOUT), start=1)
    ]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def to_podcast_json(transcript: Transcript) -> str:
    """The transcript as the podcast namespace's JSON, a sentence in each segment."""
    segments = [
        {
            **({"speaker": speaker} if (speaker := _speaker_of(segment)) else {}),
            "startTime": round(min(segment.start, transcript.duration), 3),
            "endTime": round(min(segment.end, transcript.duration), 3),
            "body": one_line(segment.for_readers),
        }
        for segment in _said(transcript)
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False) + "\n"


def to_html(transcript: Transcript) -> str:
    """The transcript as the podcast namespace's HTML: who, when, what, paragraph by paragraph.

    Times are written `hh:mm:ss`, the one form that both HTML and the namespace allow.
    """
    title = _TITLES.get(primary_language(transcript.language), "Transcript")
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{primary_language(transcript.language)}">',
        f'<head><meta charset="utf-8"><title>{title}</title></head>',
        "<body>",
    ]
    for paragraph in _paragraphs(_said(transcript), _speaker_of):
        if speaker := _speaker_of(paragraph[0]):
            lines.append(f"<cite>{_escaped(speaker)}:</cite>")
        lines.append(f"<time>{_time(round(paragraph[0].start * 1000), '.')[:8]}</time>")
        lines.append(f"<p>{_escaped(_said_in(paragraph))}</p>")
    return "\n".join([*lines, "</body>", "</html>"]) + "\n"


def to_text(transcript: Transcript) -> str:
    """The transcript to read and to correct: paragraphs with the time of their start and speaker.

    Names stand plainly: what differs from them is an editor's change.
    """
    texts = [text_of_paragraph(paragraph) for paragraph in paragraphs(transcript)]
    return "\n\n".join(texts) + "\n" if texts else ""


def text_of_paragraph(paragraph: Sequence[Segment]) -> str:
    """A paragraph of the text: “[03:07] Rahma: Selamat pagi.”"""
    speaker = one_line(paragraph[0].speaker)
    label = f"{text_time(paragraph[0].start)} " + (f"{speaker}: " if speaker else "")
    return label + _said_in(paragraph)


def text_time(seconds: float) -> str:
    """The time before a paragraph of the text: “[03:07]”."""
    return f"[{_clock(seconds)}]"


def paragraphs(transcript: Transcript) -> list[list[Segment]]:
    """The segments that say something, in paragraphs: one for each turn, long turns cut."""
    return list(_paragraphs(_said(transcript), lambda segment: segment.speaker))


@dataclass(frozen=True, slots=True)
class CaptionFormat:
    """A file beside `transcript.json`; `public_name` is empty where it stays at home."""

    file_name: str
    write: Callable[[Transcript], str]
    public_name: str = ""

    @property
    def media_type(self) -> str:
        return media_type(self.file_name)


FORMATS: tuple[CaptionFormat, ...] = (
    CaptionFormat("transcript.vtt", to_vtt, "transcript.vtt"),
    CaptionFormat("transcript.srt", to_srt, "transcript.srt"),
    CaptionFormat("captions.json", to_podcast_json, "transcript.json"),
    CaptionFormat("transcript.html", to_html, "transcript.html"),
    CaptionFormat("transcript.txt", to_text),
)
"""What is made of every transcript, in the order in which a feed announces it."""

PUBLIC_FORMATS = tuple(each for each in FORMATS if each.public_name)

_TITLES = {"id": "Transkrip", "ms": "Transkrip"}


def _said(transcript: Transcript) -> list[Segment]:
    return [segment for segment in transcript.segments if one_line(segment.for_readers)]


def _paragraphs(
    segments: Sequence[Segment], speaker_of: Callable[[Segment], str]
) -> Iterator[list[Segment]]:
    paragraph = list(segments[:1])
    for before, segment in pairwise(segments):
        pause = segment.start - before.end >= _PARAGRAPH_PAUSE_SECONDS
        long = segment.end - paragraph[0].start > _PARAGRAPH_SECONDS
        turn = speaker_of(segment) != speaker_of(before)
        if turn or pause or (long and ends_sentence(before.text)):
            yield paragraph
            paragraph = []
        paragraph.append(segment)
    if paragraph:
        yield paragraph


def _speaker_of(segment: Segment) -> str:
    return one_line(segment.speaker_for_readers)


def _said_in(paragraph: Sequence[Segment]) -> str:
    return " ".join(one_line(segment.for_readers) for segment in paragraph)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(milliseconds: int, point: str) -> str:
    seconds, ms = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{ms:03d}"


def _clock(seconds: float) -> str:
    whole = int(seconds)
    hours = f"{whole // 3600}:" if whole >= 3600 else ""
    return f"{hours}{whole // 60 % 60:02d}:{whole % 60:02d}"

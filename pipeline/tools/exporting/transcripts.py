"""A transcript as a file: captions as they are published, and forms for people who write."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.ground.files import json_text
from pipeline.tools.exporting import word
from pipeline.tools.translations import date_in_words, translator
from pipeline.words.captions import paragraphs, text_time, to_srt, to_vtt
from pipeline.words.deliveries import About, Export, ExportFormat
from pipeline.words.plain_text import one_line
from pipeline.words.transcript import Segment, Transcript


def transcript_as(wanted: ExportFormat, transcript: Transcript, about: About) -> Export:
    """The transcript in one format. Raises KeyError for one that is not of TRANSCRIPT_FORMATS."""
    suffix, write = _FORMATS[wanted]
    return Export(f"{about.slug}-{suffix}", write(transcript, about))


def _text(transcript: Transcript, about: About) -> str:
    """Who and when on a line of their own, then what was said."""
    day = date_in_words(about.recorded_on, about.language)
    head = [about.title, f"{about.show} · {day}", *about.people]
    turns = [
        f"{_who(paragraph)}{text_time(paragraph[0].start)}\n{said_in(paragraph)}"
        for paragraph in paragraphs(transcript)
    ]
    note = translator(about.language)(
        "The transcript was made by a machine and may contain mistakes."
    )
    return "\n\n".join(["\n".join(map(one_line, head)), *turns, note]) + "\n"


def _json(transcript: Transcript, about: About) -> str:
    """Times are seconds from the start of the published audio."""
    return json_text(
        {
            "version": 1,
            "title": about.title,
            "show": about.show,
            "recorded_on": about.recorded_on.isoformat(),
            "language": transcript.language,
            "duration": transcript.duration,
            "segments": [_segment(segment) for segment in transcript.segments],
        }
    )


def _segment(segment: Segment) -> dict[str, object]:
    return {
        "start": segment.start,
        "end": segment.end,
        "speaker": one_line(segment.speaker_for_readers),
        "text": one_line(segment.for_readers),
        "words": [
            {"start": word.start, "end": word.end, "text": one_line(word.text)}
            for word in segment.words
        ],
    }


def _docx(transcript: Transcript, about: About) -> bytes:
    turns = [
        word.Turn(one_line(p[0].speaker_for_readers), text_time(p[0].start), said_in(p))
        for p in paragraphs(transcript)
    ]
    return word.transcript_document(turns, about)


def said_in(paragraph: list[Segment]) -> str:
    """What is said in a paragraph, as readers see it."""
    return " ".join(one_line(segment.for_readers) for segment in paragraph)


def _who(paragraph: list[Segment]) -> str:
    speaker = one_line(paragraph[0].speaker_for_readers)
    return f"{speaker} " if speaker else ""


def _encoded(
    write: Callable[[Transcript, About], str],
) -> Callable[[Transcript, About], bytes]:
    return lambda transcript, about: write(transcript, about).encode("utf-8", "replace")


_FORMATS: dict[ExportFormat, tuple[str, Callable[[Transcript, About], bytes]]] = {
    ExportFormat.VTT: ("transcript.vtt", _encoded(lambda said, _about: to_vtt(said))),
    ExportFormat.SRT: ("transcript.srt", _encoded(lambda said, _about: to_srt(said))),
    ExportFormat.TEXT: ("transcript.txt", _encoded(_text)),
    ExportFormat.JSON: ("transcript.json", _encoded(_json)),
    ExportFormat.DOCX: ("transcript.docx", _docx),
}

TRANSCRIPT_FORMATS = tuple(_FORMATS)
"""The formats that a transcript has."""

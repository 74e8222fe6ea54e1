"""Captions: a transcript cut into cues that can be read in time, as WebVTT, SubRip and plain text.

Sources: W3C WebVTT; PSP-1 (SRT: at most two lines of 32 characters; VTT: lines of at most 65);
reading speed and durations after the BBC's and Netflix's subtitle guidelines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.words.plain_text import one_line
from pipeline.words.segments import ends_clause, ends_sentence
from pipeline.words.transcript import Segment, Transcript, Word

_PARAGRAPH_PAUSE_SECONDS = 2.0
_PARAGRAPH_SECONDS = 45.0
_CHARACTERS_PER_SECOND = 17.0
_SHORTEST_MS = 1_000
_LONGEST_MS = 7_000
_ALMOST_NOTHING_MS = 40  # one frame of 25 a second: what is left where there is no room at all
# Words that belong to what follows them: a line should not end in one.
_LEANING = frozenset(
    [
        "di",
        "ke",
        "dari",
        "yang",
        "dan",
        "atau",
        "untuk",
        "dengan",
        "pada",
        "oleh",
        "kepada",
        "dalam",
        "sebagai",
        "adalah",
        "karena",
        "jika",
        "agar",
        "bahwa",
        "para",
        "sang",
        "si",
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "with",
        "and",
        "or",
        "that",
    ]
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How much text a cue may hold."""

    line_characters: int
    lines: int = 2


VTT_LAYOUT = Layout(line_characters=42)
SRT_LAYOUT = Layout(line_characters=32)


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed block: times in milliseconds, text in lines."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str = ""


def to_vtt(transcript: Transcript) -> str:
    """The transcript as WebVTT; known speakers are voices (`<v Name>`)."""
    blocks = ["WEBVTT"]
    for cue in cues(transcript, VTT_LAYOUT):
        voice = f"<v {_escaped(one_line(cue.speaker))}>" if cue.speaker else ""
        text = "\n".join(_escaped(line) for line in cue.lines)
        blocks.append(f"{_time(cue.start_ms, '.')} --> {_time(cue.end_ms, '.')}\n{voice}{text}")
    return "\n\n".join(blocks) + "\n"


def to_srt(transcript: Transcript) -> str:
    """The transcript as SubRip; a speaker is named where the voice changes."""
    named = replace(transcript, segments=tuple(_with_names(transcript.segments)))
    blocks = [
        f"{number}\n{_time(cue.start_ms, ',')} --> {_time(cue.end_ms, ',')}\n"
        + "\n".join(cue.lines)
        for number, cue in enumerate(cues(named, SRT_LAYOUT), start=1)
    ]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def to_text(transcript: Transcript) -> str:
    """The transcript to read: paragraphs, each with the time of its start and its speaker."""
    paragraphs = []
    for paragraph in _paragraphs(transcript.segments):
        speaker = one_line(paragraph[0].speaker)
        label = f"[{_clock(paragraph[0].start)}] " + (f"{speaker}: " if speaker else "")
        paragraphs.append(label + " ".join(one_line(segment.text) for segment in paragraph))
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def cues(transcript: Transcript, layout: Layout) -> tuple[Cue, ...]:
    """All words of the transcript in cues that do not overlap and end within the duration."""
    groups = [
        (tuple(group), segment.speaker)
        for segment in transcript.segments
        for group in _fitting(list(_broken(_timed(segment), layout)), layout)
    ]
    texts = [(_wrapped([w.text for w in words], layout), speaker) for words, speaker in groups]
    times = _paced([words for words, _ in groups], round(transcript.duration * 1000))
    return tuple(
        Cue(start, end, lines, speaker)
        for (start, end), (lines, speaker) in zip(times, texts, strict=True)
    )


def _timed(segment: Segment) -> Iterator[Word]:
    """The words of a segment; those of one without word times share its time evenly."""
    if segment.words:
        yield from (word for word in segment.words if word.text.strip())
        return
    texts = segment.text.split()
    each = (segment.end - segment.start) / max(1, len(texts))
    for number, text in enumerate(texts):
        start = segment.start + number * each
        yield Word(start, start + each, text, 0.0)


def _broken(words: Iterable[Word], layout: Layout) -> Iterator[Word]:
    """Words that fit on a line; one that is longer is cut, and its time with it."""
    for word in words:
        for text in one_line(word.text).split():
            pieces = [
                text[first : first + layout.line_characters]
                for first in range(0, len(text), layout.line_characters)
            ]
            each = (word.end - word.start) / len(pieces)
            for number, piece in enumerate(pieces):
                start = word.start + number * each
                yield Word(start, start + each, piece, word.probability)


def _fitting(words: list[Word], layout: Layout) -> Iterator[list[Word]]:
    """`words` cut at the best places until each part fits into a cue."""
    if not words:
        return
    if _fits(words, layout):
        yield words
        return
    cut = max(range(1, len(words)), key=lambda index: _worth(words, index))
    yield from _fitting(words[:cut], layout)
    yield from _fitting(words[cut:], layout)


def _fits(words: Sequence[Word], layout: Layout) -> bool:
    if len(words) == 1:
        return True
    short = (words[-1].end - words[0].start) * 1000 <= _LONGEST_MS
    return short and len(_wrapped([word.text for word in words], layout)) <= layout.lines


def _worth(words: Sequence[Word], index: int) -> float:
    """How good a place to cut before `index` is, in characters away from the middle."""
    before, after = words[index - 1], words[index]
    left = sum(len(word.text) + 1 for word in words[:index])
    right = sum(len(word.text) + 1 for word in words[index:])
    bonus = 30 * ends_sentence(before.text) + 20 * ends_clause(before.text)
    bonus -= 12 * (before.text.lower() in _LEANING)
    return bonus + 40 * min(0.5, max(0.0, after.start - before.end)) - abs(left - right) / 2


def _wrapped(texts: Sequence[str], layout: Layout) -> tuple[str, ...]:
    """As few lines as possible, the shortest longest line among those, ends at phrases if equal."""
    whole = " ".join(texts)
    if len(whole) <= layout.line_characters:
        return (whole,)
    halves = [(" ".join(texts[:n]), " ".join(texts[n:]), n) for n in range(1, len(texts))]
    fitting = [half for half in halves if max(map(len, half[:2])) <= layout.line_characters]
    if fitting:
        first, second, _ = min(fitting, key=lambda half: _ugliness(texts, half))
        return first, second
    return tuple(_greedy(texts, layout))


def _ugliness(texts: Sequence[str], half: tuple[str, str, int]) -> float:
    first, second, count = half
    last = texts[count - 1]
    return abs(len(first) - len(second)) - 12 * ends_clause(last) + 8 * (last.lower() in _LEANING)


def _greedy(texts: Sequence[str], layout: Layout) -> Iterator[str]:
    line = ""
    for text in texts:
        if line and len(line) + 1 + len(text) > layout.line_characters:
            yield line
            line = text
        else:
            line = f"{line} {text}".strip()
    yield line


def _paced(groups: Sequence[Sequence[Word]], duration_ms: int) -> list[tuple[int, int]]:
    """Start and end of each cue: never overlapping, long enough to read where there is room."""
    starts, ends = _in_order(groups, duration_ms)
    nexts = [*starts, duration_ms][1:]
    return [
        (start, max(end, min(following, start + _reading_ms(words))))
        for start, end, following, words in zip(starts, ends, nexts, groups, strict=True)
    ]


def _in_order(groups: Sequence[Sequence[Word]], duration_ms: int) -> tuple[list[int], list[int]]:
    """Times of the words, moved where they overlap or lie outside 0..duration."""
    least = max(1, min(_ALMOST_NOTHING_MS, duration_ms // max(1, len(groups))))
    starts: list[int] = []
    earliest = 0
    for words in groups:
        starts.append(max(earliest, round(words[0].start * 1000)))
        earliest = starts[-1] + least
    latest = duration_ms
    for number in reversed(range(len(starts))):
        starts[number] = max(0, min(starts[number], latest - least))
        latest = starts[number]
    nexts = [*starts, duration_ms][1:]
    ends = [
        min(following, max(start + least, round(words[-1].end * 1000)))
        for start, following, words in zip(starts, nexts, groups, strict=True)
    ]
    return starts, ends


def _reading_ms(words: Sequence[Word]) -> int:
    characters = sum(len(word.text) + 1 for word in words)
    wished = round(characters / _CHARACTERS_PER_SECOND * 1000)
    return min(_LONGEST_MS, max(_SHORTEST_MS, wished))


def _with_names(segments: Iterable[Segment]) -> Iterator[Segment]:
    """The segments, the first of each voice with the name before its first word."""
    speaker = ""
    for segment in segments:
        name = one_line(segment.speaker)
        words = tuple(_timed(segment))
        if name and name != speaker and words:
            first = replace(words[0], text=f"{name}: {words[0].text}")
            segment = replace(segment, words=(first, *words[1:]))
        speaker = name
        yield segment


def _paragraphs(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    paragraph = list(segments[:1])
    for before, segment in pairwise(segments):
        pause = segment.start - before.end >= _PARAGRAPH_PAUSE_SECONDS
        long = segment.end - paragraph[0].start > _PARAGRAPH_SECONDS
        if segment.speaker != before.speaker or pause or (long and ends_sentence(before.text)):
            yield paragraph
            paragraph = []
        paragraph.append(segment)
    if paragraph:
        yield paragraph


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(milliseconds: int, point: str) -> str:
    seconds, ms = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{ms:03d}"


def _clock(seconds: float) -> str:
    whole = int(seconds)
    hours = f"{whole // 3600}:" if whole >= 3600 else ""
    return f"{hours}{whole // 60 % 60:02d}:{whole % 60:02d}"

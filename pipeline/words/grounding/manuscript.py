"""An article's Markdown as it is read: its paragraphs, quotes and sentences, with their offsets.

What readers never see (comments, link targets, marks of emphasis, the draft's time codes and its
list for the editor) is masked with as many zero characters, so that offsets stay those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from pipeline.words.segments import ends_sentence

MASK = "\x00"
_HIDDEN = (
    re.compile(r"\A(?:---|\+\+\+)\n.*?\n(?:---|\+\+\+)\n", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"!\[[^\[\]]{0,500}\]\([^()]{0,2000}\)"),
    re.compile(r"(?<=\x00)\([^)\s]*(?:\s[^)]*)?\)"),
    re.compile(r"<(?:https?|mailto):[^>]*>"),
    re.compile(r"https?://\S+"),
    re.compile(r"^(?:[ \t]*\|?[ \t]*:?-{3,}.*)$", re.MULTILINE),
)
TIME_CODE = re.compile(r"\[\d{1,2}:\d\d(?::\d\d)?\]")
_DRAFT_MARK = "<!-- etam: machine-made draft"
DRAFT_REMARK = re.compile(r"\*\((?:pembicara|speaker|tanpa dukungan|unsupported)[^)\n]*\)\*")
_SOURCE = re.compile(r"\((?:sumber|source): [^\n]*\)$", re.MULTILINE)
EDITORS_LIST = re.compile(
    r"^#{1,6} (?:Untuk penyunting \(hapus sebelum terbit\)|For the editor \(delete before "
    r"publishing\))[ \t]*$",
    re.MULTILINE,
)
_LINKED = re.compile(r"\[([^\[\]\n]{0,500})\](?=\()")
_SMALL_MARKS = re.compile(
    r"[*_`~\\\u200b\u200c\u200d\u00ad\ufeff]|(?<=\w)&(?:amp|lt|gt|quot|nbsp);"
)
_IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_OPENING = {"“": "”", "„": "“", "«": "»", '"': '"', "‟": "”"}
_INLINE_END = re.compile(r"[.?!…]+[\"”’)»]*(?=\s|$)")
_LINE_START = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,2}[.)])[ \t]+", re.MULTILINE)


class Form(Enum):
    """What a paragraph is."""

    TEXT = auto()
    HEADING = auto()
    BLOCKQUOTE = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the article between blank lines; `end` is not included."""

    start: int
    end: int
    form: Form


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article; of a quote it lies inside the marks."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The article as it was given, as it is read (of the same length), and its parts in order."""

    text: str
    shown: str
    paragraphs: tuple[Paragraph, ...]

    def quotes(self, paragraph: Paragraph) -> tuple[Span, ...]:
        """What stands in quotation marks; a blockquote without any is a quote as a whole."""
        found = tuple(_in_marks(self.shown, paragraph.start, paragraph.end))
        if paragraph.form is Form.BLOCKQUOTE and not found:
            return _whole(self.shown, paragraph)
        return found

    def brackets(self, quote: Span) -> tuple[Span, ...]:
        """What an editor put in brackets inside a quote."""
        found = _IN_BRACKETS.finditer(self.shown, quote.start, quote.end)
        return tuple(Span(match.start(1), match.end(1)) for match in found)

    def read(self, span: Span | Paragraph) -> str:
        """The words of a stretch as readers see them."""
        return " ".join(self.shown[span.start : span.end].replace(MASK, "").split())


def manuscript_of(text: str) -> Manuscript:
    """The article taken apart; of a `draft.md`, what is for the editor is passed over."""
    shown = text
    if listed := EDITORS_LIST.search(shown):
        shown = shown[: listed.start()] + _masked(shown[listed.start() :])
    if text.lstrip().startswith(_DRAFT_MARK):
        shown = _without_notice(shown)
    # What is linked stays; its brackets are no editor's.
    shown = _LINKED.sub(lambda match: f"{MASK}{match[1]}{MASK}", shown)
    for pattern in (*_HIDDEN, DRAFT_REMARK, _SOURCE, TIME_CODE):
        shown = pattern.sub(lambda match: _masked(match[0]), shown)
    shown = _SMALL_MARKS.sub(lambda match: MASK * len(match[0]), shown)
    return Manuscript(text, shown, tuple(_paragraphs(shown)))


def sentences_in(shown: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a stretch; quotation marks do not end one."""
    first = start
    for match in _INLINE_END.finditer(shown, start, end):
        word = (shown[first : match.end()].split()[-1:] or [""])[0]
        word = word.replace(MASK, "").strip('"”’)»')
        if ends_sentence(word) or _is_a_number_at_the_end(word, shown[match.end() :]):
            yield from _stripped(shown, first, match.end())
            first = match.end()
    yield from _stripped(shown, first, end)


def _is_a_number_at_the_end(word: str, behind: str) -> bool:
    """“Murid kami ada 96. Anak-anak …”: a number that is no number of a list."""
    return word.rstrip(".").isdigit() and behind.lstrip()[:1].isupper()


def words_in(shown: str, start: int, end: int) -> tuple[list[str], list[Span]]:
    """The words of a stretch without masks, and where each stands."""
    texts, spans = [], []
    for match in re.finditer(r"[^\s\x00](?:[^\s]*[^\s\x00])?", shown[start:end]):
        texts.append(match[0].replace(MASK, ""))
        spans.append(Span(start + match.start(), start + match.end()))
    return texts, spans


def _paragraphs(shown: str) -> Iterator[Paragraph]:
    for match in re.finditer(r"(?:(?!\n[ \t\x00]*(?:\n|$)).)+", shown, re.DOTALL):
        start, end = match.start(), match.end()
        seen = next((at for at in range(start, end) if shown[at] not in f"{MASK} \t\n"), None)
        if seen is None:
            continue
        first = shown[seen]
        if first == "#":
            line_end = shown.find("\n", seen, end)
            yield Paragraph(seen, end if line_end < 0 else line_end, Form.HEADING)
            if line_end >= 0 and shown[line_end:end].strip():
                yield Paragraph(line_end, end, Form.TEXT)
        elif first == ">":
            yield Paragraph(start, end, Form.BLOCKQUOTE)
        else:
            yield from _lines_of_list(shown, start, end)


def _lines_of_list(shown: str, start: int, end: int) -> Iterator[Paragraph]:
    """Each entry of a list by itself."""
    starts = [match.start() for match in _LINE_START.finditer(shown, start, end)]
    edges = [start, *(at for at in starts if at > start), end]
    for first, last in pairwise(edges):
        if shown[first:last].strip():
            yield Paragraph(first, last, Form.TEXT)


def _in_marks(shown: str, start: int, end: int) -> Iterator[Span]:
    at = start
    while at < end:
        closing = _OPENING.get(shown[at])
        if closing is None or (shown[at] == '"' and not _opens(shown, at)):
            at += 1
            continue
        last = shown.find(closing, at + 1, end)
        if last < 0:
            last = end  # a quote of several paragraphs has one closing mark at its very end
        yield from _stripped(shown, at + 1, last)
        at = last + 1


def _opens(shown: str, at: int) -> bool:
    return at + 1 < len(shown) and not shown[at + 1].isspace()


def _whole(shown: str, paragraph: Paragraph) -> tuple[Span, ...]:
    """A blockquote up to a line that starts with a dash and names who says it."""
    start = paragraph.start
    text = shown[start : paragraph.end]
    name = re.search(r"\n[ \t]*>?[ \t]*[—–-]{1,2}[ \t]*\w", text)
    end = start + (name.start() if name else len(text))
    return tuple(_stripped(shown, start, end))


def _stripped(shown: str, start: int, end: int) -> Iterator[Span]:
    while start < end and (shown[start].isspace() or shown[start] in f"{MASK}>"):
        start += 1
    while end > start and (shown[end - 1].isspace() or shown[end - 1] == MASK):
        end -= 1
    if any(character.isalnum() for character in shown[start:end]):
        yield Span(start, end)


def _without_notice(shown: str) -> str:
    """Without the blockquote on top of a draft that says what it is."""
    notice = re.search(r"^>.*(?:\n>.*)*", shown, re.MULTILINE)
    if notice is None:
        return shown
    return shown[: notice.start()] + _masked(notice[0]) + shown[notice.end() :]


def _masked(text: str) -> str:
    return "".join(c if c == "\n" else MASK for c in text)

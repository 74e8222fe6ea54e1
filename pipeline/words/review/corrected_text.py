"""What somebody corrected in `transcript.txt`, as operations on the lines it was made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import zip_longest
from typing import Any

from pipeline.words.captions import paragraphs, text_of_paragraph, text_time
from pipeline.words.labels import LabelledLine, labelled_lines
from pipeline.words.plain_text import one_line
from pipeline.words.review.comparing import runs
from pipeline.words.review.line import Line, texts_of
from pipeline.words.review.operations import (
    AssignSpeaker,
    ChangeText,
    Delete,
    Operation,
    TextEdit,
)
from pipeline.words.review.outcome import numbered_lines, outcome
from pipeline.words.review.reviewed import Reviewed

CORRECTED_TEXT = "transcript.txt"
"""Who signs these operations: the file does not say who corrected it."""


def corrections(reviewed: Reviewed, text: str, number: str, at: datetime) -> tuple[Operation, ...]:
    """The operations that make of the lines what `text` says; none where it says the same.

    `text` is what `words.captions.to_text` gave and somebody changed: words, names before
    paragraphs, whole paragraphs. The ids of the operations begin with `number`.
    """
    edits: list[TextEdit] = []
    gone: list[Line] = []
    speakers: defaultdict[str, list[Line]] = defaultdict(list)
    for block in _blocks(reviewed, text):
        if block.is_as_before:
            continue
        for line, words in zip(block.lines, _shared_out(block), strict=True):
            if not words:
                gone.append(line)
            elif tuple(words) != line.texts:
                edits.append(TextEdit(line.seen, " ".join(words)))
            if words and block.speaker and block.speaker != one_line(line.speaker):
                speakers[block.speaker].append(line)
    who: dict[str, Any] = {"author": CORRECTED_TEXT, "at": at}
    made: list[Operation] = []
    if edits:
        made.append(ChangeText(id=f"{number}-words", edits=tuple(edits), **who))
    if gone:
        made.append(Delete(id=f"{number}-gone", lines=tuple(line.seen for line in gone), **who))
    for count, (name, lines) in enumerate(speakers.items(), start=1):
        seen = tuple(line.seen for line in lines)
        made.append(AssignSpeaker(id=f"{number}-voice{count}", lines=seen, speaker=name, **who))
    return tuple(made)


@dataclass(slots=True)
class _Block:
    """Paragraphs that belong together in both texts: the lines of one, the words of the other."""

    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    is_as_before: bool = False

    @property
    def speaker(self) -> str:
        """Who speaks here, where all paragraphs name the same."""
        return next(iter(self.names)) if len(self.names) == 1 else ""


def _blocks(reviewed: Reviewed, text: str) -> Iterator[_Block]:
    """Both texts side by side, held together by the times before their paragraphs.

    A paragraph that stands in only one of them belongs to the one before it.
    """
    lines = numbered_lines(reviewed)
    before = paragraphs(outcome(reviewed))
    after = _written(text, {one_line(line.speaker) for line in reviewed.lines})
    block = _Block()
    for run in runs([text_time(part[0].start) for part in before], [w.time for w in after]):
        for part, written in zip_longest(before[run.first : run.last], after[run.left : run.right]):
            if run.same and block.lines:
                yield block
                block = _Block()
            if part is not None:
                block.lines.extend(lines[segment.id] for segment in part)
            if written is not None:
                _add(block, written)
            block.is_as_before = run.same and text_of_paragraph(part) == written.whole
    if block.lines:
        yield block


def _add(block: _Block, paragraph: LabelledLine) -> None:
    block.words.extend(texts_of(paragraph.said))
    block.names.add(one_line(paragraph.name))


def _written(text: str, speakers: set[str]) -> list[LabelledLine]:
    """The paragraphs of a corrected text; a line without a time goes on with the one before."""
    made: list[LabelledLine] = []
    for line in labelled_lines(text, speakers):
        if line.time or not made:
            made.append(line)
        elif line.whole.strip():
            last = made[-1]
            made[-1] = replace(
                last, said=f"{last.said} {line.said}", whole=f"{last.whole} {line.whole}"
            )
    return made


def _shared_out(block: _Block) -> list[list[str]]:
    """The words of a block, line by line: each goes where the words around it are."""
    said = [text for line in block.lines for text in line.texts]
    owners = [number for number, line in enumerate(block.lines) for _ in line.texts]
    shares: list[list[str]] = [[] for _ in block.lines]
    for run in runs(said, block.words):
        for offset, word in enumerate(block.words[run.left : run.right]):
            shares[_owner(owners, run.first, run.last, offset, run.right - run.left)].append(word)
    return shares


def _owner(owners: Sequence[int], first: int, last: int, offset: int, count: int) -> int:
    if first < last:
        return owners[first + offset * (last - first) // count]
    return owners[max(first - 1, 0)] if owners else 0

"""A line that two people changed: both changes in one line, or a clash."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from pipeline.words.review.line import Line, Why
from pipeline.words.review.merging import merged
from pipeline.words.review.timing import moved, retimed
from pipeline.words.transcript import Word

_T = TypeVar("_T")


class Clash(Exception):
    """Both changed the same, each in another way."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def joined(base: Line, theirs: Line, mine: Line, version: str) -> Line:
    """`theirs` with what `mine` changed against `base`; raises Clash.

    Words, speaker, times, marks and notes are joined each by themselves.
    """
    if theirs.version == base.version:
        return mine
    _check_that_it_is_there(base, theirs, mine)
    words, start, end = _wording(base, theirs, mine)
    return replace(
        theirs,
        version=version,
        words=words,
        start=start,
        end=end,
        speaker=_either(base.speaker, theirs.speaker, mine.speaker),
        deleted=_either(base.deleted, theirs.deleted, mine.deleted),
        reviewed_by=_mark(base, theirs, mine),
        notes=_without_and_with(base.notes, theirs.notes, mine.notes),
        settled=frozenset(
            _without_and_with(tuple(base.settled), tuple(theirs.settled), tuple(mine.settled))
        ),
    )


def on_top(base: Line, theirs: Line, mine: Line, version: str) -> Line:
    """`theirs` with what `mine` changed against `base`, whatever they changed there."""

    def of(before: _T, there: _T, wanted: _T) -> _T:
        return there if wanted == before else wanted

    line = replace(
        theirs,
        version=version,
        speaker=of(base.speaker, theirs.speaker, mine.speaker),
        deleted=mine.deleted,
        reviewed_by="",
    )
    if _wording_of(mine) == _wording_of(base):
        return line
    return replace(line, words=mine.words, start=mine.start, end=mine.end)


def _check_that_it_is_there(base: Line, theirs: Line, mine: Line) -> None:
    they_deleted = theirs.deleted and not base.deleted
    i_deleted = mine.deleted and not base.deleted
    if they_deleted and not i_deleted and _content(mine) != _content(base):
        raise Clash(Why.GONE)
    if i_deleted and not they_deleted and theirs.texts != base.texts:
        raise Clash(Why.CHANGED)


def _wording(base: Line, theirs: Line, mine: Line) -> tuple[tuple[Word, ...], float, float]:
    """The words and times of both."""
    if _wording_of(mine) in (_wording_of(base), _wording_of(theirs)):
        return _wording_of(theirs)
    if _wording_of(theirs) == _wording_of(base):
        return _wording_of(mine)
    if mine.texts == base.texts:  # retimed by me, while they changed words or times
        if theirs.texts == base.texts:
            raise Clash(Why.CHANGED)
        spans = (theirs.start, theirs.end), (mine.start, mine.end)
        return moved(theirs.words, *spans), mine.start, mine.end
    texts = merged(base.texts, theirs.texts, mine.texts)
    if texts is None:
        raise Clash(Why.CHANGED)
    words = retimed(theirs.words, texts, theirs.start, theirs.end)
    return words, theirs.start, theirs.end


def _either(base: _T, theirs: _T, mine: _T) -> _T:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    raise Clash(Why.CHANGED)


def _mark(base: Line, theirs: Line, mine: Line) -> str:
    """Nobody has listened to words that two people's changes gave."""
    if mine.reviewed_by != base.reviewed_by and _content(theirs) != _content(base):
        return ""
    if mine.texts not in (base.texts, theirs.texts):
        return ""
    return mine.reviewed_by if theirs.reviewed_by == base.reviewed_by else theirs.reviewed_by


def _without_and_with(
    base: tuple[_T, ...], theirs: tuple[_T, ...], mine: tuple[_T, ...]
) -> tuple[_T, ...]:
    """`theirs` without what I took out and with what I put in."""
    kept = tuple(each for each in theirs if each in mine or each not in base)
    return (*kept, *(each for each in mine if each not in base and each not in theirs))


def _wording_of(line: Line) -> tuple[tuple[Word, ...], float, float]:
    return line.words, line.start, line.end


def _content(line: Line) -> tuple[object, ...]:
    return (*_wording_of(line), line.speaker)

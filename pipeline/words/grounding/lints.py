"""What is wrong in an article whatever was said: spelling, name variants, counts, weekdays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.checked import Finding, Kind, Reason, Weight
from pipeline.words.grounding.desk import Desk
from pipeline.words.grounding.listed import counts
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.manuscript import DRAFT_REMARK, EDITORS_LIST, TIME_CODE, Manuscript
from pipeline.words.grounding.reasons import reason
from pipeline.words.ordinary import is_ordinary

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NAME_LETTERS = 5
_LONG_NAME_LETTERS = 8


def linted(manuscript: Manuscript, desk: Desk) -> Iterator[Finding]:
    """All that the lints find, lint by lint."""
    for lint in _LINTS:
        yield from lint(manuscript, desk)


def misspellings(manuscript: Manuscript, desk: Desk) -> Iterator[Finding]:
    """Words of the table, with an ending too: “resikonya”."""
    for match in _WORD.finditer(manuscript.shown):
        is_said_name = match[0][:1].isupper() and match[0].casefold() in desk.said
        right = "" if is_said_name else _right_spelling(match[0], desk.lists)
        if right:
            because = reason(why.MISSPELT, right=right)
            yield _at(match, Kind.SPELLING, Weight.NOTE, because, right)


def _right_spelling(word: str, lists: Lists) -> str:
    folded = word.casefold().replace("’", "'")
    for ending in ("", *lists.endings):
        stem = folded.removesuffix(ending) if ending else folded
        if stem in lists.misspellings and (not ending or stem != folded):
            right = lists.misspellings[stem] + ending
            return right[:1].upper() + right[1:] if word[:1].isupper() else right
    return ""


def name_variants(manuscript: Manuscript, desk: Desk) -> Iterator[Finding]:
    """One name written in two ways; the rarer one is shown."""
    found = [m for m in _WORD.finditer(manuscript.shown) if _is_name(m[0], desk.lists)]
    times = Counter(match[0] for match in found)
    names = sorted(times, key=lambda name: (name.casefold() in desk.known, times[name], name))
    said: set[str] = set()
    for at, name in enumerate(names):
        other = next((o for o in names[at + 1 :] if _are_variants(name, o, desk)), "")
        if other and name not in said:
            said.add(name)
            for match in found:
                if match[0] == name:
                    because = reason(why.VARIANT, other=other)
                    yield _at(match, Kind.NAME_VARIANT, Weight.CHECK, because, other)


def _is_name(word: str, lists: Lists) -> bool:
    key = word.casefold()
    return (
        word[:1].isupper()
        and len(word) >= _NAME_LETTERS
        and not is_ordinary(word)
        and key not in lists.titles
        and key not in lists.calendar
        and key not in lists.misspellings
    )


def _are_variants(one: str, other: str, desk: Desk) -> bool:
    a, b = one.casefold(), other.casefold()
    if a == b or a.removesuffix("nya") == b.removesuffix("nya"):
        return False
    if a in desk.known and b in desk.known:
        return False
    allowed = 2 if min(len(a), len(b)) >= _LONG_NAME_LETTERS else 1
    return abs(len(a) - len(b)) <= allowed and _distance(a, b) <= allowed


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        last, row[0] = row[0], at
        for column, against in enumerate(other, start=1):
            best = min(row[column] + 1, row[column - 1] + 1, last + (letter != against))
            last, row[column] = row[column], best
    return row[-1]


def weekdays(manuscript: Manuscript, desk: Desk) -> Iterator[Finding]:
    """ "Kamis (6/10/2022)" and "Kamis, 6 Oktober 2022": whether it was a Thursday."""
    lists = desk.lists
    if not lists.weekdays:
        return
    months = "|".join(lists.calendar)
    pattern = re.compile(
        rf"\b(?P<weekday>{'|'.join(lists.weekdays)}|jum'at|ahad),?\s+\(?(?P<day>\d{{1,2}})"
        rf"(?:/(?P<number>\d{{1,2}})(?:/(?P<year>\d{{4}}))?|\s+(?P<month>{months})"
        rf"(?:\s+(?P<year2>\d{{4}}))?)",
        re.IGNORECASE,
    )
    for match in pattern.finditer(manuscript.shown.replace("’", "'")):
        yield from _weekday(match, desk)


def _weekday(match: re.Match[str], desk: Desk) -> Iterator[Finding]:
    lists = desk.lists
    month = int(match["number"] or 0) or lists.calendar[(match["month"] or "").casefold()]
    year = int(match["year"] or match["year2"] or desk.published.year)
    try:
        day = date(year, month, int(match["day"]))
    except ValueError:
        yield _at(match, Kind.DATE, Weight.CHECK, reason(why.DATE_IMPOSSIBLE))
        return
    said = match["weekday"].casefold().replace("jum'at", "jumat").replace("ahad", "minggu")
    right = lists.weekdays[day.weekday()]
    if said != right:
        shown = f"{day.day}/{day.month}/{day.year}"
        values = {"date": shown, "right": right.title(), "wrong": match["weekday"]}
        yield _at(match, Kind.WEEKDAY, Weight.CHECK, reason(why.WEEKDAY_WRONG, **values))


def leftovers(manuscript: Manuscript, desk: Desk) -> Iterator[Finding]:
    """What the draft says to its editor and no reader should see."""
    if desk.is_draft:
        return
    listed = EDITORS_LIST.search(manuscript.text)
    for pattern in (TIME_CODE, DRAFT_REMARK):
        for match in pattern.finditer(manuscript.text, 0, listed.start() if listed else 1 << 60):
            yield _at(match, Kind.LEFTOVER, Weight.CHECK, reason(why.LEFTOVER_MARK))
    if listed:
        yield _at(listed, Kind.LEFTOVER, Weight.CHECK, reason(why.LEFTOVER_LIST))


def _at(
    match: re.Match[str], kind: Kind, weight: Weight, because: Reason, instead: str = ""
) -> Finding:
    return Finding(match.start(), match.end(), match[0], kind, weight, because, (), instead)


_LINTS: tuple[Callable[[Manuscript, Desk], Iterator[Finding]], ...] = (
    *(misspellings, name_variants, counts, weekdays, leftovers),
)

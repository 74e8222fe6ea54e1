"""Numbers and dates that an article claims outside quotes: whether anybody says them of the same
things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.checked import Finding, Kind, Passage, Weight
from pipeline.words.grounding.claims import (
    SHOWN_PASSAGES,
    Ground,
    Line,
    finding,
    is_known,
    is_number_at,
    key_at,
    said_together,
)
from pipeline.words.grounding.digits import value_of
from pipeline.words.grounding.heard import Heard
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.reasons import reason
from pipeline.words.grounding.tokens import Ends, Token
from pipeline.words.grounding.tokens import Kind as Word

_NEAR_WORDS = 4
_IDLE_BEFORE = frozenset(("salah", "satu", "ke"))
_IDLE_BEHIND = frozenset(("pihak", "sama", "belah"))
_SMALL_NUMBER = 2


def dates_and_numbers(line: Line, ground: Ground) -> Iterator[Finding]:
    at = 0
    while at < len(line.tokens):
        date = _date_at(line.tokens, at, ground.lists)
        if len(date) > 1:
            if found := _date(line, date, ground):
                yield found
            at += len(date)
            continue
        token = line.tokens[at]
        if token.kind is Word.NUMBER and value_of(token.key) is not None:
            if found := _number(line, at, ground):
                yield found
        elif _is_a_day(token, ground.lists) and not is_known(token.key, ground):
            yield finding(line, [token], Kind.DATE, Weight.BLOCKED, reason(why.DATE_UNSUPPORTED))
        at += 1


def _is_a_day(token: Token, lists: Lists) -> bool:
    """A month by itself, or a day of the week that is no other word."""
    return token.is_capital and token.key in (*lists.weekdays[:-1], *lists.calendar)


def _date_at(tokens: Sequence[Token], at: int, lists: Lists) -> Sequence[Token]:
    """Day and month, with the year where it stands; or month and year."""
    end = at
    if at and tokens[at - 1].key == "ke":
        return ()  # “pekan kedua Juni”
    if is_number_at(tokens, end) and key_at(tokens, end + 1) in lists.calendar:
        end += 2
    elif key_at(tokens, end) in lists.calendar and is_number_at(tokens, end + 1):
        end += 1
    else:
        return ()
    value = value_of(key_at(tokens, end)) if is_number_at(tokens, end) else None
    return tokens[at : end + 1 if value is not None and 1900 <= value < 2100 else end]


def _date(line: Line, date: Sequence[Token], ground: Ground) -> Finding | None:
    keys = [token.key for token in date]
    if ground.sources.holding(keys) or said_together(keys, ground.heard):
        return None
    without_year = [key for key in keys if not 1900 <= (value_of(key) or 0) < 2100]
    day, months = ground.sources.published, ground.lists.calendar
    same_year = (value_of(keys[-1]) or day.year) == day.year
    if same_year and len(without_year) > 1 and said_together(without_year, ground.heard):
        return None
    if _is_month_and_year(keys, months) and all(is_known(key, ground) for key in keys):
        return None
    return finding(line, date, Kind.DATE, Weight.BLOCKED, reason(why.DATE_UNSUPPORTED))


def _is_month_and_year(keys: Sequence[str], months: Mapping[str, int]) -> bool:
    return len(keys) > 1 and keys[0] in months


def _number(line: Line, at: int, ground: Ground) -> Finding | None:
    token = line.tokens[at]
    if _is_idle(line.tokens, at, ground.lists):
        return None
    counted = _counted(line.tokens, at, ground.lists)
    places = ground.heard.where.get(token.key, ())
    if token.key in ground.sources.where and not counted:
        return None
    if ground.sources.holding([token.key, *counted[:1]]):
        return None
    beside = [*counted, *_in_front(line.tokens, at, ground.lists)]
    if any(_stands_alone(p, ground.heard) and _is_near(p, beside, ground.heard) for p in places):
        return None
    if counted and (others := _other_numbers(token.key, counted[0], ground.heard)):
        passages = tuple(_around(place, ground.heard) for place in others[:SHOWN_PASSAGES])
        otherwise = reason(why.NUMBER_OTHERS, then=passages[0].text)
        return finding(line, [token], Kind.NUMBER, Weight.BLOCKED, otherwise, passages)
    if any(not beside or _is_near(place, beside, ground.heard) for place in places):
        return None
    if token.key in ground.sources.where:
        return None
    if places:
        passages = tuple(_around(p, ground.heard) for p in places[:SHOWN_PASSAGES])
        otherwise = reason(why.NUMBER_OTHERWISE, then=passages[0].text)
        return finding(line, [token], Kind.NUMBER, Weight.CHECK, otherwise, passages)
    unsupported = reason(why.NUMBER_UNSUPPORTED)
    return finding(line, [token], Kind.NUMBER, Weight.BLOCKED, unsupported)


def _is_idle(tokens: Sequence[Token], at: int, lists: Lists) -> bool:
    """ "salah satu", "kedua pihak", "satu" as an article: they count nothing."""
    before, behind = key_at(tokens, at - 1) if at else "", key_at(tokens, at + 1)
    value = value_of(tokens[at].key) or 0
    in_words = not tokens[at].shown[:1].isdigit()
    if (in_words and value <= _SMALL_NUMBER and before == "ke") or before in ("salah",):
        return True
    return in_words and value == 1 and (behind in _IDLE_BEHIND or behind not in lists.units)


def _counted(tokens: Sequence[Token], at: int, lists: Lists) -> list[str]:
    """The words behind a number that say what is counted, in the same clause."""
    found: list[str] = []
    for token in tokens[at : at + _NEAR_WORDS]:
        if token is not tokens[at] and not token.is_light and token.key not in lists.small:
            found.append(token.key)
        if token.ends is not Ends.NOTHING:
            break
    return found


def _in_front(tokens: Sequence[Token], at: int, lists: Lists) -> list[str]:
    """The words in front of a number in its clause that have a meaning of their own."""
    found: list[str] = []
    for token in tokens[max(0, at - _NEAR_WORDS) : at]:
        if not token.is_light and token.key not in lists.small and token.kind is not Word.NUMBER:
            found.append(token.key)
        if token.ends is not Ends.NOTHING:
            found.clear()
    return found


def _other_numbers(number: str, what: str, heard: Heard) -> list[int]:
    """Where another number of the same things is said, when this number of them never is."""
    attached = [
        place
        for key in (what, *heard.alike(what))
        for at in heard.where.get(key, ())
        for place in (at - 1, at - 2)
        if place >= 0
        and value_of(heard.tokens[place].key) is not None
        and all(t.ends is Ends.NOTHING for t in heard.tokens[place:at])
    ]
    same = any(heard.tokens[place].key == number for place in attached)
    return [] if same else sorted(attached)


def _stands_alone(place: int, heard: Heard) -> bool:
    """Whether a number is said without what it counts: “cuma seratus sembilan puluh.”"""
    return heard.tokens[place].ends is not Ends.NOTHING


def _is_near(place: int, counted: Sequence[str], heard: Heard) -> bool:
    """Whether what is counted is said right beside the number."""
    around = heard.tokens[max(0, place - 3) : place + 2 + _NEAR_WORDS]
    return any(heard.faces.are_shared(token.key, key) for token in around for key in counted)


def _around(place: int, heard: Heard) -> Passage:
    return heard.passage(max(0, place - 3), min(len(heard.tokens) - 1, place + _NEAR_WORDS))

"""The rules that judge a difference, one function each; every one says why."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.changes import Change, Judged, is_clause, is_negation
from pipeline.words.grounding.checked import Verdict
from pipeline.words.grounding.digits import value_of
from pipeline.words.grounding.hunks import shown
from pipeline.words.grounding.reasons import reason
from pipeline.words.grounding.tokens import Ends, Kind, Token

_RESPELLED = 6


def negation(change: Change) -> Judged:
    """A denial put in, left out, exchanged, or torn from what it denies."""
    then = tuple(t for t in change.left_out if is_negation(t, change.lists))
    now = tuple(t for t in change.put_in if is_negation(t, change.lists))
    if _is_of_something_else(change):
        kept = change.said[change.hunk.first - 1]
        yield Verdict.BLOCKED, reason(why.NEGATION_MOVED, then=shown([kept]))
    if now and not then:
        yield Verdict.BLOCKED, reason(why.NEGATION_ADDED, now=shown(now))
    elif then and len(now) < len(then):
        if change.put_in or not is_clause(change.hunk, change.said, change.lists):
            yield Verdict.BLOCKED, reason(why.NEGATION_REMOVED, then=shown(then))
        else:
            yield Verdict.CHECK, reason(why.DENIAL_DROPPED, then=change.hunk.then)
    elif len(now) > len(then):
        yield Verdict.BLOCKED, reason(why.NEGATION_ADDED, now=shown(now))
    elif [t.key for t in now] != [t.key for t in then]:
        yield Verdict.CHECK, reason(why.NEGATION_OTHER, then=shown(then), now=shown(now))


def _is_of_something_else(change: Change) -> bool:
    """“nggak langka. Urea datang” as “nggak Urea datang”: what was denied is left out."""
    first, lists = change.hunk.first, change.lists
    if not first or not is_negation(change.said[first - 1], lists) or not change.left_out:
        return False
    passing = lists.small | lists.modals
    ends = any(t.ends is not Ends.NOTHING for t in change.said[first - 1 : change.hunk.last])
    if change.put_in and not ends:
        return False  # another word in its place: other rules speak of that
    return ends or any(t.key not in passing for t in change.left_out)


def number(change: Change) -> Judged:
    """Another number, one that was not said, or one left out."""
    then = tuple(t for t in change.left_out if t.kind is Kind.NUMBER)
    now = tuple(t for t in change.put_in if t.kind is Kind.NUMBER)
    if now and then:
        yield Verdict.BLOCKED, reason(why.NUMBER_CHANGED, then=shown(then), now=shown(now))
    elif now:
        yield Verdict.BLOCKED, reason(why.NUMBER_ADDED, now=shown(now))
    elif then and _is_moved_up(change):
        moved = shown(change.said[change.hunk.last : change.hunk.last + 2])
        yield Verdict.BLOCKED, reason(why.NUMBER_CHANGED, then=change.hunk.then, now=moved)
    elif then and not all(_is_said_again(t, change) for t in then):
        yield Verdict.CHECK, reason(why.NUMBER_DROPPED, then=shown(then))


def _is_said_again(token: Token, change: Change) -> bool:
    """“dua puluh, eh, dua puluh lima”: the speaker's own correction is no loss."""
    after = change.said[change.hunk.last : change.hunk.last + 2]
    return any(value_of(t.key) == value_of(token.key) for t in after)


def _is_moved_up(change: Change) -> bool:
    """“cuma delapan, itu pun empat honorer” as “cuma empat”: another number in its place."""
    behind = change.said[change.hunk.last : change.hunk.last + 1]
    left_out = change.left_out
    is_number = bool(behind) and behind[0].kind is Kind.NUMBER
    return is_number and len(left_out) > 1 and left_out[0].kind is Kind.NUMBER


def unit(change: Change) -> Judged:
    """Another unit beside a number, or one that was not said."""
    then = change.of(change.left_out, change.lists.units)
    now = change.of(change.put_in, change.lists.units)
    if now and then:
        yield Verdict.BLOCKED, reason(why.UNIT_CHANGED, then=shown(then), now=shown(now))
    elif now:
        yield Verdict.CHECK, reason(why.UNIT_ADDED, now=shown(now))
    elif then and _has_another_unit(change):
        moved = shown(change.said[change.hunk.last : change.hunk.last + 1])
        yield Verdict.BLOCKED, reason(why.UNIT_CHANGED, then=shown(then), now=moved)


def _has_another_unit(change: Change) -> bool:
    """“tiga jam, kalau manual tiga hari” as “tiga hari”."""
    first, last = change.hunk.first, change.hunk.last
    before, behind = change.said[max(0, first - 1) : first], change.said[last : last + 1]
    is_counted = bool(before) and before[0].kind is Kind.NUMBER
    return is_counted and bool(behind) and behind[0].key in change.lists.units


def date(change: Change) -> Judged:
    """A month or a day of the week that was not said."""
    days = frozenset((*change.lists.calendar, *change.lists.weekdays[:-1]))
    # “may” is a month in capitals only.
    now = tuple(
        t for t in change.of(change.put_in, days) if t.is_capital or not _is_modal(t, change)
    )
    then = change.of(change.left_out, days)
    if now:
        others = shown(then) or "—"
        yield Verdict.BLOCKED, reason(why.DATE_CHANGED, now=shown(now), then=others)


def _is_modal(token: Token, change: Change) -> bool:
    return token.key in change.lists.modals


def name(change: Change) -> Judged:
    """A name that was not said here."""
    if change.names_in and (change.names_out or change.left_out):
        then = shown(change.names_out or change.left_out)
        yield Verdict.BLOCKED, reason(why.NAME_CHANGED, then=then, now=shown(change.names_in))
    elif change.names_in:
        yield Verdict.BLOCKED, reason(why.NAME_ADDED, now=shown(change.names_in))


def title(change: Change) -> Judged:
    """An office that was not said, in lower case too."""
    now = change.of(change.put_in, change.lists.titles)
    if now and not change.names_in:
        then = shown(change.left_out)
        message = why.NAME_CHANGED if then else why.NAME_ADDED
        values = {"then": then, "now": shown(now)} if then else {"now": shown(now)}
        yield Verdict.BLOCKED, reason(message, **values)


def opposite(change: Change) -> Judged:
    """A word in place of its opposite."""
    for now in change.put_in:
        for then in change.left_out:
            if _are_opposites(now.key, then.key, change):
                values = {"now": shown([now]), "then": shown([then])}
                yield Verdict.BLOCKED, reason(why.OPPOSITE, **values)


def _are_opposites(one: str, other: str, change: Change) -> bool:
    if frozenset((one, other)) in change.lists.opposites:
        return True
    faces = change.faces
    return any(
        not faces.of(one).isdisjoint((a,)) and not faces.of(other).isdisjoint((b,))
        for pair in change.lists.opposites
        for a, b in (tuple(pair), tuple(pair)[::-1])
    )


def modal(change: Change) -> Judged:
    """A word about how sure, how often or how many."""
    now = change.of(change.put_in, change.lists.modals)
    then = change.of(change.left_out, change.lists.modals)
    if now and then:
        yield Verdict.CHECK, reason(why.MODAL, then=shown(then), now=shown(now))
    elif now:
        yield Verdict.CHECK, reason(why.MODAL_ADDED, now=shown(now))
    elif then:
        yield Verdict.CHECK, reason(why.MODAL_REMOVED, then=shown(then))


def person(change: Change) -> Judged:
    """“kami” in place of “mereka”."""
    now = change.of(change.put_in, change.lists.pronouns)
    then = change.of(change.left_out, change.lists.pronouns)
    if now and then:
        yield Verdict.CHECK, reason(why.PERSON_CHANGED, then=shown(then), now=shown(now))


def doubling(change: Change) -> Judged:
    """“anak-anak” as “anak”."""
    then = tuple(token for token in change.left_out if token.doubles)
    if then and not change.put_in and len(change.left_out) == len(then):
        yield Verdict.CHECK, reason(why.DOUBLE_DROPPED, then=shown(then))


def other_words(change: Change) -> Judged:
    """Words with a meaning of their own that no other rule speaks of."""
    lists = change.lists
    spoken_of = lists.small | lists.modals | lists.units | lists.titles | lists.negations
    plain = tuple(
        token
        for token in change.put_in
        if token.kind is Kind.WORD
        and not change.is_name(token)
        and token.key not in spoken_of
        and not (
            len(change.left_out) == 1 and _is_respelled(token.key, change.left_out[0].key, change)
        )
    )
    if plain and change.left_out:
        yield Verdict.CHECK, reason(why.WORD_CHANGED, then=shown(change.left_out), now=shown(plain))
    elif plain:
        yield Verdict.CHECK, reason(why.WORD_ADDED, now=shown(plain))


def _is_respelled(now: str, then: str, change: Change) -> bool:
    """Whether a word that is none was made an ordinary one: “komonikasi” as “komunikasi”."""
    if min(len(now), len(then)) < _RESPELLED or now[:2] != then[:2]:
        return False
    return (
        change.is_word(now)
        and not change.is_word(then)
        and _distance(now, then) <= len(now) // 6 + 1
    )


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for column, against in enumerate(other, start=1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (letter != against)),
            )
    return row[-1]


RULES: tuple[Callable[[Change], Judged], ...] = (
    negation, number, unit, date, name, title, opposite, modal, person, doubling, other_words,
)  # fmt: skip

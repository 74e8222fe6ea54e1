"""The rules that judge a difference, one function each; every one says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.checked import Reason, Verdict
from pipeline.words.grounding.counting import value_of
from pipeline.words.grounding.faces import Faces
from pipeline.words.grounding.hunks import Hunk, shown
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.reasons import reason
from pipeline.words.grounding.tokens import Ends, Kind, Token
from pipeline.words.ordinary import is_ordinary

Judged = Iterator[tuple[Verdict, Reason]]
_RESPELLED = 6


@dataclass(frozen=True)
class Change:
    """A hunk with all that a rule may want to know."""

    hunk: Hunk
    said: Sequence[Token]
    lists: Lists
    faces: Faces
    name_words: frozenset[str]
    is_word: Callable[[str], bool] = is_ordinary

    @cached_property
    def put_in(self) -> tuple[Token, ...]:
        return tuple(token for token in self.hunk.put_in if not token.is_light)

    @cached_property
    def left_out(self) -> tuple[Token, ...]:
        """Without hesitations, stutters, and denials that only are ways of speaking."""
        idle = _idle(self.hunk, self.lists)
        return tuple(
            t for at, t in enumerate(self.hunk.left_out) if not t.is_light and at not in idle
        )

    @cached_property
    def names_in(self) -> tuple[Token, ...]:
        return tuple(token for token in self.put_in if self.is_name(token))

    @cached_property
    def names_out(self) -> tuple[Token, ...]:
        return tuple(token for token in self.left_out if self.is_name(token))

    def is_name(self, token: Token) -> bool:
        """A known name, or a capital that no start of a sentence explains."""
        lists = self.lists
        if (
            token.key in lists.calendar
            or token.kind is Kind.NUMBER
            or token.key in lists.weekdays[:-1]
        ):
            return False
        if token.kind is Kind.NAME or token.key in self.name_words or token.key in lists.places:
            return True
        begins = token.starts and token.shown[:1].isupper() and not self.is_word(token.key)
        is_known = token.key in lists.small or token.key in lists.negations
        return (token.is_capital or begins) and not is_known and not token.key.startswith("#")

    def of(self, tokens: Sequence[Token], table: frozenset[str]) -> tuple[Token, ...]:
        return tuple(token for token in tokens if token.key in table)


def is_negation(token: Token, lists: Lists) -> bool:
    """A word of the list, or a word that holds one: “ketidakadilan”."""
    return token.key in lists.negations or (
        lists.counts_in_words and token.kind is Kind.WORD and "tidak" in token.key
    )


def negation(change: Change) -> Judged:
    then = tuple(t for t in change.left_out if is_negation(t, change.lists))
    now = tuple(t for t in change.put_in if is_negation(t, change.lists))
    if _is_of_something_else(change):
        kept = change.said[change.hunk.first - 1]
        yield Verdict.BLOCKED, reason(why.NEGATION_MOVED, then=shown([kept]))
    if now and not then:
        yield Verdict.BLOCKED, reason(why.NEGATION_ADDED, now=shown(now))
    elif then and len(now) < len(then):
        if change.put_in or not _is_clause(change.hunk, change.said, change.lists):
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
    days = frozenset((*change.lists.calendar, *change.lists.weekdays[:-1]))
    now, then = change.of(change.put_in, days), change.of(change.left_out, days)
    if now:
        others = shown(then) or "—"
        yield Verdict.BLOCKED, reason(why.DATE_CHANGED, now=shown(now), then=others)


def name(change: Change) -> Judged:
    if change.names_in and (change.names_out or change.left_out):
        then = shown(change.names_out or change.left_out)
        yield Verdict.BLOCKED, reason(why.NAME_CHANGED, then=then, now=shown(change.names_in))
    elif change.names_in:
        yield Verdict.BLOCKED, reason(why.NAME_ADDED, now=shown(change.names_in))


def title(change: Change) -> Judged:
    now = change.of(change.put_in, change.lists.titles)
    if now and not change.names_in:
        then = shown(change.left_out)
        message = why.NAME_CHANGED if then else why.NAME_ADDED
        values = {"then": then, "now": shown(now)} if then else {"now": shown(now)}
        yield Verdict.BLOCKED, reason(message, **values)


def opposite(change: Change) -> Judged:
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
    now = change.of(change.put_in, change.lists.modals)
    then = change.of(change.left_out, change.lists.modals)
    if now and then:
        yield Verdict.CHECK, reason(why.MODAL, then=shown(then), now=shown(now))
    elif now:
        yield Verdict.CHECK, reason(why.MODAL_ADDED, now=shown(now))
    elif then:
        yield Verdict.CHECK, reason(why.MODAL_REMOVED, then=shown(then))


def person(change: Change) -> Judged:
    now = change.of(change.put_in, change.lists.pronouns)
    then = change.of(change.left_out, change.lists.pronouns)
    if now and then:
        yield Verdict.CHECK, reason(why.PERSON_CHANGED, then=shown(then), now=shown(now))


def doubling(change: Change) -> Judged:
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


def _idle(hunk: Hunk, lists: Lists) -> frozenset[int]:
    """Which words left out are a denial in form only: “kalau tidak salah”, “bagus, ya nggak?”."""
    keys = [token.key for token in hunk.left_out]
    found: set[int] = set()
    for idiom in lists.idioms:
        for at in range(len(keys) - len(idiom) + 1):
            if tuple(keys[at : at + len(idiom)]) == idiom:
                found.update(range(at, at + len(idiom)))
    for at, token in enumerate(hunk.left_out):
        is_tag = token.asks and is_negation(token, lists)
        if is_tag and (
            at == 0 or hunk.left_out[at - 1].ends is not Ends.NOTHING or at == len(keys) - 1
        ):
            found.add(at)
    return frozenset(found)


def _is_clause(hunk: Hunk, said: Sequence[Token], lists: Lists) -> bool:
    """Whether whole clauses were left out: marks or joints stand on both sides."""
    before = said[hunk.first - 1] if hunk.first else None
    behind = said[hunk.last] if hunk.last < len(said) else None
    opens = (
        before is None or before.ends is not Ends.NOTHING or said[hunk.first].key in lists.joints
    )
    last = said[hunk.last - 1]
    closes = behind is None or last.ends is not Ends.NOTHING or behind.key in lists.joints
    return opens and closes

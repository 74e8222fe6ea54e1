"""A difference between a quote and what was said, with all that a rule may ask of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.words.grounding.checked import Reason, Verdict
from pipeline.words.grounding.faces import Faces
from pipeline.words.grounding.hunks import Hunk
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.tokens import Ends, Kind, Token
from pipeline.words.ordinary import is_ordinary

Judged = Iterator[tuple[Verdict, Reason]]


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


def is_clause(hunk: Hunk, said: Sequence[Token], lists: Lists) -> bool:
    """Whether whole clauses were left out: marks or joints stand on both sides."""
    before = said[hunk.first - 1] if hunk.first else None
    behind = said[hunk.last] if hunk.last < len(said) else None
    opens = (
        before is None or before.ends is not Ends.NOTHING or said[hunk.first].key in lists.joints
    )
    last = said[hunk.last - 1]
    closes = behind is None or last.ends is not Ends.NOTHING or behind.key in lists.joints
    return opens and closes

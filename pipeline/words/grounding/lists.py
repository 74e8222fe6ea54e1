"""The words that decide a verdict: negations, modals, fillers, spoken forms. One row a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

Words = frozenset[str]
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Lists:
    """Lower-case words. A show may add to them (`[grounding]` in show.toml); see `extended`.

    `spoken` maps a spoken form to the written words it stands for. `alike` holds pairs of words
    that an editor may exchange, `opposites` pairs that nobody may. `small` words carry no meaning
    of their own. `conditions` open a clause that limits what stands beside it; `joints` open a
    clause too. `telling` words say that there was a talk, not what was said. `framing` are words
    of somebody who doubts or denies what follows. `idioms` hold a denial in form only.
    """

    negations: Words = frozenset()
    modals: Words = frozenset()
    fillers: Words = frozenset()
    pronouns: Words = frozenset()
    units: Words = frozenset()
    titles: Words = frozenset()
    small: Words = frozenset()
    joints: Words = frozenset()
    conditions: Words = frozenset()
    framing: Words = frozenset()
    verbs: Words = frozenset()
    telling: Words = frozenset()
    endings: tuple[str, ...] = ()
    idioms: tuple[tuple[str, ...], ...] = ()
    quantities: Words = frozenset()
    calendar: Mapping[str, int] = field(default_factory=dict)
    weekdays: tuple[str, ...] = ()
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alike: frozenset[Pair] = frozenset()
    opposites: frozenset[Pair] = frozenset()
    misspellings: Mapping[str, str] = field(default_factory=dict)
    places: Words = frozenset()
    counts_in_words: bool = False
    """Whether numbers are said in Indonesian words."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a show adds to the lists of its language."""

    negations: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    spoken: Mapping[str, str] = field(default_factory=dict)
    opposites: tuple[tuple[str, str], ...] = ()
    misspellings: Mapping[str, str] = field(default_factory=dict)


def extended(lists: Lists, own: OwnWords) -> Lists:
    """The lists with a show's own words added; none of ours is taken away."""
    return replace(
        lists,
        negations=lists.negations | _folded(own.negations),
        modals=lists.modals | _folded(own.modals),
        fillers=lists.fillers | _folded(own.fillers),
        titles=lists.titles | _folded(own.titles),
        verbs=lists.verbs | _folded(own.verbs),
        spoken={
            **lists.spoken,
            **{said.casefold(): tuple(w.casefold().split()) for said, w in own.spoken.items()},
        },
        opposites=lists.opposites | {frozenset(_folded(pair)) for pair in own.opposites},
        misspellings={
            **lists.misspellings,
            **{wrong.casefold(): right for wrong, right in own.misspellings.items()},
        },
    )


def words(text: str) -> Words:
    """The words of a table."""
    return frozenset(text.split())


def pairs(text: str) -> frozenset[Pair]:
    """ "naik/turun buka/tutup" as pairs; "a/b/c" pairs every two of them."""
    found: set[Pair] = set()
    for group in text.split():
        members = group.split("/")
        found |= {frozenset((a, b)) for a in members for b in members if a < b}
    return frozenset(found)


def table(text: str) -> dict[str, tuple[str, ...]]:
    """Lines of "said other: written words" as a table."""
    made: dict[str, tuple[str, ...]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        said, _, written = line.partition(":")
        made.update({word: tuple(written.split()) for word in said.split()})
    return made


def _folded(own: Iterable[str]) -> Words:
    return frozenset(word.casefold() for word in own)

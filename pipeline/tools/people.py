"""Who is in a transcript, without guessing.

Sure sources first: the episode's details, the glossary, people who say their own name, a title in
front of a name. A capitalised name of which nothing more is known stays a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from pipeline.tools.naming import (
    Key,
    Token,
    capital_runs,
    is_part,
    key_of,
    mentions,
    name_at,
    name_of,
    tokens_of,
)
from pipeline.words.episode import EpisodeDetails
from pipeline.words.glossary import Glossary
from pipeline.words.sentences import Sentence
from pipeline.words.spoken import SpokenLanguage, spoken
from pipeline.words.subjects import Name, Origin, Person

_MOST_ROLE_WORDS = 14
_LEAST_MENTIONS = 2
_LEAST_LETTERS = 3
_SAME_NAME = 0.85
_AS = ("selaku", "sebagai", "as")


@dataclass(slots=True)
class _Somebody:
    """A person while the transcript is being read."""

    name: str
    origin: Origin
    role: str = ""
    keys: tuple[Key, ...] = ()
    segments: list[int] = field(default_factory=list)


def people_in(
    sentences: Sequence[Sentence],
    details: EpisodeDetails,
    glossary: Glossary,
    host: str,
    language: str,
) -> tuple[Person, ...]:
    """Guests and host first (spoken of or not), then those who are named, by first mention."""
    table = spoken(language)
    lines = [tokens_of(sentence) for sentence in sentences]
    found = _with_glossary([*_from_details(details, host)], glossary)
    for line in lines:
        for person in (*_introducing_themselves(line, table), *_with_title(line, table)):
            _add(person, found)
    for line in lines:
        _note_mentions(line, found)
    present = [p for p in found if p.segments or p.origin is Origin.DETAILS]
    present.sort(key=lambda p: (p.origin is not Origin.DETAILS, p.segments[:1]))
    return tuple(Person(p.name, p.role, p.origin, _once(p.segments)) for p in present)


def other_names_in(
    sentences: Sequence[Sentence], known: Iterable[str], language: str
) -> tuple[Name, ...]:
    """Capitalised names inside sentences that are none of `known`, said at least twice."""
    taken = {word for name in known for word in key_of(name)}
    table = spoken(language)
    said_in: dict[str, list[int]] = {}
    for sentence in sentences:
        for run in capital_runs(tokens_of(sentence), table):
            if not taken & {token.key for token in run}:
                said_in.setdefault(name_of(run), []).append(run[0].segment)
    often = {name: ids for name, ids in said_in.items() if len(ids) >= _LEAST_MENTIONS}
    return tuple(Name(name, _once(ids)) for name, ids in often.items())


def introductions(sentence: Sentence, language: str) -> Iterator[str]:
    """The names by which whoever says a sentence introduces himself in it."""
    for somebody in _introducing_themselves(tokens_of(sentence), spoken(language)):
        yield somebody.name


def _from_details(details: EpisodeDetails, host: str) -> Iterator[_Somebody]:
    for guest in details.guests:
        yield _Somebody(guest.name, Origin.DETAILS, guest.role, (key_of(guest.name),))
    if host and all(key_of(host) != key_of(guest.name) for guest in details.guests):
        yield _Somebody(host, Origin.DETAILS, keys=(key_of(host),))


def _with_glossary(found: list[_Somebody], glossary: Glossary) -> list[_Somebody]:
    """The people of the details, completed by the glossary, and then its other people."""
    for person in glossary.people:
        keys = tuple(key_of(name) for name in (person.name, *person.variants))
        known = next((k for k in found if not set(k.keys).isdisjoint(keys)), None)
        if known is None:
            found.append(_Somebody(person.name, Origin.GLOSSARY, person.role, keys))
        else:
            known.role = known.role or person.role
            known.keys = tuple(dict.fromkeys((*known.keys, *keys)))
    return found


def _introducing_themselves(line: list[Token], table: SpokenLanguage) -> Iterator[_Somebody]:
    """ "Saya Budi Santoso, kepala bidang …": two words of name, or one after "nama saya"."""
    for phrase in table.introductions:
        words = phrase.replace(",", "").split()
        for index, _ in enumerate(line):
            run = name_at(line, index + len(words))
            said = [token.key for token in line[index : index + len(words)]]
            if said == words and len(run) >= (1 if len(words) > 1 else 2):
                role = _role_at(line, index + len(words) + len(run), table)
                yield _somebody(run, Origin.SELF_INTRODUCTION, role)
                return


def _with_title(line: list[Token], table: SpokenLanguage) -> Iterator[_Somebody]:
    """ "Pak Ahmad Rianto", "Ibu Siti, camat Sebulu, …"."""
    for index, token in enumerate(line):
        if token.key not in table.honorifics or token.ends_clause:
            continue
        run = name_at(line, index + 1)
        if run and run[0].key not in table.role_starts | table.honorifics:
            after = index + 1 + len(run)
            role = _role_at(line, after, table) if run[-1].ends_clause else ""
            yield _somebody(run, Origin.TITLE, role)


def _somebody(run: list[Token], origin: Origin, role: str) -> _Somebody:
    return _Somebody(name_of(run), origin, role, (key_of(name_of(run)),))


def _role_at(line: list[Token], index: int, table: SpokenLanguage) -> str:
    """The role said right after a name: from a word such as "kepala" to the end of the clause."""
    if index < len(line) and line[index].key in _AS:
        index += 1
    if index >= len(line) or line[index].key not in table.role_starts:
        return ""
    words: list[str] = []
    for token in line[index : index + _MOST_ROLE_WORDS]:
        words.append(token.bare)
        if token.ends_clause:
            break
    return " ".join(words)


def _add(new: _Somebody, found: list[_Somebody]) -> None:
    """Keep a person, unless the name is (a part of) a known one; then only the role is new."""
    for known in found:
        if _is_same(new, known):
            known.role = known.role or new.role
            known.keys = tuple(dict.fromkeys((*known.keys, *new.keys)))
            return
        if known.origin is Origin.TITLE and is_part(known.keys[0], new.keys[0]):
            # "Pak Budi" came before "saya Budi Santoso": the longer name takes its place.
            known.name, known.origin, known.keys = new.name, new.origin, new.keys
            known.role = known.role or new.role
            return
    found.append(new)


def _is_same(new: _Somebody, known: _Somebody) -> bool:
    """Whether a name is (a part of) a known one, or a known one misheard: "Budi Santo"."""
    if any(is_part(key, known_key) for key in new.keys for known_key in known.keys):
        return True
    sure = known.origin in (Origin.DETAILS, Origin.GLOSSARY)
    return sure and any(_sounds_like(new.keys[0], key) for key in known.keys)


def _sounds_like(one: Key, other: Key) -> bool:
    return one[0] == other[0] and _likeness(" ".join(one), " ".join(other)) >= _SAME_NAME


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _note_mentions(line: list[Token], found: list[_Somebody]) -> None:
    whole = {key: somebody for somebody in found for key in somebody.keys}
    parts = {key: somebody for key, somebody in _single_names(found).items() if key not in whole}
    for somebody, index, size in mentions(line, {**parts, **whole}):
        if size > 1 or _is_surely_a_name(line, index):
            somebody.segments.append(line[index].segment)


def _single_names(found: list[_Somebody]) -> dict[Key, _Somebody]:
    """First and last names that only one of the people bears."""
    bearers: dict[Key, list[_Somebody]] = {}
    for somebody in found:
        for word in {word for key in somebody.keys for word in key if len(word) >= _LEAST_LETTERS}:
            bearers.setdefault((word,), []).append(somebody)
    return {key: who[0] for key, who in bearers.items() if len(who) == 1}


def _is_surely_a_name(line: list[Token], index: int) -> bool:
    """A single word is a name when it has a capital that no sentence start explains."""
    if not line[index].is_capital:
        return False
    return index > 0 or len(line) == 1


def _once(segments: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(segments))

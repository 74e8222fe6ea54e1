"""Capitals where Indonesian writes them: sentences, names, titles, dates, laws.

Source: EYD V (2022), “Huruf kapital”. Letters are raised, never lowered, unless a name of the
glossary is written otherwise (“DISKOMINFO”).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.words.degrees import without_degrees
from pipeline.words.glossary import Glossary, spellings
from pipeline.words.ordinary import is_ordinary
from pipeline.words.spoken import SpokenLanguage, spoken
from pipeline.words.tokens import Token, Tokens, starts_of_sentences

_EDGES = "\"'“”‘’.,;:!?…()[]—–"
_LONGEST_NAME_WORDS = 8
_SHORTEST_LAST_NAME = 4
_LAW_WORDS = 5
_SMALL = frozenset(("dan", "di", "ke", "dari", "tentang", "atas", "untuk", "bagi"))

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """How names are written, and which words are titles, by their words in lower case."""

    written: Mapping[Key, Key]
    titles: frozenset[Key]


def names_of(glossary: Glossary, language: str) -> Names:
    """The names of a glossary and those that everybody who writes `language` knows."""
    titles = {
        _key(text): text for title in glossary.titles for text in (title.name, *title.variants)
    }
    written: dict[Key, Key] = {}
    for text in (*spoken(language).proper_names, *_names(glossary)):
        if _key(text) and _key(text) not in titles and len(_key(text)) <= _LONGEST_NAME_WORDS:
            written[_key(text)] = tuple(word.strip(_EDGES) for word in text.split())
    return Names(written, frozenset(titles))


def with_capitals(
    tokens: Tokens, names: Names, language: str, first_starts: bool = True
) -> list[Token]:
    """The words with capitals. `first_starts`: whether the first word starts a sentence."""
    made = _with_names(list(tokens), names)
    starts = starts_of_sentences(tokens, first_starts)
    if any(token.is_capital for token in tokens):  # who wrote this knows where sentences start
        starts[1:] = [False] * len(starts[1:])
    made = [t.capitalised() if start else t for t, start in zip(made, starts, strict=True)]
    # A capital may be what another rule waits for: “camat sebulu” behind “pak”.
    while made != (raised := _raised(made, names, spoken(language))):
        made = raised
    return made


def _raised(tokens: Tokens, names: Names, table: SpokenLanguage) -> list[Token]:
    """The words with the capitals that they call for as they stand."""
    called = {index for rule in _RULES for index in rule(tokens, names, table)}
    return [token.titled() if at in called else token for at, token in enumerate(tokens)]


def _names(glossary: Glossary) -> Iterator[str]:
    """Whole names with a capital, and the single words of people's names."""
    for person in glossary.people:
        for word in without_degrees(person.name).split():
            if len(word) >= _SHORTEST_LAST_NAME and not is_ordinary(word):
                yield word
    long_forms = {term.long for term in glossary.terms}
    for spelling in spellings(glossary):
        for text in spelling.right:
            if text not in long_forms and any(letter.isupper() for letter in text):
                yield text


def _with_names(tokens: list[Token], names: Names) -> list[Token]:
    index = 0
    while index < len(tokens):
        size = _size_of_name(tokens, index, names.written)
        if size:
            written = names.written[_keys(tokens, index, size)]
            for at, core in enumerate(written, start=index):
                if not _is_another_name(tokens[at].core, core):
                    tokens[at] = replace(tokens[at], core=core)
        index += size or 1
    return tokens


def _is_another_name(said: str, written: str) -> bool:
    """“Kim” is somebody, “kim” and “KIM” are the acronym."""
    return written.isupper() and said.istitle() and len(said) > 1


def _size_of_name(tokens: Tokens, index: int, known: Mapping[Key, Key]) -> int:
    """How many words from `index` on are a known name within one clause; the longest counts."""
    for size in range(min(_LONGEST_NAME_WORDS, len(tokens) - index), 0, -1):
        inside = tokens[index : index + size - 1]
        if _keys(tokens, index, size) in known and not any(t.ends_clause for t in inside):
            return size
    return 0


def _calendar(tokens: Tokens, _: Names, table: SpokenLanguage) -> Iterator[int]:
    """Months and days; “minggu” is a day only behind “hari”."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1].key if index else ""
        is_day = token.key in table.weekdays and (token.key != "minggu" or before == "hari")
        if is_day or token.key in table.months:
            yield index


def _honorifics(tokens: Tokens, _: Names, table: SpokenLanguage) -> Iterator[int]:
    """“pak” and “bu” always; other forms of address, and the name behind, where one follows."""
    for index, token in enumerate(tokens):
        if token.key in ("pak", "bu"):
            yield index
        if token.key not in table.honorifics or token.ends_clause or index + 1 == len(tokens):
            continue
        following = tokens[index + 1]
        if following.is_capital or (token.key in table.addresses and _is_a_name(following, table)):
            yield index
            yield index + 1


def _is_a_name(token: Token, table: SpokenLanguage) -> bool:
    """Whether a word behind “pak” is one: no ordinary word, or one that many people bear."""
    return token.core.isalpha() and (token.key in table.given_names or not is_ordinary(token.core))


def _titles(tokens: Tokens, names: Names, table: SpokenLanguage) -> Iterator[int]:
    """“Camat Sebulu”, “Pak Lurah”: a title in front of a name or behind “Pak”."""
    longest = max(map(len, names.titles), default=0)
    for size in range(longest, 0, -1):
        for index in range(len(tokens) - size + 1):
            if _keys(tokens, index, size) not in names.titles:
                continue
            before = tokens[index - 1].key if index else ""
            named = _followed_by_a_capital(tokens, index + size - 1)
            if named or before in table.addresses:
                yield from range(index, index + size)


def _kinds_of_places(tokens: Tokens, names: Names, table: SpokenLanguage) -> Iterator[int]:
    """“Kecamatan Sebulu”, “Sungai Mahakam”: in front of a place that the glossary knows."""
    kinds = table.place_kinds | table.geography
    for index, token in enumerate(tokens[:-1]):
        if token.key in kinds and _size_of_name(tokens, index + 1, names.written):
            yield index


def _laws(tokens: Tokens, _: Names, table: SpokenLanguage) -> Iterator[int]:
    """“Undang-Undang Nomor 14 Tahun 2008”, “Pasal 27”."""
    for index, token in enumerate(tokens[:-1]):
        if token.key == "pasal" and tokens[index + 1].has_digit:
            yield index
        if token.key != "nomor" or not tokens[index + 1].has_digit:
            continue
        starts = range(max(0, index - _LAW_WORDS), index)
        first = next((at for at in starts if tokens[at].key in table.laws), None)
        if first is not None and not any(t.ends_clause for t in tokens[first:index]):
            yield from (at for at in range(first, index + 1) if tokens[at].key not in _SMALL)
            if index + 2 < len(tokens) and tokens[index + 2].key == "tahun":
                yield index + 2


_Rule = Callable[[Tokens, Names, SpokenLanguage], Iterator[int]]
_RULES: tuple[_Rule, ...] = (_calendar, _titles, _honorifics, _kinds_of_places, _laws)


def _followed_by_a_capital(tokens: Tokens, index: int) -> bool:
    if tokens[index].ends_clause or index + 1 == len(tokens):
        return False
    return tokens[index + 1].is_capital


def _keys(tokens: Tokens, index: int, size: int) -> Key:
    return tuple(token.key for token in tokens[index : index + size])


def _key(text: str) -> Key:
    return tuple(word.strip(_EDGES).casefold() for word in text.split())

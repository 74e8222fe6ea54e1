"""What somebody looks for in the archive: words, their beginnings, phrases in quotation marks.

Whatever is typed means something: signs are passed over, and nothing is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Stem = Callable[[str], str]

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_HYPHENATED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
_PHRASE = re.compile(r"[\"“”„]([^\"“”„]*)[\"“”„]?")
_SENTENCE_ENDS = ".!?…:\n"
_LONGEST_QUERY = 200
_MOST_TERMS = 12
_LEAST_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: as it is compared, and where it stands. A name is never stemmed."""

    plain: str
    start: int
    end: int
    is_name: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be there: a phrase of `words`, or one word by its beginning or its root.

    `stem` is empty for a phrase.
    """

    words: tuple[str, ...]
    stem: str = ""

    @property
    def is_beginning(self) -> bool:
        """Whether longer words count too; of one letter there would be too many."""
        return len(self.words) == 1 and len(self.words[0]) >= _LEAST_BEGINNING


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is what was looked for."""

    text: str
    is_hit: bool


def tokens_of(text: str) -> Iterator[Token]:
    """Each word of a text; the halves of "anak-anak" are two."""
    for match in _WORD.finditer(text):
        word = match[0]
        yield Token(plain_of(word), match.start(), match.end(), _is_name(text, word, match.start()))


def plain_of(word: str) -> str:
    """Small letters without marks: "Désa" and "desa" are one."""
    apart = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in apart if c.isalnum())


def terms_of(query: str, stem: Stem) -> tuple[Term, ...]:
    """What must be there, all of it; nothing when nothing is looked for."""
    query = query[:_LONGEST_QUERY]
    found: list[Term] = []
    for phrase in _PHRASE.findall(query):
        words = tuple(token.plain for token in tokens_of(phrase))
        if words:
            found.append(Term(words) if len(words) > 1 else _single(words[0], stem))
    rest = _PHRASE.sub(" ", query)
    for hyphenated in _HYPHENATED.findall(rest):
        found.append(_hyphenated(hyphenated, stem))
    for token in tokens_of(_HYPHENATED.sub(" ", rest)):
        found.append(_single(token.plain, stem))
    kept = [term for term in dict.fromkeys(found) if all(term.words)]
    return tuple(kept[:_MOST_TERMS])


def pieces_of(text: str, terms: Sequence[Term], stem: Stem, most_characters: int) -> list[Piece]:
    """The text around its first hit, at most so long, with every hit marked."""
    tokens = list(tokens_of(text))
    hits = [token for n, token in enumerate(tokens) if _is_hit(tokens, n, terms, stem)]
    start, end = _window(text, hits[0].start if hits else 0, most_characters)
    pieces = [Piece("… ", False)] if start else []
    at = start
    for hit in hits:
        if start <= hit.start and hit.end <= end:
            pieces += [Piece(text[at : hit.start], False), Piece(text[hit.start : hit.end], True)]
            at = hit.end
    pieces += [Piece(text[at:end], False), Piece(" …" if end < len(text) else "", False)]
    return [piece for piece in pieces if piece.text]


def _single(word: str, stem: Stem) -> Term:
    return Term((word,), stem(word))


def _hyphenated(text: str, stem: Stem) -> Term:
    """A reduplicated word counts as its root; any other as the phrase that it is."""
    words = tuple(token.plain for token in tokens_of(text))
    stems = {stem(word) for word in words}
    return Term(words[:1], stems.pop()) if len(stems) == 1 else Term(words)


def _is_name(text: str, word: str, start: int) -> bool:
    """Capitals inside a sentence, and acronyms anywhere."""
    if len(word) > 1 and any(c.isupper() for c in word[1:]):
        return True
    before = text[:start].rstrip(" \t“\"'(-–—")
    is_first = not before or before[-1] in _SENTENCE_ENDS
    return word[0].isupper() and not is_first


def _is_hit(tokens: Sequence[Token], at: int, terms: Sequence[Term], stem: Stem) -> bool:
    token = tokens[at]
    for term in terms:
        if len(term.words) > 1:
            if _is_in_phrase(tokens, at, term.words):
                return True
        elif (
            token.plain == term.words[0]
            or (term.is_beginning and token.plain.startswith(term.words[0]))
            or (term.stem and not token.is_name and stem(token.plain) == term.stem)
        ):
            return True
    return False


def _is_in_phrase(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    if tokens[at].plain not in words:
        return False
    starts = range(max(0, at - len(words) + 1), at + 1)
    return any(
        tuple(token.plain for token in tokens[start : start + len(words)]) == words
        for start in starts
    )


def _window(text: str, hit: int, most_characters: int) -> tuple[int, int]:
    """Where to cut: between words, with a third of the room before the hit."""
    if len(text) <= most_characters:
        return 0, len(text)
    start = max(0, hit - most_characters // 3)
    start = text.find(" ", start) + 1 if start else 0
    start = min(start, hit)
    end = min(len(text), start + most_characters)
    if end < len(text):
        end = max(text.rfind(" ", start, end), hit) if text.rfind(" ", start, end) > hit else end
    return start, end

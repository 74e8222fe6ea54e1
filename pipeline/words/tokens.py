"""Words as they are said, taken apart into the word and the marks around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.words.segments import ends_sentence

_APART = re.compile(r"^(\W*)(.*?)([^\w%]*)$", re.DOTALL)
_BREAKS = frozenset(",;:.?!…—–")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, the marks before and after it, and the pause in seconds until the next word."""

    before: str
    core: str
    after: str
    pause: float = 0.0

    @property
    def text(self) -> str:
        return f"{self.before}{self.core}{self.after}"

    @property
    def key(self) -> str:
        return self.core.casefold()

    @property
    def has_digit(self) -> bool:
        return any(character.isdigit() for character in self.core)

    @property
    def is_capital(self) -> bool:
        return self.core[:1].isupper()

    @property
    def ends_clause(self) -> bool:
        return not _BREAKS.isdisjoint(self.after)

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)

    def capitalised(self) -> Token:
        return replace(self, core=self.core[:1].upper() + self.core[1:])

    def titled(self) -> Token:
        """With a capital, and with two where a word is doubled: “Undang-Undang”."""
        one, hyphen, other = self.core.partition("-")
        if hyphen and one.casefold() == other.casefold():
            return replace(self, core=f"{one.capitalize()}-{other.capitalize()}")
        return self.capitalised()


Tokens = Sequence[Token]


def token_of(text: str, pause: float = 0.0) -> Token:
    """A word taken apart: “(Tenggarong),” is “(”, “Tenggarong” and “),”."""
    match = _APART.match(text)
    before, core, after = match.groups() if match else ("", text, "")
    return Token(before, core, after, pause) if core else Token("", text, "", pause)


def tokens_of(text: str) -> list[Token]:
    """The words of a text, taken apart."""
    return [token_of(word) for word in text.split()]


def text_of(tokens: Tokens) -> str:
    """The words put together again."""
    return " ".join(token.text for token in tokens)


def starts_of_sentences(tokens: Tokens, first_starts: bool = True) -> list[bool]:
    """Whether each word starts a sentence; of the first word the caller knows."""
    return [first_starts, *(token.ends_sentence for token in tokens[:-1])][: len(tokens)]

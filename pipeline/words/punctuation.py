"""Full stops, question marks and safe commas for a model that writes none.

Sources: EYD V (2022), “Tanda baca”: a comma stands before “tetapi”, “melainkan” and “sedangkan”,
and after “Oleh karena itu” and its like; none stands before “karena” or “bahwa” behind the main
clause. Sentences end at pauses of 0.5 s, and of 0.3 s before a word that opens sentences, unless
the words themselves go on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.words.spoken import SpokenLanguage, spoken
from pipeline.words.tokens import Token, Tokens

_PAUSE_SECONDS = 0.5
_PAUSE_BEFORE_AN_OPENING_SECONDS = 0.3
_LONG_PAUSE_SECONDS = 1.0
_SHORTEST_SENTENCE_WORDS = 3
_FEW_WORDS = 20
_WORDS_A_SENTENCE = 50
_LONGEST_QUESTION_WORDS = 14


def is_unpunctuated(tokens: Tokens) -> bool:
    """Whether a model wrote (next to) no ends of sentences into a talk of some length."""
    ends = sum(token.ends_sentence for token in tokens)
    return len(tokens) >= _FEW_WORDS and ends * _WORDS_A_SENTENCE < len(tokens)


def punctuated(tokens: Tokens, language: str) -> list[Token]:
    """The words of a talk with marks, and a capital after each end of a sentence."""
    table = spoken(language)
    made: list[Token] = []
    for sentence in _sentences(tokens, table):
        first, *rest = _with_commas(sentence, table)
        made += [first.capitalised() if made else first, *rest]
        made[-1] = _marked(made[-1], "?" if _asks(sentence, table) else ".")
    return made


def _sentences(tokens: Tokens, table: SpokenLanguage) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        sentence.append(token)
        if following is None or _ends_between(token, following, len(sentence), table):
            yield sentence
            sentence = []


def _ends_between(token: Token, following: Token, words: int, table: SpokenLanguage) -> bool:
    """Whether a sentence of so many words ends here. A pause without end: somebody else speaks."""
    return (
        token.ends_sentence
        or token.pause == math.inf
        or (
            token.pause >= _least_pause(following, table)
            and words >= _SHORTEST_SENTENCE_WORDS
            and token.key not in table.leaning_ends
            and following.key not in _going_on(token.pause, table)
        )
    )


def _going_on(pause: float, table: SpokenLanguage) -> frozenset[str]:
    """Words that do not start a sentence; after a long pause even “di” and “dan” may."""
    return table.never_first if pause >= _LONG_PAUSE_SECONDS else table.going_on


def _least_pause(following: Token, table: SpokenLanguage) -> float:
    """A shorter pause is enough before “kami”, “jadi” or “bagaimana”."""
    opens = following.key in table.openings | table.question_words | table.surely_asking
    return _PAUSE_BEFORE_AN_OPENING_SECONDS if opens else _PAUSE_SECONDS


def _with_commas(sentence: Sequence[Token], table: SpokenLanguage) -> list[Token]:
    made = list(sentence)
    for index, (token, following) in enumerate(pairwise(sentence)):
        opens = " ".join(each.key for each in sentence[: index + 1])
        contrast = index > 0 and following.key in table.comma_before
        if contrast or opens in table.comma_after:
            made[index] = _marked(token, ",")
    return made


def _asks(sentence: Sequence[Token], table: SpokenLanguage) -> bool:
    """A word such as “apakah”, or a short sentence that opens with “bagaimana” and its like."""
    words = _without_leading(table, [token.key for token in sentence])
    if words[0] in table.surely_asking:
        return True
    asks = words[0] in table.question_words and words[1:2] != ["pun"]
    return asks and len(words) <= _LONGEST_QUESTION_WORDS


def _without_leading(table: SpokenLanguage, words: list[str]) -> list[str]:
    """“Lalu, Pak Budi, di mana warga …” from “mana” on, as far as words are left."""
    while len(words) > 1 and words[0] in table.before_asking:
        words = words[1:]
    return words[2:] if len(words) > 2 and words[0] in table.addresses else words


def _marked(token: Token, mark: str) -> Token:
    return token if token.ends_clause else replace(token, after=token.after + mark)

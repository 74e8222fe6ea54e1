"""Full stops, question marks and safe commas for a model that writes none.

Sources: EYD V (2022), “Tanda baca”: a comma stands before “tetapi”, “melainkan” and “sedangkan”,
and after “Oleh karena itu” and its like; none stands before “karena” or “bahwa” behind the main
clause. Sentences end at pauses: 0.7 s and more, unless the words themselves go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.words.spoken import SpokenLanguage, spoken
from pipeline.words.tokens import Token, Tokens

_PAUSE_SECONDS = 0.7
_SHORTEST_SENTENCE_WORDS = 3
_FEW_WORDS = 20
_WORDS_A_SENTENCE = 50
_LONGEST_QUESTION_WORDS = 14


def is_unpunctuated(segments: Sequence[Tokens]) -> bool:
    """Whether a model wrote (next to) no ends of sentences into a talk of some length."""
    words = sum(map(len, segments))
    ends = sum(token.ends_sentence for tokens in segments for token in tokens)
    return words >= _FEW_WORDS and ends * _WORDS_A_SENTENCE < words


def punctuated(tokens: Tokens, language: str, goes_on: bool = False) -> list[Token]:
    """The words with marks; `goes_on`: the sentence does not end with the last of them."""
    table = spoken(language)
    made: list[Token] = []
    for sentence in _sentences(tokens, table):
        is_last = len(made) + len(sentence) == len(tokens)
        first, *rest = _with_commas(sentence, table)
        made += [first.capitalised() if made else first, *rest]
        if not (is_last and goes_on):
            made[-1] = _marked(made[-1], "?" if _asks(sentence, table) else ".")
    return made


def _sentences(tokens: Tokens, table: SpokenLanguage) -> list[list[Token]]:
    sentences: list[list[Token]] = [[]]
    for token, following in pairwise([*tokens, None]):
        if token is None:
            break
        sentences[-1].append(token)
        if following is not None and _ends_between(token, following, sentences[-1], table):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _ends_between(
    token: Token, following: Token, so_far: Sequence[Token], table: SpokenLanguage
) -> bool:
    return token.ends_sentence or (
        token.pause >= _PAUSE_SECONDS
        and len(so_far) >= _SHORTEST_SENTENCE_WORDS
        and token.key not in table.leaning_ends
        and following.key not in table.going_on
    )


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
    words = [token.key for token in sentence]
    if words[0] in table.surely_asking:
        return True
    opening = next((n for n, word in enumerate(words) if word not in table.before_asking), 0)
    asks = words[opening] in table.question_words and words[opening + 1 : opening + 2] != ["pun"]
    return asks and len(words) <= _LONGEST_QUESTION_WORDS


def _marked(token: Token, mark: str) -> Token:
    return token if token.ends_clause else replace(token, after=token.after + mark)

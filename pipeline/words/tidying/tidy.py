"""What was said, as a newspaper quotes it: tidied by the rules, then in written form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.words.casing import Names
from pipeline.words.numbers import NUMBER_WORDS
from pipeline.words.punctuation import punctuated
from pipeline.words.sentences import SpokenWord
from pipeline.words.tidying.particles import Particles, particles
from pipeline.words.tidying.rules import RULES, Rule, correction_marks
from pipeline.words.tokens import Token, text_of, token_of
from pipeline.words.written_form import knows_writing, written

_COMMA = ","
_DOTS = ("…", "...")


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words that are not written, and the name of the rule that says so."""

    rule: str
    said: str


@dataclass(frozen=True, slots=True)
class Tidied:
    """A spoken passage as it is written, and what was dropped, in the order of the rules."""

    text: str
    dropped: tuple[Dropped, ...] = ()


def tidied(words: Sequence[SpokenWord], names: Names, language: str, marked: bool = True) -> Tidied:
    """The words as they are written. `marked`: whether the model gave them punctuation.

    Fillers, stutters, cut-off words and false starts go; numbers become digits, names get their
    capitals, sentences their marks. A language without a row of particles keeps all its words.
    """
    tokens = _tokens(words)
    if tokens and not marked:
        tokens = punctuated(tokens, language)
    made = [_tidied_sentence(sentence, particles(language)) for sentence in _sentences(tokens)]
    texts = [_written(kept, names, language) for kept, _ in made if kept]
    return Tidied(" ".join(texts), tuple(each for _, gone in made for each in gone))


def without_padding(words: Sequence[SpokenWord], language: str) -> str:
    """The words without what the rules drop, otherwise as they were said."""
    made = [_tidied_sentence(s, particles(language)) for s in _sentences(_tokens(words))]
    return " ".join(text_of(kept) for kept, _ in made if kept)


def corrects_itself(words: Sequence[SpokenWord], language: str) -> bool:
    """Whether the speaker takes something back in a way that no rule can resolve.

    “Dua puluh, eh, lima desa” may be 25 or 5, and behind “maksud saya” anything may be meant.
    """
    table = particles(language)
    for sentence in _sentences(_tokens(words)):
        marks = list(correction_marks(sentence, table))
        resolved = {*RULES[0].find(sentence, table)} if marks else set()
        for first, after in marks:
            if first not in resolved and _is_unclear(sentence, first, after, table):
                return True
    return False


def _is_unclear(sentence: Sequence[Token], first: int, after: int, table: Particles) -> bool:
    if tuple(token.key for token in sentence[first:after]) in table.corrections:
        return True
    beside = [*sentence[max(0, first - 1) : first], *sentence[after : after + 1]]
    return len(beside) == 2 and all(_is_number(token) for token in beside)


def _is_number(token: Token) -> bool:
    return token.has_digit or token.key in NUMBER_WORDS


def _tokens(words: Iterable[SpokenWord]) -> list[Token]:
    """The words taken apart, with pauses; what the model glued together (“Rp”, “5”) is one."""
    texts: list[list[SpokenWord]] = []
    for word in words:
        if word.glue or not texts:
            texts.append([word])
        else:
            texts[-1].append(word)
    joined = ["".join(word.text for word in group) for group in texts]
    pauses = [round(b[0].start - a[-1].end, 3) for a, b in pairwise(texts)]
    return [token_of(t, pause) for t, pause in zip(joined, [*pauses, 0.0], strict=False)]


def _sentences(tokens: Sequence[Token]) -> list[list[Token]]:
    made: list[list[Token]] = [[]]
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        made[-1].append(token)
        if token.ends_sentence and not _goes_on(token, following):
            made.append([])
    return [sentence for sentence in made if sentence]


def _goes_on(token: Token, following: Token | None) -> bool:
    """Whether dots stand for a halt inside a sentence: “Ini… ini soal air”."""
    return token.after.startswith(_DOTS) and following is not None and following.core.islower()


def _tidied_sentence(
    sentence: Sequence[Token], table: Particles
) -> tuple[list[Token], list[Dropped]]:
    kept, dropped = list(sentence), list[Dropped]()
    for rule in RULES:
        gone = {*rule.find(kept, table)}
        if gone:
            dropped.append(Dropped(rule.name, text_of([kept[i] for i in sorted(gone)])))
            kept = _without(kept, gone, rule)
    kept = [
        _spelled(token, before, table) for token, before in zip(kept, [None, *kept], strict=False)
    ]
    return ([kept[0].capitalised(), *kept[1:]] if kept else []), dropped


def _without(tokens: Sequence[Token], gone: Collection[int], rule: Rule) -> list[Token]:
    """The other words; the marks behind what goes pass to the word before it."""
    made: list[Token] = []
    for index, token in enumerate(tokens):
        if index not in gone:
            made.append(token)
        elif made:
            made[-1] = _with_mark(made[-1], token, rule)
    return made


def _with_mark(before: Token, gone: Token, rule: Rule) -> Token:
    if gone.ends_sentence and not gone.after.startswith(_DOTS):
        return replace(before, after=before.after.rstrip(",;:") + gone.after)
    if not gone.ends_clause:
        return before
    if rule.keeps_comma:
        return before if before.ends_clause else replace(before, after=before.after + _COMMA)
    return replace(before, after=before.after.removesuffix(_COMMA))


def _written(sentence: Sequence[Token], names: Names, language: str) -> str:
    """In digits and capitals, where it is known how a language writes them."""
    text = text_of(sentence)
    return written(text, names, language) if knows_writing(language) else text


def _spelled(token: Token, before: Token | None, table: Particles) -> Token:
    """A spoken form as it is written, with the capital it had: “Nggak” is “Tidak”."""
    together = f"{before.key} {token.key}" if before else ""
    right = table.spellings.get(together) or table.spellings.get(token.key)
    if right is None or (token.is_capital and token.core.isupper()):
        return token
    made = replace(token, core=right)
    return made.capitalised() if token.is_capital else made

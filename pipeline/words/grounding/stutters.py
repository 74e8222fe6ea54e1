"""What a speaker says twice or breaks off."""

from __future__ import annotations

from dataclasses import replace

from pipeline.words.grounding.tokens import Ends, Token
from pipeline.words.ordinary import is_ordinary

_FRACTIONS_OF_WORD = 3


def with_stutters(tokens: list[Token]) -> list[Token]:
    """“kami kami”, “di di”, “kami akan kami akan”, “pemba pembangunan”: what is said again."""
    made = list(tokens)
    for at, token in enumerate(tokens):
        if token.is_light:
            continue
        rest = [t for t in tokens[at + 1 : at + 9] if t.key not in ("eh", "e", "ehm", "anu", "ee")]
        for size in range(1, _FRACTIONS_OF_WORD + 1):
            heads = [t.key for t in tokens[at : at + size]]
            if len(rest) < 2 * size - 1 or any(
                t.doubles for t in tokens[at + size : at + 2 * size]
            ):
                continue
            again = [t.key for t in rest[size - 1 : 2 * size - 1]]
            if heads == again:
                for back in range(at, at + size):
                    made[back] = replace(made[back], is_light=True)
        following = rest[0] if rest else None
        if following and _is_cut_off(token, following):
            made[at] = replace(made[at], is_light=True)
    return made


def _is_cut_off(token: Token, following: Token) -> bool:
    return (
        2 <= len(token.key) < len(following.key)
        and token.key.isalpha()
        and not token.is_capital
        and token.ends is Ends.NOTHING
        and following.key.startswith(token.key)
        and not is_ordinary(token.key)
    )

"""Where a quote differs from what was said: stretches of words put in and left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.words.grounding.aligning import Alignment, Step
from pipeline.words.grounding.tokens import Token
from pipeline.words.review.history import Part, Sign

_EDGES = "\"'“”‘’.,;:!?…()[]—–*_`\x00"


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words between two kept ones; `first` and `last` (not included): their place in the talk."""

    put_in: tuple[Token, ...]
    left_out: tuple[Token, ...]
    first: int
    last: int

    @property
    def now(self) -> str:
        return shown(self.put_in)

    @property
    def then(self) -> str:
        return shown(self.left_out)


def shown(tokens: Sequence[Token]) -> str:
    """The words of the source, each once, without the marks around them."""
    texts = dict.fromkeys((token.first, token.last, token.shown) for token in tokens)
    return " ".join(text.strip(_EDGES) for _, _, text in texts)


def hunks_of(alignment: Alignment, quote: Sequence[Token], said: Sequence[Token]) -> Iterator[Hunk]:
    """The differences, in order. Hesitations and stutters are in them too."""
    put_in: list[Token] = []
    left_out: list[int] = []
    after = alignment.kept[0].said or 0
    for step in (*alignment.steps, Step(None, None, True)):
        if not step.is_kept:
            put_in += [quote[step.quote]] if step.quote is not None else []
            left_out += [step.said] if step.said is not None else []
            continue
        if put_in or left_out:
            first = left_out[0] if left_out else after
            last = left_out[-1] + 1 if left_out else after
            yield Hunk(tuple(put_in), tuple(said[at] for at in left_out), first, last)
        put_in, left_out = [], []
        after = (step.said or 0) + 1


def difference(
    alignment: Alignment,
    quote: Sequence[Token],
    said: Sequence[Token],
    quote_words: Sequence[str],
    said_words: Sequence[str],
) -> tuple[Part, ...]:
    """The quote against what was said, word by word as both are written."""
    parts: list[tuple[Sign, str]] = []
    quoted, heard = -1, -1
    for step in alignment.steps:
        now = quote[step.quote] if step.quote is not None else None
        then = said[step.said] if step.said is not None else None
        new = _new_words(now, quoted, quote_words)
        old = _new_words(then, heard, said_words)
        quoted = max(quoted, now.last) if now else quoted
        heard = max(heard, then.last) if then else heard
        if step.is_kept and _bare(new) == _bare(old):
            parts += [(Sign.SAME, new)] if new else []
        else:
            parts += [(Sign.OUT, old)] if old else []
            parts += [(Sign.IN, new)] if new else []
    return tuple(_joined(parts))


def _new_words(token: Token | None, so_far: int, words: Sequence[str]) -> str:
    """The words of a token that were not shown yet."""
    if token is None or token.last <= so_far:
        return ""
    return " ".join(words[max(token.first, so_far + 1) : token.last + 1])


def _bare(text: str) -> str:
    return " ".join(word.strip(_EDGES) for word in text.split()).casefold()


def _joined(parts: list[tuple[Sign, str]]) -> Iterator[Part]:
    """Neighbours of one sign as one part; of a change, what was said comes first."""
    at = 0
    while at < len(parts):
        last = at
        if parts[at][0] is Sign.SAME:
            while last < len(parts) and parts[last][0] is Sign.SAME:
                last += 1
            yield Part(Sign.SAME, " ".join(text for _, text in parts[at:last]))
        else:
            while last < len(parts) and parts[last][0] is not Sign.SAME:
                last += 1
            for sign in (Sign.OUT, Sign.IN):
                if text := " ".join(text for each, text in parts[at:last] if each is sign):
                    yield Part(sign, text)
        at = last

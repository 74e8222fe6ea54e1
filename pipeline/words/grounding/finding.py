"""Where in a talk a quote could come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.words.grounding.aligning import Alignment, Step, aligned
from pipeline.words.grounding.heard import Heard
from pipeline.words.grounding.tokens import Token

_SLACK_WORDS = 12
_BUCKET = 8
_CANDIDATES = 4
_MINORITY = 0.2


def candidates(quote: Sequence[Token], heard: Heard) -> list[Alignment]:
    """The quote laid against the places that share most with it, the best first."""
    made = []
    for start in _places(quote, heard):
        slack = max(_SLACK_WORDS, len(quote) // 2)
        first, last = max(0, start - slack), min(len(heard.tokens), start + len(quote) + slack)
        made.append(_of_one_voice(aligned(quote, heard.tokens, first, last, heard.faces), heard))
    made = [alignment for alignment in made if alignment.kept]
    return sorted(made, key=lambda alignment: -alignment.score)


def _of_one_voice(alignment: Alignment, heard: Heard) -> Alignment:
    """Without a word or two of whoever spoke before or after: nobody quotes those."""
    counted = Counter(heard.speaker_of(step.said) for step in alignment.kept)
    few = {
        voice
        for voice, count in counted.items()
        if count < max(2, _MINORITY * sum(counted.values()))
    }
    if len(counted) < 2 or few == set(counted):
        return alignment
    steps = tuple(
        Step(step.quote, None) if step.is_kept and heard.speaker_of(step.said) in few else step
        for step in alignment.steps
    )
    return Alignment(steps, alignment.score)


def _places(quote: Sequence[Token], heard: Heard) -> list[int]:
    """Where the quote could start: rare words vote for the diagonals that they lie on."""
    telling = [
        (at, token)
        for at, token in enumerate(quote)
        if not token.is_light and token.key in heard.where and heard.tells(token.key)
    ]
    if len(telling) < 2:
        telling = [(at, t) for at, t in enumerate(quote) if t.key in heard.where]
    votes: dict[int, float] = {}
    for at, token in telling:
        weight = heard.rarity(token.key)
        for place in heard.where[token.key]:
            bucket = (place - at) // _BUCKET
            votes[bucket] = votes.get(bucket, 0.0) + weight
    near = {
        bucket: votes[bucket] + 0.7 * max(votes.get(bucket - 1, 0), votes.get(bucket + 1, 0))
        for bucket in votes
    }
    chosen: list[int] = []
    for bucket in sorted(near, key=lambda b: (-near[b], b)):
        if len(chosen) == _CANDIDATES:
            break
        if all(abs(bucket - other) > 1 for other in chosen):
            chosen.append(bucket)
    return [bucket * _BUCKET for bucket in chosen]

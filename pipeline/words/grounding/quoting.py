"""The verdict on each quote of an article: the best place for it, and who speaks there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.attribution import Beside, are_same
from pipeline.words.grounding.changes import is_negation
from pipeline.words.grounding.checked import CheckedQuote, Passage, Reason, Verdict
from pipeline.words.grounding.finding import candidates
from pipeline.words.grounding.heard import Heard
from pipeline.words.grounding.hunks import difference
from pipeline.words.grounding.judging import SEVERITY, Judgement, judged
from pipeline.words.grounding.manuscript import Manuscript, Span, sentences_in, words_in
from pipeline.words.grounding.reasons import reason
from pipeline.words.grounding.sources import prepared
from pipeline.words.grounding.speaking import Bench, Piece, speaking
from pipeline.words.review.history import Part

_ELLIPSIS = re.compile(r"[\[(]?(?:…|\.{3,})[\])]?")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_TERM_WORDS = 8
_FEWEST_WORDS = 3
_FAR_SECONDS = 90.0


def checked_quote(
    manuscript: Manuscript, quote: Span, beside: Beside, bench: Bench
) -> CheckedQuote:
    """The quote with its verdict, where it is said, and how it differs."""
    text = manuscript.read(quote)
    pieces = _best(manuscript.shown, quote, beside, bench)
    made = CheckedQuote(
        quote.start, quote.end, text, Verdict.NOT_FOUND, attributed=beside.name,
        reasons=(reason(why.NOT_FOUND),),
    )  # fmt: skip
    if pieces and all(p.judgement.verdict is not Verdict.NOT_FOUND for p in pieces):
        made = _with_verdict(made, pieces, beside, bench)
    if made.verdict in (Verdict.BLOCKED, Verdict.NOT_FOUND, Verdict.CHECK):
        return _from_a_source(made, beside, bench) or _with_nearest(made, pieces, bench)
    return made


def _best(shown: str, quote: Span, beside: Beside, bench: Bench) -> list[Piece]:
    """The quote as one, or sentence by sentence where that fits better."""
    parts = _with_short_joined(shown, list(_parts(shown, quote)))
    whole = [piece for part in parts if (piece := _piece(shown, part, beside, bench))]
    if all(piece.judgement.verdict in SEVERITY[:2] for piece in whole):
        return whole
    inside = [s for part in parts for s in sentences_in(shown, part.start, part.end)]
    sentences = _with_short_joined(shown, inside)
    if len(sentences) <= len(parts):
        return whole
    apart = [piece for s in sentences if (piece := _piece(shown, s, beside, bench))]
    if len(apart) < len(sentences):
        return whole
    return apart if _heaviest(apart) < _heaviest(whole) else whole


def _heaviest(pieces: Sequence[Piece]) -> int:
    return max((SEVERITY.index(piece.judgement.verdict) for piece in pieces), default=9)


def _parts(shown: str, quote: Span) -> Iterator[Span]:
    """The quote cut at its ellipses."""
    start = quote.start
    for match in _ELLIPSIS.finditer(shown, quote.start, quote.end):
        if any(c.isalnum() for c in shown[start : match.start()]):
            yield Span(start, match.start())
        start = match.end()
    if any(c.isalnum() for c in shown[start : quote.end]):
        yield Span(start, quote.end)


def _with_short_joined(shown: str, spans: Sequence[Span]) -> list[Span]:
    """A word or two are no part by themselves: they would be found anywhere."""
    made: list[Span] = []
    for span in spans:
        is_short = len(shown[span.start : span.end].split()) < _FEWEST_WORDS
        if made and (is_short or len(shown[made[-1].start : made[-1].end].split()) < _FEWEST_WORDS):
            made[-1] = Span(made[-1].start, span.end)
        else:
            made.append(span)
    return made


def _piece(shown: str, part: Span, beside: Beside, bench: Bench) -> Piece | None:
    """A part at the place that fits best; what an editor put in brackets is not compared."""
    plain = _BRACKETS.sub(lambda match: "\x00" * len(match[0]), shown[part.start : part.end])
    words = words_in(plain, 0, len(plain))[0]
    tokens = tuple(prepared(words, bench.lists, bench.known))
    if not tokens:
        return None
    judgements = [
        judged(alignment, tokens, bench.heard, bench.lists, bench.name_words, bench.is_word)
        for alignment in candidates(tokens, bench.heard)
    ]
    if not judgements:
        return None

    def order(judgement: Judgement) -> tuple[int, bool, float]:
        rank, score = judgement.rank
        return rank, not _is_by(judgement, beside, bench), score

    return Piece(tokens, tuple(words), min(judgements, key=order))


def _is_by(judgement: Judgement, beside: Beside, bench: Bench) -> bool:
    """Whether who is named beside the quote speaks here, or nobody is named."""
    return not beside.name or are_same(_passage(judgement, bench.heard).speaker, beside.name)


def _passage(judgement: Judgement, heard: Heard) -> Passage:
    kept = judgement.alignment.kept
    return heard.passage(kept[0].said or 0, kept[-1].said or 0)


def _with_verdict(
    made: CheckedQuote, pieces: Sequence[Piece], beside: Beside, bench: Bench
) -> CheckedQuote:
    passages = tuple(_passage(piece.judgement, bench.heard) for piece in pieces)
    found: list[tuple[Verdict, Reason]] = [
        (piece.judgement.verdict, each) for piece in pieces for each in piece.judgement.reasons
    ]
    found += [
        *_bracketed(made.text, bench),
        *_order(passages),
        *speaking(pieces, passages, beside, bench),
    ]
    found.sort(key=lambda each: -SEVERITY.index(each[0]))
    verdicts = [*(piece.judgement.verdict for piece in pieces), *(verdict for verdict, _ in found)]
    worst = max(verdicts, key=SEVERITY.index)
    if len(pieces) > 1 and worst is Verdict.EXACT:
        worst = Verdict.EDITED
    return replace(
        made,
        verdict=worst,
        passages=passages,
        difference=_differences(pieces, bench),
        reasons=tuple(dict.fromkeys(each for _, each in found)),
    )


def _bracketed(text: str, bench: Bench) -> Iterator[tuple[Verdict, Reason]]:
    """What an editor puts in brackets explains; it may not deny."""
    for match in _BRACKETS.finditer(text):
        inside = prepared(match[0].split(), bench.lists, bench.known)
        if any(is_negation(token, bench.lists) for token in inside):
            yield Verdict.BLOCKED, reason(why.NEGATION_ADDED, now=match[0])


def _differences(pieces: Sequence[Piece], bench: Bench) -> tuple[Part, ...]:
    said_words = [word.text for word in bench.heard.words]
    return tuple(
        part
        for piece in pieces
        for part in difference(
            piece.judgement.alignment, piece.tokens, bench.heard.tokens, piece.words, said_words
        )
    )


def _order(passages: Sequence[Passage]) -> Iterator[tuple[Verdict, Reason]]:
    if any(other.start < one.start for one, other in pairwise(passages)):
        yield Verdict.CHECK, reason(why.REORDERED)
    gap = max((other.start - one.end for one, other in pairwise(passages)), default=0.0)
    if gap > _FAR_SECONDS:
        yield Verdict.CHECK, reason(why.FAR_APART, seconds=f"{gap:.0f}")


def _from_a_source(made: CheckedQuote, beside: Beside, bench: Bench) -> CheckedQuote | None:
    """A title or a term that nobody says: the details or the glossary have it."""
    tokens = prepared(made.text.split(), bench.lists, bench.known)
    if beside.is_attributed or not tokens or len(tokens) > _TERM_WORDS:
        return None
    file = bench.sources.holding([token.key for token in tokens])
    if not file:
        return None
    return replace(made, verdict=Verdict.EXACT, source=file, reasons=(), passages=(), difference=())


def _with_nearest(made: CheckedQuote, pieces: Sequence[Piece], bench: Bench) -> CheckedQuote:
    """A quote that is not found shows what comes nearest, where anything does."""
    near = [piece for piece in pieces if piece.judgement.alignment.score > 0.2]
    if made.verdict is not Verdict.NOT_FOUND or not near:
        return made
    passages = tuple(_passage(piece.judgement, bench.heard) for piece in near)
    return replace(made, passages=passages, difference=_differences(near, bench))

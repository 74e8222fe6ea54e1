"""The verdict on a quote that was laid against what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.aligning import Alignment
from pipeline.words.grounding.changes import Change, Judged, is_negation
from pipeline.words.grounding.checked import Reason, Verdict
from pipeline.words.grounding.heard import Heard
from pipeline.words.grounding.hunks import hunks_of, shown
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.reasons import reason
from pipeline.words.grounding.rules import RULES
from pipeline.words.grounding.tokens import Ends, Token
from pipeline.words.ordinary import is_ordinary

_ADDED_SHARE, _DROPPED_SHARE = 0.10, 0.20
_LEAST_KEPT = 0.6
_LEAST_SCORE = 0.4
_WORDS_BEFORE = 8
# Without marks nobody knows where a clause ends: a denial reaches so many words behind itself.
_WORDS_DENIED = 3
SEVERITY = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and all the reasons for it, the heaviest first."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    alignment: Alignment

    @property
    def rank(self) -> tuple[int, float]:
        """The lower, the better the place fits the quote."""
        return SEVERITY.index(self.verdict), -self.alignment.score


def judged(
    alignment: Alignment,
    quote: Sequence[Token],
    heard: Heard,
    lists: Lists,
    name_words: frozenset[str],
    is_word: Callable[[str], bool] = is_ordinary,
) -> Judgement:
    """What to say of the quote, as it lies beside what was said."""
    if not _is_found(alignment, quote):
        return Judgement(Verdict.NOT_FOUND, (reason(why.NOT_FOUND),), alignment)
    found = [
        judged
        for hunk in hunks_of(alignment, quote, heard.tokens)
        for rule in RULES
        for judged in rule(Change(hunk, heard.tokens, lists, heard.faces, name_words, is_word))
    ]
    found += [*_shares(alignment, quote, heard), *_beside(alignment, heard, lists)]
    found += [*_questions(alignment, quote, heard), *_doublings(alignment, quote, heard)]
    found.sort(key=lambda each: -SEVERITY.index(each[0]))
    plain = Verdict.EXACT if _is_exact(alignment, quote, heard) else Verdict.EDITED
    worst = found[0][0] if found else plain
    return Judgement(worst, tuple(dict.fromkeys(each for _, each in found)), alignment)


def _is_found(alignment: Alignment, quote: Sequence[Token]) -> bool:
    weighty = [at for at, token in enumerate(quote) if not token.is_light]
    kept = {step.quote for step in alignment.kept}
    share = sum(at in kept for at in weighty) / len(weighty) if weighty else float(bool(kept))
    return share >= _LEAST_KEPT and alignment.score >= _LEAST_SCORE


def _is_exact(alignment: Alignment, quote: Sequence[Token], heard: Heard) -> bool:
    return all(
        step.is_kept
        and step.quote is not None
        and step.said is not None
        and _letters(quote[step.quote].shown) == _letters(heard.tokens[step.said].shown)
        for step in alignment.steps
    )


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum() or c in "%-")


def _shares(alignment: Alignment, quote: Sequence[Token], heard: Heard) -> Judged:
    """More than a tenth added, more than a fifth left out."""
    added = sum(
        not s.is_kept and s.quote is not None and not quote[s.quote].is_light
        for s in alignment.steps
    )
    dropped = sum(
        not s.is_kept and s.said is not None and not heard.tokens[s.said].is_light
        for s in alignment.steps
    )
    of_quote = sum(not token.is_light for token in quote) or 1
    of_said = sum(s.said is not None and not heard.tokens[s.said].is_light for s in alignment.steps)
    if added / of_quote > _ADDED_SHARE:
        yield Verdict.CHECK, reason(why.ADDED_MUCH, share=f"{added / of_quote:.0%}"[:-1])
    if of_said and dropped / of_said > _DROPPED_SHARE:
        yield Verdict.CHECK, reason(why.DROPPED_MUCH, share=f"{dropped / of_said:.0%}"[:-1])


def _beside(alignment: Alignment, heard: Heard, lists: Lists) -> Judged:
    """What stands right before the quote, and before words left out inside it, in its sentence."""
    first, last = alignment.kept[0].said or 0, alignment.kept[-1].said or 0
    clause = _clause_before(first, heard.tokens, lists)
    denials, near = _denials(clause, lists), _denials(clause[-_WORDS_DENIED:], lists)
    right_before = heard.tokens[first - 1 : first] if not heard.is_punctuated else ()
    if near or (denials and heard.is_punctuated) or _denials(right_before, lists):
        yield Verdict.BLOCKED, reason(why.NEGATION_CUT, then=shown(clause or right_before))
    elif denials or any(token.key in lists.framing for token in clause):
        yield Verdict.CHECK, reason(why.FRAMING_CUT, then=shown(clause))
    yield from _denied_behind(last, heard, lists)
    for other in (_earlier_clause(first, heard.tokens, lists), _clause_behind(last, heard.tokens)):
        if other and other[0].key in lists.conditions:
            yield Verdict.CHECK, reason(why.CONDITION_CUT, then=shown(other))


def _denied_behind(last: int, heard: Heard, lists: Lists) -> Judged:
    """“sepeser pun” of “sepeser pun tidak.”: a denial at the very end of the clause is cut off."""
    behind = [token for token in _clause_behind(last, heard.tokens) if not token.is_light]
    if heard.tokens[last].ends is not Ends.NOTHING or not _denials(behind[:1], lists):
        return
    is_all = len(behind) == 1 and heard.is_punctuated
    verdict = Verdict.BLOCKED if is_all else Verdict.CHECK
    yield verdict, reason(why.NEGATION_CUT_BEHIND, then=shown(behind))


def _denials(tokens: Sequence[Token], lists: Lists) -> list[Token]:
    return [token for token in _without_idioms(tokens, lists) if is_negation(token, lists)]


def _clause_before(first: int, said: Sequence[Token], lists: Lists) -> Sequence[Token]:
    """The words of the same clause in front of the quote; a joint opens a clause."""
    if said[first].key in lists.joints:
        return ()
    start = first
    while (
        start > 0
        and first - start < _WORDS_BEFORE
        and said[start - 1].ends is Ends.NOTHING
        and said[start - 1].key not in lists.joints
    ):
        start -= 1
    return said[start:first]


def _earlier_clause(first: int, said: Sequence[Token], lists: Lists) -> Sequence[Token]:
    """The clause in front of the quote in the same sentence, if the quote starts with a clause."""
    end = first - len(_clause_before(first, said, lists))
    start = end
    if end and said[end - 1].ends is Ends.CLAUSE:
        start = end - 1
        while start > 0 and said[start - 1].ends is Ends.NOTHING:
            start -= 1
    return said[start:first]


def _clause_behind(last: int, said: Sequence[Token]) -> Sequence[Token]:
    if said[last].ends is Ends.SENTENCE:
        return ()
    end = last + 1
    while end < len(said) and said[end].ends is Ends.NOTHING and end - last < _WORDS_BEFORE:
        end += 1
    return said[last + 1 : end + 1]


def _without_idioms(clause: Sequence[Token], lists: Lists) -> Iterator[Token]:
    keys = [token.key for token in clause]
    at = 0
    while at < len(keys):
        sizes = [len(i) for i in lists.idioms if tuple(keys[at : at + len(i)]) == i]
        if not sizes:
            yield clause[at]
        at += max(sizes, default=1)


def _questions(alignment: Alignment, quote: Sequence[Token], heard: Heard) -> Judged:
    last = alignment.kept[-1]
    if last.quote is None or last.said is None:
        return
    asked = heard.tokens[last.said].asks
    if asked and not any(token.asks for token in quote[last.quote :]):
        yield Verdict.CHECK, reason(why.QUESTION)


def _doublings(alignment: Alignment, quote: Sequence[Token], heard: Heard) -> Judged:
    """“anak-anak” that became “anak”: the half that was kept tells."""
    kept = [
        heard.tokens[step.said]
        for step in alignment.kept
        if step.said is not None
        and step.quote is not None
        and heard.tokens[step.said].doubles
        and not quote[step.quote].doubles
    ]
    if kept:
        yield Verdict.CHECK, reason(why.DOUBLE_DROPPED, then=shown(kept))

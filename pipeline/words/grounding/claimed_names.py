"""Names that an article uses outside quotes: whether the recording or the newsroom knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.checked import (
    Finding,
    Kind,
    Weight,
)
from pipeline.words.grounding.claims import Ground, Line, finding, is_known, said_together
from pipeline.words.grounding.reasons import reason
from pipeline.words.grounding.sources import GLOSSARY
from pipeline.words.grounding.tokens import Ends, Token
from pipeline.words.grounding.tokens import Kind as Word

_NEARLY = 0.8
_LONG_VERB = 7
_LONGEST_ACRONYM = 4
_VERB_STARTS = ("mem", "men", "meng", "ber", "di", "ter", "pem", "pen", "ke", "se")
_LABELS = frozenset(("tag", "episode", "siniar", "podcast", "loading", "foto", "caption"))


def names(line: Line, ground: Ground) -> Iterator[Finding]:
    for run in _runs(line, ground):
        if found := _name(line, run, ground):
            yield found
    for token in line.tokens:
        files = ground.sources.where.get(token.key, ())
        is_said = token.key in ground.heard.where
        if token.key in ground.people_and_places and not is_said and files == (GLOSSARY,):
            yield finding(line, [token], Kind.NAME, Weight.NOTE, reason(why.NAME_NOT_SAID))


def _runs(line: Line, ground: Ground) -> Iterator[list[Token]]:
    """Capitals that stand together."""
    run: list[Token] = []
    for token in line.tokens:
        if _may_be_in_a_name(token, line, ground):
            run.append(token)
        else:
            yield from [run] if run else []
            run = []
        if run and token.ends is not Ends.NOTHING:
            yield run
            run = []
    yield from [run] if run else []


def _may_be_in_a_name(token: Token, line: Line, ground: Ground) -> bool:
    lists = ground.lists
    if token.kind is not Word.WORD or not token.shown.strip("\"'“”‘’([").strip()[:1].isupper():
        return False
    if token.key in lists.calendar or token.key in lists.weekdays or token.key in lists.small:
        return False
    if token.key in lists.modals | lists.negations | lists.conditions | lists.joints | lists.verbs:
        return False
    if token.starts and token.key in _LABELS:
        return False
    is_plain = ground.is_word(token.key) and token.key not in lists.places
    return token.is_capital if not line.is_heading and token.is_capital else not is_plain


def _name(line: Line, run: Sequence[Token], ground: Ground) -> Finding | None:
    keys = [token.key for token in run]
    if ground.sources.holding(keys) or said_together(keys, ground.heard):
        return None
    unknown = [token for token in run if not is_known(token.key, ground)]
    if unknown and (short := _short_form(run, line, ground)):
        short_said = reason(
            why.NAME_SHORT_SAID,
            then=short.title() if len(short) > _LONGEST_ACRONYM else short.upper(),
        )
        return finding(line, run, Kind.NAME, Weight.CHECK, short_said)
    telling = [
        token
        for token in unknown
        if token.key in ground.lists.places
        or not (ground.is_word(token.key) or token.key in ground.lists.titles)
    ]
    if telling:
        near = _nearest(telling[0].key, ground)
        nearly = reason(why.NAME_NEARLY, then=near) if near else reason(why.NAME_UNSUPPORTED)
        weight = Weight.CHECK if _may_be_no_name(run, line, near) else Weight.BLOCKED
        return finding(line, telling, Kind.NAME, weight, nearly)
    if unknown and len(run) == 1 and not run[0].starts and not line.is_heading:
        if _is_in_front_of_a_name(run[0], line):
            return None  # “Kecamatan” in “Kecamatan Tenggarong”
        return finding(line, run, Kind.NAME, Weight.CHECK, reason(why.NAME_UNSUPPORTED))
    if unknown and len(run) > 1:
        return finding(line, run, Kind.NAME, Weight.BLOCKED, reason(why.NAME_UNSUPPORTED))
    if len(run) > 1 and not _is_a_list_of_known(keys, ground):
        return finding(line, run, Kind.NAME, Weight.NOTE, reason(why.NAME_PARTLY))
    return None


def _is_in_front_of_a_name(token: Token, line: Line) -> bool:
    at = line.tokens.index(token)
    return any(other.kind is Word.NAME for other in line.tokens[at + 1 : at + 2])


def _short_form(run: Sequence[Token], line: Line, ground: Ground) -> str:
    """“Pekerjaan Umum” where “PU” is said, “Universitas Mulawarman (Unmul)” where “Unmul” is."""
    behind = line.tokens[line.tokens.index(run[-1]) + 1 :][:1]
    if len(run) > 1 and behind and behind[0].shown[:1] == "(" and is_known(behind[0].key, ground):
        return behind[0].key
    for size in range(len(run), 1, -1):
        letters = "".join(token.key[0] for token in run[-size:])
        if is_known(letters, ground):
            return letters
    return ""


def _may_be_no_name(run: Sequence[Token], line: Line, near: str) -> bool:
    """Whether a lone word looks like a verb (“Memverifikasi …”), or stands in a heading."""
    word = run[0].key
    if line.is_heading:
        return len(run) == 1 and not near
    is_long = len(word) >= _LONG_VERB and word.startswith(_VERB_STARTS)
    return len(run) == 1 and run[0].starts and is_long


def _is_a_list_of_known(keys: Sequence[str], ground: Ground) -> bool:
    """Whether every two neighbours stand together somewhere, as in an office and its holder."""
    pairs = pairwise(keys)
    return (
        sum(
            bool(ground.sources.holding(pair)) or said_together(pair, ground.heard)
            for pair in pairs
        )
        >= len(keys) - 2
    )


def _nearest(key: str, ground: Ground) -> str:
    """A known word that is nearly this one: “rianto” for “arianto”."""
    words = [k for k in (*ground.sources.where, *ground.heard.where) if abs(len(k) - len(key)) <= 2]
    scored = [(_likeness(key, word), word) for word in words if not ground.is_word(word)]
    best = max(scored, default=(0.0, ""))
    return best[1].title() if best[0] >= _NEARLY else ""


def _likeness(one: str, other: str) -> float:
    """How many pairs of letters two words share, from 0 to 1."""
    pairs, others = ({w[i : i + 2] for i in range(len(w) - 1)} for w in (one, other))
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0

"""The text of an article outside its quotes: what it claims, and what supports it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.checked import (
    Finding,
    Kind,
    Passage,
    Reason,
    SupportedSentence,
    Weight,
)
from pipeline.words.grounding.counting import value_of
from pipeline.words.grounding.heard import Heard
from pipeline.words.grounding.hunks import shown
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.manuscript import Span
from pipeline.words.grounding.reasons import reason
from pipeline.words.grounding.sources import GLOSSARY, Sources
from pipeline.words.grounding.tokens import Ends, Token
from pipeline.words.grounding.tokens import Kind as Word
from pipeline.words.ordinary import is_ordinary

_NEAR_WORDS = 4
_SHOWN_PASSAGES = 3
_COVERED = 0.34
_WINDOW = 40
_FEW_WORDS = 3
_IDLE_BEFORE = frozenset(("salah", "satu", "ke"))
_IDLE_BEHIND = frozenset(("pihak", "sama", "belah"))
_SMALL_NUMBER = 2
_NEARLY = 0.8
_LONG_VERB = 7
_LONGEST_ACRONYM = 4
_VERB_STARTS = ("mem", "men", "meng", "ber", "di", "ter", "pem", "pen", "ke", "se")
_LABELS = frozenset(("tag", "episode", "siniar", "podcast", "loading", "foto", "caption"))


@dataclass(frozen=True)
class Ground:
    """All that can support a claim."""

    heard: Heard
    sources: Sources
    lists: Lists
    name_words: frozenset[str]
    people_and_places: frozenset[str] = frozenset()
    """The comparable words that stand for names of the glossary's people and places."""
    is_word: Callable[[str], bool] = is_ordinary
    """Whether something in lower case is a word of the language."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the article: its comparable words and where each word of the text stands."""

    span: Span
    text: str
    tokens: tuple[Token, ...]
    places: tuple[Span, ...]
    is_heading: bool

    def at(self, tokens: Sequence[Token]) -> Span:
        """Where some of its tokens stand in the article."""
        return Span(self.places[tokens[0].first].start, self.places[tokens[-1].last].end)


def supported(line: Line, ground: Ground) -> SupportedSentence:
    """The sentence with the passages that say most of it, or the files that do."""
    weighty = [
        t for t in line.tokens if not t.is_light and t.key not in ground.lists.small
        and t.key not in ground.lists.verbs
    ]  # fmt: skip
    passages = tuple(_passages(weighty, ground.heard)) if weighty else ()
    files = _files(weighty, ground.sources)
    return SupportedSentence(line.span.start, line.span.end, line.text, passages, files)


def findings_in(line: Line, ground: Ground) -> Iterator[Finding]:
    """The numbers, dates and names of a sentence that nothing supports."""
    yield from _dates_and_numbers(line, ground)
    yield from _names(line, ground)


def is_unsupported(sentence: SupportedSentence, line: Line, lists: Lists) -> bool:
    """Whether a sentence that claims something has no support at all."""
    weighty = [t for t in line.tokens if not t.is_light and t.key not in lists.small]
    return len(weighty) > _FEW_WORDS and not sentence.passages and not sentence.sources


def _passages(weighty: Sequence[Token], heard: Heard) -> Iterator[Passage]:
    """Up to three stretches that hold a good part of what the words weigh."""
    unsaid = heard.rarity_unsaid
    whole = sum(heard.rarity(t.key) or unsaid for t in {t.key: t for t in weighty}.values())
    hits: dict[int, list[int]] = {}
    for key in {token.key for token in weighty}:
        if heard.tells(key):
            for at in _said_at(key, heard):
                hits.setdefault(at // _WINDOW, []).append(at)
    scored = sorted(((*_weight(bucket, hits, heard), bucket) for bucket in hits), reverse=True)
    chosen: list[int] = []
    for weight, first, last, bucket in scored:
        if weight < _COVERED * whole or len(chosen) == _SHOWN_PASSAGES:
            break
        if all(abs(bucket - other) > 1 for other in chosen):
            chosen.append(bucket)
            yield heard.passage(first, last)


def _weight(bucket: int, hits: dict[int, list[int]], heard: Heard) -> tuple[float, int, int]:
    """What a stretch of two neighbouring buckets weighs, and where its first and last hit is."""
    places = sorted([*hits[bucket], *hits.get(bucket + 1, [])])
    keys = {heard.tokens[at].key for at in places}
    return sum(heard.rarity(key) for key in keys), places[0], places[-1]


def _said_at(key: str, heard: Heard) -> Iterator[int]:
    yield from heard.where.get(key, ())
    for other in heard.alike(key):
        yield from heard.where[other]


def _files(weighty: Sequence[Token], sources: Sources) -> tuple[str, ...]:
    """The files that hold at least half of the words."""
    found: dict[str, int] = {}
    for token in weighty:
        for file in sources.where.get(token.key, ()):
            found[file] = found.get(file, 0) + 1
    most = max(1, len(weighty))
    files = tuple(file for file, count in found.items() if count / most >= 0.5)
    together = sum(token.key in sources.where for token in weighty) / most
    return files or (tuple(found) if together >= 0.5 else ())


def _dates_and_numbers(line: Line, ground: Ground) -> Iterator[Finding]:
    at = 0
    while at < len(line.tokens):
        date = _date_at(line.tokens, at, ground.lists)
        if len(date) > 1:
            if finding := _date(line, date, ground):
                yield finding
            at += len(date)
            continue
        token = line.tokens[at]
        if token.kind is Word.NUMBER and value_of(token.key) is not None:
            if finding := _number(line, at, ground):
                yield finding
        elif _is_a_day(token, ground.lists) and not _is_known(token.key, ground):
            yield _finding(line, [token], Kind.DATE, Weight.BLOCKED, reason(why.DATE_UNSUPPORTED))
        at += 1


def _is_a_day(token: Token, lists: Lists) -> bool:
    """A month by itself, or a day of the week that is no other word."""
    return token.is_capital and token.key in (*lists.weekdays[:-1], *lists.calendar)


def _date_at(tokens: Sequence[Token], at: int, lists: Lists) -> Sequence[Token]:
    """Day and month, with the year where it stands; or month and year."""
    end = at
    if at and tokens[at - 1].key == "ke":
        return ()  # “pekan kedua Juni”
    if _is_number(tokens, end) and _key(tokens, end + 1) in lists.calendar:
        end += 2
    elif _key(tokens, end) in lists.calendar and _is_number(tokens, end + 1):
        end += 1
    else:
        return ()
    value = value_of(_key(tokens, end)) if _is_number(tokens, end) else None
    return tokens[at : end + 1 if value is not None and 1900 <= value < 2100 else end]


def _date(line: Line, date: Sequence[Token], ground: Ground) -> Finding | None:
    keys = [token.key for token in date]
    if ground.sources.holding(keys) or _said_together(keys, ground.heard):
        return None
    without_year = [key for key in keys if not 1900 <= (value_of(key) or 0) < 2100]
    day, months = ground.sources.published, ground.lists.calendar
    same_year = (value_of(keys[-1]) or day.year) == day.year
    if same_year and len(without_year) > 1 and _said_together(without_year, ground.heard):
        return None
    if _is_month_and_year(keys, months) and all(_is_known(key, ground) for key in keys):
        return None
    return _finding(line, date, Kind.DATE, Weight.BLOCKED, reason(why.DATE_UNSUPPORTED))


def _is_month_and_year(keys: Sequence[str], months: Mapping[str, int]) -> bool:
    return len(keys) > 1 and keys[0] in months


def _number(line: Line, at: int, ground: Ground) -> Finding | None:
    token = line.tokens[at]
    if _is_idle(line.tokens, at, ground.lists):
        return None
    counted = _counted(line.tokens, at, ground.lists)
    places = ground.heard.where.get(token.key, ())
    if token.key in ground.sources.where and not counted:
        return None
    if ground.sources.holding([token.key, *counted[:1]]):
        return None
    beside = [*counted, *_in_front(line.tokens, at, ground.lists)]
    if any(_stands_alone(p, ground.heard) and _is_near(p, beside, ground.heard) for p in places):
        return None
    if counted and (others := _other_numbers(token.key, counted[0], ground.heard)):
        passages = tuple(_around(place, ground.heard) for place in others[:_SHOWN_PASSAGES])
        otherwise = reason(why.NUMBER_OTHERS, then=passages[0].text)
        return _finding(line, [token], Kind.NUMBER, Weight.BLOCKED, otherwise, passages)
    if any(not beside or _is_near(place, beside, ground.heard) for place in places):
        return None
    if token.key in ground.sources.where:
        return None
    if places:
        passages = tuple(_around(p, ground.heard) for p in places[:_SHOWN_PASSAGES])
        otherwise = reason(why.NUMBER_OTHERWISE, then=passages[0].text)
        return _finding(line, [token], Kind.NUMBER, Weight.CHECK, otherwise, passages)
    unsupported = reason(why.NUMBER_UNSUPPORTED)
    return _finding(line, [token], Kind.NUMBER, Weight.BLOCKED, unsupported)


def _is_idle(tokens: Sequence[Token], at: int, lists: Lists) -> bool:
    """ "salah satu", "kedua pihak", "satu" as an article: they count nothing."""
    before, behind = _key(tokens, at - 1) if at else "", _key(tokens, at + 1)
    value = value_of(tokens[at].key) or 0
    in_words = not tokens[at].shown[:1].isdigit()
    if (in_words and value <= _SMALL_NUMBER and before == "ke") or before in ("salah",):
        return True
    return in_words and value == 1 and (behind in _IDLE_BEHIND or behind not in lists.units)


def _counted(tokens: Sequence[Token], at: int, lists: Lists) -> list[str]:
    """The words behind a number that say what is counted, in the same clause."""
    found: list[str] = []
    for token in tokens[at : at + _NEAR_WORDS]:
        if token is not tokens[at] and not token.is_light and token.key not in lists.small:
            found.append(token.key)
        if token.ends is not Ends.NOTHING:
            break
    return found


def _in_front(tokens: Sequence[Token], at: int, lists: Lists) -> list[str]:
    """The words in front of a number in its clause that have a meaning of their own."""
    found: list[str] = []
    for token in tokens[max(0, at - _NEAR_WORDS) : at]:
        if not token.is_light and token.key not in lists.small and token.kind is not Word.NUMBER:
            found.append(token.key)
        if token.ends is not Ends.NOTHING:
            found.clear()
    return found


def _other_numbers(number: str, what: str, heard: Heard) -> list[int]:
    """Where another number of the same things is said, when this number of them never is."""
    attached = [
        place
        for key in (what, *heard.alike(what))
        for at in heard.where.get(key, ())
        for place in (at - 1, at - 2)
        if place >= 0
        and value_of(heard.tokens[place].key) is not None
        and all(t.ends is Ends.NOTHING for t in heard.tokens[place:at])
    ]
    same = any(heard.tokens[place].key == number for place in attached)
    return [] if same else sorted(attached)


def _stands_alone(place: int, heard: Heard) -> bool:
    """Whether a number is said without what it counts: “cuma seratus sembilan puluh.”"""
    return heard.tokens[place].ends is not Ends.NOTHING


def _is_near(place: int, counted: Sequence[str], heard: Heard) -> bool:
    """Whether what is counted is said right beside the number."""
    around = heard.tokens[max(0, place - 3) : place + 2 + _NEAR_WORDS]
    return any(heard.faces.are_shared(token.key, key) for token in around for key in counted)


def _around(place: int, heard: Heard) -> Passage:
    return heard.passage(max(0, place - 3), min(len(heard.tokens) - 1, place + _NEAR_WORDS))


def _names(line: Line, ground: Ground) -> Iterator[Finding]:
    for run in _runs(line, ground):
        if finding := _name(line, run, ground):
            yield finding
    for token in line.tokens:
        files = ground.sources.where.get(token.key, ())
        is_said = token.key in ground.heard.where
        if token.key in ground.people_and_places and not is_said and files == (GLOSSARY,):
            yield _finding(line, [token], Kind.NAME, Weight.NOTE, reason(why.NAME_NOT_SAID))


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
    if ground.sources.holding(keys) or _said_together(keys, ground.heard):
        return None
    unknown = [token for token in run if not _is_known(token.key, ground)]
    if unknown and (short := _short_form(run, line, ground)):
        short_said = reason(
            why.NAME_SHORT_SAID,
            then=short.title() if len(short) > _LONGEST_ACRONYM else short.upper(),
        )
        return _finding(line, run, Kind.NAME, Weight.CHECK, short_said)
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
        return _finding(line, telling, Kind.NAME, weight, nearly)
    if unknown and len(run) == 1 and not run[0].starts and not line.is_heading:
        if _is_in_front_of_a_name(run[0], line):
            return None  # “Kecamatan” in “Kecamatan Tenggarong”
        return _finding(line, run, Kind.NAME, Weight.CHECK, reason(why.NAME_UNSUPPORTED))
    if unknown and len(run) > 1:
        return _finding(line, run, Kind.NAME, Weight.BLOCKED, reason(why.NAME_UNSUPPORTED))
    if len(run) > 1 and not _is_a_list_of_known(keys, ground):
        return _finding(line, run, Kind.NAME, Weight.NOTE, reason(why.NAME_PARTLY))
    return None


def _is_in_front_of_a_name(token: Token, line: Line) -> bool:
    at = line.tokens.index(token)
    return any(other.kind is Word.NAME for other in line.tokens[at + 1 : at + 2])


def _short_form(run: Sequence[Token], line: Line, ground: Ground) -> str:
    """“Pekerjaan Umum” where “PU” is said, “Universitas Mulawarman (Unmul)” where “Unmul” is."""
    behind = line.tokens[line.tokens.index(run[-1]) + 1 :][:1]
    if len(run) > 1 and behind and behind[0].shown[:1] == "(" and _is_known(behind[0].key, ground):
        return behind[0].key
    for size in range(len(run), 1, -1):
        letters = "".join(token.key[0] for token in run[-size:])
        if _is_known(letters, ground):
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
            bool(ground.sources.holding(pair)) or _said_together(pair, ground.heard)
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


def _said_together(keys: Sequence[str], heard: Heard) -> bool:
    return any(
        [token.key for token in heard.tokens[at : at + len(keys)]] == list(keys)
        for at in heard.where.get(keys[0], ())
    )


def _is_known(key: str, ground: Ground) -> bool:
    return key in ground.heard.where or key in ground.sources.where or key in ground.name_words


def _is_number(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and value_of(tokens[at].key) is not None


def _key(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].key if 0 <= at < len(tokens) else ""


def _finding(
    line: Line,
    tokens: Sequence[Token],
    kind: Kind,
    weight: Weight,
    because: Reason,
    passages: tuple[Passage, ...] = (),
) -> Finding:
    span = line.at(tokens)
    return Finding(span.start, span.end, shown(tokens), kind, weight, because, passages)

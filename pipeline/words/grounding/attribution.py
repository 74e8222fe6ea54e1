"""Who is named beside a quote, and whether that is who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.words.degrees import without_degrees
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.manuscript import Manuscript, Paragraph, Span, sentences_in, words_in
from pipeline.words.ordinary import is_ordinary

_EDGES = "\"'“”‘’.,;:!?…()[]—–>\x00"
_MOST_WORDS = 9
_MOST_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the episode: the words of the name and of the office, in lower case."""

    name: str
    words: frozenset[str]
    role: str = ""


def somebody(name: str, role: str = "") -> Somebody:
    """A person by the name as it is written."""
    words = frozenset(word.strip(_EDGES).casefold() for word in without_degrees(name).split())
    return Somebody(name, words, role)


def are_same(name: str, other: str) -> bool:
    """Whether two names may be one person's: one is a part of the other."""
    one, two = somebody(name).words, somebody(other).words
    return bool(one and two) and (one <= two or two <= one)


@dataclass(frozen=True, slots=True)
class Beside:
    """The name beside a quote, if any; `is_attributed` when a verb says that somebody speaks."""

    name: str = ""
    is_attributed: bool = False
    is_guessed: bool = False
    """Whether a pronoun stands there (“jelasnya”), and the name is that of who came before."""


def beside(
    manuscript: Manuscript,
    paragraph: Paragraph,
    quote: Span,
    lists: Lists,
    people: Sequence[Somebody] = (),
) -> Beside:
    """Who is named: “…,” ujar Rianto; Menurut Rianto, “…”; “…,” jelasnya (attributed, no name)."""
    known = frozenset(word for person in people for word in person.words if len(word) > 1)
    behind = _behind(manuscript, paragraph, quote)
    if any(_is_saying(word, lists) for word in behind[:_MOST_WORDS]) or _is_his(behind):
        return Beside(_named_after_a_verb(behind, lists, known), is_attributed=True)
    before = _before(manuscript, paragraph, quote)
    if any(_bare(word) in lists.verbs for word in before):
        return Beside(_named_before_a_verb(before, lists, known), is_attributed=True)
    return Beside()


def _is_his(words: Sequence[str]) -> bool:
    """ "…,” keluhnya": a word on -nya right behind a quote says that somebody speaks."""
    return bool(words) and words[0].islower() and _bare(words[0]).endswith("nya")


def last_named(text: str, people: Sequence[Somebody]) -> str:
    """The person of the episode whose name stands last in a text."""
    known = {word for person in people for word in person.words if len(word) > 1}
    for word in reversed(text.replace("\x00", "").split()):
        bare = word.strip(_EDGES)
        if bare[:1].isupper() and bare.casefold() in known:
            return bare
    return ""


def _behind(manuscript: Manuscript, paragraph: Paragraph, quote: Span) -> list[str]:
    """The words between the quote and the end of its sentence or the next quote."""
    shown, start = manuscript.shown, min(quote.end + 1, paragraph.end)
    following = [q.start for q in manuscript.quotes(paragraph) if q.start > quote.end]
    end = min([paragraph.end, *following])
    span = next(sentences_in(shown, start, end), None)
    return words_in(shown, span.start, span.end)[0] if span else []


def _before(manuscript: Manuscript, paragraph: Paragraph, quote: Span) -> list[str]:
    """The words of the quote's sentence in front of it."""
    shown = manuscript.shown
    earlier = [q.end + 1 for q in manuscript.quotes(paragraph) if q.end < quote.start]
    start = max([paragraph.start, *earlier])
    spans = list(sentences_in(shown, start, max(start, quote.start - 1)))
    if not spans:
        return []
    text = shown[spans[-1].start : spans[-1].end].rstrip()
    is_open = text[-1:] in ":," or text[-1:].isalnum()
    return words_in(shown, spans[-1].start, spans[-1].end)[0] if is_open else []


def _named_after_a_verb(words: Sequence[str], lists: Lists, known: frozenset[str]) -> str:
    """ "ujar Kepala Bidang PKP Ahmad Rianto, Kamis"; or "— Ahmad Rianto" below a blockquote."""
    at = next((at for at, word in enumerate(words) if _is_saying(word, lists)), len(words))
    if at == len(words):
        return ""
    first = [words[at].strip("—–-")] if _is_dash(words[at]) else []
    rest = [*first, *words[at + 1 :]]
    return _name_in(rest, lists, known)


def _named_before_a_verb(words: Sequence[str], lists: Lists, known: frozenset[str]) -> str:
    """ "Hidayah mengatakan," or "Menurut Hidayah,"."""
    at = max(at for at, word in enumerate(words) if _bare(word) in lists.verbs)
    if at == 0 or _bare(words[at]) in ("menurut", "according"):
        return _name_in(words[at + 1 :], lists, known)
    return _name_in(words[:at], lists, known)


def _is_saying(word: str, lists: Lists) -> bool:
    return _bare(word) in lists.verbs or _is_dash(word)


def _is_dash(word: str) -> bool:
    return word[:1] in "—–" or word in ("-", "--")


def _name_in(words: Sequence[str], lists: Lists, known: frozenset[str]) -> str:
    """The words of a known person's name, or else the first capitals that may be a name."""
    cores = [word.strip(_EDGES) for word in words]
    named = [core for core in cores if core[:1].isupper() and core.casefold() in known]
    if named:
        run = next(run for run in _runs(words, lists, known) if set(run) & set(named))
        return " ".join(run)
    return " ".join(next((run for run in _runs(words, lists, known) if run), []))


def _runs(words: Sequence[str], lists: Lists, known: frozenset[str]) -> Iterator[list[str]]:
    """Capitals that stand together, without offices, places and days."""
    run: list[str] = []
    for word in words:
        bare = word.strip(_EDGES)
        is_next = bool(run) and bare[:1].isupper() and bare.casefold() not in lists.titles
        if bare[:1].isupper() and (is_next or _may_be_a_name(bare, lists, known)):
            run.append(bare)
        else:
            yield run
            run = []
        if run and (word.endswith((",", ".", ":", ";")) or len(run) == _MOST_NAME_WORDS):
            yield run
            run = []
    yield run


def _may_be_a_name(word: str, lists: Lists, known: frozenset[str]) -> bool:
    key = word.casefold()
    unlikely = lists.titles | lists.places | frozenset(lists.weekdays) | frozenset(lists.calendar)
    is_acronym = len(word) > 1 and word.isupper()
    return key in known or not (key in unlikely or is_acronym or is_ordinary(word))


def _bare(word: str) -> str:
    return word.strip(_EDGES).casefold()

"""Words made comparable, each with the words of the source that it stands for.

NFKC, lower case, spoken forms as they are written, numbers as values, names of the glossary in one
spelling. Nothing is dropped: hesitations and stutters are marked, doubled words are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from pipeline.words.grounding.lists import Lists, words
from pipeline.words.ordinary import is_ordinary

_MARKS = re.compile(r"[*_`\x00\u200b\u200c\u200d\u00ad\ufeff\\]")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`ʼ](?=\w)")
_ATOM = re.compile(
    r"(?P<number>\d+(?:[.,/:]\d+)*)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<sign>[%&½¼¾])|(?P<mark>.)"
)
_DOTTED = re.compile(r"^\W*((?:[^\W\d_]\.){2,}[^\W\d_]?)\W*$")
_SENTENCE_ENDS = frozenset(".?!…")
_CLAUSE_ENDS = frozenset(",;:()—–[]")
_ABBREVIATIONS = words(
    "dr drs dra ir h hj kh no jl tgl prof st s.pd m.si s.sos bpk sdr dll dsb dst rp"
)
_SIGNS = {
    "%": "persen",
    "&": "dan",
    "½": "setengah",
    "¼": "seperempat",
    "¾": "tigaperempat",
}
# Behind them a capital says nothing: “Tenggarong – Sebanyak 27 …”, “Foto: Kepala …”.
_OPENING_MARKS = frozenset("–—:")


class Kind(Enum):
    """What a token is, for the rules."""

    WORD = auto()
    NUMBER = auto()
    NAME = auto()


class Ends(Enum):
    """What ends after a token."""

    NOTHING = 0
    CLAUSE = 1
    SENTENCE = 2


@dataclass(frozen=True, slots=True)
class Token:
    """`key` is compared; `first` to `last` (counted) are words of the source, `shown` is theirs.

    `is_capital`: a capital that no start of a sentence explains. `starts`: it starts a sentence.
    `is_light`: a hesitation or a stutter, which may go. `doubles`: it doubles the word before it
    with a hyphen, as in “anak-anak”.
    """

    key: str
    first: int
    last: int
    shown: str
    kind: Kind = Kind.WORD
    is_capital: bool = False
    starts: bool = False
    is_light: bool = False
    doubles: bool = False
    ends: Ends = Ends.NOTHING
    asks: bool = False


Rule = Callable[[list[Token], Lists], list[Token]]


def atoms_of(words: Sequence[str], lists: Lists, ends: Sequence[Ends] | None = None) -> list[Token]:
    """Each word as its parts, before numbers and names are recognised.

    `ends` says what ends after a word besides what its marks say, such as a long pause.
    """
    made: list[Token] = []
    starts = True
    for index, word in enumerate(words):
        parts = list(_atoms(index, word, lists, starts))
        ending = _ending(word)
        if ends is not None and ends[index].value > ending.value:
            ending = ends[index]
        if parts:
            parts[-1] = replace(parts[-1], ends=ending, asks="?" in word)
            if word[:1] in "([" and made and made[-1].ends is Ends.NOTHING:
                made[-1] = replace(made[-1], ends=Ends.CLAUSE)
            made += parts
            starts = ending is Ends.SENTENCE or word[-1] in _OPENING_MARKS
        elif made and ending.value > made[-1].ends.value:  # a dash by itself
            made[-1] = replace(made[-1], ends=ending)
            starts = starts or ending is Ends.SENTENCE or word[-1] in _OPENING_MARKS
    return _joined_letters(made)


def _ending(word: str) -> Ends:
    tail = word.rstrip("\"'”’»")[-1:] if word.rstrip("\"'”’»") else ""
    if tail in _SENTENCE_ENDS and tail:
        bare = word.strip("\"'“”‘’().,*_").casefold()
        is_initial = len(bare) == 1 and bare.isalpha()
        return (
            Ends.NOTHING
            if tail == "." and (bare in _ABBREVIATIONS or is_initial)
            else Ends.SENTENCE
        )
    return Ends.CLAUSE if tail in _CLAUSE_ENDS and tail else Ends.NOTHING


def _atoms(index: int, word: str, lists: Lists, starts: bool) -> Iterator[Token]:
    text = unicodedata.normalize("NFKC", _MARKS.sub("", word))
    text = _APOSTROPHE.sub("'", text)
    if dotted := _DOTTED.match(text):
        text = dotted[1].replace(".", "")
    before = ""
    for found in _ATOM.finditer(text):
        if found["mark"]:
            before = found["mark"]
            continue
        shown = found[0]
        for key in _keys(shown, lists):
            doubled = before == "-" and found["word"] is not None
            yield Token(
                key, index, index, word, is_capital=shown[:1].isupper() and not starts,
                starts=starts, is_light=key in lists.fillers or _is_fragment(text, found),
                doubles=doubled,
            )  # fmt: skip
            starts = False
        before = "" if found.end() < len(text) and text[found.end()] != "-" else "-"


def _is_fragment(text: str, found: re.Match[str]) -> bool:
    """“mem-” in “mem- membangun”: a word that breaks off."""
    return text[found.end() :] in ("-", "--", "—", "–") and not is_ordinary(found[0])


def _keys(shown: str, lists: Lists) -> tuple[str, ...]:
    folded = shown.casefold()
    if folded in _SIGNS:
        return (_SIGNS[folded],)
    if not folded[0].isdigit():
        folded = folded if folded in lists.spoken else folded.replace("'", "")
    return lists.spoken.get(folded, (folded,))


def _joined_letters(tokens: list[Token]) -> list[Token]:
    """“P K P” and “p k p” as “pkp”."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        last = at
        while (
            last < len(tokens)
            and _is_letter(tokens[last])
            and (last == at or tokens[last - 1].ends is Ends.NOTHING)
        ):
            last += 1
        if last - at >= 2:
            made.append(merged(tokens[at:last], "".join(t.key for t in tokens[at:last])))
            at = last
        else:
            made.append(tokens[at])
            at += 1
    return made


def _is_letter(token: Token) -> bool:
    return len(token.key) == 1 and token.key.isalpha() and not token.is_light


def merged(tokens: Sequence[Token], key: str, kind: Kind | None = None) -> Token:
    """Several tokens as one."""
    first, last = tokens[0], tokens[-1]
    shown = dict.fromkeys((t.first, t.shown) for t in tokens)
    return replace(
        first,
        key=key,
        last=last.last,
        shown=" ".join(text for _, text in shown),
        kind=kind or first.kind,
        is_capital=any(t.is_capital for t in tokens),
        is_light=False,
        doubles=False,
        ends=last.ends,
        asks=last.asks,
    )

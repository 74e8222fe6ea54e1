"""The labelled cases and how the check does on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pipeline.ground.glossary import read_glossary
from pipeline.tools.grounding.checking import Checker
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.grounding.checked import CheckedQuote
from pipeline.words.grounding.sources import Masthead
from tests.talks import talk_of

_MASTHEAD = Masthead(
    "Etam Berkesah", outlet="Portal Contoh", place="Kutai Kartanegara", label="ADV"
)
CASES = Path(__file__).parent / "cases"
GLOSSARY = read_glossary(Path(__file__).parents[3] / "pipeline/init/glossary.toml")


@dataclass(frozen=True, slots=True)
class Case:
    """A quote, who is said to say it, and whether an editor may write it so."""

    talk: str
    is_right: bool
    kind: str
    named: str
    quote: str


@dataclass(frozen=True, slots=True)
class Row:
    """How many cases of a kind there are, and how many of them pass."""

    is_right: bool
    kind: str
    cases: int
    passed: int


def cases_of(half: str) -> Iterator[Case]:
    """The cases of `tune` or `report`."""
    for file in sorted((CASES / half).glob("*.cases")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                label, named, quote = (part.strip() for part in line.split("|", 2))
                right, _, kind = label.partition(" ")
                yield Case(f"{half}/{file.stem}", right == "ok", kind, named, quote)


def verdict_on(case: Case) -> CheckedQuote:
    """The check of the case's quote in a sentence of an article."""
    (quote,) = checker(case.talk).check(f"“{case.quote},” ujar {case.named}.\n").quotes
    return quote


def table(half: str) -> list[Row]:
    """A row a kind: what may be written first."""
    cases, passed = Counter[tuple[bool, str]](), Counter[tuple[bool, str]]()
    for case in cases_of(half):
        key = (case.is_right, case.kind)
        cases[key] += 1
        passed[key] += not verdict_on(case).is_open
    return [
        Row(*key, cases[key], passed[key]) for key in sorted(cases, key=lambda k: (not k[0], k))
    ]


@cache
def checker(talk: str) -> Checker:
    """The check of a talk of the cases (`tune/irigasi`), recorded on a Thursday."""
    script = (CASES / f"{talk}.talk.txt").read_text(encoding="utf-8")
    host = script.partition(":")[0]
    others = dict.fromkeys(line.partition(":")[0] for line in script.splitlines())
    guests = tuple(Guest(name) for name in others if name != host or len(others) == 1)
    details = EpisodeDetails("Contoh", date(2024, 2, 1), guests=guests, host=host)
    return Checker(talk_of(script, speakers=True), details, GLOSSARY, _MASTHEAD)

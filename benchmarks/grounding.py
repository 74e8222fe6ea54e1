"""How the grounding check does on the labelled cases that nobody tuned by, and how fast it is.

The first table has a row for each kind of edit: how many of the legitimate ones it accepts, how
many of the forbidden ones it lets through. The second line is a two-hour talk of 14,768 words and
an article of 1,000 words: preparing the transcript once, then the check
as an editor's desk does it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from itertools import cycle, islice

from pipeline.tools.grounding.checking import Checker
from tests.articles import DETAILS, GLOSSARY, MASTHEAD
from tests.talks import GOLDEN, talk_of
from tests.tools.grounding.labelled import CASES, Row, table

WORDS, ARTICLE_WORDS, QUOTES = 14_768, 1_000, 12


def main() -> None:
    """Print both."""
    for half in ("report", "tune"):
        _print_table(half, table(half))
    _print_times()


def _print_table(half: str, rows: Sequence[Row]) -> None:
    print(f"{half} half")
    print(f"  {'kind':<22}{'cases':>6}{'pass':>6}")
    for row in rows:
        label = f"{'may' if row.is_right else 'may not'}: {row.kind}"
        print(f"  {label:<22}{row.cases:>6}{row.passed:>6}")
    for is_right, label in ((True, "accepted"), (False, "let through")):
        cases = sum(row.cases for row in rows if row.is_right is is_right)
        passed = sum(row.passed for row in rows if row.is_right is is_right)
        print(f"  {label:<22}{cases:>6}{passed:>6}  {passed / cases:.1%}")


def _print_times() -> None:
    script = _long_talk()
    transcript = talk_of("\n".join(script), speakers=True)
    article = _article(script)
    checker = Checker(transcript, DETAILS, GLOSSARY, MASTHEAD)
    seconds = [_timed(checker, article) for _ in range(4)]
    words = sum(len(segment.words) for segment in transcript.segments)
    print(f"{words} words, an article of {len(article.split())} words with {QUOTES} quotes:")
    print(f"  first check {seconds[0]:.2f} s of CPU time, then {min(seconds[1:]):.2f} s")


def _timed(checker: Checker, article: str) -> float:
    started = time.process_time()
    checker.check(article)
    return time.process_time() - started


def _long_talk() -> list[str]:
    """The sentences of all talks in ever new combinations, as long as two hours of speech."""
    files = [*GOLDEN.glob("*.txt"), *CASES.glob("*/*.talk.txt")]
    lines = [
        line
        for file in sorted(files)
        for line in file.read_text(encoding="utf-8").splitlines()
        if ": " in line
    ]
    chance = random.Random(7)
    made: list[str] = []
    count = 0
    for line in cycle(lines):
        speaker, _, said = line.partition(":")
        words = said.split()
        at = chance.randrange(len(words))
        words[at] = f"{words[at].rstrip('.,')}{chance.choice(('nya', 'lah', 'kah', 'pun'))}"
        made.append(f"{speaker}: {' '.join(words)}")
        count += len(words)
        if count >= WORDS:
            return made
    raise AssertionError("unreachable: cycle never ends")


def _article(script: Sequence[str]) -> str:
    """Quotes from all over the talk, and as many words of text as an article has."""
    step = len(script) // QUOTES
    quotes = [
        f"“{said.strip().rstrip('.')},” ujar {speaker}."
        for speaker, _, said in (line.partition(":") for line in script[::step][:QUOTES])
    ]
    have = sum(len(quote.split()) for quote in quotes)
    text = list(
        islice((w for line in script[5::7] for w in line.split()[2:]), ARTICLE_WORDS - have)
    )
    parts = [" ".join(text[at : at + 40]).rstrip(".,") + "." for at in range(0, len(text), 40)]
    return "\n\n".join([*parts, *quotes]) + "\n"


if __name__ == "__main__":
    main()

"""Searching an archive: the index against reading every text from end to end, in one run.

Makes an archive of `--hours` hours out of root words of the dictionary, spread as words are (Zipf),
with affixes and names; 270 lines an hour of 27 words. Prints the time to make the index, its size,
and for each question the time with the index, without it, and their ratio.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.running.index import store
from pipeline.running.index.looking import look
from pipeline.running.index.passages import Kind, Passage
from pipeline.tools.dictionary import root_words, stem_of
from pipeline.words.looked_for import terms_of

_LINES_AN_HOUR = 270
_WORDS_A_LINE = 27
_AFFIXED = ("{}", "{}", "{}", "me{}kan", "di{}", "ber{}", "pe{}an", "{}nya")
_NAMES = ("Diskominfo", "PDAM", "Tenggarong", "Kartanegara", "Rianto", "Loa Ipuh")
_ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=300)
    hours = parser.parse_args().hours
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "index.sqlite"
        lines = _measure_making(path, hours)
        print(f"{'question':28} {'episodes':>8} {'index':>9} {'reading':>9} {'ratio':>6}")
        for question in _questions():
            _measure(path, lines, question)


def _measure_making(path: Path, hours: int) -> list[tuple[int, str]]:
    lines = []
    began = time.perf_counter()
    making = 0.0
    for n, passages in enumerate(_archive(hours)):
        lines += [(n, passage.text) for passage in passages]
        started = time.perf_counter()
        with store.opened(path) as connection:
            store.put(connection, f"episode-{n}", str(n), passages, stem_of)
        making += time.perf_counter() - started
    size = path.stat().st_size / 1e6
    print(f"{hours} hours, {len(lines):,} lines: index of {size:.0f} MB in {making:.0f} s")
    print(f"(making the texts: {time.perf_counter() - began - making:.0f} s)")
    return lines


def _measure(path: Path, lines: list[tuple[int, str]], question: str) -> None:
    indexed = []
    found = 0
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        with store.opened(path) as connection:
            terms = terms_of(question, stem_of)
            found = len(look(connection, terms, stem_of, most_episodes=30, most_hits=6))
        indexed.append(time.perf_counter() - started)
    read = []
    words = [re.compile(re.escape(word), re.IGNORECASE) for word in re.findall(r"\w+", question)]
    for _ in range(2):
        started = time.perf_counter()
        sorted({n for n, text in lines if all(word.search(text) for word in words)})
        read.append(time.perf_counter() - started)
    with_index, without = statistics.median(indexed), statistics.median(read)
    print(
        f"{question:28} {found:8} {with_index * 1e3:6.0f} ms {without * 1e3:6.0f} ms "
        f"{without / with_index:6.1f}"
    )


def _questions() -> Iterator[str]:
    yield from ("Diskominfo", "disko", "PDAM Tenggarong", "“Loa Ipuh”")
    common = _vocabulary()
    yield f"{common[0]}"
    yield f"{common[0]} {common[1]}"
    yield f"{common[3000]} {common[200]}"
    yield f"me{common[5000]}kan"


def _vocabulary() -> list[str]:
    return random.Random(7).sample(sorted(w for w in root_words() if w.isalpha()), 6_000)


def _archive(hours: int) -> Iterator[list[Passage]]:
    """An episode for each hour."""
    chance = random.Random(8)
    words = _vocabulary()
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    for _ in range(hours):
        drawn = chance.choices(words, weights, k=_LINES_AN_HOUR * _WORDS_A_LINE)
        spoken = [chance.choice(_AFFIXED).format(word) for word in drawn]
        lines = [spoken[at : at + _WORDS_A_LINE] for at in range(0, len(spoken), _WORDS_A_LINE)]
        for line in chance.sample(lines, 20):
            line[5] = chance.choice(_NAMES)
        yield [
            Passage(Kind.LINE, " ".join(line) + ".", 13.0 * n, "Siti")
            for n, line in enumerate(lines)
        ]


if __name__ == "__main__":
    main()

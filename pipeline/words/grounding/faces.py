"""Which words an editor may exchange: a word's faces, of which two such words share one.

“sinyal” and “sinyalnya”, “naikin” and “menaikkan”, “bangun” and “membangun”, and the pairs of the
lists. Active and passive (“membantu”, “dibantu”) share none.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.words.grounding.lists import Lists

_LEAST_STEM = 4
_NASALS = (
    ("meny", ("s",)), ("meng", ("", "k")), ("mem", ("", "p")), ("men", ("", "t")), ("me", ("",)),
)  # fmt: skip
_PREFIXES = (("ng", "me"), ("ny", "me"), ("n", "me"), ("m", "me"))


class Faces:
    """The faces of words by the lists of a language; asked for again they cost nothing."""

    def __init__(self, lists: Lists) -> None:
        self._endings = lists.endings
        self._made: dict[str, frozenset[str]] = {}
        self._pairs: dict[str, list[str]] = {}
        for pair in lists.alike:
            for word in pair:
                self._pairs.setdefault(word, []).append("~".join(sorted(pair)))

    def of(self, key: str) -> frozenset[str]:
        """What `key` may stand for."""
        if key not in self._made:
            self._made[key] = frozenset(self._faces(key)) if key.isalpha() else frozenset((key,))
        return self._made[key]

    def are_shared(self, one: str, other: str) -> bool:
        """Whether an editor may put one word for the other."""
        return not self.of(one).isdisjoint(self.of(other))

    def _faces(self, key: str) -> Iterator[str]:
        for word in (key, *self._without_endings(key)):
            yield word
            yield from self._pairs.get(word, ())
            yield from _roots(word)
            yield from _formal(word)

    def _without_endings(self, key: str) -> Iterator[str]:
        for ending in self._endings:
            stem = key.removesuffix(ending)
            if stem != key and len(stem) >= _LEAST_STEM - 1:
                yield stem


def _roots(word: str) -> Iterator[str]:
    """ "membangun" is "bangun", "bekerja" is "kerja"."""
    for prefix, swallowed in _NASALS:
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST_STEM - 1:
            yield from (first + word.removeprefix(prefix) for first in swallowed)
            break
    for prefix in ("ber", "be"):
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST_STEM:
            yield word.removeprefix(prefix)
            break


def _formal(word: str) -> Iterator[str]:
    """How spoken verbs are written: "nulis", "naikin", "dibantuin", "ngebantu"."""
    for prefix, formal in _PREFIXES:
        if word.startswith(prefix) and len(word) >= _LEAST_STEM:
            yield formal + word
            break
    if word.startswith("nge") and len(word) >= _LEAST_STEM + 3:
        yield word[3:]
        yield _active(word[3:])
    if word.endswith("in") and len(word) >= _LEAST_STEM + 1:
        stem = word[:-2]
        yield from (stem, f"{stem}kan", f"{stem}i")
        if not stem.startswith("di"):
            for start in (_active(stem), *((f"me{stem}",) if stem[0] in "nm" else ())):
                yield from (start, f"{start}kan", f"{start}i")


def _active(root: str) -> str:
    """The root with the prefix meN-."""
    first = root[:1]
    if first in "ptks":
        return {"p": "mem", "t": "men", "k": "meng", "s": "meny"}[first] + root[1:]
    if first in "bf":
        return f"mem{root}"
    if first in "cdjz":
        return f"men{root}"
    return f"meng{root}" if first in "aiueogh" else f"me{root}"

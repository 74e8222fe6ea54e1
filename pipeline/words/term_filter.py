"""A small answer to “is this word said in it?”: a Bloom filter over the terms of a transcript.

It never denies a term that is there; of those that are not, it admits one in a hundred, which the
transcript itself then settles. `search.js` reads it.
Sources: Bloom (1970); Kirsch and Mitzenmacher (2006) for two hashes in place of many; Fowler, Noll
and Vo's FNV-1a; the last mixing of MurmurHash3.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

_BITS_A_TERM = 10
_HASHES = 7
_WORD = 0xFFFFFFFF


def filter_of(terms: Iterable[str]) -> str:
    """The filter in base64; the same terms give the same text, no terms an empty one."""
    different = set(terms)
    size = -(-len(different) * _BITS_A_TERM // 8)
    bits = bytearray(size)
    for term in different:
        for place in _places(term, 8 * size):
            bits[place >> 3] |= 1 << (place & 7)
    return base64.b64encode(bits).decode("ascii")


def may_have(made: str, term: str) -> bool:
    """Whether `term` is perhaps in the filter; False is certain."""
    bits = base64.b64decode(made)
    return bool(bits) and all(bits[p >> 3] >> (p & 7) & 1 for p in _places(term, 8 * len(bits)))


def _places(term: str, bits: int) -> Iterator[int]:
    first = _fnv(term.encode("utf-8", "surrogatepass"))
    second = _mixed(first) | 1
    return ((first + number * second) % bits for number in range(_HASHES))


def _fnv(content: bytes) -> int:
    value = 0x811C9DC5
    for byte in content:
        value = (value ^ byte) * 0x01000193 & _WORD
    return value


def _mixed(value: int) -> int:
    value = (value ^ value >> 16) * 0x85EBCA6B & _WORD
    value = (value ^ value >> 13) * 0xC2B2AE35 & _WORD
    return value ^ value >> 16

"""Slugs: names for folders and addresses, in plain ASCII."""

from __future__ import annotations

from collections.abc import Container

from slugify import slugify

_LONGEST = 80
_RESERVED = frozenset({"inbox", "public"})


def slug_of(text: str, taken: Container[str] = ()) -> str:
    """A slug for `text`: `a-z`, `0-9` and `-`, at most 80 characters, not one of `taken`."""
    base = slugify(text, max_length=_LONGEST, word_boundary=True) or "episode"
    slug, number = base, 1
    while slug in taken or slug in _RESERVED:
        number += 1
        ending = f"-{number}"
        slug = base[: _LONGEST - len(ending)].rstrip("-") + ending
    return slug

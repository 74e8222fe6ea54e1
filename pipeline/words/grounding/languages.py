"""The lists of each language; one without a row has empty lists, so that nothing is guessed."""

from __future__ import annotations

from pipeline.words.grounding.english import ENGLISH
from pipeline.words.grounding.indonesian import INDONESIAN
from pipeline.words.grounding.lists import Lists
from pipeline.words.languages import primary_language

_ROWS = {"id": INDONESIAN, "ms": INDONESIAN, "en": ENGLISH}


def lists_for(language: str) -> Lists:
    """The lists of `language` ("id", "en-GB")."""
    return _ROWS.get(primary_language(language), Lists())

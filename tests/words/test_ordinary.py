"""Ordinary words are known with their affixes; names are not ordinary."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from pipeline.ground.glossary import read_glossary
from pipeline.words.ordinary import is_ordinary
from pipeline.words.tokens import tokens_of
from tests.talks import DEMO_SCRIPT, GOLDEN


@pytest.mark.parametrize(
    "word",
    [
        *("anggaran", "sebulan", "tambang", "bintang", "makam", "mahkamah", "sukar", "kalimat"),
        *("disampaikan", "menyelenggarakan", "pembangunannya", "penulisan", "mempertimbangkan"),
        *("memakai", "mengirim", "berapakah", "anak-anak", "bertanggung", "kepadanya", "Bandung"),
    ],
)
def test_ordinary_words_are_known_with_affixes(word: str) -> None:
    assert is_ordinary(word)


@pytest.mark.parametrize(
    "word",
    [
        *("Tenggarong", "Mahakam", "Sebulu", "Anggana", "Kenohan", "Tabang", "Samboja", "Sanga"),
        *("Diskominfo", "Musrenbang", "Rianto", "Kartanegara", "tengarong", "", "123"),
    ],
)
def test_names_are_not_ordinary(word: str) -> None:
    assert not is_ordinary(word)


def test_most_words_of_real_talk_are_known() -> None:
    texts = [DEMO_SCRIPT.read_text(encoding="utf-8")]
    texts += [path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.txt")]
    words = {t.key for text in texts for t in tokens_of(text) if t.core and not t.is_capital}
    unknown = {word for word in words if not is_ordinary(word) and word.isalpha()}
    assert len(unknown) < 0.05 * len(words), sorted(unknown)


def test_the_shipped_glossary_has_names_to_be_told() -> None:
    glossary = read_glossary(Path(pipeline.__file__).parent / "init" / "glossary.toml")
    told = [place.name for place in glossary.places if not is_ordinary(place.name)]
    assert len(told) >= 15

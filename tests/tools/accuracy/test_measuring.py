"""Edits, confusions and names against texts whose errors are known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tools.accuracy.measuring import Comparison, raw_errors
from pipeline.words.accuracy import Confusion
from pipeline.words.glossary import Spelling
from tests.talks import GOLDEN

NAMES = [
    Spelling("Kutai Kartanegara", ("Kukar",)),
    Spelling("Kutai"),
    Spelling("KIM"),
    Spelling("Nur Hidayah"),
]


def compared(said: str, heard: str) -> Comparison:
    return Comparison(said, heard, "id")


def test_edits_are_counted_by_kind() -> None:
    errors = compared("Satu tiga ikan besar di sungai", "satu tiga ikan di di sungai itu").errors()
    assert (errors.substitutions, errors.deletions, errors.insertions) == (1, 0, 1)
    assert errors.words == 5
    assert errors.word_error_rate == pytest.approx(2 / 5)


def test_numbers_and_case_are_errors_only_in_the_raw_figure() -> None:
    said, heard = "Ada 25 kelompok.", "ada dua puluh lima kelompok"
    assert compared(said, heard).errors().word_edits == 0
    raw = raw_errors(said, heard)
    assert (raw.words, raw.word_edits) == (3, 5)


def test_confusions_are_phrases_the_most_frequent_first() -> None:
    said = "warga kutai kartanegara datang lalu warga kutai kartanegara pulang dengan kapal"
    heard = "warga kutay karta negara datang lalu warga kutay karta negara pulang dengan papal"
    assert compared(said, heard).confusions() == (
        Confusion("kutai kartanegara", "kutay karta negara", 2),
        Confusion("kapal", "papal", 1),
    )


def test_words_that_are_missing_are_no_confusion() -> None:
    assert compared("warga datang ke desa", "warga ke desa").confusions() == ()


def test_names_count_whole_and_by_their_longest() -> None:
    said = "Kutai Kartanegara punya KIM. Kukar dan Kutai berbeda. Nur Hidayah dari KIM."
    heard = "Kutai Karta Negara punya KIM. Kukar dan Kutai berbeda. Nur Hidaya dari KIM."
    names = compared(said, heard).names(NAMES)
    assert (names.said, names.right) == (6, 4)
    assert names.missed == (("Kutai Kartanegara", 1), ("Nur Hidayah", 1))


def test_without_a_glossary_no_name_was_said() -> None:
    assert compared("Kukar", "Kukar").names([]).said == 0


def test_a_text_in_another_language_is_told() -> None:
    indonesian = (GOLDEN / "interview.txt").read_text(encoding="utf-8")
    other_talk = (GOLDEN / "monologue.txt").read_text(encoding="utf-8")
    english = (
        "The people of the village met in the hall to talk about the water that is now clean and "
        "the road to the river, and they said that it was the first time that all of them had been "
        "asked what they want and what they need for the year that is to come in their district. "
        "Nobody has to pay for it."
    )
    assert not compared(english, indonesian).shares_a_language()
    assert compared(other_talk, indonesian).shares_a_language()
    assert compared("Halo", indonesian).shares_a_language()


def test_a_reference_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        compared(" ... ", "warga")


_SPEECH = st.lists(
    st.sampled_from(["warga", "desa", "air", "di", "yang", "data", "kami", "itu"]), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(_SPEECH, _SPEECH)
def test_edits_turn_one_text_into_the_other(said: list[str], heard: list[str]) -> None:
    errors = compared(" ".join(said), " ".join(heard)).errors()
    assert errors.words == len(said)
    assert len(said) - errors.deletions + errors.insertions == len(heard)
    assert abs(len(said) - len(heard)) <= errors.word_edits <= max(len(said), len(heard))
    assert (errors.word_edits == 0) == (said == heard)

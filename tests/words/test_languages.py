"""Language tags and the codes that other formats ask for."""

from __future__ import annotations

import pytest

from pipeline.words.languages import three_letter_code


@pytest.mark.parametrize(
    ("language", "code"),
    [("id", "ind"), ("en-GB", "eng"), ("en_US", "eng"), ("ID", "ind"), ("xx", "und")],
)
def test_languages_have_three_letters(language: str, code: str) -> None:
    assert three_letter_code(language) == code

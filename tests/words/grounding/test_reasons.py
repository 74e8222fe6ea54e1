from __future__ import annotations

import re

import pytest

from pipeline.tools.translations import translator
from pipeline.words.grounding import reasons

MESSAGES = {
    message
    for name, message in vars(reasons).items()
    if name.isupper() and isinstance(message, str)
}


@pytest.mark.parametrize("message", sorted(MESSAGES))
def test_every_reason_is_said_in_indonesian_with_the_same_words_filled_in(message: str) -> None:
    told = translator("id")(message)
    assert told != message
    assert set(re.findall(r"{\w+}", told)) == set(re.findall(r"{\w+}", message))

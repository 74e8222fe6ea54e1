"""Words that listeners read are in the show's language."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from babel.messages.pofile import read_po

from pipeline.tools.translations import (
    LOCALE_FOLDER,
    date_in_words,
    is_right_to_left,
    translator,
)


def test_indonesian_messages_come_from_the_catalogue() -> None:
    assert translator("id")("Transcript") == "Transkrip"


def test_a_regional_language_uses_the_catalogue_of_its_language() -> None:
    assert translator("id-ID")("Transcript") == "Transkrip"


@pytest.mark.parametrize("language", ["en", "en-GB", "sv"])
def test_a_language_without_a_catalogue_reads_english(language: str) -> None:
    assert translator(language)("Transcript") == "Transcript"


def test_an_unknown_message_is_shown_as_it_is() -> None:
    assert translator("id")("Nobody translated this") == "Nobody translated this"


def test_the_empty_message_does_not_show_the_catalogue_header() -> None:
    assert translator("id")("") == ""


def test_dates_are_written_out_in_the_language() -> None:
    assert date_in_words(date(2022, 10, 6), "id") == "6 Oktober 2022"
    assert date_in_words(date(2022, 10, 6), "en") == "October 6, 2022"


def test_the_direction_of_writing_is_known() -> None:
    assert is_right_to_left("ar")
    assert not is_right_to_left("id")


@pytest.mark.parametrize("path", sorted(LOCALE_FOLDER.rglob("*.po")), ids=lambda p: p.parts[-3])
def test_each_catalogue_is_complete_and_says_nothing_twice(path) -> None:
    with path.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    entries = [message for message in catalog if message.id]
    assert entries
    assert not [message.id for message in entries if not message.string]
    written = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("msgid")
    ]
    assert [line for line, times in Counter(written).items() if times > 1] == []


def test_each_message_of_the_public_pages_is_translated() -> None:
    templates = LOCALE_FOLDER.parent / "tools" / "site" / "templates"
    used = {
        message
        for path in templates.glob("*.html")
        for message in re.findall(r'_\("([^"]+)"\)', path.read_text(encoding="utf-8"))
    }
    assert len(used) > 10
    with (LOCALE_FOLDER / "id" / "LC_MESSAGES" / "etam.po").open("rb") as file:
        known = {message.id for message in read_po(file)}
    assert used - known == set()

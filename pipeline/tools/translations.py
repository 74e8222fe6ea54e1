"""Words that staff and listeners read, in the show's language: gettext catalogues, through Babel.

Message ids are English. A catalogue is a plain `.po` file that is read when it is first needed, so
that editing a translation needs no build step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LOCALE_FOLDER = Path(__file__).parent.parent / "locale"

Translate = Callable[[str], str]


def translator(language: str) -> Translate:
    """A function that gives a message in `language` ("id", "en-GB"), or in English without one."""
    messages = _messages(_primary(language))
    return lambda message: messages.get(message) or message


def date_in_words(day: date, language: str) -> str:
    """The day as people write it: "6 Oktober 2022" for "id"."""
    return format_date(day, format="long", locale=_locale(language))


def weekday_and_date(day: date, language: str) -> str:
    """The day as a newspaper gives it: "Kamis (6/10/2022)" for "id"."""
    pattern = "EEEE (d/M/y)" if _primary(language) == "id" else "full"
    return format_date(day, format=pattern, locale=_locale(language))


def month_in_words(day: date, language: str) -> str:
    """The month of a day, short enough for a chart: "Nov 2026"."""
    return format_date(day, format="MMM y", locale=_locale(language))


def percent(share: float, language: str) -> str:
    """A share with one decimal: "12,5%" for "id"."""
    return format_percent(share, format="#,##0.#%", locale=_locale(language))


def whole_number(number: int, language: str) -> str:
    """A number with the language's thousands: "59.000" for "id"."""
    return format_decimal(number, format="#,##0", locale=_locale(language))


def megabytes(size_bytes: int, language: str) -> str:
    """A file's size with one decimal: "28,8 MB" for "id"."""
    return f"{format_decimal(size_bytes / 1e6, format='#,##0.0', locale=_locale(language))} MB"


def is_right_to_left(language: str) -> bool:
    """Whether text in `language` is written from right to left."""
    return _locale(language).text_direction == "rtl"


@cache
def _messages(primary: str) -> Mapping[str, str]:
    path = LOCALE_FOLDER / primary / "LC_MESSAGES" / "etam.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale=primary, abort_invalid=True)
    return {
        message.id: message.string
        for message in catalog
        if message.id
        and isinstance(message.id, str)
        and isinstance(message.string, str)
        and not message.fuzzy
    }


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()

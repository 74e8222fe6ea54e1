"""Words that staff and listeners read, in the show's language: gettext catalogues, through Babel.

Message ids are English. A catalogue is a plain `.po` file that is read when it is first needed, so
that editing a translation needs no build step; each part of the program may have its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

_NAMED = re.compile(r"\{[a-z_]+\}")
_PARTS = re.compile(r"(\{[a-z_]+\})")

_OUR_WORDS = {"why", "reason", "problem", "stage"}

LOCALE_FOLDER = Path(__file__).parent.parent / "locale"

Translate = Callable[[str], str]


def translator(language: str) -> Translate:
    """A function that gives a message in `language` ("id", "en-GB"), or in English without one."""
    messages = _messages(_primary(language))
    return lambda message: messages.get(message) or message


def sentence_translator(language: str) -> Translate:
    """A function that gives a sentence of the program in `language`, with what it names left as is.

    A message id such as “There is no episode “{slug}”.” stands for every sentence of that shape.
    What stands for {why}, {reason}, {problem} or {stage} is the program's too, and given likewise.
    """
    messages = _messages(_primary(language))
    shapes = _shapes(_primary(language))

    def translate(sentence: str) -> str:
        if sentence in messages:
            return messages[sentence] or sentence
        for shape, message in shapes:
            if found := shape.fullmatch(sentence):
                named = found.groupdict()
                said = {name: translate(named[name]) for name in _OUR_WORDS & named.keys()}
                return message.format(**named | said)
        return sentence

    return translate


def date_in_words(day: date, language: str) -> str:
    """The day as people write it: "6 Oktober 2022" for "id"."""
    return format_date(day, format="long", locale=_locale(language))


def moment_in_words(moment: datetime, timezone: str, language: str) -> str:
    """Day and time on the clocks of a time zone: "6 Okt 2022 14.05" for "id"."""
    there = moment.astimezone(ZoneInfo(timezone))
    return format_datetime(
        there, "d MMM y HH.mm" if _primary(language) == "id" else "medium", locale=_locale(language)
    )


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


def decimal(number: float, language: str) -> str:
    """A number with one decimal: "5,2" for "id"."""
    return format_decimal(number, format="#,##0.0", locale=_locale(language))


def megabytes(size_bytes: int, language: str) -> str:
    """A file's size with one decimal: "28,8 MB" for "id"."""
    return f"{format_decimal(size_bytes / 1e6, format='#,##0.0', locale=_locale(language))} MB"


def is_right_to_left(language: str) -> bool:
    """Whether text in `language` is written from right to left."""
    return _locale(language).text_direction == "rtl"


@cache
def _messages(primary: str) -> Mapping[str, str]:
    folder = LOCALE_FOLDER / primary / "LC_MESSAGES"
    return {
        message.id: message.string
        for path in sorted(folder.glob("*.po"))
        for message in _catalog(path, primary)
        if message.id
        and isinstance(message.id, str)
        and isinstance(message.string, str)
        and not message.fuzzy
    }


def _catalog(path: Path, locale: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


@cache
def _shapes(primary: str) -> list[tuple[re.Pattern[str], str]]:
    """The messages that name something; those with more words of their own come first."""
    named = {id_: m for id_, m in _messages(primary).items() if m and _NAMED.search(id_)}
    ordered = sorted(named, key=lambda id_: len(_NAMED.sub("", id_)), reverse=True)
    return [(_shape(id_), named[id_]) for id_ in ordered]


def _shape(message: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def piece(part: str) -> str:
        if not _NAMED.fullmatch(part):
            return re.escape(part)
        name = part[1:-1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.+?)"

    return re.compile("".join(piece(part) for part in _PARTS.split(message)), re.DOTALL)


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()

"""What the name of a recording tells: a date, a number, who speaks and what about."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RecordingName:
    """What was found; empty where the name does not say."""

    title: str = ""
    date: date | None = None
    guests: tuple[str, ...] = ()
    season: int | None = None
    number: int | None = None


def parse_recording_name(stem: str, show_title: str = "") -> RecordingName:
    """Read a name such as `2022-10-06 Ahmad Rianto - Diskominfo Kukar`, without its suffix.

    The order is date, `show #number`, guest, title; each may be missing, and what remains is the
    title.
    """
    text = clean_text(stem)
    found, text = _take_date(text)
    season, number, text = _take_number(text)
    parts = _parts(text, show_title)
    guests = _guests(parts[0]) if len(parts) > 1 else ()
    title = " - ".join(parts[1:] if guests else parts)
    return RecordingName(title[:255].strip(), found, guests, season, number)


def clean_text(text: str) -> str:
    """One line of visible characters in NFC: no control characters, direction marks or emoji."""
    composed = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    kept = [" " if c.isspace() else "" if _is_unwanted(c) else c for c in composed]
    return " ".join("".join(kept).split())


_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"})
_WANTED = frozenset("°©®™№^`´")


def _is_unwanted(character: str) -> bool:
    is_variation = "\ufe00" <= character <= "\ufe0f"
    unwanted = is_variation or unicodedata.category(character) in _UNWANTED
    return unwanted and character not in _WANTED


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS = r"(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b[\s,_]*)?"
_TIME = r"(?:(?:[\sT_-]+|\s+(?:at|pukul|jam)\s+)[0-2]\d[-_.:h]?[0-5]\d(?:[-_.:m]?[0-5]\d)?(?!\d))?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(_DAYS + pattern + _TIME, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<s>[-_. ]?)(?P<m>[01]\d)(?P=s)(?P<d>[0-3]\d)(?!\d)",
        rf"(?<!\d)(?P<d>[0-3]?\d)(?P<s>[-_./ ])(?P<m>[01]?\d)(?P=s){_YEAR}(?!\d)",
        rf"(?<!\d)(?P<d>[0-3]?\d)[\s._-]*(?P<m>{'|'.join(_MONTHS)})[\s._-]*{_YEAR}(?!\d)",
        rf"(?<![a-z])(?P<m>{'|'.join(_MONTHS)})[\s._-]+(?P<d>[0-3]?\d),?[\s._-]+{_YEAR}(?!\d)",
    )
)


def _take_date(text: str) -> tuple[date | None, str]:
    """The first date that exists in the calendar, and the text without it."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            found = _date(match)
            if found is not None:
                return found, f"{text[: match.start()]} - {text[match.end() :]}"
    return None, text


def _date(match: re.Match[str]) -> date | None:
    month = match["m"].lower()
    try:
        return date(int(match["y"]), _MONTHS.get(month) or int(month), int(match["d"]))
    except ValueError:
        return None


_NUMBER = re.compile(
    r"(?<![^\W_])(?:"
    r"s(?P<season>\d{1,2})[\s._-]*e(?P<in_season>\d{1,4})"
    r"|(?:\#|no\.?\s*|(?:episode|episod|eps?)\b[\s._]*\#?\s*|ep|eps)(?P<number>\d{1,4})"
    r")(?![^\W_])",
    re.IGNORECASE,
)


def _take_number(text: str) -> tuple[int | None, int | None, str]:
    """Season, number, and the text without them and without a show's name right before them."""
    match = _NUMBER.search(text)
    if match is None:
        return None, None, text
    number = int(match["in_season"] or match["number"])
    season = int(match["season"]) if match["season"] else None
    before, after = text[: match.start()], text[match.end() :]
    if re.match(r"\s*[-–—:|_]\s*\S", after):
        before = before.rpartition(" - ")[0]  # “Etam Berkesah #12 - …”: the show, not a guest
    return season or None, number or None, f"{before} - {after}"


_SEPARATOR = re.compile(r"\s+[-–—|_•:]+\s+|\s*[–—|]\s*|_-_|\s+-|-\s+|:\s+|__+")


def _parts(text: str, show_title: str) -> list[str]:
    """The text at its separators, without empty parts and the show's own name."""
    if " " not in text.replace(" - ", ""):
        text = text.replace("_-_", " - ").replace("_", " ")
    parts = [_bare(part) for part in _SEPARATOR.split(text)]
    shows = show_title.casefold()
    return [" ".join(part.split()) for part in parts if part and part.casefold() != shows]


def _bare(part: str) -> str:
    return part.replace("_", " ").strip(" -–—,:;|#").lstrip(".)]").rstrip("([").strip()


def _guests(text: str) -> tuple[str, ...]:
    names = re.split(r"\s+(?:&|\+|x|feat\.?|ft\.?)\s+", text)
    return tuple(name.strip()[:128] for name in names if name.strip())

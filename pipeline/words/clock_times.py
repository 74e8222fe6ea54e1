"""Clock times: “pukul delapan tiga puluh” is 08.30 (EYD V)."""

from __future__ import annotations

from pipeline.words.said_numbers import COUNTED, GOES_ON, Said, Written, has_digit, words_of

_CLOCK = ("pukul", "jam")
_PARTS_OF_DAY = words_of("pagi siang sore malam dini")


def clock_time(said: Said) -> Written | None:
    """“pukul delapan tiga puluh” is 08.30; “dua jam dua puluh menit” is no clock."""
    hour, is_clock = said.value, said.word(-1) in _CLOCK and not _counts_hours(said)
    if not is_clock or hour != int(hour) or hour > 24 or said.word(1) in (*GOES_ON, "kurang"):
        return None
    minutes, more = _minutes(said)
    if minutes is None or (more == 0 and said.word(1) in COUNTED):
        return None
    in_day = said.words[said.number.last + more :][:1]
    if in_day and in_day[0] in _PARTS_OF_DAY:
        shown = f"{int(hour)}.{minutes:02d}" if more else f"{int(hour)}"
    elif more or said.word(-1) == "pukul":
        shown = f"{int(hour):02d}.{minutes:02d}"
    else:
        shown = f"{int(hour)}"
    return said.written(shown, more)


def _minutes(said: Said) -> tuple[int | None, int]:
    """The minutes after an hour and how many words say them; None where that is not sure."""
    past = 1 if said.word(1) == "lewat" else 0
    at = said.number.last + past
    number = next((n for n in said.numbers if n.first == at), None)
    if number is None:
        return (0, 0) if not past else (None, 0)
    behind = said.words[number.last] if number.last < len(said.words) else ""
    unit = 1 if past and behind == "menit" else 0
    plain = number.value % 5 == 0 and 10 <= number.value < 60 and (unit or behind not in COUNTED)
    return (int(number.value), number.last - said.number.last + unit) if plain else (None, 0)


def _counts_hours(said: Said) -> bool:
    """Whether the “jam” in front is a length of time: “dua jam lima belas menit”."""
    at, before = said.number.first - 1, said.word(-2)
    counted = any(number.last == at for number in said.numbers) or has_digit(before)
    return said.word(-1) == "jam" and (counted or before in ("setengah", "beberapa"))

"""What is wrong with a field of a form, in words that fit beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipeline.ground.episode_file import Fault
from pipeline.tools.translations import sentence_translator

# The message ids by the kinds of pydantic; what is in braces are the limits that it names.
_BY_KIND = {
    "missing": "Fill this in.",
    "string_too_short": "Fill this in.",
    "string_too_long": "At most {max_length} characters.",
    "int_parsing": "Give a whole number.",
    "int_type": "Give a whole number.",
    "int_from_float": "Give a whole number.",
    "float_parsing": "Give a number of seconds.",
    "float_type": "Give a number of seconds.",
    "greater_than_equal": "Give at least {ge}.",
    "greater_than": "Give more than {gt}.",
    "enum": "Choose one of the list.",
    "date_parsing": "Give a date such as 2026-11-30.",
    "date_from_datetime_parsing": "Give a date such as 2026-11-30.",
    "date_type": "Give a date such as 2026-11-30.",
    "datetime_parsing": "Give a date and a time.",
    "datetime_from_date_parsing": "Give a date and a time.",
    "datetime_type": "Give a date and a time.",
    "string_pattern_mismatch": "This is not written as it should be.",
    "string_type": "Write words here.",
}


def words_for(faults: Iterable[Fault], language: str) -> dict[str, str]:
    """A sentence for each faulty field, by its dotted name such as "guests.0.name"."""
    translate = sentence_translator(language)
    return {_name(fault): _said(fault, translate) for fault in faults}


def _name(fault: Fault) -> str:
    parts = (str(part) for part in fault.place)
    return ".".join(part for part in parts if not part.startswith("function-"))


def _said(fault: Fault, translate: Callable[[str], str]) -> str:
    if fault.kind in _BY_KIND:
        return translate(_BY_KIND[fault.kind]).format(**fault.limits)
    if fault.kind == "value_error":
        reason = str(fault.limits.get("error", fault.sentence)).rstrip(".")
        return translate(f"{reason[:1].upper()}{reason[1:]}.")
    return translate(fault.sentence)

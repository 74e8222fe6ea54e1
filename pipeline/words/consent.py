"""What somebody who was recorded agreed to (Indonesian law on personal data, 27/2022)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ConsentForm(StrEnum):
    """How an agreement was given."""

    WRITTEN = "written"
    RECORDED = "recorded"
    SPOKEN = "spoken"


class ConsentScope(StrEnum):
    """What an agreement is for."""

    PODCAST = "podcast"
    ARTICLE = "article"
    PICTURE = "picture"
    CLIPS = "clips"


@dataclass(frozen=True, slots=True)
class Consent:
    """One person's agreement; `withdrawn_on` is when it was taken back."""

    name: str
    given_on: date
    form: ConsentForm = ConsentForm.WRITTEN
    scope: tuple[ConsentScope, ...] = (ConsentScope.PODCAST,)
    withdrawn_on: date | None = None
    note: str = ""


def withdrawn(consents: Iterable[Consent]) -> tuple[Consent, ...]:
    """Those that were taken back and not given again since."""
    last: dict[str, Consent] = {}
    for consent in consents:
        key = consent.name.casefold()
        if key not in last or consent.given_on >= last[key].given_on:
            last[key] = consent
    return tuple(consent for consent in last.values() if consent.withdrawn_on is not None)


def without_consent(names: Iterable[str], consents: Iterable[Consent]) -> tuple[str, ...]:
    """Who of `names` has no agreement on record."""
    agreed = {consent.name.casefold() for consent in consents}
    return tuple(name for name in names if name.casefold() not in agreed)

"""What the podcast namespace lets a feed say beyond RSS and iTunes, as plain values.

Source: podcastindex.org/namespace/1.0; each docstring names its tag. Empty means unsaid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Person:
    """`podcast:person`; `role` and `group` are those of the Podcast Taxonomy, addresses absolute.

    For example "host" and "guest" in the group "cast".
    """

    name: str
    role: str = "host"
    group: str = "cast"
    image: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """`podcast:location`: where a recording was made.

    `geo` is a geo URI (RFC 5870), `osm` an OpenStreetMap object such as "R113314", `country` two
    letters of ISO 3166.
    """

    name: str = ""
    geo: str = ""
    osm: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class License:
    """`podcast:license`: an SPDX name, or one of our own with the address of its text."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Soundbite:
    """`podcast:soundbite`: a highlight worth sharing, 15 to 120 seconds of the enclosure."""

    start_seconds: float
    duration_seconds: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class SocialPost:
    """`podcast:socialInteract`: the post under which listeners talk; "disabled" wants none."""

    protocol: str
    uri: str = ""
    account: str = ""
    account_url: str = ""
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Updates:
    """`podcast:updateFrequency`: `rule` is an iCalendar RRULE, `starts` a moment in ISO 8601."""

    text: str = ""
    rule: str = ""
    starts: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class RemoteFeed:
    """`podcast:remoteItem` in a `podcast:podroll`: a show that this one recommends."""

    guid: str
    url: str = ""
    title: str = ""
    medium: str = ""


@dataclass(frozen=True, slots=True)
class ValueRecipient:
    """`podcast:valueRecipient`: who gets how many shares of a payment."""

    type: str
    address: str
    split: int
    name: str = ""
    custom_key: str = ""
    custom_value: str = ""
    fee: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """`podcast:value`: how listeners may pay."""

    type: str
    method: str
    recipients: tuple[ValueRecipient, ...]
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """`podcast:txt`: free text for whom `purpose` names."""

    purpose: str
    text: str


@dataclass(frozen=True, slots=True)
class ListeningPlace:
    """An app or site in which the show is listed, such as Apple Podcasts, and its address there."""

    name: str
    url: str


class CorrectionKind(StrEnum):
    """Why something was put right after publication (Indonesian press law, article 1)."""

    CORRECTION = "koreksi"
    RIGHT_OF_REPLY = "hak jawab"


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated note in the show notes and on the page."""

    date: date
    text: str
    kind: CorrectionKind = CorrectionKind.CORRECTION

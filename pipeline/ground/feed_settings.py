"""`[feed]` in `show.toml`, and what `episode.toml` says in the same words.

Limits are those of the podcast namespace: names 128 characters, displayed numbers 32.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from pipeline.ground.setting_types import Section, web_address
from pipeline.words.chapters import GivenChapter
from pipeline.words.podcasting import (
    Correction,
    CorrectionKind,
    License,
    ListeningPlace,
    Person,
    Place,
    RemoteFeed,
    SocialPost,
    Soundbite,
    Text,
    Updates,
    Value,
    ValueRecipient,
)


def _uuid(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError as error:
        raise ValueError(f"“{value}” is no UUID") from error


def _uuid_or_none(value: str) -> str:
    return value and _uuid(value)


def _matching(pattern: str, example: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(f"it is written as in “{example}”")
        return value

    return AfterValidator(check)


Identity = Annotated[str, AfterValidator(_uuid_or_none)]
Name = Annotated[str, Field(min_length=1, max_length=128)]
ShortText = Annotated[str, Field(max_length=128)]
Geo = Annotated[str, _matching(r"geo:-?\d+(\.\d+)?(,-?\d+(\.\d+)?){1,2}(;.*)?", "geo:-0.41,116.99")]
OpenStreetMap = Annotated[str, _matching(r"[NWR]\d+(#\d+)?", "R113314")]
Country = Annotated[str, _matching(r"[A-Za-z]{2}", "ID")]
RecurrenceRule = Annotated[str, _matching(r"FREQ=[A-Z]+(;[A-Z]+=[^;]+)*", "FREQ=WEEKLY;BYDAY=TU")]
Address = Annotated[str, AfterValidator(lambda value: value and web_address(value))]
SeasonNumber = Annotated[str, _matching(r"[1-9]\d*", "2")]


class PersonEntry(Section):
    """`[[feed.people]]`, and `[[credits]]` of an episode."""

    name: Name
    role: ShortText = "host"
    group: ShortText = "cast"
    image: Address = ""
    link: Address = ""

    def word(self) -> Person:
        return Person(**self.model_dump())


class SoundbiteEntry(Section):
    """`[[soundbites]]` of an episode."""

    start_seconds: Annotated[float, Field(ge=0)]
    duration_seconds: Annotated[float, Field(gt=0)]
    title: ShortText = ""

    def word(self) -> Soundbite:
        return Soundbite(**self.model_dump())


class ChapterEntry(Section):
    """`[[chapters]]` of an episode."""

    start_seconds: Annotated[float, Field(ge=0)]
    title: Name

    def word(self) -> GivenChapter:
        return GivenChapter(**self.model_dump())


class SocialEntry(Section):
    """`[[social]]` of an episode."""

    protocol: Annotated[str, Field(pattern=r"^[a-z]+$")]
    uri: Address = ""
    account: ShortText = ""
    account_url: Address = ""
    priority: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _posts_have_an_address(self) -> SocialEntry:
        if (self.protocol == "disabled") == bool(self.uri):
            raise ValueError("a post has a “uri”, and “disabled” has none")
        return self

    def word(self) -> SocialPost:
        return SocialPost(**self.model_dump())


class CorrectionEntry(Section):
    """`[[corrections]]` of an episode."""

    date: datetime.date
    text: Annotated[str, Field(min_length=1, max_length=1000)]
    kind: CorrectionKind = CorrectionKind.CORRECTION

    def word(self) -> Correction:
        return Correction(**self.model_dump())


class RemoteFeedEntry(Section):
    """`[[feed.podroll]]`."""

    guid: Annotated[str, AfterValidator(_uuid)]
    url: Address = ""
    title: ShortText = ""
    medium: str = ""

    def word(self) -> RemoteFeed:
        return RemoteFeed(**self.model_dump())


class ListeningPlaceEntry(Section):
    """`[[feed.listen_on]]`."""

    name: Name
    url: Annotated[str, AfterValidator(web_address)]

    def word(self) -> ListeningPlace:
        return ListeningPlace(**self.model_dump())


class TextEntry(Section):
    """`[[feed.texts]]`."""

    purpose: ShortText
    text: Annotated[str, Field(min_length=1, max_length=4000)]

    def word(self) -> Text:
        return Text(**self.model_dump())


class RecipientEntry(Section):
    """`[[feed.value.recipients]]`."""

    type: Name
    address: Name
    split: Annotated[int, Field(ge=0)]
    name: ShortText = ""
    custom_key: ShortText = ""
    custom_value: ShortText = ""
    fee: bool = False


class ValueEntry(Section):
    """`[feed.value]`."""

    type: Name
    method: Name
    suggested: str = ""
    recipients: Annotated[list[RecipientEntry], Field(min_length=1)]

    def word(self) -> Value:
        recipients = tuple(ValueRecipient(**entry.model_dump()) for entry in self.recipients)
        return Value(self.type, self.method, recipients, self.suggested)


class Feed(Section):
    """What the feed says of the show beyond `[show]`."""

    items_per_page: Annotated[int, Field(ge=0)] = 300
    medium: Literal["podcast", "video", "newsletter", "audiobook", "course"] = "podcast"
    people: tuple[PersonEntry, ...] = ()
    place: ShortText = ""
    geo: Geo = ""
    osm: OpenStreetMap = ""
    country: Country = ""
    license: ShortText = ""
    license_url: Address = ""
    update_text: ShortText = ""
    update_rule: RecurrenceRule = ""
    update_starts: str = ""
    complete: bool = False
    season_names: dict[SeasonNumber, Name] = Field(default_factory=dict)
    podroll: tuple[RemoteFeedEntry, ...] = ()
    texts: tuple[TextEntry, ...] = ()
    listen_on: tuple[ListeningPlaceEntry, ...] = ()
    value: ValueEntry | None = None
    hub: Address = ""
    new_feed_url: Address = ""
    block: bool = False

    @property
    def location(self) -> Place:
        return Place(self.place, self.geo, self.osm, self.country)

    @property
    def licensed(self) -> License:
        return License(self.license, self.license_url)

    @property
    def updates(self) -> Updates:
        return Updates(self.update_text, self.update_rule, self.update_starts, self.complete)

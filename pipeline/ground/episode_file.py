"""`episode.toml`: what people say about an episode. Made once from its name, then theirs."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from pipeline.ground.config import sentence_for
from pipeline.ground.feed_settings import (
    Address,
    ChapterEntry,
    CorrectionEntry,
    Country,
    Geo,
    OpenStreetMap,
    PersonEntry,
    ShortText,
    SocialEntry,
    SoundbiteEntry,
)
from pipeline.ground.files import write_text
from pipeline.words.episode import EpisodeDetails, EpisodeType, Guest, Layout, TrackSpeaker
from pipeline.words.errors import EpisodeProblem

# Feeds and time zones cannot carry every year; a date outside these is a slip of the hand.
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2199
_Day = TypeVar("_Day", date, datetime)


def _plausible(value: _Day) -> _Day:
    if not _EARLIEST_YEAR <= value.year <= _LATEST_YEAR:
        raise ValueError(f"the year {value.year} cannot be meant")
    return value


def _in_time_order(chapters: list[ChapterEntry]) -> list[ChapterEntry]:
    for before, after in pairwise(chapters):
        if after.start_seconds <= before.start_seconds:
            raise ValueError(f"“{after.title}” does not begin after “{before.title}”")
    return chapters


class _GuestEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1, max_length=128)]
    role: Annotated[str, Field(max_length=255)] = ""
    image: Address = ""
    link: Address = ""


class _SpeakerEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    track: Annotated[str, Field(min_length=1, max_length=255)]
    name: Annotated[str, Field(max_length=128)] = ""


class EpisodeFile(BaseModel):
    """The keys of `episode.toml`; also those of a sidecar dropped beside a recording."""

    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, Field(min_length=1, max_length=255)]
    date: Annotated[date, AfterValidator(_plausible)]
    guests: list[_GuestEntry] = []
    host: str = ""
    place: str = ""
    summary: Annotated[str, Field(max_length=4000)] = ""
    season: Annotated[int, Field(ge=1)] | None = None
    number: Annotated[int, Field(ge=1)] | None = None
    episode_type: EpisodeType = EpisodeType.FULL
    explicit: bool | None = None
    tags: list[str] = []
    layout: Layout = Layout.AUTO
    publish_at: Annotated[datetime, AfterValidator(_plausible)] | None = None
    speakers: list[_SpeakerEntry] = []
    number_display: Annotated[str, Field(max_length=32)] = ""
    geo: Geo = ""
    osm: OpenStreetMap = ""
    country: Country = ""
    license: ShortText = ""
    license_url: Address = ""
    credits: list[PersonEntry] = []
    soundbites: list[SoundbiteEntry] = []
    social: list[SocialEntry] = []
    corrections: list[CorrectionEntry] = []
    chapters: Annotated[list[ChapterEntry], AfterValidator(_in_time_order)] = []


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with what is said of an episode.

    `place` leads to the field ("guests", 0, "name"), `kind` and `limits` are those of pydantic.
    """

    place: tuple[str | int, ...]
    kind: str
    sentence: str
    limits: dict[str, Any]


def faults_in(content: dict[str, Any]) -> tuple[Fault, ...]:
    """Everything that keeps `content` from being an `episode.toml`; nothing if all is well."""
    try:
        EpisodeFile.model_validate(content)
    except ValidationError as error:
        return tuple(
            Fault(
                tuple(part for part in problem["loc"] if isinstance(part, str | int)),
                problem["type"],
                sentence_for(problem, EpisodeFile),
                dict(problem.get("ctx", {})),
            )
            for problem in error.errors()
        )
    return ()


def said_in(content: dict[str, Any]) -> dict[str, Any]:
    """What `content`, which has no faults, says beyond what goes without saying."""
    file = EpisodeFile.model_validate(content)
    return file.model_dump(exclude_defaults=True)


def read_episode_file(path: Path, slug: str) -> EpisodeDetails:
    """The details in `path`. Raises EpisodeProblem with a sentence for each thing that is wrong."""
    return _details(_parse(path, slug), path, slug)


def read_sidecar(path: Path, name: str, guessed: EpisodeDetails) -> EpisodeDetails:
    """The details of a sidecar, completed by what the recording's name gave."""
    content = _parse(path, name)
    said = _details({"title": guessed.title, "date": guessed.date, **content}, path, name)
    return replace(guessed, **{key: getattr(said, key) for key in content})


def sidecar_text(said: Mapping[str, Any], name: str) -> str:
    """The text of a sidecar that says this; nothing where nothing is said.

    Values are as in JSON. Raises EpisodeProblem with a sentence for each thing that is wrong.
    """
    content = {key: value for key, value in said.items() if value not in (None, "", [], ())}
    if not content:
        return ""
    whole = {"title": "-", "date": date(2000, 1, 1), **content}
    details = _details(whole, Path(f"{name}.toml"), name)
    return "".join(f"{key} = {_toml(getattr(details, key))}\n" for key in content)


def _parse(path: Path, slug: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise EpisodeProblem(
            f"{path.name} of “{slug}” is missing.",
            f"Write one in {path.parent} with at least a title and a date.",
        ) from error
    except OSError as error:
        raise EpisodeProblem(
            f"{path.name} of “{slug}” cannot be read: {error.strerror}.",
            f"Give yourself the right to read {path}.",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{slug}” is not valid TOML: {error}.", "Correct that line."
        ) from error


def _details(content: dict[str, Any], path: Path, slug: str) -> EpisodeDetails:
    try:
        file = EpisodeFile.model_validate(content)
    except ValidationError as error:
        sentences = " ".join(sentence_for(problem, EpisodeFile) for problem in error.errors())
        raise EpisodeProblem(
            f"{path.name} of “{slug}”: {sentences}", "Correct it and run again."
        ) from error
    said = dict(file)
    said["guests"] = tuple(Guest(**guest.model_dump()) for guest in file.guests)
    said["tags"] = tuple(file.tags)
    said["speakers"] = tuple(TrackSpeaker(each.track, each.name) for each in file.speakers)
    for key in ("credits", "soundbites", "social", "corrections", "chapters"):
        said[key] = tuple(entry.word() for entry in said[key])
    return EpisodeDetails(**said)


_TEMPLATE = """\
# Keterangan episode ini; silakan diubah kapan saja.
# What is known of this episode; change it whenever you like.

title = {title}
date = {date}

{guests}
{host}
{place}
{summary}
{number}
{season}
{rest}"""


def write_episode_file(path: Path, details: EpisodeDetails) -> None:
    """Write `episode.toml` with comments for what is still unknown."""
    write_text(path, episode_file_text(details))


def episode_file_text(details: EpisodeDetails) -> str:
    """The text of an `episode.toml` that reads back as `details`."""

    def line(key: str, example: str) -> str:
        value = getattr(details, key)
        return f"{key} = {_toml(value)}" if value else f"# {key} = {example}"

    return _TEMPLATE.format(
        title=_toml(details.title),
        date=_toml(details.date),
        guests=line("guests", '[{ name = "…", role = "…" }]'),
        host=line("host", '"…"'),
        place=line("place", '"…"'),
        summary=line("summary", '"…"'),
        number=line("number", "1"),
        season=line("season", "1"),
        rest="".join(_said_beyond_the_template(details)),
    )


def _said_beyond_the_template(details: EpisodeDetails) -> Iterator[str]:
    for field in fields(details):
        value = getattr(details, field.name)
        if f"{{{field.name}}}" not in _TEMPLATE and value != field.default:
            yield f"{field.name} = {_toml(value)}\n"


def _toml(value: Any) -> str:
    """`value` as TOML writes it in one line; of a table only what is said."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)  # every JSON string is a TOML basic string
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if is_dataclass(value):
        said = ((f.name, getattr(value, f.name)) for f in fields(value))
        entries = ", ".join(f"{name} = {_toml(v)}" for name, v in said if v not in ("", None))
        return f"{{ {entries} }}"
    return str(value)

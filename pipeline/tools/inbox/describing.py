"""Describing an episode: a person's sidecar first, then its name, then the recording itself."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.ground.config import ShowInfo
from pipeline.ground.episode_file import episode_file_text, read_sidecar
from pipeline.tools.inbox.drops import Drop
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.errors import EpisodeProblem
from pipeline.words.recording_name import clean_text, parse_recording_name
from pipeline.words.rejections import Fault, RecordingRejected

if TYPE_CHECKING:
    from pipeline.tools.audio.listening import Listening


def described(drop: Drop, listening: Listening, show: ShowInfo) -> tuple[str, EpisodeDetails]:
    """The text of `episode.toml`, and what it says.

    Raises RecordingRejected for a sidecar with a mistake in it.
    """
    guessed = _guessed(drop, listening, show)
    if drop.sidecar is None:
        return episode_file_text(guessed), guessed
    try:
        details = read_sidecar(drop.sidecar, drop.name, guessed)
    except EpisodeProblem as error:
        raise RecordingRejected(
            Fault.SIDECAR, drop.name, error.detail, problem=error.problem
        ) from error
    text = drop.sidecar.read_text(encoding="utf-8-sig")
    return _completed(text, guessed), details


def _guessed(drop: Drop, listening: Listening, show: ShowInfo) -> EpisodeDetails:
    name = parse_recording_name(drop.stem, show.title)
    day = name.date or _day_of_recording(drop, listening, ZoneInfo(show.timezone))
    title = name.title or (f"Episode {name.number}" if name.number else f"Rekaman {day:%d-%m-%Y}")
    return EpisodeDetails(
        title=title,
        date=day,
        guests=tuple(Guest(guest) for guest in name.guests),
        season=name.season,
        number=name.number,
    )


def _day_of_recording(drop: Drop, listening: Listening, zone: ZoneInfo) -> date:
    """By the recording's own metadata, or else by the time stamp of its file."""
    moment = listening.recorded_at
    if moment is None:
        moment = datetime.fromtimestamp(drop.recordings[0].stat().st_mtime, UTC)
    return moment.astimezone(zone).date() if moment.tzinfo else moment.date()


_LINES: dict[str, Callable[[EpisodeDetails], str]] = {
    "title": lambda details: _quoted(details.title),
    "date": lambda details: details.date.isoformat(),
    "guests": lambda details: ", ".join(f"{{ name = {_quoted(g.name)} }}" for g in details.guests),
    "number": lambda details: str(details.number or ""),
    "season": lambda details: str(details.season or ""),
}


def _completed(sidecar: str, guessed: EpisodeDetails) -> str:
    """A person's text, word for word, after the lines for what it leaves out."""
    said = tomllib.loads(sidecar)
    values = {key: value(guessed) for key, value in _LINES.items() if key not in said}
    lines = [f"{key} = {value}" for key, value in values.items() if value and key != "guests"]
    if values.get("guests"):
        lines.append(f"guests = [{values['guests']}]")
    return "".join(f"{line}\n" for line in lines) + sidecar


def _quoted(text: str) -> str:
    return json.dumps(clean_text(text), ensure_ascii=False)

"""What an editor should listen to in an episode's transcript."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.ground.transcript_file import read_transcript, transcript_file
from pipeline.words.doubts.places import Place, places_to_check, sentence_of
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem

_MOST_CHARACTERS = 60


def show_doubts(episode: Episode, *, as_json: bool) -> None:
    """Each doubtful place: its time, who speaks, what was heard, and why to listen."""
    places = _places(episode)
    if as_json:
        typer.echo(json.dumps([_to_json(place) for place in places], indent=2, ensure_ascii=False))
        return
    if not places:
        typer.echo(f"Nothing in the transcript of “{episode.slug}” is in doubt.")
        return
    table = Table("time", "speaker", "heard", "why")
    for place in places:
        table.add_row(
            f"{_clock(place.start)}–{_clock(place.end)}",
            Text(place.speaker),
            Text(_short(place.heard)),
            " ".join(map(sentence_of, place.reasons)),
        )
    Console().print(table)
    typer.echo(f"{count_in_words(len(places))}.")


def count_in_words(places: int) -> str:
    """ "1 place to listen to", "4 places to listen to"."""
    return f"{places} place{'' if places == 1 else 's'} to listen to"


def _places(episode: Episode) -> tuple[Place, ...]:
    if not transcript_file(episode).is_file():
        raise EpisodeProblem(
            f"“{episode.slug}” has no transcript yet.", f"Run `etam run {episode.slug}` first."
        )
    return places_to_check(read_transcript(episode))


def _to_json(place: Place) -> dict[str, Any]:
    return {**asdict(place), "why": [sentence_of(reason) for reason in place.reasons]}


def _short(text: str) -> str:
    if len(text) <= _MOST_CHARACTERS:
        return text
    return text[:_MOST_CHARACTERS].rpartition(" ")[0] + " …"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"

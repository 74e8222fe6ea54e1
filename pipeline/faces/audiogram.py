"""`etam audiogram`: a stretch of an episode as a film to share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from pipeline.faces.work import CONSOLE, bars_for
from pipeline.ground.files import remove_leftovers, temporary_beside
from pipeline.ground.stage import Report
from pipeline.ground.transcript_file import read_transcript, transcript_file
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import ApprovalState, approval_state
from pipeline.tools.audio.decoding import UndecodableError
from pipeline.tools.audio.film import MOST_BYTES, comment_of
from pipeline.tools.audiogram import MADE_BY, Audiogram, Order, make_audiogram
from pipeline.tools.translations import date_in_words
from pipeline.words.clips import Shape, Stretch, seconds_of
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, SetupProblem

_LEAST_SECONDS, _MOST_SECONDS = 1.0, 600.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line; without `soundbite` and times, the first soundbite.

    `start` and `end` are moments as people write them. Without `output` the file lies in the
    episode's folder.
    """

    soundbite: int | None
    start: str | None
    end: str | None
    shape: Shape
    output: Path | None


def film(workspace: Workspace, slug: str, wish: Wish) -> None:
    """Make the film, and say where it is and what should be known of it."""
    episode = workspace.episode(slug)
    stretch = _stretch(episode, wish)
    path = wish.output or _usual_place(episode, stretch, wish.shape)
    is_ours = _must_be_free_or_ours(path)
    with workspace.episode_locked(slug):
        if wish.output is None:
            remove_leftovers(path.parent)
        made = _made_at(path, workspace, episode, _order(workspace, episode, stretch, wish.shape))
    typer.echo(f"{'Replaced' if is_ours else 'Made'} {path} ({made.seconds:.1f} s, "
               f"{made.size_bytes / 1e6:.1f} MB).")  # fmt: skip
    for note in _notes(workspace, episode, made):
        CONSOLE.print(f"Note: {note}", markup=False, highlight=False, soft_wrap=True)


def _stretch(episode: Episode, wish: Wish) -> Stretch:
    if wish.start is None and wish.end is None:
        return _soundbite(episode, wish.soundbite or 1)
    if wish.soundbite is not None or wish.start is None or wish.end is None:
        raise typer.BadParameter("Give either --soundbite, or both --from and --to.")
    try:
        stretch = Stretch(seconds_of(wish.start), seconds_of(wish.end))
    except ValueError as error:
        raise typer.BadParameter(f"{error}; write it as 65, 1:05 or 1m5s.") from error
    if not _LEAST_SECONDS <= stretch.seconds <= _MOST_SECONDS:
        raise typer.BadParameter(
            f"A film has {_LEAST_SECONDS:g} to {_MOST_SECONDS:g} seconds, not {stretch.seconds:g}."
        )
    return stretch


def _soundbite(episode: Episode, number: int) -> Stretch:
    bites = episode.details.soundbites
    if not 1 <= number <= len(bites):
        there_are = f"has {len(bites)} soundbite(s), no number {number}"
        raise EpisodeProblem(
            f"“{episode.slug}” {there_are if bites else 'has no soundbite'}.",
            "Say what to show with --from 1:05 --to 1:40, or add one to its episode.toml: "
            "[[soundbites]] with start, duration and title.",
        )
    bite = bites[number - 1]
    return Stretch(bite.start_seconds, bite.start_seconds + bite.duration_seconds, bite.title)


def _usual_place(episode: Episode, stretch: Stretch, shape: Shape) -> Path:
    name = f"{episode.slug}-{stretch.start:g}-{stretch.end:g}-{shape}.mp4"
    return episode.folder / "clips" / name


def _must_be_free_or_ours(path: Path) -> bool:
    """Whether a film of ours is replaced. Raises SetupProblem when something else is there."""
    if path.suffix.lower() != ".mp4":
        raise SetupProblem(f"{path} does not end in .mp4.", "Give a name that does with -o.")
    if not path.exists():
        return False
    if comment_of(path) == MADE_BY:
        return True
    raise SetupProblem(
        f"{path} is there already, and `etam audiogram` did not make it.",
        "Give another name with -o, or move that file away.",
    )


def _order(workspace: Workspace, episode: Episode, stretch: Stretch, shape: Shape) -> Order:
    for path in (episode.enclosure, transcript_file(episode)):
        if not path.is_file():
            raise EpisodeProblem(
                f"“{episode.slug}” has no {path.name} yet.", f"Run `etam run {episode.slug}` first."
            )
    show, details = workspace.show.show, episode.details
    artwork = episode.cover or workspace.feed_folder / show.artwork
    guests = [guest.name for guest in details.guests]
    return Order(
        audio=episode.enclosure,
        transcript=read_transcript(episode),
        stretch=stretch,
        shape=shape,
        show=show.title,
        title=stretch.title or details.title,
        about=" · ".join([*guests, date_in_words(details.date, show.language)]),
        cover=artwork if artwork.is_file() else None,
    )


def _made_at(path: Path, workspace: Workspace, episode: Episode, order: Order) -> Audiogram:
    """Make the film in the workspace, so that a kill leaves no half of it elsewhere."""
    with workspace.scratch(f"{episode.slug}.audiogram") as scratch:
        with bars_for(workspace) as bars, bars.bar(path.name) as progress:
            made = _made(episode, order, scratch / "film.mp4", progress)
        try:
            with temporary_beside(path) as hidden:
                shutil.copyfile(scratch / "film.mp4", hidden)
        except OSError as error:
            raise SetupProblem(
                f"{path} cannot be written: {error.strerror}.", "Choose another place with -o."
            ) from error
    return made


def _made(episode: Episode, order: Order, path: Path, progress: Report) -> Audiogram:
    try:
        made = make_audiogram(order, path, progress)
    except UndecodableError as error:
        raise EpisodeProblem(
            f"{order.audio.name} of “{episode.slug}” cannot be decoded.",
            f"Delete it and run `etam run {episode.slug}`; it is made anew.",
            str(error),
        ) from error
    if made is None:
        raise EpisodeProblem(
            f"“{episode.slug}” is over before {order.stretch.start:g} s.",
            "Choose a stretch that lies within it.",
        )
    return made


def _notes(workspace: Workspace, episode: Episode, made: Audiogram) -> Iterator[str]:
    if approval_state(workspace, episode) in (ApprovalState.MISSING, ApprovalState.STALE):
        yield f"nobody has approved “{episode.slug}” as it is now."
    if made.size_bytes > MOST_BYTES:
        yield f"WhatsApp takes films up to {MOST_BYTES / 1e6:.0f} MB; choose a shorter stretch."
    if not made.captions:
        yield "nothing is said in it according to the transcript, so there are no captions."
    if made.undrawn:
        yield f"{len(made.undrawn)} caption(s) are left out: their script cannot be drawn."

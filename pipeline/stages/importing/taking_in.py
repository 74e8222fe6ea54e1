"""Makes an episode's folder of each item of an old feed that is not here yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.ground.episode_file import episode_file_text
from pipeline.ground.files import write_json, write_text
from pipeline.ground.workspace import Workspace
from pipeline.stages.importing.describing import details_of
from pipeline.stages.importing.imported import Imported, imported_episodes, imported_path
from pipeline.stages.importing.source import comes_from_outside
from pipeline.tools.inbox.moving import new_episode_folder, remove_leftovers
from pipeline.tools.slugs import slug_of
from pipeline.words.episode import EpisodeDetails
from pipeline.words.errors import EpisodeProblem, PipelineError
from pipeline.words.old_feed import OldAudio, OldFeed, OldItem

_LONGEST_GUID = 2000


class Took(StrEnum):
    """What became of an item."""

    NEW = "new"
    KNOWN = "known"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Taken:
    """One item of the old feed, and what became of it."""

    title: str
    took: Took
    slug: str = ""
    problem: PipelineError | None = None


def take_in(workspace: Workspace, feed: OldFeed) -> list[Taken]:
    """Make a folder for each item that is not known by its GUID; oldest first.

    An item that cannot be used is left out and stops no other. What is here already is not touched,
    whatever the old feed says by now. Raises TemporaryProblem when another etam is at the inbox.
    """
    with workspace.inbox_locked():
        remove_leftovers(workspace)
        known = dict(_known(workspace))
        seen: set[str] = set()
        outside = comes_from_outside(feed)
        return [
            _taken(workspace, feed, item, known, seen, outside) for item in reversed(feed.items)
        ]


def _known(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """The slug of every GUID that is here."""
    for imported in imported_episodes(workspace):
        yield imported.guid, imported.slug
    for slug in workspace.slugs():
        yield workspace.recording(slug).guid, slug


def _taken(
    workspace: Workspace,
    feed: OldFeed,
    item: OldItem,
    known: dict[str, str],
    seen: set[str],
    outside: bool,
) -> Taken:
    title = item.title or item.guid
    try:
        audio, published_at = _usable(item, seen)
        seen.add(item.guid)
        if item.guid in known:
            return Taken(title, Took.KNOWN, known[item.guid])
        details = details_of(item, feed, workspace.show.show.timezone)
        slug = slug_of(_title_of_folder(details), _taken_names(workspace))
        image = item.image if item.image != feed.image else ""
        imported = Imported(
            slug, item.guid, published_at, feed.address, audio, image, item.link, outside
        )
        with new_episode_folder(workspace, slug) as folder:
            write_json(imported_path(folder), imported.to_json())
            write_text(folder / "episode.toml", episode_file_text(details))
    except EpisodeProblem as problem:
        return Taken(title, Took.LEFT_OUT, problem=problem)
    known[item.guid] = slug
    return Taken(title, Took.NEW, slug)


def _usable(item: OldItem, seen: set[str]) -> tuple[OldAudio, datetime]:
    """What an episode cannot be without. Raises EpisodeProblem when it lacks that."""
    name = f"“{item.title or item.guid or 'an item without a title'}” of the old feed"
    if item.audio is None:
        raise EpisodeProblem(f"{name} has no audio file.", "It is no episode and is left out.")
    if item.published_at is None:
        raise EpisodeProblem(
            f"{name} has no date that can be understood.",
            "Save the feed to a file, correct its pubDate there, and import that file.",
        )
    if item.guid in seen:
        raise EpisodeProblem(
            f"{name} has the same GUID as a newer item, “{item.guid}”.",
            "Podcast apps show only one of them, and so does this import.",
        )
    if len(item.guid) > _LONGEST_GUID:
        raise EpisodeProblem(f"{name} has a GUID too long to be one.", "It is left out.")
    return item.audio, item.published_at


def _title_of_folder(details: EpisodeDetails) -> str:
    names = " ".join(guest.name for guest in details.guests[:2])
    return f"{details.date.isoformat()} {names} {details.title}"


def _taken_names(workspace: Workspace) -> set[str]:
    parents = (workspace.episodes_folder, workspace.transcripts_folder)
    return {path.name for parent in parents if parent.is_dir() for path in parent.iterdir()}

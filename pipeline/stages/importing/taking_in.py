"""Makes an episode's folder of each item of an old feed that is not here yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pipeline.ground.episode_file import episode_file_text, read_episode_file
from pipeline.ground.files import write_json, write_text
from pipeline.ground.workspace import Workspace
from pipeline.stages.importing.describing import details_of
from pipeline.stages.importing.imported import Imported, imported_episodes, imported_path
from pipeline.stages.importing.source import Source
from pipeline.tools.inbox.moving import new_episode_folder, remove_leftovers
from pipeline.tools.slugs import slug_of
from pipeline.words.episode import EpisodeDetails
from pipeline.words.errors import EpisodeProblem, PipelineError
from pipeline.words.old_feed import OldAudio, OldItem

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


def take_in(workspace: Workspace, source: Source) -> list[Taken]:
    """Make a folder for each item that is not known by its GUID; oldest first.

    An item that cannot be used is left out and stops no other. What is here already is not touched,
    whatever the old feed says by now. Raises TemporaryProblem when another etam is at the inbox.
    """
    with workspace.inbox_locked():
        remove_leftovers(workspace)
        taking = _Taking(workspace, source, dict(_known(workspace)), _taken_names(workspace))
        return [taking.item(item) for item in reversed(source.feed.items)]


def _known(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """The slug of every GUID that is here."""
    for imported in imported_episodes(workspace):
        yield imported.guid, imported.slug
    for slug in workspace.slugs():
        yield workspace.recording(slug).guid, slug


def _taken_names(workspace: Workspace) -> set[str]:
    parents = (workspace.episodes_folder, workspace.transcripts_folder)
    return {path.name for parent in parents if parent.is_dir() for path in parent.iterdir()}


@dataclass
class _Taking:
    """One pass over an old feed: `known` slugs by GUID, `names` of folders that are taken."""

    workspace: Workspace
    source: Source
    known: dict[str, str]
    names: set[str]
    seen: set[str] = field(default_factory=set)

    def item(self, item: OldItem) -> Taken:
        title = item.title or item.guid
        try:
            audio, published_at = _usable(item, self.seen)
            self.seen.add(item.guid)
            if item.guid in self.known:
                return Taken(title, Took.KNOWN, self.known[item.guid])
            slug = self._make(item, audio, published_at)
        except EpisodeProblem as problem:
            return Taken(title, Took.LEFT_OUT, problem=problem)
        self.known[item.guid] = slug
        return Taken(title, Took.NEW, slug)

    def _make(self, item: OldItem, audio: OldAudio, published_at: datetime) -> str:
        """The slug of the new folder. Raises EpisodeProblem when `episode.toml` cannot say it."""
        feed, settings = self.source.feed, self.workspace.show.show
        details = details_of(item, published_at, feed, settings.timezone)
        slug = slug_of(_title_of_folder(details), self.names)
        self.names.add(slug)
        imported = Imported(
            slug=slug,
            guid=item.guid,
            published_at=published_at,
            feed=feed.address,
            audio=audio,
            image=item.image if item.image != feed.image else "",
            link=item.link,
            from_outside=self.source.from_outside,
        )
        with new_episode_folder(self.workspace, slug) as folder:
            write_json(imported_path(folder), imported.to_json())
            write_text(folder / "episode.toml", episode_file_text(details))
            read_episode_file(folder / "episode.toml", slug)
        return slug


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

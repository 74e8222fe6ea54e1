"""A workspace: one folder that holds a show, its episodes and what was made of them."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pipeline.ground.config import Show, read_show
from pipeline.ground.episode_file import read_episode_file
from pipeline.ground.files import (
    Digests,
    disk_problems_in_words,
    locked,
    read_json,
    remove_leftovers,
)
from pipeline.words.episode import Episode, Recording
from pipeline.words.errors import EpisodeProblem, SetupProblem, TemporaryProblem
from pipeline.words.plain_text import one_line

_RECORDING = TypeAdapter(Recording)


@dataclass(frozen=True)
class Workspace:
    """The folders of a workspace (`root` is absolute) and what is in them."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Where staff drop recordings."""
        return self.root / "episodes" / "inbox"

    @property
    def episodes_folder(self) -> Path:
        return self.root / "episodes"

    @property
    def transcripts_folder(self) -> Path:
        return self.root / "transcripts"

    @property
    def feed_folder(self) -> Path:
        return self.root / "feed"

    @property
    def show_file(self) -> Path:
        return self.feed_folder / "show.toml"

    @property
    def public(self) -> Path:
        """The published tree on this machine."""
        return self.feed_folder / "public"

    @property
    def published(self) -> Path:
        """One JSON file for each published episode: `<guid>.json`."""
        return self.feed_folder / "published"

    @property
    def newsroom(self) -> Path:
        """Who works on the show and who did what; the review app's, readable by its owner alone."""
        return self.root / "newsroom"

    @property
    def people_file(self) -> Path:
        return self.newsroom / "people.json"

    @property
    def sessions_file(self) -> Path:
        return self.newsroom / "sessions.json"

    @property
    def audit_file(self) -> Path:
        return self.newsroom / "audit.jsonl"

    @property
    def cache(self) -> Path:
        """Deletable at any time."""
        return self.root / ".cache"

    @cached_property
    def show(self) -> Show:
        return read_show(self.show_file)

    @cached_property
    def digests(self) -> Digests:
        return Digests(self.cache / "digests.json")

    def slugs(self) -> list[str]:
        """The slugs of all episodes, in alphabetical order."""
        return sorted(
            file.parent.name for file in self.episodes_folder.glob("[!.]*/recording.json")
        )

    def episode(self, slug: str) -> Episode:
        """The episode `slug`. Raises EpisodeProblem when there is none or it cannot be read."""
        folder = self.episodes_folder / slug
        is_name = slug == Path(slug).name and not slug.startswith(".")
        if not is_name or not (folder / "recording.json").is_file():
            raise EpisodeProblem(
                f"There is no episode “{slug}”.", "Run `etam status` to see the episodes there are."
            )
        return Episode(
            slug=slug,
            folder=folder,
            texts=self.transcripts_folder / slug,
            details=read_episode_file(folder / "episode.toml", slug),
            recording=_read_recording(folder / "recording.json", slug),
        )

    def recording(self, slug: str) -> Recording:
        """What was received for an episode, whether or not its `episode.toml` can be read."""
        return _read_recording(self.episodes_folder / slug / "recording.json", slug)

    @contextlib.contextmanager
    def episode_locked(self, slug: str) -> Iterator[None]:
        """Hold the episode against every other run, watcher or editor."""
        folder = self.episodes_folder / slug
        texts = self.transcripts_folder / slug
        with self._locked(slug, f"The episode “{slug}”", folder, folder / "receipts", texts):
            yield

    def is_being_worked_on(self, slug: str) -> bool:
        """Whether somebody holds the episode at this moment."""
        try:
            with self.episode_locked(slug):
                return False
        except TemporaryProblem:
            return True

    @contextlib.contextmanager
    def inbox_locked(self) -> Iterator[None]:
        """Hold the inbox against every other ingest."""
        with self._locked("show.inbox", "The inbox", self.inbox):
            yield

    @contextlib.contextmanager
    def feed_locked(self) -> Iterator[None]:
        """Hold what is published against every other publication."""
        with self._locked("show.feed", "The feed", self.feed_folder, self.published):
            yield

    @contextlib.contextmanager
    def _locked(self, name: str, what: str, *folders: Path) -> Iterator[None]:
        """Hold a lock over `folders`, and clear away what a killed holder left in them."""
        with locked(self.cache / "locks" / f"{name}.lock", what):
            remove_leftovers(*folders)
            yield

    @contextlib.contextmanager
    def scratch(self, name: str) -> Iterator[Path]:
        """An empty folder on the workspace's disk that is gone after the block.

        The caller holds the lock that `name` stands for, so what an earlier holder left there
        when it was killed is removed first.
        """
        parent = self.cache / "scratch"
        for leftover in parent.glob(f"{name}.*"):
            shutil.rmtree(leftover, ignore_errors=True)
        with disk_problems_in_words(parent):
            parent.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=parent))
        try:
            with disk_problems_in_words(folder):
                yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def find_workspace(start: Path) -> Workspace:
    """The workspace that `start` lies in. Raises SetupProblem when there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "feed" / "show.toml").is_file():
            return Workspace(folder)
    raise SetupProblem(
        f"{start} is not in a workspace: no folder from here up holds feed/show.toml.",
        "Run `etam init DIR` to make one, or go to the one you have.",
    )


def recording_to_json(recording: Recording) -> dict[str, Any]:
    """The content of `recording.json`."""
    said = {key: value for key, value in asdict(recording).items() if value is not None}
    moments = {key: value.isoformat() for key, value in said.items() if isinstance(value, datetime)}
    return {"version": 1, **said, **moments}


def _read_recording(path: Path, slug: str) -> Recording:
    try:
        recording = _RECORDING.validate_python(read_json(path))
        _check_names(recording)
        return recording
    except (OSError, ValueError) as error:
        raise EpisodeProblem(
            f"recording.json of “{slug}” cannot be read.",
            "Restore it from a backup; it holds the episode's identity.",
            str(error),
        ) from error


def _check_names(recording: Recording) -> None:
    """Names out of a file become paths, so none may lead out of its folder.

    A GUID may be anything that an earlier host gave; what is named after it makes it safe first.
    """
    if not recording.guid or recording.guid != one_line(recording.guid):
        raise ValueError(f"no identity: {recording.guid!r}")
    names = [file.name for file in recording.files]
    unsafe = [name for name in names if name != Path(name).name or name in ("", "..")]
    if unsafe or not recording.files:
        raise ValueError(f"not a name: {unsafe[0]!r}" if unsafe else "no files")

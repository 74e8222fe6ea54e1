"""`etam import`: takes a show over from another host, and says what is left to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.faces.init import Answers, init_workspace
from pipeline.faces.progress import ProgressBars
from pipeline.faces.work import bars_for
from pipeline.ground.files import locked
from pipeline.ground.workspace import Workspace, find_workspace
from pipeline.stages.importing import (
    Imported,
    Source,
    Taken,
    Took,
    differences,
    fetch_artwork,
    fetch_cover,
    fetch_recording,
    imported_episodes,
    keep_documents,
    read_source,
    show_settings,
    take_in,
)
from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem, TemporaryProblem
from pipeline.words.old_feed import OldFeed

_MOST_IN_VAIN = 3


@dataclass
class Import:
    """What one import did. `guesses` are sentences; `notes` tell of pictures that are not used."""

    workspace: Workspace
    feed: OldFeed
    taken: list[Taken]
    is_new_show: bool
    fetched: list[str] = field(default_factory=list)
    different: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)
    notes: list[PipelineError] = field(default_factory=list)
    errors: list[PipelineError] = field(default_factory=list)

    @property
    def waiting(self) -> list[Imported]:
        """The imported episodes whose recording is not here."""
        folder = self.workspace.episodes_folder
        everything = imported_episodes(self.workspace)
        return [each for each in everything if not (folder / each.slug / "recording.json").exists()]


def import_show(folder: Path, address: str, *, audio: bool, base_url: str, email: str) -> Import:
    """Take over the show at `address`; run again, it adds what is new and goes on with the rest.

    Outside of a workspace one is made in `folder`, for which `base_url` must be known. One bad item
    stops no other: what went wrong is in `errors`. Raises PipelineError when nothing can be done.
    """
    source = read_source(address)
    settings, guesses = show_settings(source.feed)
    notes: list[PipelineError] = []
    workspace = _workspace_here(folder, source, base_url)
    is_new = workspace is None
    if workspace is None:
        workspace = _new_workspace(folder, source, settings, base_url, email, notes)
    with locked(workspace.cache / "locks" / "show.import.lock", "The import"):
        taken = take_in(workspace, source)
        if any(each.took is Took.NEW for each in taken):
            keep_documents(workspace, source)
        done = Import(workspace, source.feed, taken, is_new, guesses=guesses, notes=notes)
        done.errors += [each.problem for each in taken if each.problem is not None]
        if not is_new:
            done.different = differences(settings, workspace.show.show)
        with bars_for(workspace) as bars:
            _fetch(done, bars, audio=audio)
    return done


def _workspace_here(folder: Path, source: Source, base_url: str) -> Workspace | None:
    try:
        return find_workspace(folder)
    except SetupProblem as nothing_here:
        if base_url:
            return None
        raise SetupProblem(
            f"{nothing_here.problem} “{source.feed.title}” could be taken over into a new one.",
            "Go to the workspace, or add --base-url with the web address of the new feed's "
            "folder to make one here.",
        ) from nothing_here


def _new_workspace(
    folder: Path,
    source: Source,
    settings: Mapping[str, Any],
    base_url: str,
    email: str,
    notes: list[PipelineError],
) -> Workspace:
    """A workspace as `etam init` makes it, with the old show's settings and artwork.

    The artwork goes first and show.toml last, so that a kill in between is repeated whole.
    """
    address = email or settings.get("owner_email", "")
    if not address:
        raise SetupProblem(
            "The old feed names no e-mail address of an owner.",
            "Add --email with the one to which directories may write.",
        )
    artwork = ""
    try:
        artwork = fetch_artwork(Workspace(folder.resolve()), source)
    except (EpisodeProblem, TemporaryProblem) as problem:
        notes.append(problem)
    asked = ("title", "author", "owner_email", "description", "language", "categories", "host")
    answers = Answers(
        title=settings.get("title", ""),
        author=settings["author"],
        owner_email=address,
        base_url=base_url,
        description=settings.get("description", ""),
        language=settings["language"],
        categories=tuple(settings["categories"]),
        host=settings.get("host", ""),
        artwork=artwork or "artwork.jpg",
        more={key: value for key, value in settings.items() if key not in asked},
    )
    return init_workspace(folder, answers)


def _fetch(done: Import, bars: ProgressBars, *, audio: bool) -> None:
    """The pictures and, when wished, the recordings of what was imported and lacks them."""
    waiting = done.waiting
    for number, each in enumerate(waiting, start=1):
        _try(done.notes.append, partial(fetch_cover, done.workspace, each))
        if not audio:
            continue
        with bars.bar(f"{number} of {len(waiting)}: {each.slug}") as report:
            problem = _try(
                done.errors.append, partial(fetch_recording, done.workspace, each, report)
            )
        if problem is None:
            done.fetched.append(each.slug)
        if len(done.errors) >= _MOST_IN_VAIN and all(
            isinstance(error, TemporaryProblem) for error in done.errors[-_MOST_IN_VAIN:]
        ):
            return  # it is the network, not the episodes


def _try(note: Callable[[PipelineError], None], work: Callable[[], None]) -> PipelineError | None:
    """Do `work`; a problem of this one item is noted and returned, one of the machine is raised."""
    try:
        work()
    except (EpisodeProblem, TemporaryProblem) as problem:
        note(problem)
        return problem
    return None

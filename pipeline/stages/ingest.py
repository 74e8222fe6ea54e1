"""Ingest: what was dropped in the inbox becomes an episode, byte for byte."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ground.stage import Report
from pipeline.ground.workspace import Workspace
from pipeline.tools.inbox.adding import add_to_inbox
from pipeline.tools.inbox.describing import described
from pipeline.tools.inbox.drops import Drop, Look, drops_in, look_of
from pipeline.tools.inbox.moving import make_episode, move_in, remove_leftovers
from pipeline.tools.inbox.names import safe_names
from pipeline.tools.inbox.notes import remove_note, remove_stale_notes, write_note
from pipeline.tools.slugs import slug_of
from pipeline.words.episode import EpisodeDetails, Recording, RecordingFile
from pipeline.words.errors import EpisodeProblem, PipelineError
from pipeline.words.rejections import Fault, RecordingRejected

if TYPE_CHECKING:
    from pipeline.tools.audio.listening import Listening

__all__ = ["Arrival", "Outcome", "add_to_inbox", "episode_of", "ingest_inbox"]

_SETTLE_SECONDS = 2.0


class Outcome(StrEnum):
    """What became of something in the inbox."""

    NEW = "new"
    KNOWN = "known"
    COMPLETED = "completed"
    STILL_COPYING = "still copying"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing in the inbox, and what became of it."""

    name: str
    outcome: Outcome
    slug: str | None = None
    problem: PipelineError | None = None


def ingest_inbox(
    workspace: Workspace,
    report: Report = lambda _share: None,
    *,
    settle_seconds: float = _SETTLE_SECONDS,
) -> list[Arrival]:
    """Make an episode of each file and folder in the inbox.

    What cannot be used stays, with a note for staff beside it, and stops nothing else. Something
    changed less than `settle_seconds` ago is looked at again after that time, and left when it has
    changed. Raises SetupProblem when the disk is full, TemporaryProblem when another etam is at it.
    """
    with workspace.inbox_locked():
        remove_leftovers(workspace)
        looks = _two_looks(workspace.inbox, settle_seconds)
        arrivals = []
        for done, (drop, look) in enumerate(looks):
            arrivals.append(_take_in(workspace, drop, look))
            report((done + 1) / len(looks))
        remove_stale_notes(workspace.inbox)
        workspace.digests.save()
    return arrivals


def _two_looks(inbox: Path, settle_seconds: float) -> list[tuple[Drop, Look | None]]:
    """Each drop with how it looked when it was whole, or None while it is being copied.

    A time stamp in the future is no reason to wait for that time: a second look decides.
    """
    first = {drop.path: look_of(drop) for drop in drops_in(inbox)}
    now_ns = time.time_ns()
    settled_ns = now_ns - int(settle_seconds * 1e9)
    fresh = {path for path, look in first.items() if any(seen[2] > settled_ns for seen in look)}
    if fresh:
        time.sleep(settle_seconds)
    looks: list[tuple[Drop, Look | None]] = []
    for drop in drops_in(inbox):
        look = look_of(drop)
        is_whole = first.get(drop.path) == look and not drop.is_unfinished
        looks.append((drop, look if is_whole else None))
    return looks


def _take_in(workspace: Workspace, drop: Drop, look: Look | None) -> Arrival:
    if look is None:
        return Arrival(drop.name, Outcome.STILL_COPYING)
    try:
        return _taken_in(workspace, drop, look)
    except EpisodeProblem as problem:
        write_note(drop, problem)
        return Arrival(drop.name, Outcome.REJECTED, None, problem)
    except FileNotFoundError:
        # Taken away or renamed while it was read; the next look will tell.
        return Arrival(drop.name, Outcome.STILL_COPYING)


def _taken_in(workspace: Workspace, drop: Drop, look: Look) -> Arrival:
    if drop.fault is not None:
        raise drop.fault
    digests = _digests(workspace, drop)
    known = episode_of(workspace, digests)
    if known is not None:
        return _known_or_completed(workspace, drop, digests, known)
    from pipeline.tools.audio.listening import listen  # loads PyAV, only when there is a drop

    heard = [listen(path) for path in drop.recordings]
    text, details = described(drop, heard[0], workspace.show.show)
    if look_of(drop) != look:
        return Arrival(drop.name, Outcome.STILL_COPYING)
    slug = slug_of(_title_of_folder(details), _taken_names(workspace))
    recording = _recording(drop, digests, heard)
    folder = make_episode(workspace, slug, recording, text)
    names = {
        path: (f.name, f.sha256) for path, f in zip(drop.recordings, recording.files, strict=True)
    }
    move_in(drop, folder, names)
    remove_note(drop)
    return Arrival(drop.name, Outcome.NEW, slug)


def _digests(workspace: Workspace, drop: Drop) -> list[str]:
    found: dict[str, Path] = {}
    for path in drop.recordings:
        try:
            digest = workspace.digests.of(path)
        except PermissionError as error:
            raise RecordingRejected(Fault.UNREADABLE, path.name, str(error)) from error
        if digest is None:
            raise FileNotFoundError(path)
        if digest in found and path.stat().st_size:
            raise RecordingRejected(
                Fault.REPEATED, drop.name, first=found[digest].name, second=path.name
            )
        found[digest] = path
    return list(found)


def episode_of(workspace: Workspace, digests: Sequence[str]) -> str | None:
    """The episode that all of these bytes belong to; some of them may open every episode."""
    for slug in workspace.slugs():
        try:
            files = workspace.recording(slug).files
        except EpisodeProblem:
            continue  # the run says what is wrong with that episode; the inbox is not stopped by it
        if set(digests) <= {file.sha256 for file in files}:
            return slug
    return None


def _known_or_completed(
    workspace: Workspace, drop: Drop, digests: Sequence[str], slug: str
) -> Arrival:
    """The rest of an ingest that was killed is moved; bytes that are there already stay here."""
    folder = workspace.episodes_folder / slug
    files = {file.sha256: file for file in workspace.recording(slug).files}
    missing = {
        path: (files[digest].name, digest)
        for path, digest in zip(drop.recordings, digests, strict=True)
        if not (folder / files[digest].name).exists()
    }
    if not missing:
        write_note(drop, RecordingRejected(Fault.KNOWN, drop.name, slug=slug))
        return Arrival(drop.name, Outcome.KNOWN, slug)
    move_in(drop, folder, missing)
    remove_note(drop)
    return Arrival(drop.name, Outcome.COMPLETED, slug)


def _title_of_folder(details: EpisodeDetails) -> str:
    names = " ".join(guest.name for guest in details.guests[:2])
    return f"{details.date.isoformat()} {names} {details.title}"


def _taken_names(workspace: Workspace) -> set[str]:
    parents = (workspace.episodes_folder, workspace.transcripts_folder)
    return {path.name for parent in parents if parent.is_dir() for path in parent.iterdir()}


def _recording(drop: Drop, digests: Sequence[str], heard: Sequence[Listening]) -> Recording:
    names = safe_names(path.name for path in drop.recordings)
    return Recording(
        guid=str(uuid.uuid4()),
        received_at=datetime.now(UTC).replace(microsecond=0),
        original_name=drop.name.encode("utf-8", "replace").decode(),
        files=tuple(
            RecordingFile(
                name=name,
                sha256=digest,
                size=path.stat().st_size,
                duration_seconds=listening.duration_seconds,
                channels=listening.channels,
                sample_rate_hz=listening.sample_rate_hz,
                codec=listening.codec,
                container=listening.container,
            )
            for name, digest, path, listening in zip(
                names, digests, drop.recordings, heard, strict=True
            )
        ),
    )

"""`etam doctor`: what is missing, in sentences, before somebody's recording finds out."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.ground.workspace import Workspace, find_workspace
from pipeline.stages.publish import open_bucket
from pipeline.tools.artwork import check_artwork
from pipeline.tools.cluster import check_installed
from pipeline.tools.whisper.models import check_model
from pipeline.words.errors import PipelineError

_ROOM_NEEDED_BYTES = 5 * 10**9
_OLDEST_PLAUSIBLE = datetime(2026, 11, 1, tzinfo=UTC)
_CLOCK_TOLERANCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    ok: bool
    sentence: str


def examine(folder: Path) -> list[Finding]:
    """Look at everything that a run and a publication will need."""
    findings = [_python()]
    try:
        workspace = find_workspace(folder)
        show = workspace.show
    except PipelineError as error:
        return [*findings, _bad("show", error)]
    findings.append(Finding("show", True, f"“{show.show.title}” in {workspace.root}."))
    for look in (_folders, _disk, _artwork, _model, _cluster, _bucket, _clock):
        try:
            findings.extend(look(workspace))
        except PipelineError as error:
            findings.append(_bad(look.__name__.strip("_"), error))
    return findings


def _bad(about: str, error: PipelineError) -> Finding:
    return Finding(about, False, f"{error.problem} {error.remedy}")


def _python() -> Finding:
    ok = sys.version_info >= (3, 11)
    return Finding("python", ok, f"Python {platform.python_version()} on {platform.machine()}.")


def _folders(workspace: Workspace) -> Iterator[Finding]:
    for folder in (workspace.inbox, workspace.transcripts_folder, workspace.feed_folder):
        if not folder.is_dir():
            yield Finding("folders", False, f"{folder} is missing; make it or run `etam init`.")
    yield Finding("folders", True, f"Recordings are dropped in {workspace.inbox}.")


def _disk(workspace: Workspace) -> Iterator[Finding]:
    free = shutil.disk_usage(workspace.root).free
    sentence = f"{free / 1e9:.1f} GB are free"
    if free >= _ROOM_NEEDED_BYTES:
        yield Finding("disk", True, sentence + ".")
    else:
        yield Finding("disk", False, sentence + "; an hour of audio needs about 1 GB. Make room.")


def _artwork(workspace: Workspace) -> Iterator[Finding]:
    path = workspace.feed_folder / workspace.show.show.artwork
    check_artwork(path)
    yield Finding("artwork", True, f"{path.name} is what the directories ask for.")


def _model(workspace: Workspace) -> Iterator[Finding]:
    settings = workspace.show.transcription
    ok, sentence = check_model(settings.model, workspace.root, settings.device)
    yield Finding("model", ok, sentence)


def _cluster(workspace: Workspace) -> Iterator[Finding]:
    cluster = workspace.show.cluster
    if not cluster.scheduler:
        return
    check_installed()
    from pipeline.tools.cluster.connecting import open_cluster

    places = open_cluster(cluster, workspace.root).places
    sentence = f"The workers at {cluster.scheduler} hear {places} windows at once."
    yield Finding("cluster", True, sentence)


def _bucket(workspace: Workspace) -> Iterator[Finding]:
    bucket = open_bucket(workspace.show, workspace)
    sentence = bucket.check()
    yield Finding("bucket", True, sentence)


def _clock(workspace: Workspace) -> Iterator[Finding]:
    now = datetime.now(UTC)
    if now < _OLDEST_PLAUSIBLE:
        yield Finding("clock", False, f"The clock says {now:%Y-%m-%d}; set it, feeds carry dates.")
        return
    skew = open_bucket(workspace.show, workspace).clock_skew_seconds(now)
    if abs(skew) > _CLOCK_TOLERANCE_SECONDS:
        yield Finding("clock", False, f"The clock is {skew:.0f} s off the bucket's; set it.")
    else:
        yield Finding("clock", True, f"The clock says {now:%Y-%m-%d %H:%M} UTC.")

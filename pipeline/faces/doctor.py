"""`etam doctor`: what is missing, in sentences, before somebody's recording finds out."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pipeline.faces.looks import (
    Finding,
    bad,
    look_at_address,
    look_at_objects,
    look_at_publication,
    newest_items,
    odd,
)
from pipeline.ground.workspace import Workspace, find_workspace
from pipeline.running.show import why_unfinished
from pipeline.stages.publish import open_bucket
from pipeline.tools.artwork import check_artwork
from pipeline.tools.bucket import Bucket, keeps_conditions
from pipeline.tools.cluster import check_installed
from pipeline.tools.whisper.models import check_model
from pipeline.words.errors import PipelineError

_ROOM_NEEDED_BYTES = 5 * 10**9
_OLDEST_PLAUSIBLE = datetime(2026, 11, 1, tzinfo=UTC)
_CLOCK_TOLERANCE_SECONDS = 300
_NEWEST = 5
_NO_CONDITIONS = (
    "The server ignores conditions on writes (If-Match), so of two machines that publish at once "
    "one may undo the other's work. Let one machine publish, or use a server that keeps them."
)


def examine(folder: Path, *, thorough: bool = False) -> list[Finding]:
    """Look at everything that a run and a publication will need, and at what is public.

    When `thorough`, at each published file and not only at those of the newest episodes.
    """
    findings = [_python()]
    try:
        workspace = find_workspace(folder)
        show = workspace.show
    except PipelineError as error:
        return [*findings, bad("show", error)]
    findings.append(Finding("show", True, f"“{show.show.title}” in {workspace.root}."))
    for look in (_folders, _disk, _artwork, _model, _language_model, _cluster, _clock):
        findings.extend(_told(look.__name__.strip("_").replace("_", " "), look, workspace))
    findings.extend(_told("bucket", partial(_bucket, thorough=thorough), workspace))
    return findings


def _told(
    about: str, look: Callable[[Workspace], Iterator[Finding]], workspace: Workspace
) -> Iterator[Finding]:
    """What a look finds; an error that ends it is a finding too."""
    try:
        yield from look(workspace)
    except PipelineError as error:
        yield bad(about, error)


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
    ok, sentence = check_model(
        settings.model, workspace.root, settings.device, settings.compute_type
    )
    yield Finding("model", ok, sentence)


def _language_model(workspace: Workspace) -> Iterator[Finding]:
    """Costs one short question, and nothing where no language model is set up."""
    settings = workspace.show.article.llm
    if not settings.is_configured:
        return
    from pipeline.tools.llm.endpoint import Endpoint, Message

    Endpoint(settings).ask([Message("user", 'Answer with the JSON object {"ready": true}.')])
    sentence = f"{settings.model} at {settings.host} answers, and writes the drafts."
    yield Finding("language model", True, sentence)


def _cluster(workspace: Workspace) -> Iterator[Finding]:
    cluster = workspace.show.cluster
    if not cluster.scheduler:
        return
    check_installed()
    from pipeline.tools.cluster.connecting import open_cluster

    places = open_cluster(cluster, workspace.root).places
    sentence = f"The workers at {cluster.scheduler} hear {places} windows at once."
    yield Finding("cluster", True, sentence)


def _bucket(workspace: Workspace, *, thorough: bool) -> Iterator[Finding]:
    """Where it is published, and then what is: without the first there is no second."""
    bucket = open_bucket(workspace.show, workspace, thorough=thorough)
    sentence = bucket.check()
    yield Finding("bucket", True, sentence)
    if not keeps_conditions(bucket):
        yield odd("bucket", _NO_CONDITIONS)
    yield from _told("gate", partial(_publication, bucket=bucket), workspace)
    files = partial(_files, bucket=bucket, most=None if thorough else _NEWEST)
    yield from _told("public address", files, workspace)


def _files(workspace: Workspace, *, bucket: Bucket, most: int | None) -> Iterator[Finding]:
    items = newest_items(workspace, bucket, most)
    yield from _told("stored files", partial(look_at_objects, items=items), workspace)
    yield from look_at_address(workspace, bucket, items)


def _publication(workspace: Workspace, *, bucket: Bucket) -> Iterator[Finding]:
    unfinished = why_unfinished(workspace, workspace.slugs())
    yield from look_at_publication(workspace, bucket, unfinished)


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

"""With what an episode is heard: the machines that do it, and where their answers are kept."""

from __future__ import annotations

import logging
from pathlib import Path

from pipeline.ground.files import Digests
from pipeline.ground.stage import Job
from pipeline.stages.transcribe.so_far import SoFar
from pipeline.tools.audio.speech_reading import speech_places, speech_seconds
from pipeline.tools.whisper.asking import Hearers
from pipeline.tools.whisper.transcribing import Means
from pipeline.tools.whisper.window_store import WindowStore
from pipeline.tools.whisper.work_unit import model_key
from pipeline.words.errors import TemporaryProblem

_LOG = logging.getLogger("etam")


def means_for(job: Job, model: str, folder: Path) -> Means:
    """The means to hear `job.episode` with the model in `folder`.

    Raises what `open_cluster` raises when the show has a cluster.
    """
    cache = job.root / ".cache"
    digests = Digests(cache / "model-digests.json")
    digest = model_key(model, folder, digests).digest
    digests.save()
    speech = job.episode.speech
    return Means(
        hearers=_hearers(job),
        store=WindowStore(cache / "windows", anew=job.forced),
        model_digest=digest,
        tell=SoFar(job),
        seconds=speech_seconds(speech),
        places=lambda: speech_places(speech),
    )


def _hearers(job: Job) -> Hearers | None:
    """The workers of `[cluster]`, or None for this machine."""
    cluster = job.show.cluster
    if not cluster.scheduler:
        return None
    from pipeline.tools.cluster import check_installed

    check_installed()
    from pipeline.tools.cluster.connecting import open_cluster

    try:
        return open_cluster(cluster, job.root)
    except TemporaryProblem as problem:
        if cluster.fallback != "local":
            raise
        _LOG.warning("%s “%s” is heard on this machine.", problem.problem, job.episode.slug)
        return None

"""The one connection of this process to its cluster."""

# mypy: allow-untyped-calls
from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Any

from distributed import Client

from pipeline.ground.cluster_settings import Cluster
from pipeline.tools.cluster.asking import no_answer, refuse_other_versions
from pipeline.tools.cluster.hearers import ClusterHearers
from pipeline.tools.cluster.places import count_places, nobody_to_hear
from pipeline.tools.cluster.trust import trust_of
from pipeline.tools.cluster.versions import PACKAGES
from pipeline.words.errors import PipelineError

_SECONDS_TO_ANSWER = 10
_SECONDS_FOR_A_WORKER = 10.0

# Many episodes may ask one after another; each would wait as long as the first.
_SECONDS_TO_REMEMBER = 20.0

_Place = tuple[Cluster, Path]
_opening = threading.Lock()
_open: dict[_Place, ClusterHearers] = {}
_failed: dict[_Place, tuple[float, PipelineError]] = {}


def open_cluster(cluster: Cluster, root: Path) -> ClusterHearers:
    """The hearers that all episodes of this process share; made anew when they were lost.

    `root` is the workspace. Raises TemporaryProblem when the scheduler does not answer or has no
    worker, SetupProblem when keys, versions or GPUs are not as they must be.
    """
    place = (cluster, root)
    with _opening:
        hearers = _open.get(place)
        if hearers is not None and not hearers.lost:
            return hearers
        if hearers is not None:
            _open.pop(place).close()
        _raise_what_just_failed(place)
        try:
            _open[place] = _connected(cluster, root)
        except PipelineError as problem:
            _failed[place] = (time.monotonic(), problem)
            raise
        return _open[place]


def _raise_what_just_failed(place: _Place) -> None:
    failed_at, problem = _failed.pop(place, (0.0, None))
    if problem is not None and time.monotonic() - failed_at < _SECONDS_TO_REMEMBER:
        _failed[place] = (failed_at, problem)
        raise problem


def _connected(cluster: Cluster, root: Path) -> ClusterHearers:
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said by us
    trust = trust_of(root / cluster.keys if cluster.keys else None)
    try:
        client = Client(
            cluster.scheduler,
            security=trust,
            timeout=_SECONDS_TO_ANSWER,
            name="etam",
            set_as_default=False,
            direct_to_workers=False,
        )
    except (OSError, TimeoutError) as error:
        raise no_answer(error, cluster.scheduler) from error
    try:
        _check(client, cluster)
        return ClusterHearers(client, cluster.scheduler, gpu=cluster.gpu)
    except BaseException:
        client.close(timeout=2)
        raise


def _check(client: Client, cluster: Cluster) -> None:
    """Refuse a cluster that would hear other words, or none."""
    versions: Any = client.get_versions(packages=list(PACKAGES))
    refuse_other_versions(versions["scheduler"], f"the scheduler at {cluster.scheduler}")
    for worker, theirs in versions["workers"].items():
        refuse_other_versions(theirs, f"the worker at {worker}")
    _wait_for_a_place(client, cluster)


def _wait_for_a_place(client: Client, cluster: Cluster) -> None:
    until = time.monotonic() + _SECONDS_FOR_A_WORKER
    while not count_places(client, gpu=cluster.gpu):
        if time.monotonic() > until:
            others = count_places(client, gpu=False)
            raise nobody_to_hear(cluster.scheduler, gpu=cluster.gpu, but_others=others)
        time.sleep(0.2)

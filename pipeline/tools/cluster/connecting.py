"""The one connection of this process to its cluster."""

# mypy: allow-untyped-calls
from __future__ import annotations

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

_SECONDS_TO_ANSWER = 10
_SECONDS_FOR_A_WORKER = 10.0

_opening = threading.Lock()
_open: dict[tuple[Cluster, Path], ClusterHearers] = {}


def open_cluster(cluster: Cluster, root: Path) -> ClusterHearers:
    """The hearers that all episodes of this process share; made anew when they were lost.

    `root` is the workspace. Raises TemporaryProblem when the scheduler does not answer or has no
    worker, SetupProblem when keys, versions or GPUs are not as they must be.
    """
    with _opening:
        hearers = _open.get((cluster, root))
        if hearers is None or hearers.lost:
            if hearers is not None:
                hearers.close()
            hearers = _open[cluster, root] = _connected(cluster, root)
        return hearers


def _connected(cluster: Cluster, root: Path) -> ClusterHearers:
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

"""Machines die in the middle: what was finished is kept, what was not is done once more.

It takes two minutes, so only `make test-cluster` runs it.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.ground.workspace import Workspace
from pipeline.tools.cluster import hearers
from pipeline.tools.cluster.connecting import open_cluster
from pipeline.tools.whisper.models import demo_folder
from pipeline.words.errors import EpisodeProblem, SetupProblem, TemporaryProblem
from tests.cluster import jobs
from tests.cluster.machines import Machines, machines, until
from tests.cluster.shows import copy_of, heard, in_background, ready_show, texts, windows_kept

pytestmark = pytest.mark.skipif(
    "ETAM_TEST_CLUSTER" not in os.environ, reason="`make test-cluster` kills machines"
)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return ready_show(tmp_path_factory.mktemp("show") / "ready")


@pytest.fixture(scope="module")
def alone(ready: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The show as one machine hears it."""
    workspace = copy_of(ready, tmp_path_factory.mktemp("alone") / "show")
    assert heard(workspace).error is None
    return workspace


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Machines]:
    with machines(tmp_path) as cluster:
        yield cluster


def test_a_worker_that_is_killed_costs_the_window_it_was_hearing(
    cluster: Machines, ready: Workspace, alone: Workspace, tmp_path: Path
) -> None:
    cluster.scheduler()
    victim, survivor = cluster.worker(), cluster.worker()
    workspace = copy_of(ready, tmp_path / "show", cluster.settings)
    run = in_background(workspace)
    victim.wait_until_told("window 1:")
    victim.inner.kill()
    assert run.result().error is None
    assert texts(workspace) == texts(alone)
    assert survivor.told("s of sound in") > 0
    # An answer that was heard but not yet fetched dies with its worker.
    assert windows_kept(alone) <= cluster.windows_heard() <= windows_kept(alone) + 1


def test_a_scheduler_that_is_killed_costs_nothing_that_was_finished(
    cluster: Machines, ready: Workspace, alone: Workspace, tmp_path: Path
) -> None:
    scheduler, worker = cluster.scheduler(), cluster.worker()
    workspace = copy_of(ready, tmp_path / "show", cluster.settings)
    run = in_background(workspace)
    until(lambda: windows_kept(workspace) >= 2)
    scheduler.kill()
    problem = run.result().error
    assert isinstance(problem, TemporaryProblem)
    assert "does not answer" in problem.problem
    worker.wait_until_told("Trying again.")

    before, kept = cluster.windows_heard(), windows_kept(workspace)
    assert 2 <= kept < windows_kept(alone)
    cluster.scheduler()
    worker.wait_until_told("has joined", times=2)
    assert heard(workspace).error is None
    assert texts(workspace) == texts(alone)
    assert cluster.windows_heard() - before == windows_kept(alone) - kept


def test_a_newsroom_that_is_killed_hears_only_what_is_missing(
    cluster: Machines, ready: Workspace, alone: Workspace, tmp_path: Path
) -> None:
    cluster.scheduler()
    worker = cluster.worker()
    workspace = copy_of(ready, tmp_path / "show", cluster.settings)
    newsroom = cluster.newsroom(workspace.root)
    until(lambda: windows_kept(workspace) >= 2)
    newsroom.kill()
    kept = windows_kept(workspace)
    assert kept < windows_kept(alone)
    # Windows that were under way end, and nobody asks for their answers any more.
    until(lambda: worker.told("s of sound in") > kept, seconds=3)
    before = worker.told("s of sound in")
    assert heard(workspace).error is None
    assert texts(workspace) == texts(alone)
    assert worker.told("s of sound in") - before <= windows_kept(alone) - kept + 1


def test_when_the_last_worker_goes_the_episode_waits(
    cluster: Machines, ready: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearers, "_LOOKS_WITHOUT_WORKERS", 2)
    cluster.scheduler()
    last = cluster.worker()
    workspace = copy_of(ready, tmp_path / "show", cluster.settings)
    run = in_background(workspace)
    until(lambda: windows_kept(workspace) >= 1)
    last.kill()
    problem = run.result().error
    assert isinstance(problem, TemporaryProblem)
    assert "No worker is at the scheduler" in problem.problem


def test_a_worker_that_freezes_is_replaced(
    cluster: Machines, ready: Workspace, alone: Workspace, tmp_path: Path
) -> None:
    cluster.scheduler()
    frozen = cluster.worker()
    workspace = copy_of(ready, tmp_path / "show", cluster.settings)
    run = in_background(workspace)
    frozen.wait_until_told("window 1:")
    frozen.inner.send_signal(signal.SIGSTOP)
    assert run.result().error is None
    assert texts(workspace) == texts(alone)


def test_a_machine_that_freezes_is_done_without(
    cluster: Machines, ready: Workspace, alone: Workspace, tmp_path: Path
) -> None:
    cluster.scheduler()
    frozen, _other = cluster.worker(), cluster.worker()
    workspace = copy_of(ready, tmp_path / "show", cluster.settings)
    run = in_background(workspace)
    frozen.wait_until_told("window 1:")
    inner = frozen.inner
    frozen.process.send_signal(signal.SIGSTOP)
    inner.send_signal(signal.SIGSTOP)
    assert run.result().error is None
    assert texts(workspace) == texts(alone)
    frozen.kill()


def test_a_job_that_kills_its_worker_fails_alone(cluster: Machines) -> None:
    cluster.scheduler()
    worker = cluster.worker()
    workers = open_cluster(cluster.settings, cluster.folder)
    poison = workers.run(jobs.die)
    others = [workers.run(jobs.echo, number, 0.2) for number in range(8)]
    assert [other.result(90) for other in others] == list(range(8))
    with pytest.raises(EpisodeProblem, match="Every worker died"):
        poison.result(90)
    assert worker.process.poll() is None
    workers.close()


def test_windows_for_gpus_go_to_workers_with_one(
    cluster: Machines, ready: Workspace, tmp_path: Path
) -> None:
    cluster.scheduler()
    plain, with_gpu = cluster.worker(), cluster.worker_that_claims_a_gpu()
    workspace = copy_of(ready, tmp_path / "show", cluster.settings)
    with workspace.show_file.open("a", encoding="utf-8") as file:
        file.write("gpu = true\n")
    assert heard(workspace).error is None
    assert plain.told("s of sound in") == 0
    assert with_gpu.told("s of sound in") == windows_kept(workspace)


def test_a_worker_with_another_model_refuses_in_words(
    cluster: Machines, ready: Workspace, tmp_path: Path
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    shutil.copytree(demo_folder(), ours)
    shutil.copytree(demo_folder(), theirs)
    with (theirs / "config.json").open("a", encoding="utf-8") as file:
        file.write("\n")
    cluster.scheduler()
    cluster.worker("--model", str(theirs))
    workspace = copy_of(ready, tmp_path / "show", cluster.settings, model=str(ours))
    problem = heard(workspace).error
    assert isinstance(problem, SetupProblem)
    assert "another model" in problem.problem


def test_a_worker_finds_the_show_s_model_among_its_folders(
    cluster: Machines, ready: Workspace, tmp_path: Path
) -> None:
    ours, copied = tmp_path / "ours", tmp_path / "copied"
    shutil.copytree(demo_folder(), ours)
    shutil.copytree(demo_folder(), copied)
    cluster.scheduler()
    cluster.worker("--model", str(copied))
    workspace = copy_of(ready, tmp_path / "show", cluster.settings, model=str(ours))
    assert heard(workspace).error is None

"""A scheduler and two workers, real processes with mutual TLS: they hear what one machine hears."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.faces.doctor import examine
from pipeline.ground.cluster_settings import Cluster
from pipeline.ground.workspace import Workspace
from pipeline.tools.cluster import connecting
from pipeline.tools.cluster.connecting import open_cluster
from pipeline.tools.cluster.hearers import ClusterHearers
from pipeline.tools.cluster.keys import make_keys
from pipeline.words.errors import SetupProblem, TemporaryProblem
from tests.cluster import jobs
from tests.cluster.machines import Machines, free_port, machines
from tests.cluster.shows import copy_of, heard, ready_show, texts, windows_kept


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with machines(tmp_path_factory.mktemp("cluster")) as cluster:
        cluster.scheduler()
        cluster.worker()
        cluster.worker()
        yield cluster


@pytest.fixture(scope="module")
def hearers(running: Machines) -> Iterator[ClusterHearers]:
    hearers = open_cluster(running.settings, running.folder)
    yield hearers
    hearers.close()


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return ready_show(tmp_path_factory.mktemp("show") / "ready")


def test_a_cluster_writes_the_bytes_that_one_machine_writes(
    running: Machines, ready: Workspace, tmp_path: Path
) -> None:
    alone = copy_of(ready, tmp_path / "alone")
    together = copy_of(ready, tmp_path / "together", running.settings)
    assert heard(alone).error is None
    assert heard(together).error is None
    assert texts(together) == texts(alone)
    assert running.windows_heard() == windows_kept(together) == windows_kept(alone) > 3
    assert all(worker.told("s of sound in") for worker in running.started[1:])


def test_the_doctor_says_who_hears(running: Machines, ready: Workspace, tmp_path: Path) -> None:
    workspace = copy_of(ready, tmp_path / "show", running.settings)
    (finding,) = [each for each in examine(workspace.root) if each.about == "cluster"]
    assert finding.ok
    assert "hear 2 windows at once" in finding.sentence


def test_the_doctor_misses_a_scheduler(
    ready: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SECONDS_TO_ANSWER", 1)
    (keys,) = make_keys(tmp_path / "keys", ["newsroom"])
    nobody = Cluster(scheduler=f"tls://127.0.0.1:{free_port()}", keys=str(keys))
    workspace = copy_of(ready, tmp_path / "show", nobody)
    (finding,) = [each for each in examine(workspace.root) if each.about == "cluster"]
    assert not finding.ok
    assert "does not answer" in finding.sentence


def test_jobs_of_all_episodes_are_two_for_each_place_at_most(hearers: ClusterHearers) -> None:
    assert hearers.most_in_flight == 4
    answers = [hearers.run(jobs.echo, number, 0.05) for number in range(20)]
    assert sum(not answer.done() for answer in answers) <= 4
    assert [answer.result(20) for answer in answers] == list(range(20))


def test_a_worker_s_problem_comes_back_in_its_words(hearers: ClusterHearers) -> None:
    with pytest.raises(SetupProblem, match="lacks something") as problem:
        hearers.run(jobs.setup_problem).result(20)
    assert problem.value.remedy == "Give it that."
    with pytest.raises(TemporaryProblem, match="no memory free"):
        hearers.run(jobs.temporary_problem).result(20)


def test_what_is_given_up_makes_room(hearers: ClusterHearers) -> None:
    waiting = [hearers.run(jobs.echo, number, 0.5) for number in range(4)]
    assert waiting[-1].cancel()
    assert hearers.run(jobs.echo, "next").result(20) == "next"


def test_nothing_listens_beyond_the_address_it_was_given(running: Machines) -> None:
    for machine in running.started:
        outer = psutil.Process(machine.process.pid)
        for process in [outer, *outer.children(recursive=True)]:
            listening = [c for c in process.net_connections() if c.status == "LISTEN"]
            assert {connection.laddr.ip for connection in listening} <= {"127.0.0.1"}


def test_keys_of_another_authority_are_refused(running: Machines, tmp_path: Path) -> None:
    (strangers,) = make_keys(tmp_path, ["stranger"])
    stranger = Cluster(scheduler=running.address, keys=str(strangers))
    with pytest.raises(SetupProblem, match="do not trust each other's keys"):
        open_cluster(stranger, tmp_path)


def test_whoever_shows_no_certificate_is_refused(running: Machines) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(str(running.folder / "keys" / "ca.pem"))
    with (
        pytest.raises(ssl.SSLError, match="certificate required"),
        socket.create_connection(("127.0.0.1", running.port)) as plain,
        context.wrap_socket(plain) as secure,
    ):
        secure.recv(1)


def test_a_scheduler_with_keys_does_not_speak_in_the_open(
    running: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SECONDS_TO_ANSWER", 2)
    with pytest.raises(TemporaryProblem, match="does not answer"):
        open_cluster(Cluster(scheduler=f"tcp://127.0.0.1:{running.port}"), running.folder)


def test_a_gpu_that_nobody_has_is_missed_at_once(
    running: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SECONDS_FOR_A_WORKER", 0.5)
    with pytest.raises(SetupProblem, match="None of the workers"):
        open_cluster(running.settings.model_copy(update={"gpu": True}), running.folder)


def test_without_a_scheduler_an_episode_waits(
    ready: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SECONDS_TO_ANSWER", 1)
    (keys,) = make_keys(tmp_path / "keys", ["newsroom"])
    nobody = Cluster(scheduler=f"tls://127.0.0.1:{free_port()}", keys=str(keys))
    workspace = copy_of(ready, tmp_path / "show", nobody)
    problem = heard(workspace).error
    assert isinstance(problem, TemporaryProblem)
    assert "does not answer" in problem.problem


def test_an_episode_is_heard_here_only_when_the_settings_say_so(
    ready: Workspace,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connecting, "_SECONDS_TO_ANSWER", 1)
    (keys,) = make_keys(tmp_path / "keys", ["newsroom"])
    nobody = Cluster(scheduler=f"tls://127.0.0.1:{free_port()}", keys=str(keys))
    workspace = copy_of(ready, tmp_path / "show", nobody)
    with workspace.show_file.open("a", encoding="utf-8") as file:
        file.write('fallback = "local"\n')
    assert heard(workspace).error is None
    assert "is heard on this machine" in caplog.text

"""A scheduler or worker that would not be safe does not start; versions that differ do not mix."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from distributed.versions import get_versions

from pipeline.tools.cluster.asking import refuse_other_versions
from pipeline.tools.cluster.keys import make_keys
from pipeline.tools.cluster.places import nobody_to_hear
from pipeline.tools.cluster.processes import WorkerPlan, run_scheduler, run_worker
from pipeline.tools.cluster.versions import PACKAGES
from pipeline.words.errors import SetupProblem, TemporaryProblem


@pytest.fixture
def plan(tmp_path: Path) -> WorkerPlan:
    return WorkerPlan(
        scheduler="tcp://127.0.0.1:8786",
        keys=None,
        folder=tmp_path,
        models=(),
        windows_at_once=1,
        threads=1,
        has_gpu=False,
        memory_bytes=10**9,
    )


@pytest.mark.parametrize("address", ["tcp://0.0.0.0:0", "tcp://192.168.1.5:8786", "tls://[::]:1"])
def test_a_scheduler_without_keys_stays_on_this_machine(address: str) -> None:
    with pytest.raises(SetupProblem, match=r"open to everybody|needs the folder"):
        run_scheduler(address, None, 60)


def test_a_worker_obeys_no_scheduler_elsewhere_without_keys(plan: WorkerPlan) -> None:
    with pytest.raises(SetupProblem, match="open to everybody"):
        run_worker(replace(plan, scheduler="tcp://192.168.1.5:8786"))


def test_a_worker_without_keys_listens_on_this_machine_only(plan: WorkerPlan) -> None:
    with pytest.raises(SetupProblem, match="can be reached by others"):
        run_worker(replace(plan, host="0.0.0.0"))  # noqa: S104 - it is refused


def test_an_address_that_is_taken_is_named(tmp_path: Path) -> None:
    (keys,) = make_keys(tmp_path, ["scheduler"])
    with pytest.raises(SetupProblem, match="cannot be used"):
        run_scheduler("tls://192.0.2.1:8786", keys, 60)


def test_equal_versions_are_taken() -> None:
    refuse_other_versions(get_versions(packages=PACKAGES), "the worker at tls://10.0.0.7:1")


@pytest.mark.parametrize(
    ("name", "theirs", "shown"),
    [
        ("ctranslate2", "4.0.0", "4.0.0 there"),
        ("faster-whisper", None, "missing there"),
        ("etam-berkesah", "0.0.1", "0.0.1 there"),
        ("distributed", "2020.1.0", "2020.1.0 there"),
        ("python", "3.9.1.final.0", "3.9 there"),
    ],
)
def test_other_versions_are_refused_in_a_sentence(
    name: str, theirs: str | None, shown: str
) -> None:
    told = get_versions(packages=PACKAGES)
    other = {"packages": {**told["packages"], name: theirs}}
    with pytest.raises(SetupProblem, match="different programs") as problem:
        refuse_other_versions(other, "the worker at tls://10.0.0.7:1")
    assert name in problem.value.problem
    assert shown in problem.value.problem
    assert "10.0.0.7" in problem.value.problem


def test_another_patch_of_python_is_no_other_version() -> None:
    told = get_versions(packages=PACKAGES)
    major, minor, *_ = told["packages"]["python"].split(".")
    refuse_other_versions(
        {"packages": {**told["packages"], "python": f"{major}.{minor}.99.final.0"}}, "a worker"
    )


def test_a_missing_worker_is_waited_for_and_a_missing_gpu_is_the_operator_s() -> None:
    assert isinstance(nobody_to_hear("tls://a:1", gpu=False), TemporaryProblem)
    assert isinstance(nobody_to_hear("tls://a:1", gpu=True), TemporaryProblem)
    assert isinstance(nobody_to_hear("tls://a:1", gpu=True, but_others=4), SetupProblem)

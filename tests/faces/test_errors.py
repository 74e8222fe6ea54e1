"""Errors become sentences and exit codes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline.faces.errors import exit_code, sentences
from pipeline.words.errors import EpisodeProblem, SetupProblem, TemporaryProblem


def test_a_problem_is_shown_in_its_own_words(tmp_path: Path) -> None:
    error = EpisodeProblem("“satu” is silent.", "Record again.", "rms=-inf")
    assert sentences(error, tmp_path / "log") == ("“satu” is silent.", "Record again.")
    assert not (tmp_path / "log").exists()


def test_a_bug_is_shown_as_a_reference_and_logged_with_its_traceback(tmp_path: Path) -> None:
    log = tmp_path / "cache" / "etam.log"
    try:
        raise ZeroDivisionError("division by zero")
    except ZeroDivisionError as error:
        problem, remedy = sentences(error, log)
    reference = problem.split("reference ")[1].rstrip(").")
    assert "Traceback" not in problem
    assert str(log) in remedy
    assert reference in log.read_text()
    assert "ZeroDivisionError: division by zero" in log.read_text()


@pytest.mark.parametrize(
    ("errors", "code"),
    [
        ([], 0),
        ([EpisodeProblem("", "")], 3),
        ([EpisodeProblem("", ""), SetupProblem("", "")], 4),
        ([TemporaryProblem("", "")], 75),
        ([TemporaryProblem("", ""), EpisodeProblem("", "")], 3),
        ([SetupProblem("", ""), ValueError()], 70),
    ],
)
def test_the_heaviest_error_gives_the_exit_code(errors: list[Exception], code: int) -> None:
    assert exit_code(errors) == code


def test_a_missing_right_is_for_the_operator_and_names_the_file(tmp_path: Path) -> None:
    error = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "inbox"))
    problem, remedy = sentences(error, tmp_path / "log")
    assert str(tmp_path / "inbox") in problem
    assert "right" in remedy
    assert exit_code([error]) == SetupProblem.exit_code
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.EROFS, "read-only"), (errno.ENOSPC, "no room"), (errno.EDQUOT, "no room")],
)
def test_a_disk_that_takes_nothing_is_for_the_operator_wherever_it_shows(
    code: int, said: str, tmp_path: Path
) -> None:
    lock = OSError(code, os.strerror(code), str(tmp_path / "locks"))
    nameless = OSError(code, os.strerror(code))
    assert str(tmp_path / "locks") in sentences(lock, tmp_path / "log")[0]
    for error in (lock, nameless):
        assert said in sentences(error, tmp_path / "log")[0]
        assert exit_code([error]) == SetupProblem.exit_code
    assert not (tmp_path / "log").exists()

"""Errors say who acts: staff, an operator, or nobody but time."""

from __future__ import annotations


class PipelineError(Exception):
    """A failure that a person can understand.

    `problem` says what happened and to what, `remedy` what to do next, `detail` what a
    developer would want to see (never shown first).
    """

    exit_code = 70
    retry = False

    def __init__(self, problem: str, remedy: str, detail: str = "") -> None:
        super().__init__(f"{problem} {remedy}".strip())
        self.problem = problem
        self.remedy = remedy
        self.detail = detail

    def __reduce__(self) -> tuple[type[PipelineError], tuple[str, str, str]]:
        """So that an error can come back from another process."""
        return type(self), (self.problem, self.remedy, self.detail)


class EpisodeProblem(PipelineError):
    """Something about one episode's own material: staff or an editor act."""

    exit_code = 3


class SetupProblem(PipelineError):
    """Something about the installation or its configuration: an operator acts."""

    exit_code = 4


class TemporaryProblem(PipelineError):
    """Something that passes by itself, such as a network that is down: the watcher retries."""

    exit_code = 75
    retry = True

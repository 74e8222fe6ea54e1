"""Asking a scheduler who it is, and saying in words why it did not answer."""

# mypy: allow-untyped-calls
from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator, Mapping
from typing import Any

from distributed.core import rpc
from distributed.security import Security
from distributed.versions import get_versions

from pipeline.tools.cluster.versions import PACKAGES, disagreements
from pipeline.words.errors import PipelineError, SetupProblem, TemporaryProblem

_SECONDS_TO_ANSWER = 10.0


async def check_scheduler(address: str, trust: Security, seconds: float = 0) -> None:
    """Find out that the scheduler answers, trusts us, and has the versions that we have.

    Raises TemporaryProblem when it does not answer, SetupProblem for the rest.
    """
    seconds = seconds or _SECONDS_TO_ANSWER
    try:
        connection = trust.get_connection_args("worker")
        asked = rpc(address, timeout=seconds, connection_args=connection)
        async with asked as scheduler:
            theirs = await asyncio.wait_for(scheduler.versions(packages=PACKAGES), seconds)
    except (OSError, TimeoutError) as error:
        raise no_answer(error, address) from error
    refuse_other_versions(theirs, f"the scheduler at {address}")


def refuse_other_versions(theirs: Mapping[str, Any], who: str) -> None:
    """Raise SetupProblem when `who` has other versions than this program."""
    if differences := disagreements(get_versions(packages=PACKAGES), theirs):
        raise SetupProblem(
            f"This machine and {who} have different programs: {'; '.join(differences)}.",
            "Install the same version of etam with the same Python everywhere, and start again.",
        )


def no_answer(error: BaseException, address: str) -> PipelineError:
    """Why a connection failed, in words."""
    causes = list(_causes(error))
    detail = "; ".join(f"{type(cause).__name__}: {cause}" for cause in causes)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return SetupProblem(
            f"The scheduler at {address} and this machine do not trust each other's keys.",
            "Both need keys that the same `etam cluster-keys` made and that have not expired; the "
            "clocks must be right.",
            detail,
        )
    return TemporaryProblem(
        f"The scheduler at {address} does not answer.",
        "See that `etam scheduler` runs there and that no firewall is between; what was finished "
        "is kept.",
        detail,
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

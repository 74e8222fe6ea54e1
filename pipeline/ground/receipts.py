"""What the last run of a stage used and made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.ground.files import read_json, write_json


class Outcome(StrEnum):
    """How the last run ended; `STARTED` means that it did not."""

    STARTED = "started"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One stage's last run on one episode.

    `inputs` and `outputs` map a file's name to its SHA-256, or to None where there was no file.
    While `outcome` is not DONE, `outputs` are those of the last run that was. `is_final` tells of
    a failure that only a change to the episode can mend. `spent` is what the run cost: requests,
    tokens, money; empty for a stage that asks nobody.
    """

    stage: str
    version: int
    outcome: Outcome
    inputs: dict[str, str | None] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, str | None] = field(default_factory=dict)
    seconds: float = 0.0
    problem: str = ""
    remedy: str = ""
    is_final: bool = False
    spent: dict[str, Any] = field(default_factory=dict)


def read_receipt(path: Path) -> Receipt | None:
    """The receipt at `path`; None when there is none, or none that can be understood.

    Doing a stage again is always safe, so a receipt that a fault on the disk damaged counts as
    missing.
    """
    try:
        content = read_json(path)
        receipt = Receipt(**{**content, "outcome": Outcome(content["outcome"])})
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, KeyError):
        return None
    names = (receipt.inputs, receipt.settings, receipt.outputs, receipt.spent)
    return receipt if all(isinstance(content, dict) for content in names) else None


def write_receipt(path: Path, receipt: Receipt) -> None:
    """Keep `receipt` at `path`."""
    write_json(path, asdict(receipt))

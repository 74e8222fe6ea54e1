"""`[cluster]` of `feed/show.toml`: other machines that hear windows for this one."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from pipeline.ground.setting_types import Section
from pipeline.words.cluster_address import fault_of


class Cluster(Section):
    """Where windows are heard. Without a scheduler, on this machine alone.

    `keys` is a folder that `etam cluster-keys` made, absolute or in the workspace.
    """

    scheduler: str = ""
    keys: str = ""
    gpu: bool = False
    fallback: Literal["none", "local"] = "none"

    @model_validator(mode="after")
    def _the_scheduler_is_safe(self) -> Cluster:
        fault = fault_of(self.scheduler, has_keys=bool(self.keys)) if self.scheduler else ""
        if fault:
            raise ValueError(fault)
        return self

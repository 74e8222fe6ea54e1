"""Decides for each stage of an episode whether it must run, and says why."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.ground.config import Show
from pipeline.ground.receipts import Outcome, Receipt, read_receipt
from pipeline.ground.stage import Stage
from pipeline.ground.workspace import Workspace
from pipeline.words.episode import Episode


class Verdict(StrEnum):
    """What the runner does with a stage."""

    RUN = "run"
    UP_TO_DATE = "up to date"
    KEPT = "kept"
    BLOCKED = "blocked"
    RUNNING = "running"


class Reason(StrEnum):
    """Why."""

    NEVER_RUN = "never run"
    INTERRUPTED = "the last run was interrupted"
    AT_WORK = "another etam is at work on it"
    FAILED = "the last run failed"
    INPUT_CHANGED = "input changed"
    INPUT_WILL_CHANGE = "input will change"
    SETTINGS_CHANGED = "settings changed"
    VERSION_RAISED = "a newer version of the stage"
    OUTPUT_MISSING = "output missing"
    EDITED = "output edited by hand"
    CORRECTED = "corrected by hand"
    FORCED = "forced"
    SAME = "inputs, settings and outputs are those of the last run"


@dataclass(frozen=True, slots=True)
class Step:
    """What is decided for one stage of one episode. `detail` names the file or setting.

    `takes_over`: before it runs, the stage keeps what somebody corrected in one of its outputs.
    """

    stage: str
    verdict: Verdict
    reason: Reason
    detail: str = ""
    takes_over: bool = False

    @property
    def sentence(self) -> str:
        """The reason with its detail."""
        return f"{self.reason}: {self.detail}" if self.detail else str(self.reason)


def plan_episode(
    workspace: Workspace,
    episode: Episode,
    road: Iterable[Stage],
    forced: Collection[str] = (),
) -> list[Step]:
    """The step of each stage, as if the earlier ones had been run."""
    steps = []
    pending: set[Path] = set()
    for stage in road:
        step = decide(workspace, episode, stage, forced, pending)
        if step.reason is Reason.INTERRUPTED and workspace.is_being_worked_on(episode.slug):
            step = Step(stage.name, Verdict.RUNNING, Reason.AT_WORK)
        if step.verdict in (Verdict.RUN, Verdict.RUNNING):
            pending.update(stage.outputs(episode))
        steps.append(step)
    return steps


def decide(
    workspace: Workspace,
    episode: Episode,
    stage: Stage,
    forced: Collection[str] = (),
    pending: Collection[Path] = (),
) -> Step:
    """Whether `stage` must run on `episode`, given the files that are about to change."""
    receipt = read_receipt(episode.receipt(stage.name))
    reason, detail = _reason_to_run(workspace, episode, stage, receipt, pending)
    edited = _edited(workspace, episode, stage, receipt)
    if stage.name in forced:
        return Step(stage.name, Verdict.RUN, Reason.FORCED)
    if edited and edited <= {*stage.correctable(episode)}:
        why = (Reason.CORRECTED, _names(edited)) if reason is Reason.SAME else (reason, detail)
        return Step(stage.name, Verdict.RUN, *why, takes_over=True)
    if edited and reason is Reason.SAME:
        return Step(stage.name, Verdict.KEPT, Reason.EDITED, _names(edited))
    if edited:
        return Step(stage.name, Verdict.BLOCKED, Reason.EDITED, _names(edited))
    if reason is Reason.SAME:
        return Step(stage.name, Verdict.UP_TO_DATE, reason)
    return Step(stage.name, Verdict.RUN, reason, detail)


def _reason_to_run(
    workspace: Workspace,
    episode: Episode,
    stage: Stage,
    receipt: Receipt | None,
    pending: Collection[Path],
) -> tuple[Reason, str]:
    if receipt is None:
        return Reason.NEVER_RUN, ""
    if receipt.outcome is Outcome.STARTED:
        return Reason.INTERRUPTED, ""
    if receipt.version != stage.version:
        return Reason.VERSION_RAISED, f"{receipt.version} → {stage.version}"
    if changed := _changed_keys(receipt.settings, settings_of(stage, episode, workspace.show)):
        return Reason.SETTINGS_CHANGED, changed
    now = digests_of_inputs(workspace, episode, stage)
    if changed := _changed_keys(*_without_renamed(receipt.inputs, now)):
        return Reason.INPUT_CHANGED, changed
    if receipt.outcome is Outcome.FAILED:
        return Reason.FAILED, receipt.problem
    if missing := ", ".join(p.name for p in stage.outputs(episode) if not p.exists()):
        return Reason.OUTPUT_MISSING, missing
    inputs = stage.inputs(episode, workspace.show)
    if waiting := ", ".join(path.name for path in inputs if path in pending):
        return Reason.INPUT_WILL_CHANGE, waiting
    return Reason.SAME, ""


def digests_of_inputs(
    workspace: Workspace, episode: Episode, stage: Stage
) -> dict[str, str | None]:
    """The SHA-256 of each input by the name that receipts use; None for a file that is absent."""
    paths = stage.inputs(episode, workspace.show)
    return {episode.name_of(path): workspace.digests.of(path) for path in paths}


def settings_of(stage: Stage, episode: Episode, show: Show) -> dict[str, Any]:
    """The stage's settings as they read after a round trip through JSON."""
    settings: dict[str, Any] = json.loads(json.dumps(stage.settings(episode, show), default=str))
    return settings


def written_before(
    episode: Episode, stage: Stage, receipt: Receipt | None
) -> dict[str, str | None]:
    """What was last written to the stage's outputs, by the name that receipts use.

    Where the stage never ran, another may have written them in an earlier version.
    """
    if receipt is not None:
        return receipt.outputs
    others = map(read_receipt, sorted((episode.folder / "receipts").glob("*.json")))
    finished = [other for other in others if other and other.outcome is Outcome.DONE]
    known = {name: digest for other in finished for name, digest in other.outputs.items()}
    names = {episode.name_of(path) for path in stage.outputs(episode)}
    return {name: digest for name, digest in known.items() if name in names}


def _edited(
    workspace: Workspace, episode: Episode, stage: Stage, receipt: Receipt | None
) -> set[Path]:
    """The outputs that are no longer what a finished run wrote."""
    if receipt is not None and receipt.outcome is not Outcome.DONE:
        return set()
    written = written_before(episode, stage, receipt)
    edited = set()
    for path in stage.outputs(episode):
        digest = workspace.digests.of(path)
        if digest is not None and digest != written.get(episode.name_of(path), digest):
            edited.add(path)
    return edited


def _names(paths: Collection[Path]) -> str:
    return ", ".join(sorted(path.name for path in paths))


def _without_renamed(
    before: dict[str, str | None], now: dict[str, str | None]
) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """Both without the files that have other names by now and the bytes of before."""
    gone = sorted(str(before[name]) for name in before.keys() - now.keys())
    new = sorted(str(now[name]) for name in now.keys() - before.keys())
    if gone != new:
        return before, now
    both = before.keys() & now.keys()
    return {name: before[name] for name in both}, {name: now[name] for name in both}


def _changed_keys(before: dict[str, Any], now: dict[str, Any]) -> str:
    """The settings that differ, or the files, these by their own names."""
    keys = sorted(before.keys() | now.keys())
    absent = object()
    changed = [key for key in keys if before.get(key, absent) != now.get(key, absent)]
    return ", ".join(key.rpartition("/")[2] for key in changed)

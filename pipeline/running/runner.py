"""Runs what the plan says, one episode beside another; a failing episode stops no other."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from pipeline.ground.receipts import Outcome, Receipt, read_receipt, write_receipt
from pipeline.ground.stage import Job, Stage
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import (
    Reason,
    Step,
    Verdict,
    decide,
    digests_of_inputs,
    plan_episode,
    settings_of,
    written_before,
)
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, PipelineError, TemporaryProblem


class Observer(Protocol):
    """Is told what the runner does; called from several threads."""

    def started(self, slug: str, step: Step) -> None: ...

    def progressed(self, slug: str, stage: str, share: float) -> None: ...

    def told(self, slug: str, stage: str, text: str) -> None: ...

    def finished(self, slug: str, stage: str, seconds: float) -> None: ...

    def failed(self, slug: str, stage: str, error: Exception) -> None: ...


@dataclass(slots=True)
class EpisodeRun:
    """What happened to one episode. `error` ended its road at the stage `failed_at`."""

    slug: str
    steps: list[Step] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    failed_at: str = ""
    error: Exception | None = None


def run_episodes(
    workspace: Workspace,
    slugs: Sequence[str],
    road: Sequence[Stage],
    observer: Observer,
    *,
    forced: Collection[str] = (),
    jobs: int = 1,
    patient: bool = False,
) -> Iterator[EpisodeRun]:
    """Run each episode's road, `jobs` episodes at a time; yields each one as it ends."""
    pool = ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="episode")
    try:
        futures = []
        for slug in slugs:
            if settled := _settled(workspace, slug, road, forced):
                yield settled
            else:
                futures.append(
                    pool.submit(run_episode, workspace, slug, road, observer, forced, patient)
                )
        for future in as_completed(futures):
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        workspace.digests.save()


def _settled(
    workspace: Workspace, slug: str, road: Sequence[Stage], forced: Collection[str]
) -> EpisodeRun | None:
    """The run of an episode that needs none: looking takes no lock and no thread."""
    try:
        steps = plan_episode(workspace, workspace.episode(slug), road, forced)
    except Exception:  # noqa: BLE001 - whatever it is, the run tells it
        return None
    if all(step.verdict in (Verdict.UP_TO_DATE, Verdict.KEPT) for step in steps):
        return EpisodeRun(slug, steps)
    return None


def run_episode(
    workspace: Workspace,
    slug: str,
    road: Sequence[Stage],
    observer: Observer,
    forced: Collection[str] = (),
    patient: bool = False,
) -> EpisodeRun:
    """Run the stages that must run, in order, and stop at the first that fails.

    When `patient`, an EpisodeProblem of an earlier run stands until something has changed.
    """
    run = EpisodeRun(slug)
    try:
        with workspace.episode_locked(slug):
            episode = workspace.episode(slug)
            for stage in road:
                run.failed_at = stage.name
                step = decide(workspace, episode, stage, forced)
                run.steps.append(step)
                _raise_if_it_must_not_run(episode, step, patient)
                if step.takes_over:
                    stage.take_over(episode, read_receipt(episode.receipt(stage.name)))
                if step.verdict is Verdict.RUN:
                    observer.started(slug, step)
                    run.seconds[stage.name] = run_stage(
                        workspace, episode, stage, observer, step.reason is Reason.FORCED
                    )
                    observer.finished(slug, stage.name, run.seconds[stage.name])
            run.failed_at = ""
    except Exception as error:  # noqa: BLE001 - whatever it is, the other episodes go on
        run.error = error
        observer.failed(slug, run.failed_at, error)
    return run


def _raise_if_it_must_not_run(episode: Episode, step: Step, patient: bool) -> None:
    if step.verdict is Verdict.BLOCKED:
        raise EpisodeProblem(
            f"The stage {step.stage} of “{episode.slug}” would write over {step.detail}, "
            "which somebody edited.",
            "Keep your text elsewhere (an article belongs in article.md, corrections of what was "
            "said in transcript.txt), then run "
            f"`etam run {episode.slug} --force {step.stage}`; the edited file is put aside.",
        )
    if patient and step.reason is Reason.FAILED:
        receipt = read_receipt(episode.receipt(step.stage))
        if receipt is not None and receipt.is_final:
            raise EpisodeProblem(receipt.problem, receipt.remedy)


def run_stage(
    workspace: Workspace,
    episode: Episode,
    stage: Stage,
    observer: Observer,
    forced: bool = False,
) -> float:
    """Run one stage and write its receipt; returns the seconds it took.

    The receipt says STARTED before the stage touches a file and DONE after its last output is
    whole, so a kill at any moment costs a re-run and nothing else.
    """
    previous = read_receipt(episode.receipt(stage.name))
    receipt = Receipt(
        stage=stage.name,
        version=stage.version,
        outcome=Outcome.STARTED,
        inputs=digests_of_inputs(workspace, episode, stage),
        settings=settings_of(stage, episode, workspace.show),
        outputs=written_before(episode, stage, previous),
    )
    put_aside = _put_aside_what_no_stage_wrote(workspace, episode, stage, receipt)
    write_receipt(episode.receipt(stage.name), receipt)
    started = time.monotonic()
    ledger = _Ledger(workspace, episode, stage)
    try:
        _run_in_scratch(workspace, episode, stage, observer, forced, ledger)
        _check_that_no_input_changed(workspace, episode, stage, receipt)
    except PipelineError as error:
        failed = replace(
            receipt,
            outcome=Outcome.FAILED,
            problem=error.problem,
            remedy=error.remedy,
            is_final=isinstance(error, EpisodeProblem),
            outputs={**receipt.outputs, **ledger.settled},
            spent=ledger.spent,
        )
        write_receipt(episode.receipt(stage.name), failed)
        raise
    seconds = time.monotonic() - started
    outputs = {episode.name_of(p): workspace.digests.of(p) for p in stage.outputs(episode)}
    # What the stage wrote in an earlier version may be another's now, which asks who wrote it.
    known = {**receipt.outputs, **outputs}
    done = replace(
        receipt,
        outcome=Outcome.DONE,
        outputs=known,
        seconds=round(seconds, 3),
        spent=ledger.spent,
    )
    write_receipt(episode.receipt(stage.name), done)
    _drop_what_was_made_again(workspace, put_aside, outputs)
    return seconds


@dataclass(slots=True)
class _Ledger:
    """What a run of a stage says about itself while it works: see `Job`."""

    workspace: Workspace
    episode: Episode
    stage: Stage
    settled: dict[str, str | None] = field(default_factory=dict)
    spent: dict[str, Any] = field(default_factory=dict)

    def settle(self) -> None:
        for path in self.stage.outputs(self.episode):
            if digest := self.workspace.digests.of(path):
                self.settled[self.episode.name_of(path)] = digest

    def count(self, spent: dict[str, Any]) -> None:
        self.spent = spent


def _run_in_scratch(
    workspace: Workspace,
    episode: Episode,
    stage: Stage,
    observer: Observer,
    forced: bool,
    ledger: _Ledger,
) -> None:
    def report(share: float) -> None:
        observer.progressed(episode.slug, stage.name, min(max(share, 0.0), 1.0))

    def tell(text: str) -> None:
        observer.told(episode.slug, stage.name, text)

    episode.texts.mkdir(parents=True, exist_ok=True)
    with workspace.scratch(f"{episode.slug}.{stage.name}") as scratch:
        stage.run(
            Job(
                episode,
                workspace.show,
                workspace.root,
                scratch,
                report,
                forced,
                tell,
                ledger.settle,
                ledger.count,
            )
        )
    missing = [path.name for path in stage.outputs(episode) if not path.is_file()]
    if missing:
        raise RuntimeError(f"stage {stage.name} of {episode.slug} did not write {missing}")


def _check_that_no_input_changed(
    workspace: Workspace, episode: Episode, stage: Stage, receipt: Receipt
) -> None:
    now = digests_of_inputs(workspace, episode, stage)
    changed = [name for name in now if now[name] != receipt.inputs.get(name)]
    if changed:
        raise TemporaryProblem(
            f"{', '.join(changed)} changed while the stage {stage.name} of “{episode.slug}” "
            "was reading it.",
            "Run again; the stage will use the new content.",
        )


def _put_aside_what_no_stage_wrote(
    workspace: Workspace, episode: Episode, stage: Stage, receipt: Receipt
) -> dict[str, Path]:
    """Rename outputs that the last receipt does not account for: they may be somebody's work.

    Returns the new path of each by the output's name.
    """
    put_aside = {}
    for path in stage.outputs(episode):
        name = episode.name_of(path)
        digest = workspace.digests.of(path)
        if digest is not None and digest != receipt.outputs.get(name):
            aside = path.parent / "kept" / f"{path.stem}-{digest[:12]}{path.suffix}"
            aside.parent.mkdir(exist_ok=True)
            path.replace(aside)
            put_aside[name] = aside
    return put_aside


def _drop_what_was_made_again(
    workspace: Workspace, put_aside: dict[str, Path], outputs: dict[str, str | None]
) -> None:
    """Remove what was put aside and turned out to be the stage's own work from before a kill."""
    for name, aside in put_aside.items():
        if workspace.digests.of(aside) == outputs[name]:
            aside.unlink()
            if not any(aside.parent.iterdir()):
                aside.parent.rmdir()

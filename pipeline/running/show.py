"""One pass over a show: what arrived is taken in, then every episode is brought up to date."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.ground.stage import Report
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Verdict, plan_episode
from pipeline.running.road import ROAD
from pipeline.running.runner import EpisodeRun, Observer, run_episodes
from pipeline.stages.ingest import Arrival, ingest_inbox
from pipeline.words.errors import EpisodeProblem

# LAME encodes on one core, so episodes side by side fill a machine; each holds about 150 MB.
MOST_JOBS = 4


@dataclass(frozen=True, slots=True)
class ShowRun:
    """What one pass did."""

    arrivals: list[Arrival]
    episodes: list[EpisodeRun]

    @property
    def errors(self) -> list[Exception]:
        """Everything that went wrong, inbox first."""
        rejected = [arrival.problem for arrival in self.arrivals if arrival.problem is not None]
        return [*rejected, *(run.error for run in self.episodes if run.error is not None)]


def run_show(
    workspace: Workspace,
    observer: Observer,
    ingesting: Report,
    slugs: Sequence[str] = (),
    *,
    forced: Collection[str] = (),
    jobs: int = 0,
    patient: bool = False,
) -> ShowRun:
    """Take in what lies in the inbox and run the episodes `slugs`, or all when none is named.

    When `patient`, a stage that failed for its episode's own sake is not tried again before
    something about the episode has changed.
    """
    arrivals = ingest_inbox(workspace, ingesting)
    wanted = list(slugs) or workspace.slugs()
    jobs = jobs or min(os.cpu_count() or 1, MOST_JOBS)
    episodes = sorted(
        run_episodes(workspace, wanted, ROAD, observer, forced=forced, jobs=jobs, patient=patient),
        key=lambda run: run.slug,
    )
    return ShowRun(arrivals, episodes)


def why_unfinished(workspace: Workspace, slugs: Iterable[str]) -> dict[str, str]:
    """For each of `slugs` whose road is not at its end, which stage must run and why.

    An episode that cannot be read is left to whoever reads it next.
    """
    unfinished = {}
    for slug in slugs:
        try:
            steps = plan_episode(workspace, workspace.episode(slug), ROAD)
        except EpisodeProblem:
            continue
        waiting = [s for s in steps if s.verdict in (Verdict.RUN, Verdict.BLOCKED, Verdict.RUNNING)]
        if waiting:
            unfinished[slug] = f"the stage {waiting[0].stage} must run: {waiting[0].sentence}"
    return unfinished

"""The runner does what the plan says, and no more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.ground.files import read_json, write_json, write_text
from pipeline.ground.receipts import Outcome, read_receipt
from pipeline.ground.stage import Job, Stage
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Reason, Step, Verdict, plan_episode
from pipeline.running.runner import run_episode, run_episodes
from pipeline.words.errors import EpisodeProblem, TemporaryProblem
from tests.shows import make_episode, make_show


def _shout(job: Job) -> None:
    text = job.episode.recordings[0].read_text()
    if "bad" in text:
        raise EpisodeProblem(f"{job.episode.slug} is bad.", "Record it again.")
    job.report(0.5)
    write_text(job.episode.transcript_txt, text.upper())


def _count(job: Job) -> None:
    text = job.episode.transcript_txt.read_text()
    write_text(job.episode.draft_md, f"{job.episode.details.title}: {len(text)}")


SHOUT = Stage(
    name="shout",
    version=1,
    inputs=lambda episode, show: episode.recordings,
    outputs=lambda episode: [episode.transcript_txt],
    settings=lambda episode, show: {"language": show.show.language},
    run=_shout,
)
COUNT = Stage(
    name="count",
    version=1,
    inputs=lambda episode, show: [episode.transcript_txt],
    outputs=lambda episode: [episode.draft_md],
    settings=lambda episode, show: {"title": episode.details.title},
    run=_count,
)
ROAD = (SHOUT, COUNT)


class Notes:
    """An observer that remembers."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def started(self, slug: str, step: Step) -> None:
        self.said.append(f"{slug} {step.stage} started: {step.sentence}")

    def progressed(self, slug: str, stage: str, share: float) -> None:
        self.said.append(f"{slug} {stage} {share:.0%}")

    def told(self, slug: str, stage: str, text: str) -> None:
        self.said.append(f"{slug} {stage} told: {text}")

    def finished(self, slug: str, stage: str, seconds: float) -> None:
        self.said.append(f"{slug} {stage} finished")

    def failed(self, slug: str, stage: str, error: Exception) -> None:
        self.said.append(f"{slug} {stage} failed: {error}")


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, "one", b"hello there")
    return workspace


def _plan(workspace: Workspace, slug: str = "one") -> dict[str, tuple[Verdict, Reason]]:
    steps = plan_episode(Workspace(workspace.root), workspace.episode(slug), ROAD)
    return {step.stage: (step.verdict, step.reason) for step in steps}


def _run(workspace: Workspace, slug: str = "one", forced: tuple[str, ...] = ()) -> list[str]:
    run = run_episode(Workspace(workspace.root), slug, ROAD, Notes(), forced)
    if run.error is not None:
        raise run.error
    return list(run.seconds)


def test_a_new_episode_runs_every_stage_and_the_next_run_none(show: Workspace) -> None:
    assert _run(show) == ["shout", "count"]
    assert _run(show) == []
    assert show.episode("one").draft_md.read_text() == "One: 11"


def test_the_observer_hears_the_story(show: Workspace) -> None:
    notes = Notes()
    run_episode(show, "one", ROAD, notes)
    assert notes.said[:3] == ["one shout started: never run", "one shout 50%", "one shout finished"]


def test_editing_the_title_runs_only_the_stage_that_uses_it(show: Workspace) -> None:
    _run(show)
    file = show.episodes_folder / "one" / "episode.toml"
    file.write_text(file.read_text().replace('"One"', '"Uno"'))
    assert _plan(show)["shout"] == (Verdict.UP_TO_DATE, Reason.SAME)
    assert _plan(show)["count"] == (Verdict.RUN, Reason.SETTINGS_CHANGED)
    assert _run(show) == ["count"]
    assert show.episode("one").draft_md.read_text() == "Uno: 11"


def test_a_changed_recording_is_told_from_one_that_was_only_touched(show: Workspace) -> None:
    _run(show)
    recording = show.episode("one").recordings[0]
    os.utime(recording)
    assert _plan(show)["shout"][1] is Reason.SAME
    recording.write_bytes(b"hello where")
    assert _plan(show)["shout"] == (Verdict.RUN, Reason.INPUT_CHANGED)
    assert _plan(show)["count"] == (Verdict.RUN, Reason.INPUT_WILL_CHANGE)


def test_a_change_of_equal_length_within_one_tick_is_seen(show: Workspace) -> None:
    recording = show.episode("one").recordings[0]
    _run(show)
    stamp = recording.stat().st_mtime_ns
    recording.write_bytes(b"HELLO THERE")
    assert recording.stat().st_mtime_ns != stamp
    assert _plan(show)["shout"][1] is Reason.INPUT_CHANGED


def test_a_missing_output_is_made_again(show: Workspace) -> None:
    _run(show)
    show.episode("one").transcript_txt.unlink()
    assert _plan(show)["shout"] == (Verdict.RUN, Reason.OUTPUT_MISSING)
    assert _run(show) == ["shout"]


def test_what_a_person_edited_is_kept_while_nothing_else_changes(show: Workspace) -> None:
    _run(show)
    show.episode("one").draft_md.write_text("my own words")
    assert _plan(show)["count"] == (Verdict.KEPT, Reason.EDITED)
    assert _run(show) == []
    assert show.episode("one").draft_md.read_text() == "my own words"


def test_a_stage_that_would_write_over_a_persons_edit_stops_with_a_sentence(
    show: Workspace,
) -> None:
    _run(show)
    show.episode("one").draft_md.write_text("my own words")
    show.episode("one").recordings[0].write_bytes(b"longer recording")
    with pytest.raises(EpisodeProblem, match="which somebody edited"):
        _run(show)
    assert show.episode("one").draft_md.read_text() == "my own words"


def test_force_puts_the_edited_file_aside_and_loses_no_word(show: Workspace) -> None:
    _run(show)
    show.episode("one").draft_md.write_text("my own words")
    assert _run(show, forced=("count",)) == ["count"]
    kept = list((show.episode("one").texts / "kept").iterdir())
    assert [path.read_text() for path in kept] == ["my own words"]
    assert show.episode("one").draft_md.read_text() == "One: 11"


def test_a_file_that_no_receipt_accounts_for_is_put_aside(show: Workspace) -> None:
    episode = show.episode("one")
    episode.texts.mkdir(parents=True)
    episode.draft_md.write_text("written before the first run")
    _run(show)
    kept = list((episode.texts / "kept").iterdir())
    assert [path.read_text() for path in kept] == ["written before the first run"]


def test_one_bad_episode_stops_no_other(show: Workspace) -> None:
    make_episode(show, "rotten", b"bad apple")
    make_episode(show, "two", b"good")
    runs = {run.slug: run for run in run_episodes(show, show.slugs(), ROAD, Notes(), jobs=2)}
    assert isinstance(runs["rotten"].error, EpisodeProblem)
    assert runs["rotten"].failed_at == "shout"
    assert runs["one"].error is None
    assert runs["two"].error is None
    assert show.episode("two").draft_md.read_text() == "Two: 4"


def test_a_failure_is_remembered_with_its_sentence_and_tried_again(show: Workspace) -> None:
    make_episode(show, "rotten", b"bad apple")
    with pytest.raises(EpisodeProblem):
        _run(show, "rotten")
    receipt = read_receipt(show.episode("rotten").receipt("shout"))
    assert receipt is not None
    assert (receipt.outcome, receipt.problem) == (Outcome.FAILED, "rotten is bad.")
    assert _plan(show, "rotten")["shout"] == (Verdict.RUN, Reason.FAILED)


def test_an_input_that_changes_during_the_run_is_not_blessed(show: Workspace) -> None:
    def meddle(job: Job) -> None:
        _shout(job)
        job.episode.recordings[0].write_bytes(b"changed meanwhile")

    stage = Stage("shout", 1, SHOUT.inputs, SHOUT.outputs, SHOUT.settings, meddle)
    run = run_episode(show, "one", (stage,), Notes())
    assert isinstance(run.error, TemporaryProblem)
    assert _plan(show)["shout"][0] is Verdict.RUN


def test_a_raised_version_runs_the_stage_again(show: Workspace) -> None:
    _run(show)
    newer = Stage("shout", 2, SHOUT.inputs, SHOUT.outputs, SHOUT.settings, SHOUT.run)
    steps = plan_episode(show, show.episode("one"), (newer,))
    assert steps[0].reason is Reason.VERSION_RAISED


def test_an_episode_that_another_etam_holds_is_left_alone(show: Workspace) -> None:
    with show.episode_locked("one"):
        run = run_episode(Workspace(show.root), "one", ROAD, Notes())
    assert isinstance(run.error, TemporaryProblem)
    assert not show.episode("one").draft_md.exists()


def test_a_damaged_receipt_costs_a_run_and_nothing_else(show: Workspace) -> None:
    _run(show)
    show.episode("one").receipt("count").write_text('{"stage": "co')
    assert _run(show) == ["count"]
    assert not (show.episode("one").texts / "kept").exists()


def test_a_receipt_of_another_shape_costs_a_run_and_nothing_else(show: Workspace) -> None:
    _run(show)
    receipt = show.episode("one").receipt("count")
    write_json(receipt, read_json(receipt) | {"inputs": None})
    assert _run(show) == ["count"]
    assert read_json(receipt)["inputs"]


def test_a_kill_between_the_output_and_its_receipt_leaves_no_trace_after_the_next_run(
    show: Workspace,
) -> None:
    program = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from pipeline.ground.stage import Stage
        from pipeline.ground.workspace import Workspace
        from pipeline.running.runner import run_episode
        from tests.running.test_runner import SHOUT, Notes

        def shout_and_die(job):
            SHOUT.run(job)
            (job.scratch / "spool").write_bytes(b"x")
            (job.episode.texts / ".etam-half.txt").write_text("half")
            os.kill(os.getpid(), signal.SIGKILL)

        stage = Stage("shout", 1, SHOUT.inputs, SHOUT.outputs, SHOUT.settings, shout_and_die)
        run_episode(Workspace(Path(sys.argv[1])), "one", (stage,), Notes())
        """
    )
    child = subprocess.run([sys.executable, "-c", program, str(show.root)], check=False)
    assert child.returncode == -signal.SIGKILL
    assert _plan(show)["shout"] == (Verdict.RUN, Reason.INTERRUPTED)
    assert _run(show) == ["shout", "count"]
    assert sorted(path.name for path in show.episode("one").texts.iterdir()) == [
        "draft.md",
        "transcript.txt",
    ]
    assert not list((show.cache / "scratch").iterdir())


def test_a_patient_runner_waits_until_something_about_a_failed_episode_changes(
    show: Workspace,
) -> None:
    make_episode(show, "rotten", b"bad apple")
    with pytest.raises(EpisodeProblem):
        _run(show, "rotten")
    notes = Notes()
    again = run_episode(show, "rotten", ROAD, notes, patient=True)
    assert str(again.error) == "rotten is bad. Record it again."
    assert [line for line in notes.said if "started" in line] == []
    show.episode("rotten").recordings[0].write_bytes(b"fresh apple")
    assert run_episode(Workspace(show.root), "rotten", ROAD, Notes(), patient=True).error is None


def test_a_stage_that_another_etam_runs_is_not_called_interrupted(show: Workspace) -> None:
    said: list[tuple[Verdict, Reason]] = []

    def look_at_the_plan(job: Job) -> None:
        said.append(_plan(show)["shout"])
        _shout(job)

    stage = Stage("shout", 1, SHOUT.inputs, SHOUT.outputs, SHOUT.settings, look_at_the_plan)
    assert run_episode(show, "one", (stage,), Notes()).error is None
    assert said == [(Verdict.RUNNING, Reason.AT_WORK)]


def test_a_renamed_episode_needs_no_work(show: Workspace) -> None:
    _run(show)
    for folder in (show.episodes_folder, show.transcripts_folder):
        (folder / "one").rename(folder / "uno")
    assert _run(show, "uno") == []


def test_an_input_that_only_has_another_name_by_now_is_no_change(show: Workspace) -> None:
    run_episode(show, "one", ROAD, Notes())
    renamed = replace(COUNT, inputs=lambda episode, _: [episode.draft_json])
    episode = show.episode("one")
    write_text(episode.draft_json, episode.transcript_txt.read_text())

    assert plan_episode(show, episode, [renamed])[0].verdict is Verdict.UP_TO_DATE

    write_text(episode.draft_json, "OTHER")
    assert plan_episode(Workspace(show.root), episode, [renamed])[0].reason is Reason.INPUT_CHANGED


def test_what_a_stage_settled_before_it_failed_is_its_own(show: Workspace) -> None:
    def write_half_and_fail(job: Job) -> None:
        write_text(job.episode.transcript_txt, "half")
        job.settle()
        job.count({"requests": 2})
        raise TemporaryProblem("Nobody answers.", "Again.")

    failing = replace(SHOUT, run=write_half_and_fail)
    assert isinstance(run_episode(show, "one", (failing,), Notes()).error, TemporaryProblem)
    receipt = read_receipt(show.episode("one").receipt("shout"))
    assert receipt is not None
    assert (receipt.outcome, receipt.spent) == (Outcome.FAILED, {"requests": 2})
    assert _run(show) != []
    assert not (show.episode("one").texts / "kept").exists()


def test_what_a_stage_did_not_settle_may_be_somebodys_and_is_put_aside(show: Workspace) -> None:
    def write_half_and_fail(job: Job) -> None:
        write_text(job.episode.transcript_txt, "half")
        raise TemporaryProblem("Nobody answers.", "Again.")

    run_episode(show, "one", (replace(SHOUT, run=write_half_and_fail),), Notes())
    _run(show)
    (kept,) = (show.episode("one").texts / "kept").iterdir()
    assert kept.read_text() == "half"

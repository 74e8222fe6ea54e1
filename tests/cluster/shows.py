"""The demo's episode, ready to be heard: once on this machine, once by a cluster."""

from __future__ import annotations

import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from pipeline.faces.demo import open_workspace
from pipeline.ground.cluster_settings import Cluster
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Step
from pipeline.running.runner import EpisodeRun, run_episodes
from pipeline.stages.ingest import ingest_inbox
from pipeline.stages.normalize import NORMALIZE
from pipeline.stages.transcribe import TRANSCRIBE


class Silent:
    """An observer that tells nobody."""

    def started(self, slug: str, step: Step) -> None: ...

    def progressed(self, slug: str, stage: str, share: float) -> None: ...

    def told(self, slug: str, stage: str, text: str) -> None: ...

    def finished(self, slug: str, stage: str, seconds: float) -> None: ...

    def failed(self, slug: str, stage: str, error: Exception) -> None: ...


def ready_show(folder: Path) -> Workspace:
    """A show whose one episode is normalized and not yet heard."""
    workspace, _ = open_workspace(folder, "http://127.0.0.1:8000/")
    ingest_inbox(workspace, lambda _: None)
    (run,) = run_episodes(workspace, workspace.slugs(), [NORMALIZE], Silent())
    assert run.error is None
    return workspace


def copy_of(
    workspace: Workspace, folder: Path, cluster: Cluster | None = None, model: str = "demo"
) -> Workspace:
    """The same show elsewhere, heard by `cluster` with `model`."""
    shutil.copytree(workspace.root, folder)
    if cluster is not None:
        _say_cluster(folder, cluster, model)
    return Workspace(folder.resolve())


def _say_cluster(folder: Path, cluster: Cluster, model: str) -> None:
    file = folder / "feed" / "show.toml"
    text = file.read_text(encoding="utf-8").replace('model = "demo"', f'model = "{model}"')
    lines = [f'scheduler = "{cluster.scheduler}"', f'keys = "{cluster.keys}"']
    file.write_text("\n".join([text, "[cluster]", *lines, ""]), encoding="utf-8")


def heard(workspace: Workspace) -> EpisodeRun:
    """Run the stage on the show's episode."""
    (run,) = run_episodes(workspace, workspace.slugs(), [TRANSCRIBE], Silent())
    return run


def in_background(workspace: Workspace) -> Future[EpisodeRun]:
    """The same, while the test goes on."""
    return ThreadPoolExecutor(1).submit(heard, workspace)


def texts(workspace: Workspace) -> dict[str, bytes]:
    """What the stage wrote."""
    (slug,) = workspace.slugs()
    folder = workspace.episode(slug).texts
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def windows_kept(workspace: Workspace) -> int:
    return len(list((workspace.cache / "windows").rglob("*.json")))

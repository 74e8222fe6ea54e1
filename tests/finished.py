"""Episodes whose stages have nothing to do, without running them."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image

from pipeline.ground.receipts import Outcome, Receipt, write_receipt
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import digests_of_inputs, settings_of
from pipeline.running.road import ROAD
from pipeline.words.feed import SHARE_PICTURE_PX


def finish(workspace: Workspace, slug: str) -> None:
    """Let every stage say that it has run on what is there; what is missing is put there."""
    episode = workspace.episode(slug)
    for path, like in (
        (episode.reviewed_json, episode.transcript_json),
        (episode.normalized, episode.enclosure),
    ):
        if not path.exists():
            shutil.copyfile(like, path)
    for stage in ROAD:
        for path in stage.outputs(episode):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                _put(path)
    for stage in ROAD:
        outputs = {episode.name_of(p): workspace.digests.of(p) for p in stage.outputs(episode)}
        receipt = Receipt(
            stage.name,
            stage.version,
            Outcome.DONE,
            digests_of_inputs(workspace, episode, stage),
            settings_of(stage, episode, workspace.show),
            outputs,
        )
        write_receipt(episode.receipt(stage.name), receipt)


def _put(path: Path) -> None:
    if path.suffix == ".jpg":
        Image.new("RGB", SHARE_PICTURE_PX, "teal").save(path)
    else:
        path.write_bytes(b"{}")

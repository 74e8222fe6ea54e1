"""Whether something that was brought can become an episode: heard before it is in the inbox."""

from __future__ import annotations

from pathlib import Path

from pipeline.ground.files import sha256_of
from pipeline.ground.workspace import Workspace
from pipeline.stages.ingest import episode_of
from pipeline.tools.inbox.uploads import OpenDrop, Uploads
from pipeline.words.dropping import SOUNDS, suffix_of
from pipeline.words.rejections import Fault, RecordingRejected


def must_be_usable(workspace: Workspace, uploads: Uploads, drop: OpenDrop) -> None:
    """Listen to every recording of a whole drop. Raises RecordingRejected with the reason."""
    from pipeline.tools.audio.listening import listen  # loads PyAV, only when something was brought

    recordings = [
        uploads.path_of(drop, file) for file in drop.files if suffix_of(file.name) in SOUNDS
    ]
    for path in recordings:
        listen(path)
    digests: dict[str, Path] = {}
    for path in recordings:
        digest = sha256_of(path)
        if digest in digests:
            raise RecordingRejected(
                Fault.REPEATED, drop.name, first=digests[digest].name, second=path.name
            )
        digests[digest] = path
    known = episode_of(workspace, list(digests))
    if known is not None:
        raise RecordingRejected(Fault.KNOWN, drop.name, slug=known)

"""Brings the audio of an imported episode, and with it makes it an episode like any other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pipeline.ground.files import sha256_of, write_json
from pipeline.ground.stage import Report
from pipeline.ground.workspace import Workspace, recording_to_json
from pipeline.stages.importing.describing import recording_name
from pipeline.stages.importing.imported import Imported
from pipeline.tools.web import download
from pipeline.words.episode import Recording, RecordingFile
from pipeline.words.errors import EpisodeProblem
from pipeline.words.rejections import RecordingRejected

_MOST_AUDIO_BYTES = 8 * 10**9
_NOT_A_RECORDING = (".json", ".toml", ".part", ".md", ".txt", ".jpg", ".jpeg", ".png")


def fetch_recording(workspace: Workspace, imported: Imported, report: Report) -> None:
    """Download the episode's audio unless a recording lies in its folder, and check it.

    `recording.json` is written last: from then on the episode is run, approved and published as
    any other. Raises EpisodeProblem when the audio is not to be had or cannot be used,
    TemporaryProblem when the network fails; what arrived is kept.
    """
    folder = workspace.episodes_folder / imported.slug
    with workspace.episode_locked(imported.slug):
        if (folder / "recording.json").exists():
            return
        path = _own_recording(folder, imported.slug)
        is_fetched = path is None
        if path is None:
            path = folder / recording_name(imported.audio.address, imported.audio.media_type)
            download(
                imported.audio.address,
                path,
                report,
                most_bytes=_MOST_AUDIO_BYTES,
                from_outside=imported.from_outside,
            )
        try:
            recording = _recording(imported, path)
        except RecordingRejected:
            if is_fetched:
                path.unlink()  # else it would count as a recording of the newsroom's own
            raise
        for begun in folder.glob("*.part*"):  # a kill, or a better recording, made it useless
            begun.unlink()
        write_json(folder / "recording.json", recording_to_json(recording))


def _own_recording(folder: Path, slug: str) -> Path | None:
    """A recording that somebody put there, or that arrived just before a kill."""
    found = [
        path
        for path in sorted(folder.iterdir())
        if path.is_file()
        and not path.name.startswith(".")
        and path.suffix.lower() not in _NOT_A_RECORDING
    ]
    if len(found) > 1:
        raise EpisodeProblem(
            f"{folder} holds several recordings: {', '.join(path.name for path in found)}.",
            f"Leave the one that is “{slug}” and import again.",
        )
    return found[0] if found else None


def _recording(imported: Imported, path: Path) -> Recording:
    from pipeline.tools.audio.listening import listen  # loads PyAV, only when there is audio

    heard = listen(path)
    file = RecordingFile(
        name=path.name,
        sha256=sha256_of(path),
        size=path.stat().st_size,
        duration_seconds=heard.duration_seconds,
        channels=heard.channels,
        sample_rate_hz=heard.sample_rate_hz,
        codec=heard.codec,
        container=heard.container,
    )
    return Recording(
        guid=imported.guid,
        received_at=datetime.now(UTC).replace(microsecond=0),
        original_name=path.name,
        files=(file,),
        published_at=imported.published_at,
    )

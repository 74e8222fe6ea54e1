"""Moving what was dropped into its episode: killed at any moment, the next ingest completes it.

An episode's folder appears at once with its identity and the digests of its recordings; only then
do the recordings move. One that is still in the inbox is recognised by its digest.
"""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.ground import files
from pipeline.ground.files import (
    disk_problems_in_words,
    sha256_of,
    sync_folder,
    temporary_beside,
    write_json,
    write_text,
)
from pipeline.ground.workspace import Workspace, recording_to_json
from pipeline.tools.inbox.adding import ADDING
from pipeline.tools.inbox.drops import Drop
from pipeline.tools.inbox.names import safe_name
from pipeline.words.episode import Recording
from pipeline.words.errors import TemporaryProblem

_INCOMING = ".incoming-"
_LONGEST_COPY_SECONDS = 24 * 3600


def make_episode(workspace: Workspace, slug: str, recording: Recording, episode_toml: str) -> Path:
    """The folder of a new episode, whole at once; its recordings are still in the inbox."""
    with new_episode_folder(workspace, slug) as folder:
        write_json(folder / "recording.json", recording_to_json(recording))
        write_text(folder / "episode.toml", episode_toml)
    return workspace.episodes_folder / slug


@contextlib.contextmanager
def new_episode_folder(workspace: Workspace, slug: str) -> Iterator[Path]:
    """An empty folder that becomes the episode's when the block ends well, with all that is in it.

    The caller holds the inbox, since `remove_leftovers` takes such folders for those of a kill.
    """
    with _staged(workspace) as staging:
        yield staging
        staging.chmod(0o755)
        staging.rename(workspace.episodes_folder / slug)
        sync_folder(workspace.episodes_folder)


def move_in(drop: Drop, folder: Path, names: Mapping[Path, tuple[str, str]]) -> None:
    """Move a drop into an episode's folder. `names` gives each recording its name and digest.

    The recordings go last: while one is left, the next ingest knows whose the rest is.
    """
    if drop.sidecar is not None:
        _put_away_sidecar(drop.sidecar, folder)
    if drop.cover is not None and not _has_cover(folder):
        _move(drop.cover, folder / f"cover{drop.cover.suffix.lower()}")
    for extra in drop.extras:
        _move(extra, _free(folder / "extras" / safe_name(extra.name)))
    for path, (name, sha256) in names.items():
        _move(path, folder / name, sha256)
    if drop.path.is_dir():
        _remove_emptied(drop.path)


def remove_leftovers(workspace: Workspace) -> None:
    """Remove what an ingest or a copy that was killed had begun: nothing in it was the only one."""
    files.remove_leftovers(workspace.inbox)
    for folder in workspace.episodes_folder.glob(f"{_INCOMING}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in workspace.inbox.glob(f"{ADDING}*"):
        if folder.stat().st_mtime < time.time() - _LONGEST_COPY_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _staged(workspace: Workspace) -> Iterator[Path]:
    parent = workspace.episodes_folder
    with disk_problems_in_words(parent):
        staging = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put_away_sidecar(sidecar: Path, folder: Path) -> None:
    """Its text is in `episode.toml` already; where it was changed since, it is kept beside."""
    kept = (folder / "episode.toml").read_bytes()
    if kept.endswith(sidecar.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")):
        sidecar.unlink()
    else:
        _move(sidecar, _free(folder / "extras" / safe_name(sidecar.name)))


def _has_cover(folder: Path) -> bool:
    return any(folder.glob("cover.*"))


def _move(source: Path, target: Path, sha256: str | None = None) -> None:
    """Rename; to another file system copy, compare, and only then remove."""
    if target.exists():
        raise FileExistsError(errno.EEXIST, "will not be overwritten", str(target))
    with disk_problems_in_words(target):
        target.parent.mkdir(exist_ok=True)
        try:
            source.rename(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy_over(source, target, sha256 or sha256_of(source))
            source.unlink()
        sync_folder(target.parent)


def _copy_over(source: Path, target: Path, sha256: str) -> None:
    with temporary_beside(target) as copy:
        shutil.copyfile(source, copy)
        if sha256_of(copy) != sha256:
            raise TemporaryProblem(
                f"The copy of “{source.name}” differs from what lies in the inbox.",
                "It is tried again; if that stays so, check the disk.",
            )


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _remove_emptied(folder: Path) -> None:
    """A folder that held only what its system puts there goes; one with anything else stays."""
    for path in folder.iterdir():
        if path.name in (".DS_Store", "Thumbs.db", "desktop.ini") or path.name.startswith("._"):
            path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()

"""The pictures of an old show: taken where directories accept them, else kept aside or left."""

from __future__ import annotations

from pathlib import Path

from pipeline.ground.workspace import Workspace
from pipeline.stages.importing.imported import Imported
from pipeline.stages.importing.source import Source
from pipeline.tools.artwork import check_artwork
from pipeline.tools.web import download
from pipeline.words.errors import EpisodeProblem, SetupProblem

_MOST_BYTES = 30 * 10**6


def fetch_artwork(workspace: Workspace, source: Source) -> str:
    """Put the old show's artwork into the feed folder; its name there, or nothing without one.

    Raises EpisodeProblem when directories would refuse it; then it is kept beside as `artwork-old`.
    """
    if not source.feed.image:
        return ""
    workspace.feed_folder.mkdir(parents=True, exist_ok=True)
    with workspace.scratch("show.artwork") as scratch:
        picture = _fetched(source.feed.image, scratch, from_outside=source.from_outside)
        try:
            name = f"artwork{check_artwork(picture).suffix}"
        except SetupProblem as error:
            kept = workspace.feed_folder / "artwork-old"
            picture.replace(kept)
            remedy = f"It is kept as {kept}; replace artwork.jpg, which was drawn, by a better one."
            raise _refused("The old artwork", source.feed.image, remedy) from error
        picture.replace(workspace.feed_folder / name)
    return name


def fetch_cover(workspace: Workspace, imported: Imported) -> None:
    """Download the episode's own picture. Raises EpisodeProblem when directories refuse it."""
    folder = workspace.episodes_folder / imported.slug
    if not imported.image or any(folder.glob("cover.*")):
        return
    with workspace.episode_locked(imported.slug), workspace.scratch(imported.slug) as scratch:
        picture = _fetched(imported.image, scratch, from_outside=imported.from_outside)
        try:
            suffix = check_artwork(picture).suffix
        except SetupProblem as error:
            raise _refused(
                f"The picture of “{imported.slug}”",
                imported.image,
                f"Put a better one as cover.jpg into {folder}, if you have it.",
            ) from error
        picture.replace(folder / f"cover{suffix}")


def _fetched(address: str, folder: Path, *, from_outside: bool) -> Path:
    picture = folder / "picture"
    download(address, picture, lambda _: None, most_bytes=_MOST_BYTES, from_outside=from_outside)
    return picture


def _refused(what: str, address: str, remedy: str) -> EpisodeProblem:
    return EpisodeProblem(
        f"{what} at {address} is not used: directories want a square JPEG or PNG of 1400 to 3000 "
        "pixels in RGB.",
        remedy,
    )

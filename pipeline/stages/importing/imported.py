"""`imported.json` in an episode's folder: what the old feed said of it, kept for ever."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pipeline.ground.files import read_json
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import EpisodeProblem
from pipeline.words.old_feed import OldAudio

_NAME = "imported.json"


@dataclass(frozen=True, slots=True)
class Imported:
    """An episode that was public before: its identity, its date, and where its audio lay.

    `from_outside` says that the old feed lies beyond this machine's own network.
    """

    slug: str
    guid: str
    published_at: datetime
    feed: str
    audio: OldAudio
    image: str = ""
    link: str = ""
    from_outside: bool = True

    def to_json(self) -> dict[str, Any]:
        """The content of `imported.json`; the folder's name is not in it."""
        said = {key: value for key, value in asdict(self).items() if key != "slug"}
        return {"version": 1, **said, "published_at": self.published_at.isoformat()}


_IMPORTED = TypeAdapter(Imported)


def imported_path(folder: Path) -> Path:
    """Where an episode's folder says that it was imported."""
    return folder / _NAME


def imported_episodes(workspace: Workspace) -> list[Imported]:
    """All that were imported, by slug, with their recordings or without yet.

    Raises EpisodeProblem when one cannot be read: it may hold an episode's identity.
    """
    return [_read(path) for path in sorted(workspace.episodes_folder.glob(f"[!.]*/{_NAME}"))]


def _read(path: Path) -> Imported:
    try:
        content = {key: value for key, value in read_json(path).items() if key != "version"}
        return _IMPORTED.validate_python({**content, "slug": path.parent.name})
    except (OSError, ValueError, AttributeError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{path.parent.name}” cannot be read.",
            "Restore it from a backup; it holds the identity that listeners' apps know.",
            str(error),
        ) from error

"""What has been published: `feed/published/`, one record for each item and one for the show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.ground.files import read_json, write_json
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import FeedItem, PublicFile
from pipeline.words.web_text import ascii_key

_SHOW_RECORD = "show.json"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class ShowRecord:
    """What the show is known by, given once: its `podcast:guid`; and the artwork it shows.

    `page_ends` cut the feed into archive pages (`words/feed_pages.py`).
    """

    podcast_guid: str
    artwork: PublicFile
    artwork_pixels: int = 0
    page_ends: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """All records. `basis` tells whether they are still those that a plan was made from."""

    show: ShowRecord | None
    items: Mapping[str, FeedItem]
    basis: str


def read_records(workspace: Workspace) -> Records:
    """The records by GUID. Raises SetupProblem when one cannot be read: it is the feed's memory."""
    show: ShowRecord | None = None
    items: dict[str, FeedItem] = {}
    basis = hashlib.sha256()
    for path in sorted(workspace.published.glob("[!.]*.json")):
        try:
            basis.update(path.name.encode() + path.read_bytes())
            content = read_json(path)
            if path.name == _SHOW_RECORD:
                show = _show_from_json(content)
            else:
                item = FeedItem.from_json(content)
                items[item.guid] = item
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SetupProblem(
                f"{path} cannot be read, and it holds what listeners already have.",
                "Restore it from a backup before you publish.",
                str(error),
            ) from error
    return Records(show, items, basis.hexdigest())


def _show_from_json(content: dict[str, Any]) -> ShowRecord:
    return ShowRecord(
        podcast_guid=content["podcast_guid"],
        artwork=PublicFile(**content["artwork"]),
        artwork_pixels=content.get("artwork_pixels", 0),
        page_ends=tuple(map(datetime.fromisoformat, content.get("page_ends", ()))),
    )


def _show_to_json(show: ShowRecord) -> dict[str, Any]:
    ends = [moment.isoformat() for moment in show.page_ends]
    return {"version": 1, **asdict(show), "page_ends": ends}


def write_records(workspace: Workspace, show: ShowRecord | None, items: Iterable[FeedItem]) -> None:
    """Keep the records of `items`, and the show's when there is a new one."""
    if show is not None:
        write_json(workspace.published / _SHOW_RECORD, _show_to_json(show))
    for item in items:
        write_json(record_path(workspace, item.guid), item.to_json())


def record_path(workspace: Workspace, guid: str) -> Path:
    """Where the record of an item is; an imported GUID may be an address, or anything."""
    key = ascii_key(guid)
    if key == _SHOW_RECORD.removesuffix(".json") or len(key) > _LONGEST_NAME:
        key = f"{key[:_LONGEST_NAME]}-{hashlib.sha256(guid.encode()).hexdigest()[:16]}"
    return workspace.published / f"{key}.json"


def is_withdrawn(workspace: Workspace, guid: str) -> bool:
    """Whether the item was public and was taken back. Errors are left to `read_records`."""
    try:
        return bool(read_json(record_path(workspace, guid))["withdrawn"])
    except (OSError, ValueError, KeyError, TypeError):
        return False

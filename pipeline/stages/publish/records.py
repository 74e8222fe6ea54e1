"""What this machine knows of what is public: `feed/published/`.

A record for each item, one for the show, the catalogue that was seen last, and what people here
decided since. The bucket holds the same but for the decisions, so losing the folder loses those.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.ground.files import read_json, replacing, write_json
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.catalogue import (
    Catalogue,
    ShowRecord,
    catalogue_from,
    record_bytes,
    record_of,
)
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import FeedItem, PublicFile
from pipeline.words.web_text import ascii_key

_SHOW_RECORD = "show.json"
_CATALOGUE = "catalogue.json"
_INTENTIONS = "intentions.json"
_NO_ITEMS = (_SHOW_RECORD, _CATALOGUE, _INTENTIONS)
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Intentions:
    """What people here decided and the bucket does not know, by GUID.

    `withdrawn`: whether an item is to be taken back, or given back; `reasons` say why.
    `superseded`: the approval that an episode had when what is in its folder gave way to what
    others made public ("" for none); only a later approval publishes the folder again. `trying` is
    the id of a publication that was begun here: when the feed names it, nobody else made it.
    """

    withdrawn: Mapping[str, bool] = field(default_factory=dict)
    superseded: Mapping[str, str] = field(default_factory=dict)
    trying: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """All of it. `files` says what the record of each item would be in the bucket.

    `damaged` are records that cannot be read. `basis` tells whether they are still those that a
    plan was made from.
    """

    show: ShowRecord | None
    items: Mapping[str, FeedItem]
    files: Mapping[str, PublicFile]
    catalogue: Catalogue | None
    intentions: Intentions
    damaged: Mapping[Path, str]
    basis: str

    def must_be_whole(self) -> None:
        """Raises SetupProblem when a record is damaged and nobody else has it."""
        for path, detail in self.damaged.items():
            raise _unreadable(path, detail)


def read_records(workspace: Workspace) -> Records:
    """The records by GUID. Raises SetupProblem when this machine's memory cannot be read."""
    items: dict[str, FeedItem] = {}
    files: dict[str, PublicFile] = {}
    damaged: dict[Path, str] = {}
    basis = hashlib.sha256()
    for path in sorted(workspace.published.glob("[!.]*.json")):
        try:
            body = path.read_bytes()
            basis.update(path.name.encode() + body)
            if path.name in _NO_ITEMS:
                continue
            item = FeedItem.from_json(json.loads(body))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            damaged[path] = str(error)
            continue
        items[item.guid] = item
        files[item.guid] = record_of(item.slug, len(body), hashlib.sha256(body).hexdigest())
    return Records(
        show=_read(workspace, _SHOW_RECORD, ShowRecord.from_json),
        items=items,
        files=files,
        catalogue=_read_catalogue(workspace),
        intentions=read_intentions(workspace),
        damaged=damaged,
        basis=basis.hexdigest(),
    )


def read_intentions(workspace: Workspace) -> Intentions:
    """What people here decided. Raises SetupProblem when it cannot be read."""
    return _read(workspace, _INTENTIONS, _intentions_from_json) or Intentions()


def write_intentions(workspace: Workspace, intentions: Intentions) -> None:
    """Keep what people here decided."""
    path = workspace.published / _INTENTIONS
    if intentions == Intentions():
        path.unlink(missing_ok=True)
    else:
        write_json(path, {"version": 1, **asdict(intentions)})


def write_records(
    workspace: Workspace, show: ShowRecord | None, bodies: Mapping[str, bytes]
) -> None:
    """Keep records by GUID, and the show's when there is a new one."""
    for guid, body in bodies.items():
        _write(record_path(workspace, guid), body)
    if show is not None:
        write_json(workspace.published / _SHOW_RECORD, show.to_json())


def write_items(workspace: Workspace, items: Iterable[FeedItem]) -> None:
    """Keep the records of `items`."""
    write_records(workspace, None, {item.guid: record_bytes(item) for item in items})


def write_catalogue(workspace: Workspace, catalogue: Catalogue) -> None:
    """Keep the catalogue whose records are all here by now."""
    _write(workspace.published / _CATALOGUE, catalogue.body)


def record_path(workspace: Workspace, guid: str) -> Path:
    """Where the record of an item is; an imported GUID may be an address, or anything."""
    key = ascii_key(guid)
    if f"{key}.json" in _NO_ITEMS or len(key) > _LONGEST_NAME:
        key = f"{key[:_LONGEST_NAME]}-{hashlib.sha256(guid.encode()).hexdigest()[:16]}"
    return workspace.published / f"{key}.json"


def read_item(workspace: Workspace, guid: str) -> FeedItem | None:
    """What is public of an item as far as this machine knows; None when it never was.

    Errors are left to `read_records`.
    """
    try:
        return FeedItem.from_json(read_json(record_path(workspace, guid)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def is_withdrawn(workspace: Workspace, guid: str) -> bool:
    """Whether the item was public and was taken back. Errors are left to `read_records`."""
    try:
        was = bool(read_json(record_path(workspace, guid))["withdrawn"])
        return read_intentions(workspace).withdrawn.get(guid, was)
    except (OSError, ValueError, KeyError, TypeError, SetupProblem):
        return False


def _read_catalogue(workspace: Workspace) -> Catalogue | None:
    path = workspace.published / _CATALOGUE
    try:
        return catalogue_from(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, str(error)) from error


def _read(workspace: Workspace, name: str, of: Any) -> Any:
    path = workspace.published / name
    try:
        return of(read_json(path))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, str(error)) from error


def _intentions_from_json(content: Mapping[str, Any]) -> Intentions:
    return Intentions(
        withdrawn=dict(content["withdrawn"]),
        superseded=dict(content["superseded"]),
        trying=content["trying"],
        reasons=dict(content.get("reasons", {})),
    )


def _write(path: Path, body: bytes) -> None:
    with replacing(path) as file:
        file.write(body)


def _unreadable(path: Path, detail: str) -> SetupProblem:
    return SetupProblem(
        f"{path} cannot be read, and it holds what listeners already have.",
        "Restore it from a backup before you publish.",
        detail,
    )

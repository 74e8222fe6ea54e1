"""`newsroom/audit.jsonl`: who did what, when; one line each, never changed afterwards."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError

from pipeline.ground.files import disk_problems_in_words, locked
from pipeline.ground.workspace import Workspace

_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that somebody did: `did` is a word of the program, `detail` says to what.

    `slug` is empty for what concerns no single episode.
    """

    at: datetime
    who: str
    did: str
    slug: str = ""
    detail: dict[str, str] = field(default_factory=dict)


_ENTRY = TypeAdapter(Entry)


def record(workspace: Workspace, who: str, did: str, slug: str = "", **detail: str) -> Entry:
    """Add a line to the trail; it is on the disk when this returns."""
    entry = Entry(datetime.now(UTC), who, did, slug, detail)
    line = json.dumps(asdict(entry), ensure_ascii=False, default=datetime.isoformat) + "\n"
    workspace.newsroom.mkdir(mode=0o700, exist_ok=True)
    path = workspace.audit_file
    with (
        locked(workspace.cache / "locks" / "audit.lock", "The audit trail", _PATIENCE_SECONDS),
        disk_problems_in_words(path),
        path.open("ab") as file,
    ):
        if file.tell() and not _ends_with_a_line(workspace):
            file.write(b"\n")  # a kill cut the last line off
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())
    return entry


def read_audit(workspace: Workspace) -> Iterator[Entry]:
    """All that was done, oldest first; a line that a kill cut off is passed over."""
    try:
        with workspace.audit_file.open("rb") as file:
            for line in file:
                try:
                    yield _ENTRY.validate_json(line)
                except ValidationError:
                    continue
    except FileNotFoundError:
        return


def _ends_with_a_line(workspace: Workspace) -> bool:
    with workspace.audit_file.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"

"""Notes for staff: beside what cannot be used lies a text that says why and what to do."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.ground.files import write_text
from pipeline.tools.inbox.drops import NOTE_SUFFIX, Drop, drops_in
from pipeline.words.errors import EpisodeProblem
from pipeline.words.rejections import RecordingRejected

_LONGEST_NAME_BYTES = 200


def write_note(drop: Drop, problem: EpisodeProblem) -> None:
    """Say beside the drop what is wrong with it; the same text is not written again."""
    path, text = _note_path(drop.path), _text(drop, problem)
    try:
        unchanged = path.read_text(encoding="utf-8") == text
    except (FileNotFoundError, UnicodeDecodeError):
        unchanged = False
    if not unchanged:
        write_text(path, text)


def remove_stale_notes(inbox: Path) -> None:
    """Remove each note whose file is gone: accepted, or taken away."""
    wanted = {_note_path(drop.path) for drop in drops_in(inbox)}
    for path in inbox.glob(f"*{NOTE_SUFFIX}"):
        if path not in wanted and path.is_file():
            path.unlink(missing_ok=True)


def remove_note(drop: Drop) -> None:
    """What was wrong with a drop is wrong no longer."""
    _note_path(drop.path).unlink(missing_ok=True)


def _text(drop: Drop, problem: EpisodeProblem) -> str:
    if isinstance(problem, RecordingRejected):
        return problem.note
    return (
        f"“{drop.name}” belum bisa dipakai; keterangannya di bawah ini.\n\n"
        f"{problem.problem}\n{problem.remedy}\n"
    )


def _note_path(path: Path) -> Path:
    name = path.name
    if len(name.encode("utf-8", "surrogateescape")) > _LONGEST_NAME_BYTES:
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
        name = f"{name[:40]}… {digest[:8]}"
    return path.with_name(name + NOTE_SUFFIX)

"""What lies in the inbox and could not be taken in, with the note that says why."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.ground.workspace import Workspace
from pipeline.tools.inbox.drops import NOTE_SUFFIX
from pipeline.words.rejections import printable

_LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class Note:
    """`indonesian` and `english` say the same; a note of another kind is in both as it is."""

    name: str
    indonesian: str
    english: str


def notes_in(workspace: Workspace) -> list[Note]:
    """One for each rejected file or folder, in the order of their names."""
    notes = []
    for path in sorted(workspace.inbox.glob(f"*{NOTE_SUFFIX}")):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")[:_LONGEST_NOTE]
        except OSError:
            continue  # taken away at this moment
        indonesian, parted, english = text.strip().partition("\n\n")
        if not parted:
            lines = text.strip().splitlines()
            half = len(lines) // 2 if len(lines) % 2 == 0 else 0
            indonesian, english = "\n".join(lines[:half] or lines), "\n".join(lines[half:])
        notes.append(Note(printable(path.name.removesuffix(NOTE_SUFFIX)), indonesian, english))
    return notes

"""What an editor does to a transcript, each as a value that can be kept, sent and sent again.

An operation names the lines as its author saw them, so that a change made meanwhile by somebody
else is noticed. Its `id` is given by whoever makes it: one that arrives twice counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, Union

from pipeline.words.transcript import Transcript, Word


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as somebody saw it: `version` is the operation that made it so, "" the machine."""

    line: str
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Operation:
    id: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A line's new text; `words` gives its times too where somebody or a model knows them."""

    on: Seen
    text: str
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeText(_Operation):
    """New texts of one line, or of many at once as find and replace makes them."""

    edits: tuple[TextEdit, ...]
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(_Operation):
    """Cut a line before the word with this index, counted in the line as it was seen.

    The second part is a new line that has the operation's id.
    """

    on: Seen
    before_word: int
    kind: Literal["split"] = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(_Operation):
    """Make one line of lines that follow each other; the first keeps its id and speaker."""

    lines: tuple[str, ...]
    kind: Literal["merge"] = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete(_Operation):
    """Take lines out; they can be brought back."""

    lines: tuple[Seen, ...]
    kind: Literal["delete"] = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert(_Operation):
    """A new line, with the operation's id, after the line `after` ("": before all). Seconds."""

    after: str
    start: float
    end: float
    text: str
    speaker: str = ""
    kind: Literal["insert"] = "insert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retime(_Operation):
    """When a line is said, in seconds; its words move with it."""

    on: Seen
    start: float
    end: float
    kind: Literal["retime"] = "retime"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameSpeakers(_Operation):
    """Give speakers one name everywhere: one is renamed, several are merged."""

    names: tuple[str, ...]
    to: str
    kind: Literal["rename"] = "rename"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignSpeaker(_Operation):
    """Say who speaks in some lines."""

    lines: tuple[Seen, ...]
    speaker: str
    kind: Literal["speaker"] = "speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSuggestion(_Operation):
    """Write the words `first_word` to `last_word` (both count) of a line as was suggested."""

    on: Seen
    suggestion: str
    first_word: int
    last_word: int
    text: str
    kind: Literal["take"] = "take"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseSuggestion(_Operation):
    """Leave the words as they are, and ask no more."""

    on: Seen
    suggestion: str
    kind: Literal["refuse"] = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkReviewed(_Operation):
    """The author has listened to these lines; `reviewed` False takes the mark back."""

    lines: tuple[Seen, ...]
    reviewed: bool = True
    kind: Literal["reviewed"] = "reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(_Operation):
    """A remark for colleagues about a line; it never goes public."""

    on: Seen
    text: str
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveNote(_Operation):
    """Take a note away; `note` is the operation that added it."""

    on: Seen
    note: str
    kind: Literal["remove_note"] = "remove_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(_Operation):
    """Take an operation back; undoing an undo does it again."""

    operation: str
    kind: Literal["undo"] = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameVersion(_Operation):
    """Give the transcript as it is now a name to come back to."""

    name: str
    kind: Literal["version"] = "version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore(_Operation):
    """Make every line again what it was after the operation `to` ("": as the machine wrote it)."""

    to: str
    kind: Literal["restore"] = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve(_Operation):
    """End a conflict: the other's line stays, mine takes its place, or `text` is written.

    `on` is the line as the author saw it when deciding.
    """

    conflict: str
    on: Seen
    choice: Literal["theirs", "mine", "text"]
    text: str = ""
    kind: Literal["resolve"] = "resolve"


@dataclass(frozen=True, slots=True, kw_only=True)
class HearAgain(_Operation):
    """A newer transcript of the machine; the edits are carried over to it."""

    transcript: Transcript
    kind: Literal["heard_again"] = "heard_again"


Operation: TypeAlias = Union[  # noqa: UP007 - read at run time, where files become operations
    ChangeText,
    Split,
    Merge,
    Delete,
    Insert,
    Retime,
    RenameSpeakers,
    AssignSpeaker,
    TakeSuggestion,
    RefuseSuggestion,
    MarkReviewed,
    AddNote,
    RemoveNote,
    Undo,
    NameVersion,
    Restore,
    Resolve,
    HearAgain,
]

"""What editors changed in an episode's transcript, and what somebody must decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from pipeline.faces.report import print_json
from pipeline.ground.review_file import read_reviewed
from pipeline.words.captions import text_time
from pipeline.words.episode import Episode
from pipeline.words.review.history import Difference, Sign, what_it_did
from pipeline.words.review.line import Conflict, Line
from pipeline.words.review.operations import Operation
from pipeline.words.review.reviewed import Effect, Reviewed

_DONE = {
    "text": "wrote",
    "split": "cut a line",
    "merge": "joined lines",
    "delete": "deleted",
    "insert": "put in",
    "retime": "moved",
    "rename": "renamed a speaker",
    "speaker": "said who speaks",
    "take": "took a suggestion",
    "refuse": "refused a suggestion",
    "reviewed": "marked as reviewed",
    "note": "noted",
    "remove_note": "removed a note",
    "undo": "undid",
    "version": "named a version",
    "restore": "restored",
    "resolve": "decided",
    "heard_again": "carried the edits over to a newer transcript",
}
_STYLES = {Sign.SAME: "", Sign.OUT: "red strike", Sign.IN: "green"}
_BRACKETS = {Sign.SAME: ("", ""), Sign.OUT: ("[-", "-]"), Sign.IN: ("{+", "+}")}


def show_changes(episode: Episode, *, as_json: bool) -> None:
    """Each operation with the words that it took out and put in, oldest first; then conflicts."""
    reviewed = read_reviewed(episode)
    if as_json:
        print_json(_to_json(reviewed))
        return
    if not reviewed.effects:
        typer.echo(f"Nobody has changed the transcript of “{episode.slug}”.")
        return
    console = Console()
    for text in _told(reviewed):
        console.print(text, soft_wrap=True)
    lines = reviewed.lines
    marked = sum(bool(line.reviewed_by) for line in lines)
    typer.echo(f"{marked} of {len(lines)} lines are marked as reviewed.")


def _told(reviewed: Reviewed) -> Iterator[Text]:
    for effect in reviewed.effects.values():
        yield _heading(effect.operation, undone=effect.operation.id in reviewed.undone)
        for difference in what_it_did(effect):
            yield _shown(difference)
    for conflict in reviewed.conflicts.values():
        yield Text(_asked(conflict), style="bold red")


def _heading(operation: Operation, *, undone: bool) -> Text:
    when = operation.at.strftime("%Y-%m-%d %H:%M")
    text = f"{when} {operation.author} {_DONE[operation.kind]}" + (" (undone)" if undone else "")
    return Text(text, style="bold")


def _shown(difference: Difference) -> Text:
    before, after = difference.before, difference.after
    text = Text(f"  {_place(after or before)} ")
    if before and after and before.speaker != after.speaker:
        text.append(f"{before.speaker or 'nobody'} → {after.speaker or 'nobody'}: ", style="cyan")
    for part in difference.parts:
        opening, closing = _BRACKETS[part.sign]
        text.append(f"{opening}{part.text}{closing} ", style=_STYLES[part.sign])
    return text


def _asked(conflict: Conflict) -> str:
    mine, theirs = (line.text if line else "—" for line in (conflict.mine, conflict.theirs))
    place = _place(conflict.theirs or conflict.mine)
    return f"To decide ({conflict.why}): {place} “{theirs}” or, from {conflict.author}, “{mine}”"


def _place(line: Line | None) -> str:
    return text_time(line.start) if line else ""


def _to_json(reviewed: Reviewed) -> dict[str, Any]:
    return {
        "changes": [_effect_to_json(reviewed, effect) for effect in reviewed.effects.values()],
        "conflicts": [
            {
                "id": conflict.id,
                "author": conflict.author,
                "why": conflict.why,
                "line": conflict.line,
                **{
                    side: line.text if line else None
                    for side, line in (
                        ("base", conflict.base),
                        ("theirs", conflict.theirs),
                        ("mine", conflict.mine),
                    )
                },
            }
            for conflict in reviewed.conflicts.values()
        ],
        "share_reviewed": round(reviewed.share_reviewed, 4),
    }


def _effect_to_json(reviewed: Reviewed, effect: Effect) -> dict[str, Any]:
    operation = effect.operation
    return {
        "id": operation.id,
        "author": operation.author,
        "at": operation.at.isoformat(),
        "kind": operation.kind,
        "undone": operation.id in reviewed.undone,
        "lines": [
            {
                "line": each.line,
                "speaker": each.after.speaker if each.after else None,
                "words": [[part.sign, part.text] for part in each.parts],
            }
            for each in what_it_did(effect)
        ],
    }

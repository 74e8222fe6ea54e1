"""What the editor's scripts are told: lines, conflicts, and what can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from fastapi.responses import Response
from pydantic import BaseModel

from pipeline.ground.open_reviews import Standing
from pipeline.tools.translations import Translate, sentence_translator
from pipeline.words.doubts.places import sentence_of
from pipeline.words.review.history import redoable, undoable
from pipeline.words.review.line import Conflict, Line, Why
from pipeline.words.review.operations import HearAgain
from pipeline.words.review.outcome import outcome
from pipeline.words.review.reviewed import Effect, Reviewed
from pipeline.words.review.suggested import OpenSuggestion, open_suggestions
from pipeline.words.transcript import UNCERTAIN_SOURCES, Flag, Transcript

# As `etam doubts`: estimated times are no reason to listen, missing speech is a gap of its own.
_NO_REASON = frozenset([Flag.TIMES_ESTIMATED, Flag.SPEECH_MISSING])
_UNSURE = 0.5
"""Words below this probability are marked within a doubtful line."""

WHY: dict[str, str] = {
    Why.CHANGED: "Somebody changed the same words meanwhile.",
    Why.GONE: "Somebody deleted this line, or merged it, meanwhile.",
    Why.HEARD_OTHERWISE: "A newer transcript of the machine says something else here.",
    Why.IMPOSSIBLE: "This change fits no line of the transcript.",
}


class NoteAnswer(BaseModel):
    id: str
    author: str
    at: datetime
    text: str


class SuggestionAnswer(BaseModel):
    """A spelling to take or refuse for the words `first` to `last` (both count)."""

    key: str
    first: int
    last: int
    text: str


class LineAnswer(BaseModel):
    """A line. `times` holds start and end of each word of `text`, in seconds, one after another.

    `reasons` say why to listen; `unsure` are the words that the model itself holds unlikely.
    """

    id: str
    version: str
    start: float
    end: float
    speaker: str
    text: str
    times: list[float]
    is_guess: bool = False
    unsure: list[int] = []
    reasons: list[str] = []
    reviewed_by: str = ""
    notes: list[NoteAnswer] = []
    suggestions: list[SuggestionAnswer] = []


class GapAnswer(BaseModel):
    """A stretch without a line in which somebody may speak; `text` is what was left out there."""

    start: float
    end: float
    text: str
    reason: str


class PieceAnswer(BaseModel):
    """A stretch of words in the three texts of a conflict."""

    side: str
    base: str
    theirs: str
    mine: str


class ConflictAnswer(BaseModel):
    """What somebody wanted and was not done; `version` is that of the line that stands there."""

    id: str
    line: str
    version: str
    author: str
    at: datetime
    why: str
    start: float
    pieces: list[PieceAnswer]
    mine: str
    mine_speaker: str
    theirs_speaker: str
    can_take_mine: bool


class Answer(BaseModel):
    """Where a transcript stands: everything (`is_whole`), or what changed since a revision.

    `order` holds the ids of all lines in order; null where it is as it was.
    """

    epoch: str
    count: int
    is_whole: bool
    lines: list[LineAnswer]
    order: list[str] | None
    gaps: list[GapAnswer] | None
    conflicts: list[ConflictAnswer]
    undo: str | None
    redo: str | None
    duration: float
    state: Literal["kept"] = "kept"


def answered(standing: Standing, epoch: str, count: int, author: str, language: str) -> Response:
    """What who knows `count` operations of `epoch` does not know yet: an Answer.

    It was checked when it was made; letting FastAPI check 30,000 numbers once more takes as long
    as all the rest.
    """
    answer = _answer_since(standing, epoch, count, author, language)
    return Response(answer.model_dump_json(), media_type="application/json")


def _answer_since(standing: Standing, epoch: str, count: int, author: str, language: str) -> Answer:
    reviewed, say = standing.reviewed, sentence_translator(language)
    effects = list(reviewed.effects.values())
    since = effects[count:]
    is_whole = (
        epoch != standing.epoch
        or count > len(effects)
        or any(isinstance(effect.operation, HearAgain) for effect in since)
    )
    moved = is_whole or any(_moves(effect) for effect in since)
    present = reviewed.lines if is_whole else tuple(_changed(reviewed, since))
    return Answer(
        epoch=standing.epoch,
        count=len(effects),
        is_whole=is_whole,
        lines=list(_lines(reviewed, present, say)),
        order=[line.id for line in reviewed.lines] if moved else None,
        gaps=list(_gaps(outcome(reviewed), say)) if moved else None,
        conflicts=[_conflict(reviewed, each, say) for each in reviewed.conflicts.values()],
        undo=undoable(reviewed, author),
        redo=redoable(reviewed, author),
        duration=reviewed.machine.duration,
    )


def _moves(effect: Effect) -> bool:
    """Whether lines came, went or changed places."""
    return any(
        change.before is None
        or change.before.deleted != change.after.deleted
        or change.before.place != change.after.place
        for change in effect.changes
    )


def _changed(reviewed: Reviewed, since: Iterable[Effect]) -> Iterator[Line]:
    names = dict.fromkeys(change.after.id for effect in since for change in effect.changes)
    lines = (reviewed.all_lines[name] for name in names)
    return (line for line in lines if not line.deleted)


def _lines(reviewed: Reviewed, lines: Iterable[Line], say: Translate) -> Iterator[LineAnswer]:
    suggested = defaultdict(list)
    for each in open_suggestions(reviewed):
        suggested[each.line.id].append(each)
    return (_line(line, suggested[line.id], say) for line in lines)


def _line(line: Line, suggested: Iterable[OpenSuggestion], say: Translate) -> LineAnswer:
    flags = () if line.reviewed_by else line.segment.flags
    reasons = [say(sentence_of(flag)) for flag in sorted(set(flags) - _NO_REASON)]
    is_guess = line.speaker == line.segment.speaker and _is_uncertain(line)
    unsure = [n for n, word in enumerate(line.words) if word.probability < _UNSURE]
    return LineAnswer(
        id=line.id,
        version=line.version,
        start=line.start,
        end=line.end,
        speaker=line.speaker,
        text=line.text,
        times=[round(t, 2) for word in line.words for t in (word.start, word.end)],
        is_guess=is_guess,
        unsure=unsure if reasons else [],
        reasons=reasons,
        reviewed_by=line.reviewed_by,
        notes=[NoteAnswer(id=n.id, author=n.author, at=n.at, text=n.text) for n in line.notes],
        suggestions=[
            SuggestionAnswer(
                key=each.key,
                first=each.first_word,
                last=each.last_word,
                text=each.suggestion.suggested,
            )
            for each in suggested
        ],
    )


def _is_uncertain(line: Line) -> bool:
    is_number = line.speaker[-1:].isdigit()  # “Pembicara 2” is nobody's name
    return line.segment.speaker_source in UNCERTAIN_SOURCES and not is_number


def _gaps(transcript: Transcript, say: Translate) -> Iterator[GapAnswer]:
    for start, end in transcript.unheard:
        reason = say(sentence_of(Flag.SPEECH_MISSING))
        yield GapAnswer(start=start, end=end, text="", reason=reason)
    for each in transcript.left_out:
        reason = say(sentence_of(each.reason))
        yield GapAnswer(start=each.start, end=each.end, text=each.text, reason=reason)


def _conflict(reviewed: Reviewed, conflict: Conflict, say: Translate) -> ConflictAnswer:
    """The three texts as they are now: what stands there may have changed since."""
    base, mine = conflict.base, conflict.mine
    theirs = reviewed.all_lines.get(conflict.line) or conflict.theirs
    texts = [line.texts if line else () for line in (base, theirs, mine)]
    found = Conflict(
        conflict.id, conflict.operation, conflict.author, conflict.at, conflict.why,
        conflict.line, base, theirs, mine,
    )  # fmt: skip
    shown = mine or theirs or base
    return ConflictAnswer(
        id=conflict.id,
        line=conflict.line,
        version=theirs.version if theirs else "",
        author=conflict.author,
        at=conflict.at,
        why=say(WHY[conflict.why]),
        start=shown.start if shown else 0.0,
        pieces=[
            PieceAnswer(
                side=piece.side,
                base=" ".join(texts[0][slice(*piece.base)]),
                theirs=" ".join(texts[1][slice(*piece.theirs)]),
                mine=" ".join(texts[2][slice(*piece.mine)]),
            )
            for piece in found.pieces()
        ],
        mine=mine.text if mine else "",
        mine_speaker=mine.speaker if mine else "",
        theirs_speaker=theirs.speaker if theirs else "",
        can_take_mine=mine is not None,
    )

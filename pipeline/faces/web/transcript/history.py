"""What was done to a transcript, what differs between two moments, and where one may go back to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheNewsroom
from pipeline.faces.web.visitors import Looker
from pipeline.words.review.history import Difference, difference, lines_after
from pipeline.words.review.line import Line
from pipeline.words.review.moments import moments

router = APIRouter()

_NAME = Query(max_length=200)


class MomentAnswer(BaseModel):
    """A step of the history; `operation` is what to compare with or to go back to."""

    operation: str
    author: str
    since: datetime
    until: datetime
    lines: int
    name: str
    is_machines: bool


class PartAnswer(BaseModel):
    sign: str
    text: str


class DifferenceAnswer(BaseModel):
    """What became of one line: its words in parts that are the same, out or in."""

    line: str
    start: float
    speaker_before: str
    speaker_after: str
    is_new: bool
    is_gone: bool
    parts: list[PartAnswer]


@router.get("/api/episodes/{slug}/transcript/moments")
def history(newsroom: TheNewsroom, episode: TheEpisode, _visitor: Looker) -> list[MomentAnswer]:
    """The steps of the history, oldest first."""
    reviewed = newsroom.reviews.standing(episode).reviewed
    return [
        MomentAnswer(
            operation=moment.operation,
            author=moment.author,
            since=moment.since,
            until=moment.until,
            lines=moment.lines,
            name=moment.name,
            is_machines=moment.is_machines,
        )
        for moment in moments(reviewed)
    ]


@router.get("/api/episodes/{slug}/transcript/differences")
def differences(
    newsroom: TheNewsroom,
    episode: TheEpisode,
    _visitor: Looker,
    before: Annotated[str, _NAME] = "",
    after: Annotated[str | None, _NAME] = None,
) -> list[DifferenceAnswer]:
    """What changed between two operations; "" is the machine's transcript, no `after` is now."""
    reviewed = newsroom.reviews.standing(episode).reviewed
    try:
        one = lines_after(reviewed, before)
        now = {line.id: line for line in reviewed.lines}
        other = now if after is None else lines_after(reviewed, after)
    except KeyError as error:
        raise HTTPException(404, "There was no such change.") from error
    return [_difference(each) for each in difference(one, other)]


def _difference(each: Difference) -> DifferenceAnswer:
    shown = each.after or each.before
    return DifferenceAnswer(
        line=each.line,
        start=shown.start if shown else 0.0,
        speaker_before=_speaker(each.before),
        speaker_after=_speaker(each.after),
        is_new=each.before is None,
        is_gone=each.after is None,
        parts=[PartAnswer(sign=part.sign, text=part.text) for part in each.parts],
    )


def _speaker(line: Line | None) -> str:
    return line.speaker if line else ""

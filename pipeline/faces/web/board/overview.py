"""One episode at a glance: its road with times and reasons, what is wrong, and what is next."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from pydantic import BaseModel

from pipeline.faces.web.board.rows import row_of
from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import page
from pipeline.faces.web.visitors import Describer, Looker
from pipeline.ground.files import read_json
from pipeline.ground.receipts import Outcome, read_receipt
from pipeline.running.plan import Reason, Step
from pipeline.words.episode import Episode

router = APIRouter()


@dataclass(frozen=True, slots=True)
class StageLine:
    """What is known of one stage: `reason` is a message id, `detail` names files or settings."""

    stage: str
    reason: str
    detail: str
    seconds: float
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Loudness:
    """In LUFS and dBTP, before and after."""

    before_lufs: float | None
    after_lufs: float | None
    true_peak_dbtp: float | None


class Wanted(BaseModel):
    """Whether the work begins here; False where another program does it."""

    wanted: bool


@router.get("/episodes/{slug}", include_in_schema=False)
def overview_page(
    request: Request,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Looker,
    episode: TheEpisode,
) -> Response:
    standing = newsroom.standings.of(workspace, episode.slug)
    return page(
        request,
        "overview.html",
        visitor,
        episode=episode,
        standing=standing,
        row=row_of(standing, newsroom, workspace, visitor),
        lines=[_line(episode, step) for step in standing.steps],
        zip=zip,
        loudness=_loudness(episode),
        seconds=episode.received_seconds,
        files=_files(episode),
        works=newsroom.does_work,
    )


@router.post("/api/episodes/{slug}/run")
def run_again(newsroom: TheNewsroom, _visitor: Describer, episode: TheEpisode) -> Wanted:
    """Do what must be done with the episode now, even what failed before."""
    if not newsroom.does_work:
        raise HTTPException(409, "Another program does the work here, not this one.")
    newsroom.want(episode.slug)
    return Wanted(wanted=True)


def _line(episode: Episode, step: Step) -> StageLine:
    path = episode.receipt(step.stage)
    receipt = read_receipt(path)
    is_done = receipt is not None and receipt.outcome is Outcome.DONE
    ended_at = None
    if is_done:
        with contextlib.suppress(FileNotFoundError):
            ended_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    return StageLine(
        stage=step.stage,
        reason=str(step.reason),
        detail="" if step.reason is Reason.FAILED else step.detail,
        seconds=receipt.seconds if receipt and is_done else 0.0,
        ended_at=ended_at,
    )


def _loudness(episode: Episode) -> Loudness | None:
    try:
        said = read_json(episode.loudness_json)
        before, after = said.get("before", {}), said.get("after", {})
        return Loudness(
            before.get("integrated_lufs"), after.get("integrated_lufs"), after.get("true_peak_dbtp")
        )
    except (OSError, ValueError, AttributeError):
        return None


def _files(episode: Episode) -> list[tuple[str, int]]:
    """What was received: names and sizes in bytes."""
    return [(file.name, file.size) for file in episode.recording.files]

"""Approval and publishing: who signed what, what would go public, and the way there and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from pipeline.faces.publishing import Planned, plan_now, plan_way_back, sign
from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.publishing.episode_standing import standing_of
from pipeline.faces.web.publishing.plan_in_words import (
    PlanAnswer,
    PressAnswer,
    plan_answer,
    press_answer,
)
from pipeline.faces.web.publishing.press import Order, PlanShown
from pipeline.faces.web.rendering import TheLanguage, page
from pipeline.faces.web.visitors import Approver, Looker, Manager, Publisher, Visitor
from pipeline.ground.audit_file import record
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import (
    SavedPublication,
    give_back,
    open_bucket,
    saved_publications,
    take_back_approval,
    withdraw,
)
from pipeline.words.errors import EpisodeProblem
from pipeline.words.plain_text import one_line
from pipeline.words.schedule import in_zone

router = APIRouter()

_MOST_SAVED = 20

Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
FindingId = Annotated[str, Field(pattern=r"^[0-9a-f]{10}$")]
Why = Annotated[str, Field(max_length=500)]
PlanKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")]
PublicationId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class ApprovalWish(BaseModel):
    """`seen` is the mark of the content that the page showed.

    `accepted` gives a reason for each thing that the recording does not support, by its id.
    """

    seen: Mark
    accepted: Annotated[dict[FindingId, Why], Field(max_length=200)] = {}


class PlanWish(BaseModel):
    """Which earlier publication is to be brought back; empty plans a new one."""

    publication: PublicationId | None = None


class PublishWish(BaseModel):
    """Which of the plans that were shown is to be carried out."""

    plan: PlanKey


class Reason(BaseModel):
    """Why an episode is withdrawn: its pages and the audit trail state it."""

    reason: Annotated[str, Field(min_length=3, max_length=500)]


class Done(BaseModel):
    """What was asked for is done."""

    done: bool = True


class Saved(BaseModel):
    """An earlier publication that can be brought back."""

    id: str
    published_at: str
    episodes: int
    differs: list[str]


@router.get("/episodes/{slug}/publishing", include_in_schema=False)
def publishing_page(
    request: Request,
    episode: TheEpisode,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Looker,
) -> Response:
    standing = standing_of(workspace, episode, newsroom.checkers)
    zone = ZoneInfo(workspace.show.show.timezone)
    due = episode.details.publish_at and in_zone(episode.details.publish_at, zone)
    return page(
        request,
        "publishing.html",
        visitor,
        episode=episode,
        standing=standing,
        due=due,
        is_past=due is not None and due <= datetime.now(UTC),
        zone=zone.key,
        wordpress=workspace.show.wordpress.url,
    )


@router.put("/api/episodes/{slug}/approval")
def approve_it(
    wish: ApprovalWish, episode: TheEpisode, workspace: TheWorkspace, visitor: Approver
) -> Done:
    """Sign the content that the page showed; another content is refused."""
    sign(workspace, episode.slug, visitor.name, wish.seen, wish.accepted)
    reasons = {f"accepted {name}": why for name, why in wish.accepted.items()}
    record(workspace, visitor.name, "approved", episode.slug, content=wish.seen[:16], **reasons)
    return Done()


@router.delete("/api/episodes/{slug}/approval")
def take_approval_back(episode: TheEpisode, workspace: TheWorkspace, visitor: Approver) -> Done:
    """The next publication leaves the episode as it is public now."""
    take_back_approval(workspace, episode)
    record(workspace, visitor.name, "took approval back", episode.slug)
    return Done()


@router.post("/api/publishing/plan")
def make_plan(
    wish: PlanWish,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Publisher,
    language: TheLanguage,
) -> PlanAnswer:
    """What would be published now, to look at. Only a manager sees the way back."""
    if wish.publication:
        _may_bring_back(visitor, workspace, wish.publication)
        planned = plan_way_back(workspace, wish.publication)
    else:
        planned = plan_now(workspace)
    return plan_answer(newsroom.press.keep(planned, wish.publication or ""), workspace, language)


@router.post("/api/publishing", status_code=202)
def publish_it(
    wish: PublishWish,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Publisher,
    language: TheLanguage,
    slug: Annotated[str, Query(pattern=r"^[a-z0-9-]*$", max_length=255)] = "",
) -> PressAnswer:
    """Carry out a plan that was shown, in the background."""
    shown = newsroom.press.plan(wish.plan)
    if shown.publication and not visitor.may("manage"):
        raise HTTPException(403, "Your role does not allow this.")
    order = Order(visitor.name, "rolling back" if shown.publication else "publishing", slug)
    newsroom.press.begin(workspace, order, partial(_still_the_same, workspace, shown))
    return press_answer(newsroom.press.pressing, workspace, language)


@router.get("/api/publishing")
def how_it_goes(
    newsroom: TheNewsroom, workspace: TheWorkspace, _visitor: Looker, language: TheLanguage
) -> PressAnswer:
    """The present publication, or the last one since the app was started."""
    return press_answer(newsroom.press.pressing, workspace, language)


@router.put("/api/episodes/{slug}/withdrawal", status_code=202)
def withdraw_it(
    wish: Reason,
    episode: TheEpisode,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Publisher,
    language: TheLanguage,
) -> PressAnswer:
    """Take the episode out of the feed and off the pages; media stay for apps that have them."""
    reason = one_line(wish.reason)
    if not reason:
        raise EpisodeProblem("A withdrawal states its reason.", "Write why it is withdrawn.")
    order = Order(visitor.name, "withdrawing", episode.slug, reason)
    newsroom.press.begin(
        workspace, order, _after(workspace, partial(withdraw, reason=reason), episode.slug)
    )
    return press_answer(newsroom.press.pressing, workspace, language)


@router.delete("/api/episodes/{slug}/withdrawal", status_code=202)
def give_it_back(
    episode: TheEpisode,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Publisher,
    language: TheLanguage,
) -> PressAnswer:
    """Publish a withdrawn episode again, with the identity and the date that it had."""
    order = Order(visitor.name, "giving back", episode.slug)
    newsroom.press.begin(workspace, order, _after(workspace, give_back, episode.slug))
    return press_answer(newsroom.press.pressing, workspace, language)


@router.get("/api/publications")
def earlier_publications(workspace: TheWorkspace, _visitor: Manager) -> list[Saved]:
    """Those that the bucket keeps, the present one first."""
    bucket = open_bucket(workspace.show, workspace)
    return [_saved(each) for each in saved_publications(bucket, _MOST_SAVED)]


def _may_bring_back(visitor: Visitor, workspace: Workspace, publication: str) -> None:
    if not visitor.may("manage"):
        raise HTTPException(403, "Your role does not allow this.")
    bucket = open_bucket(workspace.show, workspace)
    if all(each.id != publication for each in saved_publications(bucket, _MOST_SAVED)):
        raise HTTPException(404, "There is no such publication.")


def _saved(each: SavedPublication) -> Saved:
    moment = each.published_at.isoformat() if each.published_at else ""
    return Saved(
        id=each.id, published_at=moment, episodes=each.episodes, differs=list(each.differs)
    )


def _after(workspace: Workspace, decide: Callable[..., None], slug: str) -> Callable[[], Planned]:
    """Note the decision, then plan the publication that carries it out."""

    def prepare() -> Planned:
        decide(workspace, slug, open_bucket(workspace.show, workspace))
        return plan_now(workspace)

    return prepare


def _still_the_same(workspace: Workspace, shown: PlanShown) -> Planned:
    """The plan that was shown, unless by now other episodes would be left out."""
    if not shown.publication:
        present = plan_now(workspace).publication
        if present.left_out != shown.planned.publication.left_out:
            raise EpisodeProblem(
                "What may be published changed since you looked.", "Look at the plan again."
            )
    return shown.planned

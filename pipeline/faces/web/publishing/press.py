"""The press: one publication at a time, in the background, told to every open page."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from pipeline.faces.errors import sentences
from pipeline.faces.publishing import Planned, carry_out
from pipeline.faces.web.events import Event, Events
from pipeline.ground.audit_file import record
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import Publication
from pipeline.words.errors import EpisodeProblem

_MOST_PLANS = 16
_GOOD_FOR = timedelta(minutes=30)
_LEAST_SECONDS_BETWEEN = 0.2

Doing = Literal["publishing", "withdrawing", "giving back", "rolling back"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be published for whom. `slug` is the episode on whose page it was asked for."""

    who: str
    doing: Doing
    slug: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan that somebody looked at, and may carry out for half an hour."""

    key: str
    planned: Planned
    made_at: datetime
    publication: str = ""


@dataclass(frozen=True, slots=True)
class Pressing:
    """How the present or last publication stands. `share` goes from 0 to 1."""

    order: Order | None = None
    is_running: bool = False
    share: float = 0.0
    ended_at: datetime | None = None
    done: Publication | None = None
    problem: str = ""
    remedy: str = ""


class Press:
    """Carries out plans, one after another. Each method may be called from any thread."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._lock = threading.Lock()
        self._plans: dict[str, PlanShown] = {}
        self._now = Pressing()

    @property
    def pressing(self) -> Pressing:
        """What is being published now, or was last."""
        return self._now

    def keep(self, planned: Planned, publication: str = "") -> PlanShown:
        """Remember a plan that is shown, so that exactly this one can be carried out."""
        shown = PlanShown(secrets.token_urlsafe(12), planned, datetime.now(UTC), publication)
        with self._lock:
            self._plans[shown.key] = shown
            for key in list(self._plans)[:-_MOST_PLANS]:
                del self._plans[key]
        return shown

    def plan(self, key: str) -> PlanShown:
        """A plan that was shown. Raises EpisodeProblem when it is too old, or unknown."""
        with self._lock:
            shown = self._plans.get(key)
        if shown is None or datetime.now(UTC) - shown.made_at > _GOOD_FOR:
            raise EpisodeProblem("This plan is out of date.", "Look at the plan again.")
        return shown

    def begin(
        self,
        workspace: Workspace,
        order: Order,
        prepare: Callable[[], Planned],
    ) -> None:
        """Prepare and carry out a publication in the background.

        Raises EpisodeProblem when somebody is at it already.
        """
        with self._lock:
            if self._now.is_running and self._now.order:
                raise EpisodeProblem(
                    f"{self._now.order.who} is publishing at this moment.",
                    "Wait until it is done; this page shows it.",
                )
            self._now = Pressing(order, is_running=True)
        self._tell()
        work = threading.Thread(
            target=self._work, args=(workspace, order, prepare), name="press", daemon=True
        )
        work.start()

    def _work(self, workspace: Workspace, order: Order, prepare: Callable[[], Planned]) -> None:
        try:
            done = carry_out(workspace, prepare(), self._report())
        except Exception as error:  # noqa: BLE001 - told to whoever looks at the page
            problem, remedy = sentences(error, workspace.cache / "etam.log")
            self._end(order, None, problem, remedy)
            record(workspace, order.who, f"{order.doing} failed", order.slug, problem=problem)
            return
        record(workspace, order.who, _DONE[order.doing], order.slug, **_detail(order, done))
        self._end(order, done)

    def _report(self) -> Callable[[float], None]:
        last = 0.0

        def report(share: float) -> None:
            nonlocal last
            if time.monotonic() - last < _LEAST_SECONDS_BETWEEN and share < 1:
                return
            last = time.monotonic()
            with self._lock:
                self._now = replace(self._now, share=share)
            self._tell()

        return report

    def _end(
        self, order: Order, done: Publication | None, problem: str = "", remedy: str = ""
    ) -> None:
        with self._lock:
            share = 1.0 if done else self._now.share
            now = datetime.now(UTC)
            self._now = Pressing(order, False, share, now, done, problem, remedy)
        self._tell()

    def _tell(self) -> None:
        now = self._now
        if now.order is not None:
            said = {"share": now.share, "is_running": now.is_running, "who": now.order.who}
            self._events.tell(Event("publishing", now.order.slug, said))


_DONE: dict[Doing, str] = {
    "publishing": "published",
    "withdrawing": "withdrew",
    "giving back": "gave back",
    "rolling back": "rolled back",
}


def _detail(order: Order, done: Publication) -> dict[str, str]:
    publication = done.work.catalogue.id if done.work else ""
    said = {"publication": publication, "files": str(len(done.changes)), "reason": order.reason}
    return {name: value for name, value in said.items() if value}

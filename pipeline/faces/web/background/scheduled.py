"""Publishing without anybody pressing a button: what is signed and whose time has come."""

from __future__ import annotations

import time
from collections.abc import Sequence

from pipeline.faces.publishing import carry_out, plan_now
from pipeline.faces.web.events import Event
from pipeline.faces.web.newsroom import Newsroom
from pipeline.ground.audit_file import record
from pipeline.ground.workspace import Workspace
from pipeline.running.standing import Public, Standing, WaitsFor

_EVERY_SECONDS = 30.0
_PRESSED = "it waits until somebody publishes it in the review app"
THE_CLOCK = "etam review"
"""Who published, in the audit trail."""


class Clock:
    """Publishes what nobody has to sign, or else what is signed and scheduled for a time by now.

    Everything else waits for the button of the review app, and what is public stays as it is.
    """

    def __init__(self) -> None:
        self._looked_at = -_EVERY_SECONDS

    def publish_what_is_due(
        self, workspace: Workspace, newsroom: Newsroom, standings: Sequence[Standing]
    ) -> None:
        if workspace.show.publish.approval == "automatic":
            if time.monotonic() - self._looked_at >= _EVERY_SECONDS:
                self._looked_at = time.monotonic()
                _publish(workspace, newsroom, set(workspace.slugs()))
            return
        ready = [each for each in standings if each.waits is WaitsFor.PUBLISHER]
        if due := {each.slug for each in ready if each.due is not None}:
            _publish(workspace, newsroom, due)


def _publish(workspace: Workspace, newsroom: Newsroom, slugs: set[str]) -> None:
    held_back = {slug: _PRESSED for slug in workspace.slugs() if slug not in slugs}
    planned = plan_now(workspace, held_back=held_back)
    if not planned.publication.changes:
        return
    before = {each.slug: each.public for each in newsroom.standings.of_all(workspace)}
    carry_out(workspace, planned, lambda _share: None)
    for each in newsroom.standings.of_all(workspace):
        if each.public is Public.YES and before.get(each.slug) is not Public.YES:
            record(workspace, THE_CLOCK, "published", each.slug)
            newsroom.events.tell(Event("changed", each.slug))

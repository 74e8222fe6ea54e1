"""Who did what, when: the audit trail, the latest first."""

from __future__ import annotations

from collections import deque

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.faces.web.newsroom import TheWorkspace
from pipeline.faces.web.rendering import page
from pipeline.faces.web.visitors import Manager
from pipeline.ground.audit_file import Entry, read_audit
from pipeline.ground.workspace import Workspace

router = APIRouter(include_in_schema=False)

_MOST = 500


@router.get("/audit")
def audit_page(
    request: Request, workspace: TheWorkspace, visitor: Manager, who: str = "", slug: str = ""
) -> Response:
    entries = latest(workspace, who, slug)
    return page(request, "audit.html", visitor, entries=entries, who=who, slug=slug, most=_MOST)


def latest(workspace: Workspace, who: str = "", slug: str = "") -> list[Entry]:
    """The last 500 entries of a person or an episode, or of all."""
    chosen = (
        entry
        for entry in read_audit(workspace)
        if (not who or entry.who == who) and (not slug or entry.slug == slug)
    )
    return list(deque(chosen, maxlen=_MOST))[::-1]

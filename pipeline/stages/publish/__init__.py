"""Publish: what an editor approved goes to the bucket, and the feed goes last."""

from __future__ import annotations

from pipeline.stages.publish.approval import (
    Approval,
    ApprovalState,
    approval_state,
    approve,
    changed_since,
    content_mark,
    public_content,
    read_approval,
    take_back_approval,
    why_unfinished,
    words_changed_since,
)
from pipeline.stages.publish.planning import plan_publication
from pipeline.stages.publish.publication import Change, Publication
from pipeline.stages.publish.rollback import (
    SavedPublication,
    plan_rollback,
    saved_publications,
)
from pipeline.stages.publish.uploading import publish
from pipeline.stages.publish.withdrawing import give_back, withdraw
from pipeline.tools.bucket import open_bucket

__all__ = [
    "Approval",
    "ApprovalState",
    "Change",
    "Publication",
    "SavedPublication",
    "approval_state",
    "approve",
    "changed_since",
    "content_mark",
    "give_back",
    "open_bucket",
    "plan_publication",
    "plan_rollback",
    "public_content",
    "publish",
    "read_approval",
    "saved_publications",
    "take_back_approval",
    "why_unfinished",
    "withdraw",
    "words_changed_since",
]

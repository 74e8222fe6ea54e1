"""Approving and publishing, the same for the command line and the review app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.ground.stage import Report
from pipeline.ground.workspace import Workspace
from pipeline.running.show import why_unfinished
from pipeline.words.errors import EpisodeProblem

if TYPE_CHECKING:
    from pipeline.stages.publish import Publication
    from pipeline.tools.bucket import Bucket


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be published, and the bucket that it was compared with."""

    bucket: Bucket
    publication: Publication


def sign(
    workspace: Workspace,
    slug: str,
    by: str,
    seen: str = "",
    accepted: Mapping[str, str] | None = None,
) -> None:
    """Approve the present content of an episode; `seen` is what the editor looked at.

    `accepted` gives the editor's reasons, by the ids of the grounding check, for what it holds
    against the article. Raises EpisodeProblem when a stage must run first, when the content is
    another by now, or when the article says what nothing supports and nobody accepts.
    """
    from pipeline.stages.publish import approve

    episode = workspace.episode(slug)
    for why in why_unfinished(workspace, [slug]).values():
        raise EpisodeProblem(
            f"“{slug}” cannot be approved yet: {why}.",
            f"Run `etam run {slug}`, look at the result, then approve it.",
        )
    approve(workspace, episode, by, datetime.now(UTC), seen, accepted)


def plan_now(
    workspace: Workspace,
    *,
    thorough: bool = False,
    replace_feed: bool = False,
    our_settings: bool = False,
    held_back: Mapping[str, str] = MappingProxyType({}),
) -> Planned:
    """What may go public at this moment; nothing is uploaded.

    When `thorough`, the bucket is asked about every file. `replace_feed` and `our_settings` allow
    what `plan_publication` says. `held_back` says of episodes, by slug, why they stay as they are.
    """
    from pipeline.stages.publish import open_bucket, plan_publication

    bucket = open_bucket(workspace.show, workspace, thorough=thorough)
    publication = plan_publication(
        workspace,
        bucket,
        datetime.now(UTC),
        {
            **held_back,
            **why_unfinished(workspace, [s for s in workspace.slugs() if s not in held_back]),
        },
        replace_feed=replace_feed,
        our_settings=our_settings,
    )
    return Planned(bucket, publication)


def plan_way_back(workspace: Workspace, publication: str) -> Planned:
    """What making an earlier publication public again would change."""
    from pipeline.stages.publish import open_bucket, plan_rollback

    bucket = open_bucket(workspace.show, workspace)
    return Planned(bucket, plan_rollback(workspace, bucket, publication, datetime.now(UTC)))


def carry_out(workspace: Workspace, planned: Planned, report: Report) -> Publication:
    """Upload what a plan says, and tell whoever keeps copies; what was done in the end."""
    from pipeline.stages.publish import publish
    from pipeline.tools.bucket.listening import Listener

    changed: list[str] = []
    listener = Listener(workspace.show.publish.base_url)
    # A folder is not asked about: it is copied to its web server later.
    listen = {"listen": listener.listen} if workspace.show.publish.target == "s3" else {}
    done = publish(workspace, planned.bucket, planned.publication, report, changed.extend, **listen)
    return _told_to_cdn(workspace, _with_warning(done, listener.doubt), changed)


def _told_to_cdn(workspace: Workspace, done: Publication, changed: Sequence[str]) -> Publication:
    """What was done, with a warning when CloudFront could not be told."""
    settings = workspace.show.publish
    if not settings.cloudfront_distribution or done.work is None:
        return done
    # Imported when needed: boto3 takes a moment.
    from pipeline.tools.bucket.cdn import forget_at_cdn

    warning = forget_at_cdn(settings, changed, done.work.catalogue.id)
    return _with_warning(done, warning)


def _with_warning(done: Publication, warning: str) -> Publication:
    return replace(done, warnings=(*done.warnings, warning)) if warning else done

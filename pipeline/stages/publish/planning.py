"""Plans a publication: what may be public is compared with what is, whoever published it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.channel import channel_of, settings_of, show_record
from pipeline.stages.publish.choosing import Chooser
from pipeline.stages.publish.comparing import Comparison
from pipeline.stages.publish.publication import Publication
from pipeline.stages.publish.standing import Standing, what_is_public
from pipeline.tools.bucket import Bucket
from pipeline.words.errors import SetupProblem


def plan_publication(
    workspace: Workspace,
    bucket: Bucket,
    now: datetime,
    unfinished: Mapping[str, str] = MappingProxyType({}),
    *,
    replace_feed: bool = False,
    our_settings: bool = False,
) -> Publication:
    """Compare what may be public with what is in the bucket.

    An episode gets its `pubDate` here, once: its `publish_at`, or `now`. `unfinished` says of
    episodes, by slug, what the caller knows to be undone, such as a stage whose settings changed.
    A feed that another program made is kept unless `replace_feed`, and settings of the show with
    which others published unless `our_settings`.
    Raises SetupProblem when the show itself cannot be published.
    """
    again = partial(
        plan_publication,
        workspace,
        bucket,
        now,
        unfinished,
        replace_feed=replace_feed,
        our_settings=our_settings,
    )
    standing = what_is_public(workspace, bucket, replace_feed=replace_feed)
    show = show_record(workspace, standing.show)
    channel = channel_of(workspace, show)
    if not our_settings:
        must_be_everybodys(settings_of(channel), standing)
    choice = Chooser(workspace, standing, channel, now, unfinished).chosen()
    publication = Comparison(workspace, standing, choice, show, channel).plan(bucket, again)
    workspace.digests.save()
    return publication


def must_be_everybodys(settings: Mapping[str, Any], standing: Standing) -> None:
    """Raises SetupProblem when others published the show with settings that are not known here.

    Otherwise two machines with different settings would undo each other's work for ever.
    """
    if standing.theirs is None or standing.theirs.settings in (settings, standing.base_settings):
        return
    theirs = standing.theirs.settings
    if theirs["channel"] == settings["channel"]:
        raise SetupProblem(
            "Somebody published this show with another version of this program.",
            "Use the same version here; `etam publish --our-settings` publishes with this one.",
        )
    ours = settings["channel"]
    names = [name for name in ours if theirs["channel"].get(name) != ours[name]]
    raise SetupProblem(
        f"Somebody published this show with other settings ({', '.join(names)}).",
        "Copy their feed/show.toml and artwork here; `etam publish --our-settings` publishes with "
        "those that are here.",
    )

"""An article as its public page would show it now, before anything is approved or published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.channel import channel_of, emblem_of, show_record
from pipeline.stages.publish.item import EpisodeContent
from pipeline.stages.publish.records import read_item
from pipeline.tools import site
from pipeline.words.episode import Episode


def article_preview(workspace: Workspace, episode: Episode, markdown: str) -> bytes:
    """The page in HTML, with addresses as they are in the public folder.

    Raises EpisodeProblem when a stage must run first, SetupProblem when the show has no artwork.
    """
    channel = channel_of(workspace, show_record(workspace, None))
    earlier = read_item(workspace, episode.recording.guid)
    content = EpisodeContent(workspace, channel, episode, earlier.slug if earlier else episode.slug)
    now = datetime.now(UTC)
    item = content.item(earlier.published_at if earlier else now, now, None)
    shown = replace(content.shown(), article_markdown=markdown)
    return site.article_page(channel, item, shown)


def preview_emblem(workspace: Workspace, key: str) -> bytes | None:
    """The show's artwork as pages show it, where `key` is its present one; JPEG."""
    emblem = show_record(workspace, None).emblem
    return emblem_of(workspace) if emblem is not None and emblem.key == key else None

"""What the feed says of the show as a whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.catalogue import ShowRecord
from pipeline.tools import site
from pipeline.tools.artwork import check_artwork
from pipeline.tools.rss import podcast_guid
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import FEED_KEY, INDEX_KEY, FeedChannel, PublicFile
from pipeline.words.podcasting import Person
from pipeline.words.web_files import named_by_content


def show_record(workspace: Workspace, known: ShowRecord | None) -> ShowRecord:
    """The show's identity, given once, and its artwork. Raises SetupProblem when that is wrong."""
    show = workspace.show
    address = f"{show.publish.base_url}{FEED_KEY}"
    artwork, pixels = _artwork(workspace, known)
    guid = show.show.podcast_guid or (known.podcast_guid if known else podcast_guid(address))
    emblem = _emblem(workspace, known, artwork)
    return ShowRecord(guid, artwork, pixels, known.page_ends if known else (), emblem)


def settings_of(channel: FeedChannel) -> dict[str, Any]:
    """What the feed and the pages are made with beside the items, as JSON."""
    said = json.loads(json.dumps(asdict(channel), default=str))
    return {"channel": said, "look": site.fingerprint()}


def channel_of(workspace: Workspace, record: ShowRecord) -> FeedChannel:
    """What the feed says of the show."""
    settings = workspace.show
    show, feed, base_url = settings.show, settings.feed, settings.publish.base_url
    host = (Person(show.host),) if show.host else ()
    return FeedChannel(
        base_url=base_url,
        link=show.link or f"{base_url}{INDEX_KEY}",
        title=show.title,
        description=show.description,
        author=show.author,
        owner_name=show.owner_name or show.author,
        owner_email=show.owner_email,
        language=show.language,
        categories=tuple(show.categories),
        explicit=show.explicit,
        kind=show.kind,
        copyright=show.copyright,
        podcast_guid=record.podcast_guid,
        locked=show.locked,
        funding_url=show.funding_url or "",
        funding_text=show.funding_text,
        artwork=record.artwork,
        artwork_pixels=record.artwork_pixels,
        emblem=record.emblem,
        ai_content=True,  # every transcript is a machine's
        people=(*host, *(entry.word() for entry in feed.people)),
        place=feed.location,
        license=feed.licensed,
        medium=feed.medium,
        updates=feed.updates,
        podroll=tuple(entry.word() for entry in feed.podroll),
        texts=tuple(entry.word() for entry in feed.texts),
        listen_on=tuple(entry.word() for entry in feed.listen_on),
        value=feed.value.word() if feed.value else None,
        hub=feed.hub,
        new_feed_url=feed.new_feed_url,
        blocked=feed.block,
    )


def emblem_of(workspace: Workspace) -> bytes:
    """The artwork as small as pages show it."""
    # Loaded when needed: a plan of a show that was published before has it in its record.
    from pipeline.tools.artwork.small import small_artwork

    return small_artwork(workspace.feed_folder / workspace.show.show.artwork)


def _emblem(workspace: Workspace, known: ShowRecord | None, artwork: PublicFile) -> PublicFile:
    if known is not None and known.emblem is not None and known.artwork.sha256 == artwork.sha256:
        return known.emblem
    body = emblem_of(workspace)
    digest = hashlib.sha256(body).hexdigest()
    return PublicFile(named_by_content("emblem", digest, ".jpg"), len(body), digest)


def _artwork(workspace: Workspace, known: ShowRecord | None) -> tuple[PublicFile, int]:
    path = workspace.feed_folder / workspace.show.show.artwork
    digest = workspace.digests.of(path)
    if known is not None and known.artwork.sha256 == digest and known.artwork_pixels:
        return known.artwork, known.artwork_pixels
    picture = check_artwork(path)
    if digest is None:
        raise SetupProblem(f"The artwork {path} is gone.", "Put it back and publish again.")
    key = named_by_content("artwork", digest, picture.suffix)
    return PublicFile(key, path.stat().st_size, digest), picture.pixels

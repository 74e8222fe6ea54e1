"""What the feed says of the show as a whole."""

from __future__ import annotations

from uuid import UUID

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.records import Records, ShowRecord
from pipeline.tools.artwork import check_artwork
from pipeline.tools.rss import podcast_guid
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import FEED_KEY, INDEX_KEY, FeedChannel, PublicFile
from pipeline.words.web_files import named_by_content


def show_record(workspace: Workspace, records: Records) -> ShowRecord:
    """The show's identity, given once, and its artwork. Raises SetupProblem when that is wrong."""
    show = workspace.show
    known = records.show.podcast_guid if records.show else ""
    address = f"{show.publish.base_url}{FEED_KEY}"
    guid = _own_guid(show.show.podcast_guid) or known or podcast_guid(address)
    return ShowRecord(guid, _artwork(workspace, records))


def channel_of(workspace: Workspace, record: ShowRecord) -> FeedChannel:
    """What the feed says of the show."""
    show = workspace.show.show
    base_url = workspace.show.publish.base_url
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
        host=show.host,
        funding_url=show.funding_url or "",
        funding_text=show.funding_text,
        artwork=record.artwork,
        ai_content=True,  # every transcript is a machine's
    )


def _own_guid(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError as error:
        raise SetupProblem(
            f"show.toml: `podcast_guid` “{text}” is no UUID.",
            "Copy it from the feed that the show had before, or leave it out.",
        ) from error


def _artwork(workspace: Workspace, records: Records) -> PublicFile:
    path = workspace.feed_folder / workspace.show.show.artwork
    digest = workspace.digests.of(path)
    if records.show is not None and records.show.artwork.sha256 == digest:
        return records.show.artwork
    suffix = check_artwork(path)
    if digest is None:
        raise SetupProblem(f"The artwork {path} is gone.", "Put it back and publish again.")
    return PublicFile(named_by_content("artwork", digest, suffix), path.stat().st_size, digest)

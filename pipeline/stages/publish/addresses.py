"""Where an episode is on the web, as far as this machine knows."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.ground.files import read_json
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.records import is_withdrawn, record_path
from pipeline.words.episode import Episode
from pipeline.words.errors import SetupProblem
from pipeline.words.feed import FeedItem
from pipeline.words.web_text import ascii_url, episode_folder


@dataclass(frozen=True, slots=True)
class PublicAddresses:
    """The episode's page, and its enclosure, whose address is empty while it is not public.

    A page keeps its address from the first publication on; before it, this is where it will be.
    """

    page: str
    enclosure: str = ""
    enclosure_bytes: int = 0
    duration_seconds: int = 0


def public_addresses(workspace: Workspace, episode: Episode) -> PublicAddresses:
    """Where an episode is heard. Raises SetupProblem when its record cannot be read."""
    base = workspace.show.publish.base_url
    path = record_path(workspace, episode.recording.guid)
    try:
        item = FeedItem.from_json(read_json(path))
    except FileNotFoundError:
        return PublicAddresses(ascii_url(f"{base}{episode_folder(episode.slug)}/index.html"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SetupProblem(
            f"{path} cannot be read, and it holds what listeners already have.",
            "Restore it from a backup.",
            str(error),
        ) from error
    page = ascii_url(base + item.page.key)
    if item.withdrawn or is_withdrawn(workspace, item.guid):
        return PublicAddresses(page)
    sound = ascii_url(base + item.enclosure.key)
    return PublicAddresses(page, sound, item.enclosure.size, item.duration_seconds)

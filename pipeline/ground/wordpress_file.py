"""`wordpress.json`: which post is an episode's, and what both sides had when it was last sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import TypeAdapter

from pipeline.ground.files import read_json, write_json
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.remote_post import Base


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A picture on the site: `sha256` is of its file, `said` the digest of its alt and caption."""

    sha256: str
    id: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The post of an episode on the site `site`.

    `id` is None from before a post is created until its number is known: a kill in between leaves
    that, and the next push looks for the post by its marker.
    """

    site: str
    id: int | None = None
    modified_gmt: str = ""
    base: Base = field(default_factory=Base)
    picture: SentPicture | None = None


_DELIVERY = TypeAdapter(Delivery)


def read_delivery(episode: Episode, site: str) -> Delivery:
    """What is known of the episode's post on `site`; another site's post is none of it.

    Raises EpisodeProblem when the file is damaged.
    """
    try:
        content: dict[str, Any] = read_json(episode.wordpress_json)
        del content["version"]
        delivery = _DELIVERY.validate_python(content)
    except FileNotFoundError:
        return Delivery(site)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EpisodeProblem(
            f"wordpress.json of “{episode.slug}” cannot be read.",
            "Delete it and push again: the post is found by its mark, and what differs is shown.",
            str(error),
        ) from error
    return delivery if delivery.site == site else Delivery(site)


def write_delivery(episode: Episode, delivery: Delivery) -> None:
    """Keep what is known of the episode's post."""
    write_json(episode.wordpress_json, {"version": 1, **asdict(delivery)})

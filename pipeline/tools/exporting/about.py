"""What an export says of the episode that it comes from."""

from __future__ import annotations

from pipeline.ground.config import Show
from pipeline.words.deliveries import About
from pipeline.words.episode import Episode


def about_episode(episode: Episode, show: Show, page_url: str) -> About:
    """What is known of `episode`; `page_url` is where it is heard."""
    details = episode.details
    host = details.host or show.show.host
    guests = (f"{each.name}, {each.role}" if each.role else each.name for each in details.guests)
    return About(
        slug=episode.slug,
        title=details.title,
        show=show.show.title,
        language=show.show.language,
        recorded_on=details.date,
        page_url=page_url,
        people=(*([host] if host else []), *guests),
        corrections=details.corrections,
    )

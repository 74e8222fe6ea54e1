"""What search engines read: schema.org's PodcastSeries, PodcastEpisode and NewsArticle.

Sources: schema.org; Google Search Central, "Article (NewsArticle) structured data".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.tools.site.previews import previews_of_episode
from pipeline.words.feed import FeedChannel, FeedItem
from pipeline.words.plain_text import one_line
from pipeline.words.podcasting import Correction

Linked = dict[str, Any]
_CONTEXT = {"@context": "https://schema.org"}


def series(channel: FeedChannel) -> Linked:
    """The show."""
    return _CONTEXT | _series(channel) | {
        "description": channel.description,
        "inLanguage": channel.language,
        "author": _publisher(channel),
    }  # fmt: skip


def episode(channel: FeedChannel, item: FeedItem) -> Linked:
    """One episode, its audio and the people in it."""
    numbers: Linked = {"episodeNumber": item.number} if item.number else {}
    if item.season:
        numbers["partOfSeason"] = {"@type": "PodcastSeason", "seasonNumber": item.season}
    return _CONTEXT | numbers | {
        "@type": "PodcastEpisode",
        "name": item.title,
        "description": item.description,
        "url": channel.base_url + item.page.key,
        "identifier": item.guid,
        "datePublished": item.published_at.isoformat(),
        "duration": f"PT{item.duration_seconds}S",
        "inLanguage": item.language,
        "image": _pictures(channel, item),
        "keywords": list(item.keywords),
        "actor": [{"@type": "Person", "name": one_line(person.name)} for person in item.people],
        "partOfSeries": _series(channel),
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": channel.base_url + item.enclosure.key,
            "encodingFormat": item.enclosure.media_type,
            "contentSize": str(item.enclosure.size),
            "duration": f"PT{item.duration_seconds}S",
        },
    }  # fmt: skip


def article(
    channel: FeedChannel,
    item: FeedItem,
    headline: str,
    url: str,
    corrections: Sequence[Correction] = (),
) -> Linked:
    """The news article that was written from an episode, and what was corrected since."""
    return (
        _CONTEXT
        | _corrected(corrections)
        | {
            "@type": "NewsArticle",
            "headline": headline,
            "url": url,
            "mainEntityOfPage": url,
            "datePublished": item.published_at.isoformat(),
            "inLanguage": channel.language,
            "image": _pictures(channel, item),
            "author": [_publisher(channel)],
            "publisher": _publisher(channel),
            "isBasedOn": channel.base_url + item.page.key,
        }
    )


def _corrected(corrections: Sequence[Correction]) -> Linked:
    if not corrections:
        return {}
    comments = [
        {
            "@type": "CorrectionComment",
            "text": correction.text,
            "datePublished": correction.date.isoformat(),
        }
        for correction in corrections
    ]
    return {
        "dateModified": max(correction.date for correction in corrections).isoformat(),
        "correction": comments,
    }


def _pictures(channel: FeedChannel, item: FeedItem) -> list[str]:
    return [picture.url for picture in previews_of_episode(channel, item)]


def _series(channel: FeedChannel) -> Linked:
    return {
        "@type": "PodcastSeries",
        "name": channel.title,
        "url": channel.link,
        "webFeed": channel.feed_url,
        "image": channel.base_url + channel.artwork.key,
    }


def _publisher(channel: FeedChannel) -> Linked:
    return {"@type": "Organization", "name": channel.author, "url": channel.link}

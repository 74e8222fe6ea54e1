"""The picture that others show where a page of ours is linked: Open Graph, oEmbed, schema.org."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.words.feed import SHARE_PICTURE_PX, FeedChannel, FeedItem, PublicFile
from pipeline.words.plain_text import one_line
from pipeline.words.web_text import ascii_url


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture's absolute address, its pixels (0 where they are not known), and what it says."""

    url: str
    width_px: int
    height_px: int
    media_type: str
    alt: str

    @property
    def is_wide(self) -> bool:
        return self.width_px > self.height_px


def preview_of_show(channel: FeedChannel) -> Preview:
    """The show's artwork."""
    return _preview(channel, channel.artwork, _square(channel.artwork_pixels), channel.title)


def preview_of_episode(channel: FeedChannel, item: FeedItem) -> Preview:
    """The episode's picture for sharing; one published without has its cover or the artwork."""
    if item.picture is None:
        return _square_preview(channel, item)
    alt = f"{one_line(item.title)} · {one_line(channel.title)}"
    return _preview(channel, item.picture, SHARE_PICTURE_PX, alt)


def previews_of_episode(channel: FeedChannel, item: FeedItem) -> tuple[Preview, ...]:
    """Every picture of the episode, the widest first: search engines choose by shape."""
    square = _square_preview(channel, item)
    return (preview_of_episode(channel, item), square) if item.picture else (square,)


def _square_preview(channel: FeedChannel, item: FeedItem) -> Preview:
    if item.cover is None:
        return preview_of_show(channel)
    return _preview(channel, item.cover, _square(item.cover_pixels), item.title)


def _preview(channel: FeedChannel, file: PublicFile, pixels: tuple[int, int], alt: str) -> Preview:
    url = ascii_url(channel.base_url + file.key)
    return Preview(url, *pixels, media_type=file.media_type, alt=one_line(alt))


def _square(pixels: int) -> tuple[int, int]:
    return pixels, pixels

"""The pages of one episode: player and notes, transcript, article, and what others embed."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from pipeline.tools.site import linked_data
from pipeline.tools.site.previews import preview_of_episode
from pipeline.tools.site.qr import qr_svg
from pipeline.tools.site.rendering import rendered
from pipeline.tools.site.sharing import share_links
from pipeline.tools.templates import json_in_html, trusted
from pipeline.words.chapters import Chapter
from pipeline.words.feed import FeedChannel, FeedItem
from pipeline.words.marked_html import to_html
from pipeline.words.plain_text import one_line, without_controls
from pipeline.words.podcasting import Correction
from pipeline.words.time_codes import without_time_codes
from pipeline.words.web_text import ascii_url, paragraphs, within_bytes

_EMBED_WIDTH_PX, _EMBED_HEIGHT_PX = 640, 180
_HEADLINE = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and when it begins, in seconds."""

    start: float
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one speaker said without a break."""

    speaker: str
    lines: tuple[Line, ...]

    @property
    def start(self) -> float:
        return self.lines[0].start


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """What an episode's page shows beyond what its feed item says."""

    recorded_on: date
    guests: tuple[tuple[str, str], ...]
    host: str
    summary: str
    chapters: tuple[Chapter, ...]
    transcript: tuple[Paragraph, ...]
    article_markdown: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of an episode are, for who reads of it elsewhere."""

    page: str
    transcript: str
    article: str
    embed: str
    oembed: str
    sound: str


def episode_pages(
    channel: FeedChannel, item: FeedItem, page: EpisodePage
) -> Mapping[str, Callable[[], bytes]]:
    """How to make each page of an episode, by key; the one that shows the episode comes last.

    An article is there when an editor wrote one. Where one was public before, `item.more_pages`
    names it, a notice takes its place.
    """
    folder = item.page.key.rpartition("/")[0]
    pages: dict[str, Callable[[], bytes]] = {
        f"{folder}/transcript.html": partial(_page, "transcript.html", channel, item, page),
        f"{folder}/embed.html": partial(_page, "embed.html", channel, item, page),
        f"{folder}/oembed.json": partial(_oembed, channel, item),
    }
    article_key = f"{folder}/article.html"
    if page.article_markdown.strip():
        pages[article_key] = partial(article_page, channel, item, page)
    elif article_key in {file.key for file in item.more_pages}:
        pages[article_key] = partial(_page, "no_article.html", channel, item, page)
    return {**pages, item.page.key: partial(episode_page, channel, item, page)}


def episode_page(channel: FeedChannel, item: FeedItem, page: EpisodePage) -> bytes:
    """Player, notes, chapters, guests and transcript."""
    return _page(
        "episode.html",
        channel,
        item,
        page,
        data=json_in_html(linked_data.episode(channel, item)),
        summary=paragraphs(page.summary or item.description),
        headline=_headline(item, page) if page.article_markdown.strip() else "",
        links=share_links(one_line(item.title), _addresses(channel, item).page),
        frame=_frame(channel, item),
        code=qr_svg(_addresses(channel, item).page),
        links_of=defaultdict(str, {person.name: person.link for person in item.people}),
    )


def withdrawn_pages(channel: FeedChannel, item: FeedItem) -> Mapping[str, Callable[[], bytes]]:
    """What stands at the addresses of an episode that was withdrawn, by key."""
    up = "../" * item.page.key.count("/")
    notice = partial(rendered, "withdrawn.html", channel, up=up, reason=item.reason)
    return {
        file.key: (lambda: notice().encode()) if file.key.endswith(".html") else (lambda: b"{}\n")
        for file in item.pages
    }


def article_page(channel: FeedChannel, item: FeedItem, page: EpisodePage) -> bytes:
    """The news article, as an editor approved it."""
    headline, url = _headline(item, page), _addresses(channel, item).article
    said = without_time_codes(without_controls(page.article_markdown))
    markdown = _HEADLINE.sub("", said, count=1)
    return _page(
        "article.html",
        channel,
        item,
        page,
        headline=headline,
        article=trusted(to_html(markdown, first_heading=2)),
        data=json_in_html(linked_data.article(channel, item, headline, url, page.corrections)),
        links=share_links(headline, url),
    )


def show_notes(channel: FeedChannel, item: FeedItem, page: EpisodePage, page_url: str) -> str:
    """The notes that podcast apps show, in the few elements they allow, at most 4000 bytes."""
    notes = rendered(
        "notes.html",
        channel,
        item=item,
        page=page,
        page_url=page_url,
        summary=paragraphs(within_bytes(page.summary or item.description, 2000)),
    )
    lines = [line.strip() for line in notes.splitlines() if line.strip()]
    while len("\n".join(lines).encode()) > 4000 and len(lines) > 1:
        lines.pop(-2)  # the last line is the link to the page
    return "\n".join(lines)


def _page(
    template: str, channel: FeedChannel, item: FeedItem, page: EpisodePage, **values: object
) -> bytes:
    text = rendered(
        template,
        channel,
        up="../" * item.page.key.count("/"),
        item=item,
        page=page,
        urls=_addresses(channel, item),
        picture=preview_of_episode(channel, item),
        **values,
    )
    return text.encode("utf-8")


def _addresses(channel: FeedChannel, item: FeedItem) -> Addresses:
    folder = channel.base_url + item.page.key.rpartition("/")[0]
    return Addresses(
        page=ascii_url(channel.base_url + item.page.key),
        transcript=ascii_url(f"{folder}/transcript.html"),
        article=ascii_url(f"{folder}/article.html"),
        embed=ascii_url(f"{folder}/embed.html"),
        # Whole, because those who look for it take the link as it stands.
        oembed=ascii_url(f"{folder}/oembed.json"),
        sound=ascii_url(channel.base_url + item.enclosure.key),
    )


def _headline(item: FeedItem, page: EpisodePage) -> str:
    found = _HEADLINE.search(without_controls(page.article_markdown))
    return one_line(found[1]) if found else one_line(item.title)


def _oembed(channel: FeedChannel, item: FeedItem) -> bytes:
    """oembed.com, section 2.3.4.4: a frame of ours, and nothing that runs on the other's page."""
    picture = preview_of_episode(channel, item)
    size = {"thumbnail_width": picture.width_px, "thumbnail_height": picture.height_px}
    content = {
        "version": "1.0",
        "type": "rich",
        "title": one_line(item.title),
        "provider_name": one_line(channel.title),
        "provider_url": channel.link,
        "thumbnail_url": picture.url,
        **(size if picture.width_px else {}),
        "html": _frame(channel, item),
        "width": _EMBED_WIDTH_PX,
        "height": _EMBED_HEIGHT_PX,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _frame(channel: FeedChannel, item: FeedItem) -> str:
    """The HTML that others paste into a page of theirs."""
    size = {"width": _EMBED_WIDTH_PX, "height": _EMBED_HEIGHT_PX}
    return rendered(
        "frame.html", channel, item=item, urls=_addresses(channel, item), **size
    ).strip()

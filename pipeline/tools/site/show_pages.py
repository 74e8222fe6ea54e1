"""The pages of the show: the list of episodes, search, subscribing, and what machines read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.tools.site import linked_data
from pipeline.tools.site.previews import preview_of_show
from pipeline.tools.site.qr import qr_svg
from pipeline.tools.site.rendering import rendered
from pipeline.tools.site.said import said_in, said_key
from pipeline.tools.templates import json_in_html
from pipeline.tools.translations import date_in_words
from pipeline.words.feed import INDEX_KEY, FeedChannel, FeedItem
from pipeline.words.plain_text import one_line
from pipeline.words.web_text import ascii_url, short_line

_KEYS = (
    "404.html",
    "favicon.svg",
    "robots.txt",
    "search.html",
    "search.json",
    "sitemap.xml",
    "subscribe.html",
    INDEX_KEY,
)
_ABOUT_CHARACTERS = 240
_NEWEST = 50


@dataclass(frozen=True, slots=True)
class ShowPage:
    """One page of the show: the episodes and years it tells of, and what makes it when needed."""

    items: Sequence[FeedItem]
    make: Callable[[], bytes]
    years: Sequence[int] = ()


def years_of(items: Iterable[FeedItem]) -> tuple[int, ...]:
    """The years in which `items` were published, the newest first."""
    return tuple(sorted({item.published_at.year for item in items}, reverse=True))


def show_keys(years: Iterable[int]) -> tuple[str, ...]:
    """The key of each page of the show, in the order in which they are published."""
    by_year = [key for year in years for key in (_year_key(year), said_key(year))]
    return (*by_year, *_KEYS)


def show_pages(
    channel: FeedChannel, items: Sequence[FeedItem], years: Sequence[int]
) -> Mapping[str, ShowPage]:
    """Each page of the show by its key, in the order of `show_keys`: the list comes last.

    `years` get a page each, also one whose episodes were all withdrawn since.
    """
    newest = newest_first(items)
    pages = {
        # A server sends it for any address, so it cannot name its neighbours relatively.
        "404.html": ShowPage((), lambda: _page("404.html", channel, up=channel.base_url)),
        "favicon.svg": ShowPage((), lambda: _page("favicon.svg", channel, letter=_letter(channel))),
        "robots.txt": ShowPage((), lambda: _robots(channel)),
        "search.html": ShowPage((), lambda: _page("search.html", channel, years=years), years),
        "search.json": ShowPage(newest, lambda: _search_index(channel, newest)),
        "sitemap.xml": ShowPage(newest, lambda: _sitemap(channel, newest)),
        "subscribe.html": ShowPage((), lambda: _subscribe(channel)),
        INDEX_KEY: ShowPage(newest, lambda: index_page(channel, newest)),
    }
    for year, of_year in _by_year(newest, years).items():
        pages[_year_key(year)] = ShowPage(of_year, partial(_year_page, channel, of_year, year))
        pages[said_key(year)] = ShowPage(of_year, partial(said_in, channel, of_year))
    return {key: pages[key] for key in show_keys(years)}


def _by_year(items: Sequence[FeedItem], years: Iterable[int]) -> Mapping[int, Sequence[FeedItem]]:
    found: dict[int, list[FeedItem]] = {year: [] for year in years}
    for item in items:
        found[item.published_at.year].append(item)
    return found


def index_page(channel: FeedChannel, items: Sequence[FeedItem]) -> bytes:
    """The newest episodes, and the way to those of each year when there are more."""
    data = json_in_html(linked_data.series(channel))
    shown = newest_first(items)[:_NEWEST]
    years = [(year, _year_key(year)) for year in years_of(items)] if len(items) > _NEWEST else []
    picture = preview_of_show(channel)
    return _page("index.html", channel, items=shown, years=years, data=data, picture=picture)


def newest_first(items: Sequence[FeedItem]) -> list[FeedItem]:
    return sorted(items, key=lambda item: (item.published_at, item.slug), reverse=True)


def _year_page(channel: FeedChannel, items: Sequence[FeedItem], year: int) -> bytes:
    return _page("year.html", channel, items=items, year=year, key=_year_key(year))


def _year_key(year: int) -> str:
    return f"year-{year}.html"


def _page(template: str, channel: FeedChannel, up: str = "", **values: object) -> bytes:
    return rendered(template, channel, up=up, **values).encode()


def _robots(channel: FeedChannel) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {channel.base_url}sitemap.xml\n".encode()


def _sitemap(channel: FeedChannel, items: Sequence[FeedItem]) -> bytes:
    return _page("sitemap.xml", channel, items=items, pages_of=_listed)


def _subscribe(channel: FeedChannel) -> bytes:
    url = ascii_url(f"{channel.base_url}subscribe.html")
    # The scheme that podcast apps register; http and https are the same to it.
    app_url = f"podcast://{ascii_url(channel.feed_url).partition('://')[2]}"
    return _page("subscribe.html", channel, url=url, code=qr_svg(url), app_url=app_url)


def _search_index(channel: FeedChannel, items: Sequence[FeedItem]) -> bytes:
    """What the pages' script searches, an episode on each line."""
    lines = ",\n".join(
        json.dumps(_entry(channel, item), ensure_ascii=False, separators=(",", ":"))
        for item in items
    )
    return f'{{"version":1,"episodes":[\n{lines}\n]}}\n'.encode()


def _entry(channel: FeedChannel, item: FeedItem) -> dict[str, object]:
    people = {one_line(person.name): person.role for person in item.people}
    return {
        "title": one_line(item.title),
        "page": item.page.key,
        "day": date_in_words(item.published_at.date(), channel.language),
        "about": short_line(item.description, _ABOUT_CHARACTERS),
        "people": list(people),
        "guests": [name for name, role in people.items() if role == "guest"],
        "topics": [one_line(topic) for topic in item.keywords],
        "place": one_line(item.place.name),
    }


def _listed(item: FeedItem) -> list[str]:
    """The pages worth finding; what is embedded elsewhere is not."""
    keys = [file.key for file in item.pages]
    return [key for key in keys if key.endswith(("index.html", "transcript.html", "article.html"))]


def _letter(channel: FeedChannel) -> str:
    return next((c.upper() for c in channel.title if c.isalnum()), "●")

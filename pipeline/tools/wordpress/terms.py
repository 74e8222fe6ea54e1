"""Tags, which are made when they are missing, and the category, which has to be there."""

from __future__ import annotations

import html
from collections.abc import Iterable

from pipeline.tools.wordpress.refusals import TermExists
from pipeline.tools.wordpress.site import Site, number_of, pages_of
from pipeline.words.errors import SetupProblem


def tag_numbers(site: Site, names: Iterable[str]) -> tuple[int, ...]:
    """The numbers of tags on the site, in any spelling of their case; missing ones are made."""
    return tuple(dict.fromkeys(_tag_number(site, name) for name in names))


def category_number(site: Site, wanted: str) -> int:
    """The number of a category by its name or its slug. Raises SetupProblem when it is missing."""
    found = pages_of(site, "wp/v2/categories", "read the categories", search=wanted)
    found += pages_of(site, "wp/v2/categories", "read the categories", slug=wanted.casefold())
    for entry in found:
        if _same(str(entry.get("name", "")), wanted) or entry.get("slug") == wanted.casefold():
            return number_of(entry)
    raise SetupProblem(
        f"{site.url} has no category “{wanted}”.",
        "Make it there, or correct `category` under [wordpress] in show.toml.",
    )


def _tag_number(site: Site, name: str) -> int:
    for entry in pages_of(site, "wp/v2/tags", "read the tags", search=name):
        if _same(str(entry.get("name", "")), name):
            return number_of(entry)
    try:
        return number_of(site.post("wp/v2/tags", f"make the tag “{name}”", {"name": name}))
    except TermExists as exists:
        # The search does not find every spelling that the site holds to be the same.
        if not exists.number:
            raise
        return exists.number


def _same(one: str, other: str) -> bool:
    return html.unescape(one).strip().casefold() == other.strip().casefold()

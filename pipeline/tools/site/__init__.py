"""The public pages, by Jinja2: of the show, and of each episode.

They work without JavaScript, ask no other server for anything and keep to WCAG 2.2 AA.
"""

from __future__ import annotations

from pipeline.tools.site.assets import Asset, assets, fingerprint
from pipeline.tools.site.episode_pages import (
    EpisodePage,
    Line,
    Paragraph,
    article_page,
    episode_page,
    episode_pages,
    show_notes,
    withdrawn_pages,
)
from pipeline.tools.site.show_pages import (
    ShowPage,
    index_page,
    show_keys,
    show_pages,
    years_of,
)

__all__ = [
    "Asset",
    "EpisodePage",
    "Line",
    "Paragraph",
    "ShowPage",
    "article_page",
    "assets",
    "episode_page",
    "episode_pages",
    "fingerprint",
    "index_page",
    "show_keys",
    "show_notes",
    "show_pages",
    "withdrawn_pages",
    "years_of",
]

"""The public pages: the list of episodes and one page for each, by Jinja2.

The pages work without JavaScript, ask no other server for anything and keep to WCAG 2.2 AA.
"""

from __future__ import annotations

from pipeline.tools.site.pages import (
    EpisodePage,
    Paragraph,
    episode_page,
    fingerprint,
    index_page,
    show_notes,
    stylesheet,
)

__all__ = [
    "EpisodePage",
    "Paragraph",
    "episode_page",
    "fingerprint",
    "index_page",
    "show_notes",
    "stylesheet",
]

"""What axe-core finds wrong with a page of the review app."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults_of(page: Page) -> list[str]:
    """The rules of WCAG 2.2 AA and of good practice that are broken, and where.

    The policy of our pages lets no script of others in, so axe comes in past it.
    """
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _RULES}})
    return [
        f"{fault['id']}: {[node['target'] for node in fault['nodes']]}"
        for fault in found.response["violations"]
    ]

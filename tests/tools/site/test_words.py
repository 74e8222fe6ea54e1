"""Every word of the pages is in the Indonesian catalogue."""

from __future__ import annotations

import re

import pytest

from pipeline.tools.site.assets import TEMPLATES
from pipeline.tools.site.sharing import share_links
from pipeline.tools.translations import LOCALE_FOLDER


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_every_message_of_a_template_is_translated(template) -> None:
    catalog = (LOCALE_FOLDER / "id" / "LC_MESSAGES" / "etam.po").read_text(encoding="utf-8")
    messages = re.findall(r'\b_\("([^"]+)"\)', template.read_text(encoding="utf-8"))
    assert [message for message in messages if f'msgid "{message}"\n' not in catalog] == []


def test_share_links_hold_the_address_whatever_the_title() -> None:
    links = dict(share_links("Air & “listrik”?", "https://podcast.example.org/a/index.html"))
    assert set(links) == {"E-mail", "Facebook", "X", "Telegram", "WhatsApp"}
    for address in links.values():
        assert "https%3A%2F%2Fpodcast.example.org%2Fa%2Findex.html" in address
        assert not set(address) & set(' "<>“”')
    assert links["WhatsApp"].startswith("https://wa.me/?text=Air%20%26%20")

"""Sharing is by plain links."""

from __future__ import annotations

from pipeline.tools.site.sharing import share_links


def test_share_links_hold_the_address_whatever_the_title() -> None:
    links = dict(share_links("Air & “listrik”?", "https://podcast.example.org/a/index.html"))
    assert set(links) == {"E-mail", "Facebook", "X", "Telegram", "WhatsApp"}
    for address in links.values():
        assert "https%3A%2F%2Fpodcast.example.org%2Fa%2Findex.html" in address
        assert not set(address) & set(' "<>“”')
    assert links["WhatsApp"].startswith("https://wa.me/?text=Air%20%26%20")

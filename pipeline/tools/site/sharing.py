"""Where a page can be shared: plain links, so that nobody is told before a reader clicks."""

from __future__ import annotations

from urllib.parse import quote

# Facebook: Sharing, "Share dialog"; X: Web Intents; Telegram: Sharing button; WhatsApp: Click to
# chat; RFC 6068 for mail.
_PLACES = (
    ("E-mail", "mailto:?subject={title}&body={url}"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("X", "https://x.com/intent/post?url={url}&text={title}"),
    ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
    ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
)


def share_links(title: str, url: str) -> tuple[tuple[str, str], ...]:
    """The name and the address of each place where `url` can be shared."""
    said = {"title": quote(title, safe=""), "url": quote(url, safe="")}
    return tuple((name, address.format(**said)) for name, address in _PLACES)

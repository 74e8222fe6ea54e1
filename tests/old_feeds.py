"""Feeds as other hosts write them."""

from __future__ import annotations

from html import escape

CHANNEL = """\
<title>Etam Bercerita</title><link>https://old.example.org/</link><language>id-id</language>
<description>Cerita dari Kutai &amp; sekitarnya.</description>
<itunes:author>Redaksi Etam</itunes:author><itunes:explicit>no</itunes:explicit>
<itunes:owner><itunes:name>Redaksi</itunes:name><itunes:email>redaksi@example.org</itunes:email>
</itunes:owner>
<itunes:category text="Government &amp; Organizations">
<itunes:category text="Local"/></itunes:category>
<itunes:category text="Society &amp; Culture"><itunes:category text="Documentary"/>
</itunes:category>
<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
<podcast:person role="host">Rahma</podcast:person>
"""


def old_feed(*items: str, channel: str = CHANNEL, head: str = "") -> bytes:
    """An RSS document with these items, newest first."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>{channel}{"".join(items)}</channel></rss>""".encode()


def old_item(
    title: str,
    audio: str,
    *,
    guid: str = "",
    date: str = "Thu, 06 Oct 2022 07:00:00 +0800",
    more: str = "",
) -> str:
    """An item whose audio lies at the address `audio`; the GUID is a permalink unless given."""
    return (
        f"<item><title>{escape(title)}</title>"
        f"<guid>{escape(guid or 'https://old.example.org/?p=' + str(len(title)))}</guid>"
        f"<pubDate>{date}</pubDate>"
        f'<enclosure url="{escape(audio)}" length="12" type="audio/mpeg"/>{more}</item>'
    )

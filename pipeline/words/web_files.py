"""What kind of file each public file is, and how long others may keep a copy of it.

Sources: RFC 8216 and WebVTT for captions, the podcast namespace's transcript and chapters pages,
RSS Board for feeds. One table for the bucket and the server, so that both say the same.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

_TYPES: tuple[tuple[str, str], ...] = (
    ("chapters-*.json", "application/json+chapters"),
    ("feed.xml", "application/rss+xml; charset=utf-8"),
    ("feed-*.xml", "application/rss+xml; charset=utf-8"),
    ("*.mp3", "audio/mpeg"),
    ("*.m4a", "audio/mp4"),
    ("*.vtt", "text/vtt; charset=utf-8"),
    ("*.srt", "application/x-subrip; charset=utf-8"),
    ("*.json", "application/json; charset=utf-8"),
    ("*.txt", "text/plain; charset=utf-8"),
    ("*.md", "text/markdown; charset=utf-8"),
    ("*.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("*.html", "text/html; charset=utf-8"),
    ("*.css", "text/css; charset=utf-8"),
    ("*.js", "text/javascript; charset=utf-8"),
    ("*.svg", "image/svg+xml"),
    ("*.jpg", "image/jpeg"),
    ("*.jpeg", "image/jpeg"),
    ("*.png", "image/png"),
    ("*.xml", "application/xml; charset=utf-8"),
)
_UNKNOWN = "application/octet-stream"
# A name that holds the digest of its content never has other content.
_NAMED_BY_CONTENT = re.compile(r"-[0-9a-f]{16}\.[a-z0-9]+$")
_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_A_WHILE = "public, max-age=300"


def content_type(key: str) -> str:
    """The Content-Type of the public file `key`."""
    name = key.rpartition("/")[2].lower()
    return next((kind for pattern, kind in _TYPES if fnmatchcase(name, pattern)), _UNKNOWN)


def media_type(key: str) -> str:
    """The Content-Type of `key` without its charset, as a feed names it."""
    return content_type(key).partition(";")[0]


def cache_control(key: str) -> str:
    """The Cache-Control of `key`: for ever when its name holds its digest, else five minutes."""
    return _FOR_EVER if is_named_by_content(key) else _FOR_A_WHILE


def is_named_by_content(key: str) -> bool:
    """Whether `key` was made by `named_by_content`."""
    return _NAMED_BY_CONTENT.search(key) is not None


def named_by_content(stem: str, sha256: str, suffix: str) -> str:
    """A key with the first 64 bits of its content's digest: `media/x-0123456789abcdef.mp3`."""
    return f"{stem}-{sha256[:16]}{suffix}"

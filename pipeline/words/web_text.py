"""Text within a feed's limits, and names that are safe in a web address."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlsplit, urlunsplit

from pipeline.words.plain_text import one_line, without_controls

_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9._-]+")
# A name may have 255 bytes, of which digests, kinds and endings take up to 36.
_LONGEST_IN_A_KEY = 200
_SAFE_IN_A_URL = "%/:=&?~#+!$,;'@()*[]"


def short_line(text: str, longest: int = 255) -> str:
    """`text` on one line without control characters, cut at a word to `longest` characters."""
    line = one_line(text)
    if len(line) <= longest:
        return line
    start = line[: longest - 1]
    return (start.rpartition(" ")[0] or start).rstrip() + "…"


def within_bytes(text: str, longest: int = 4000) -> str:
    """`text` cut at a word so that it takes at most `longest` bytes in UTF-8."""
    text = without_controls(text)
    whole = text.encode("utf-8")
    if len(whole) <= longest:
        return text
    start = whole[: longest - len("…".encode())].decode("utf-8", errors="ignore")
    return (start.rpartition(" ")[0] or start).rstrip() + "…"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text in which empty lines separate them."""
    parts = re.split(r"\n\s*\n", without_controls(text))
    return [" ".join(part.split()) for part in parts if part.strip()]


def ascii_key(slug: str) -> str:
    """`slug` itself when it is plain ASCII and no longer than a file's name may be with what is
    added to it; else the ASCII at its beginning and a digest of the whole.
    """
    plain = _NOT_IN_A_KEY.sub("-", slug[:_LONGEST_IN_A_KEY]).strip("-.")
    if plain == slug:
        return slug
    return f"{plain}-{hashlib.sha256(slug.encode()).hexdigest()[:8]}".lstrip("-")


def episode_folder(slug: str) -> str:
    """Where an episode's page and its texts lie, below the show's base address."""
    return f"episodes/{ascii_key(slug)}"


def ascii_url(url: str) -> str:
    """`url` in the ASCII of RFC 3986: the host in Punycode, the rest percent-encoded."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    rest = (quote(part, safe=_SAFE_IN_A_URL) for part in parts[2:5])
    return urlunsplit((parts.scheme, host + port, *rest))

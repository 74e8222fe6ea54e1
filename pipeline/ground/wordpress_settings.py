"""`[wordpress]` in `show.toml`: the site that articles are delivered to, as drafts."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator

from pipeline.ground.feed_settings import Address, ShortText
from pipeline.ground.setting_types import Section

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def _private(value: str) -> str:
    """A password goes there, so the way must be encrypted unless it does not leave the machine."""
    parts = urlsplit(value)
    if value and parts.scheme != "https" and parts.hostname not in _THIS_MACHINE:
        raise ValueError("a password is sent there, so the address begins with https://")
    return value.rstrip("/")


class WordPress(Section):
    """Where articles go. The application password comes from ETAM_WORDPRESS_PASSWORD alone."""

    url: Annotated[Address, AfterValidator(_private)] = ""
    user: ShortText = ""
    category: ShortText = ""
    player: Literal["audio", "link", "none"] = "audio"
    picture: Literal["cover", "share", "none"] = "cover"
    ca_bundle: str = ""

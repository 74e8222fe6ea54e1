"""Fetching from other people's web servers, none of which is trusted."""

from pipeline.tools.web.asking import NotThere, asked, fetch_bytes, is_inside
from pipeline.tools.web.downloading import download

__all__ = ["NotThere", "asked", "download", "fetch_bytes", "is_inside"]

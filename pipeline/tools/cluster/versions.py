"""Whether two machines have the same programs: a mix gives other words, or workers that die."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PACKAGES = ("etam-berkesah", "distributed", "faster-whisper", "ctranslate2")
"""What must be equal everywhere, besides Python."""


def disagreements(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """What differs, such as “ctranslate2 4.8.5 here and 4.7.0 there”; empty when all is equal.

    Both are what dask.distributed tells about a part of a cluster (`distributed.versions`).
    """
    return [
        f"{name} {here or 'missing'} here and {there or 'missing'} there"
        for name in ("python", *PACKAGES)
        if (here := _version(ours, name)) != (there := _version(theirs, name))
    ]


def _version(told: Mapping[str, Any], name: str) -> str:
    """As people write it; of Python only what makes pickles differ (3.11)."""
    version = str((told.get("packages") or {}).get(name) or "")
    return ".".join(version.split(".")[:2]) if name == "python" else version

"""Names of people without their academic and religious titles."""

from __future__ import annotations


def without_degrees(name: str) -> str:
    """ "Ahmad Rianto" for "Ir. H. Ahmad Rianto, M.Si."; never empty."""
    core = [word for word in name.partition(",")[0].split() if not word.endswith(".")]
    return " ".join(core) or name.strip() or "?"

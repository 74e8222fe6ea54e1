"""Names that are safe in any folder: what was dropped keeps its own name as far as possible."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from pipeline.words.recording_name import clean_text

# Files of the pipeline have these names, whatever their suffix; a recording may not take one.
_TAKEN = frozenset(
    (
        *("approval", "chapters", "cover", "draft", "enclosure", "episode", "extras"),
        *("loudness", "normalized", "receipts", "recording", "speech", "topics", "transcript"),
    )
)
_LONGEST_BYTES = 120
_UNSAFE = re.compile(r"[^\w .,()&+'-]+")


def safe_name(name: str) -> str:
    """Letters, digits and a few signs; no leading dot or dash, and none of the pipeline's names."""
    path = PurePath(clean_text(name).replace("/", " "))
    suffix = _UNSAFE.sub("", path.suffix).lower()[:12]
    stem = _UNSAFE.sub("_", path.stem if suffix else path.name).strip(" ._-'")
    stem = stem.encode()[:_LONGEST_BYTES].decode(errors="ignore").strip() or "recording"
    return f"original-{stem}{suffix}" if stem.casefold() in _TAKEN else stem + suffix


def safe_names(names: Iterable[str]) -> list[str]:
    """A safe name for each, no two alike even where capitals do not count."""
    given: list[str] = []
    for name in names:
        safe = safe_name(name)
        path, number = PurePath(safe), 1
        while safe.casefold() in {other.casefold() for other in given}:
            number += 1
            safe = f"{path.stem}-{number}{path.suffix}"
        given.append(safe)
    return given

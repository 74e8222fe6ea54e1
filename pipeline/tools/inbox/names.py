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
        *(
            "loudness",
            "normalized",
            "receipts",
            "recording",
            "speech",
            "topics",
            "transcript",
            "voices",
        ),
    )
)
_LONGEST_BYTES = 120
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_UNSAFE = re.compile(r"[^\w .,()&+'-]+")


def safe_name(name: str) -> str:
    """Letters, digits and a few signs; no leading dot or dash, and none of the pipeline's names."""
    stem, suffix = _parted(name.replace("/", " "))
    stem = _UNSAFE.sub("_", clean_text(stem)).strip(" ._-'")
    stem = stem.encode()[:_LONGEST_BYTES].decode(errors="ignore").strip() or "sound"
    return f"original-{stem}{suffix}" if stem.casefold() in _TAKEN else stem + suffix


def _parted(name: str) -> tuple[str, str]:
    """Stem and suffix; `12. Judul` has no suffix."""
    match = _SUFFIX.search(name)
    return (name[: match.start()], match[0].lower()) if match else (name, "")


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

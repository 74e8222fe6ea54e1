"""What came of what: the digests of documents by everything that they were made from.

Deleting the file costs the time to make all of them once.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pipeline
from pipeline.ground.files import read_json, write_json
from pipeline.words.errors import SetupProblem

_PROGRAM = ("words", "tools/rss", "tools/site", "tools/translations.py", "locale")
_LIBRARIES = ("feedgen", "lxml", "jinja2", "markupsafe", "babel", "segno")


class Remembered:
    """Sizes and digests of documents. Those that no plan asks for any more are forgotten."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._known = _read(cache)
        self._used: dict[str, tuple[int, str]] = {}

    def size_and_digest(
        self, made_from: Iterable[str], make: Callable[[], bytes]
    ) -> tuple[int, str]:
        """Of what `make` gives; `made_from` are all texts and digests on which that depends."""
        name = hashlib.sha256("\n".join([_program(), *made_from]).encode()).hexdigest()
        if (found := self._known.get(name)) is None:
            body = make()
            found = len(body), hashlib.sha256(body).hexdigest()
        self._used[name] = found
        return found

    def save(self) -> None:
        """Keep what this plan asked for, where that can be written."""
        if self._used != self._known:
            with contextlib.suppress(OSError, SetupProblem):
                write_json(self._cache, self._used)

    def forget(self) -> None:
        """For what is remembered turned out wrong; the next plan makes everything anew."""
        self._cache.unlink(missing_ok=True)


def _read(cache: Path) -> dict[str, tuple[int, str]]:
    try:
        content = read_json(cache)
        return {str(name): (int(size), str(digest)) for name, (size, digest) in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


@cache
def _program() -> str:
    """What changes when this program, or a library, could make another document."""
    digest = hashlib.sha256()
    root = Path(pipeline.__file__).parent
    for path in (file for name in _PROGRAM for file in _files(root / name)):
        digest.update(path.read_bytes())
    libraries = " ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"{digest.hexdigest()} {libraries}"


def _files(path: Path) -> list[Path]:
    files = path.rglob("*") if path.is_dir() else [path]
    return sorted(file for file in files if file.is_file() and "__pycache__" not in file.parts)

"""The style sheet and the scripts of the pages, each under the name of its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.tools.translations import LOCALE_FOLDER
from pipeline.words.feed import PublicFile
from pipeline.words.web_files import named_by_content

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that every page names, and its content."""

    file: PublicFile
    body: bytes


def assets() -> tuple[Asset, ...]:
    """What pages load beside pictures and sound: a style sheet, a script, another for searching."""
    return (stylesheet(), script(), search_script())


@cache
def stylesheet() -> Asset:
    return _asset("style.css")


@cache
def script() -> Asset:
    return _asset("player.js")


@cache
def search_script() -> Asset:
    return _asset("search.js")


@cache
def fingerprint() -> str:
    """What changes when the look or the words of the pages change."""
    digest = hashlib.sha256()
    for path in [*sorted(TEMPLATES.iterdir()), *sorted(LOCALE_FOLDER.rglob("etam.po"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _asset(name: str) -> Asset:
    body = (TEMPLATES / name).read_bytes()
    digest = hashlib.sha256(body).hexdigest()
    stem, _, suffix = name.partition(".")
    return Asset(PublicFile(named_by_content(stem, digest, f".{suffix}"), len(body), digest), body)

"""What of an episode is searched: its lines with their times, its article, what is said of it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.ground.transcript_file import read_transcript, transcript_file
from pipeline.ground.workspace import Workspace
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.plain_text import without_controls

_PARAGRAPHS = re.compile(r"\n\s*\n")
_LINKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_SIGNS = re.compile(r"[*_`#>|\\]+")


class Kind(StrEnum):
    """Where a passage stands."""

    TITLE = "title"
    GUEST = "guest"
    NOTES = "notes"
    ARTICLE = "article"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is found as a whole; `start_seconds` is where it is heard, if it is."""

    kind: Kind
    text: str
    start_seconds: float | None = None
    speaker: str = ""


def passages_of(episode: Episode) -> Iterator[Passage]:
    """Everything that is searched, in the order in which it is shown."""
    details = episode.details
    yield Passage(Kind.TITLE, details.title)
    for guest in details.guests:
        yield Passage(Kind.GUEST, f"{guest.name}, {guest.role}" if guest.role else guest.name)
    notes = "\n\n".join(filter(None, [details.summary, details.place, ", ".join(details.tags)]))
    yield from (Passage(Kind.NOTES, text) for text in _paragraphs(notes))
    yield from (Passage(Kind.ARTICLE, text) for text in _paragraphs(_article(episode)))
    if transcript_file(episode).is_file():
        for segment in read_transcript(episode).segments:
            text = segment.written or segment.text
            if text.strip():
                yield Passage(Kind.LINE, text.strip(), segment.start, segment.speaker)


def mark_of(workspace: Workspace, slug: str) -> str:
    """What the passages were made of, by digest: another one asks for making them again."""
    folder = workspace.episodes_folder / slug
    texts = workspace.transcripts_folder / slug
    names = ("reviewed.json", "transcript.json", "article.md")
    paths = [folder / "episode.toml", *(texts / name for name in names)]
    return " ".join((workspace.digests.of(path) or "-")[:16] for path in paths)


def readable(workspace: Workspace, slug: str) -> list[Passage]:
    """The passages of an episode, up to what cannot be read: the board tells of that."""
    found: list[Passage] = []
    with contextlib.suppress(EpisodeProblem):
        for passage in passages_of(workspace.episode(slug)):
            found.append(replace(passage, text=without_controls(passage.text)))
    return found


def _article(episode: Episode) -> str:
    try:
        return episode.article_md.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _paragraphs(markdown: str) -> Iterator[str]:
    for paragraph in _PARAGRAPHS.split(markdown):
        text = " ".join(_SIGNS.sub(" ", _LINKS.sub(r"\1", paragraph)).split())
        if text:
            yield text

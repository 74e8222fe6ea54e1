"""An article on its way out: what it says, what it belongs to, and the file that is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.words.marked_text import Piece
from pipeline.words.podcasting import Correction
from pipeline.words.web_files import content_type


class ExportFormat(StrEnum):
    """The kinds of files that articles and transcripts leave as."""

    HTML = "html"
    MARKDOWN = "markdown"
    DOCX = "docx"
    TEXT = "text"
    SOCIAL = "social"
    VTT = "vtt"
    SRT = "srt"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article as an editor wrote it, with what is said around its body apart.

    `leftovers` are what the draft said to its editor and still stands there.
    """

    headline: str
    excerpt: str
    caption: str
    body: tuple[Piece, ...]
    tags: tuple[str, ...]
    leftovers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the episode beside its article and its transcript.

    `page_url` is where it is heard. `people` are its host and guests, with their roles.
    """

    slug: str
    title: str
    show: str
    language: str
    recorded_on: date
    page_url: str
    people: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A file to hand over, with a name that may be kept."""

    file_name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """The Content-Type, with its charset where there is one."""
        return content_type(self.file_name)

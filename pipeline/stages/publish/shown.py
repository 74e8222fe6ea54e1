"""What an episode's pages show beyond its item, kept in the bucket beside its record.

So that the pages of any publication can be made again on any machine, whatever the episode's
folder holds by then.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from pipeline.ground.files import json_text
from pipeline.tools.site import EpisodePage, Line, Paragraph
from pipeline.words.chapters import Chapter
from pipeline.words.podcasting import Correction, CorrectionKind


def shown_to_bytes(page: EpisodePage) -> bytes:
    """The content of `published/page-<slug>-<digest>.json`."""
    return json_text({"version": 1, **asdict(page)}).encode()


def shown_from_bytes(body: bytes) -> EpisodePage:
    """What `shown_to_bytes` wrote. Raises KeyError, TypeError or ValueError on anything else."""
    said = json.loads(body)
    return EpisodePage(
        recorded_on=date.fromisoformat(said["recorded_on"]),
        guests=tuple((name, role) for name, role in said["guests"]),
        host=said["host"],
        summary=said["summary"],
        chapters=tuple(Chapter(**chapter) for chapter in said["chapters"]),
        transcript=tuple(map(_paragraph, said["transcript"])),
        article_markdown=said["article_markdown"],
        corrections=tuple(map(_correction, said["corrections"])),
    )


def _paragraph(said: dict[str, Any]) -> Paragraph:
    return Paragraph(said["speaker"], tuple(Line(**line) for line in said["lines"]))


def _correction(said: dict[str, Any]) -> Correction:
    return Correction(date.fromisoformat(said["date"]), said["text"], CorrectionKind(said["kind"]))

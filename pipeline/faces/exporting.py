"""`etam export`: an article or a transcript as a file for another program."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from pipeline.faces.work import CONSOLE
from pipeline.ground.article_file import read_article_file
from pipeline.ground.files import replacing
from pipeline.ground.transcript_file import read_transcript
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.addresses import public_addresses
from pipeline.tools.drafting.reading import read_article, read_draft
from pipeline.tools.exporting import (
    ARTICLE_FORMATS,
    TRANSCRIPT_FORMATS,
    about_episode,
    article_as,
    transcript_as,
)
from pipeline.words.deliveries import About, ArticleText, Export, ExportFormat
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem

_STANDARD_OUTPUT = Path("-")


def export_file(
    workspace: Workspace,
    slug: str,
    wanted: ExportFormat,
    output: Path | None,
    *,
    is_transcript: bool,
    is_draft: bool,
) -> None:
    """Write the editor's article, the machine's draft, or the transcript as a file.

    A format that only transcripts have means the transcript.
    """
    episode = workspace.episode(slug)
    about = _about(workspace, episode)
    if is_draft:
        _must_be_of(ARTICLE_FORMATS, wanted, "draft")
    if is_transcript or wanted not in ARTICLE_FORMATS:
        _must_be_of(TRANSCRIPT_FORMATS, wanted, "transcript")
        _deliver(transcript_as(wanted, read_transcript(episode), about), output)
    else:
        _deliver(article_as(wanted, _article(episode, is_draft=is_draft), about), output)


def _must_be_of(formats: Sequence[ExportFormat], wanted: ExportFormat, what: str) -> None:
    if wanted not in formats:
        raise typer.BadParameter(
            f"A {what} has no format {wanted}; there are {', '.join(formats)}."
        )


def _article(episode: Episode, *, is_draft: bool) -> ArticleText:
    if is_draft:
        return read_draft(read_article_file(episode.draft_md, episode.slug))
    article = read_article(read_article_file(episode.article_md, episode.slug))
    if article.leftovers:
        left = "”, “".join(article.leftovers)
        _note(f"article.md still says what the draft says to its editor: “{left}”.")
    return article


def _about(workspace: Workspace, episode: Episode) -> About:
    return about_episode(episode, workspace.show, public_addresses(workspace, episode).page)


def _deliver(export: Export, output: Path | None) -> None:
    """Write to `output`, by default a file in this folder; “-” is standard output."""
    if output == _STANDARD_OUTPUT:
        sys.stdout.buffer.write(export.content)
        sys.stdout.buffer.flush()
        return
    path = output or Path(export.file_name)
    if path.is_dir():
        path = path / export.file_name
    if path.exists() and path.read_bytes() != export.content:
        raise EpisodeProblem(
            f"{path} exists already and holds something else.",
            "Delete it, or name another file with --output.",
        )
    with replacing(path) as file:
        file.write(export.content)
    typer.echo(f"Wrote {path} ({len(export.content)} bytes).")


def _note(text: str) -> None:
    CONSOLE.print(f"Note: {text}", markup=False, highlight=False, soft_wrap=True)

"""Which episode a request is about: a name out of the list there is, never a path."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Path

from pipeline.faces.web.newsroom import TheWorkspace
from pipeline.words.episode import Episode

Slug = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=255)]


def _known(slug: Slug, workspace: TheWorkspace) -> str:
    if slug not in workspace.slugs():
        raise HTTPException(404, "There is no such episode.")
    return slug


KnownSlug = Annotated[str, Depends(_known)]
"""The name of an episode that is there, whether or not it can be read."""


def _episode(slug: KnownSlug, workspace: TheWorkspace) -> Episode:
    return workspace.episode(slug)


TheEpisode = Annotated[Episode, Depends(_episode)]

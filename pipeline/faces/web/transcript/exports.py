"""The transcript as files, as its editors have made it so far."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.visitors import Looker
from pipeline.stages.publish.addresses import public_addresses
from pipeline.tools.exporting import TRANSCRIPT_FORMATS, about_episode, transcript_as
from pipeline.words.deliveries import ExportFormat
from pipeline.words.review.outcome import outcome
from pipeline.words.web_files import content_type

router = APIRouter(include_in_schema=False)


@router.get("/episodes/{slug}/transcript/export/{wanted}")
def export(
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    episode: TheEpisode,
    _visitor: Looker,
    wanted: ExportFormat,
) -> Response:
    """A file to keep; never shown in the browser, whatever it holds."""
    if wanted not in TRANSCRIPT_FORMATS:
        raise HTTPException(404, "There is no such format.")
    about = about_episode(episode, workspace.show, public_addresses(workspace, episode).page)
    made = transcript_as(wanted, outcome(newsroom.reviews.standing(episode).reviewed), about)
    headers = {
        "Content-Disposition": f'attachment; filename="{made.file_name}"',
        "Cache-Control": "no-store",
    }
    return Response(made.content, media_type=content_type(made.file_name), headers=headers)

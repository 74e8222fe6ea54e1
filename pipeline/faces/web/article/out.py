"""The article as others will have it: its public page, and files for other programs."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.newsroom import TheWorkspace
from pipeline.faces.web.visitors import Looker
from pipeline.ground.article_file import read_article_file
from pipeline.ground.article_versions import read_standing
from pipeline.stages.publish.addresses import public_addresses
from pipeline.tools import site
from pipeline.tools.drafting.reading import read_article
from pipeline.tools.exporting import ARTICLE_FORMATS, about_episode, article_as
from pipeline.words.deliveries import ExportFormat

router = APIRouter(include_in_schema=False)

# The public page, shown in a frame of ours: its own looks, no scripts, nothing from elsewhere.
_PREVIEW_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'self'; base-uri 'self'; form-action 'none'; sandbox "
    "allow-same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "no-store",
}
# Pages name what they load from two folders up.
_BASE = b'<head><base href="/previewed/article/page/">'


@router.get("/episodes/{slug}/article/preview")
def preview(episode: TheEpisode, workspace: TheWorkspace, _visitor: Looker) -> Response:
    """The saved article as its public page, for a frame of the editor."""
    from pipeline.stages.publish.previewing import article_preview

    text = read_standing(episode).text or ""
    html = article_preview(workspace, episode, text).replace(b"<head>", _BASE, 1)
    return Response(html, media_type="text/html; charset=utf-8", headers=_PREVIEW_HEADERS)


@router.get("/previewed/{name}")
def previewed(name: str, workspace: TheWorkspace, _visitor: Looker) -> Response:
    """What the public pages load: their style sheet and the show's artwork."""
    from pipeline.stages.publish.previewing import preview_emblem

    found = next((each for each in site.assets() if each.file.key == name), None)
    if found is not None:
        return Response(found.body, media_type=found.file.media_type)
    if (emblem := preview_emblem(workspace, name)) is None:
        raise HTTPException(404, "There is no such file.")
    return Response(emblem, media_type="image/jpeg")


@router.get("/episodes/{slug}/article/export/{wanted}")
def export(
    wanted: ExportFormat, episode: TheEpisode, workspace: TheWorkspace, _visitor: Looker
) -> Response:
    """The saved article as a file to keep; never shown in the browser, whatever it holds."""
    if wanted not in ARTICLE_FORMATS:
        raise HTTPException(404, "There is no such format.")
    about = about_episode(episode, workspace.show, public_addresses(workspace, episode).page)
    article = read_article(read_article_file(episode.article_md, episode.slug))
    made = article_as(wanted, article, about)
    headers = {
        "Content-Disposition": f'attachment; filename="{made.file_name}"',
        "Cache-Control": "no-store",
    }
    return Response(made.content, media_type=made.media_type, headers=headers)

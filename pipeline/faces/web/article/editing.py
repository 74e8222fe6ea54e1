"""The article editor: what people write, beside what the recording says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from pipeline.faces.web.episodes import TheEpisode
from pipeline.faces.web.events import Event
from pipeline.faces.web.newsroom import Newsroom, TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import TheLanguage, page
from pipeline.faces.web.visitors import Editor, Looker
from pipeline.ground.article_file import read_article_file
from pipeline.ground.article_versions import (
    ArticleChanged,
    Standing,
    digest_of,
    read_standing,
    read_versions,
    save_article,
)
from pipeline.ground.audit_file import record
from pipeline.tools.drafting.beginning import article_of_draft
from pipeline.tools.translations import sentence_translator
from pipeline.words.article_joining import joints, word_difference
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem

router = APIRouter()

_MOST_CHARACTERS = 300_000
Text = Annotated[str, Field(max_length=_MOST_CHARACTERS)]
Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


class Article(BaseModel):
    """The article as it is; `exists` is false until somebody begins one."""

    text: str
    mark: str
    exists: bool


class SaveWish(BaseModel):
    """A text, and the mark of what it was made from."""

    seen: Mark
    text: Text


class JoinWish(BaseModel):
    """One's own text, and the text that it was made from."""

    base: Text
    mine: Text


class JointAnswer(BaseModel):
    """A stretch of the three texts; `side` says whose words are others than before."""

    side: str
    base: str
    theirs: str
    mine: str


class Joined(BaseModel):
    """`theirs` has the mark `mark`; `has_clash` says that somebody must choose."""

    mark: str
    joints: list[JointAnswer]
    has_clash: bool


class VersionListed(BaseModel):
    """A text of before, without its words."""

    at: str
    by: str
    digest: str
    characters: int


class VersionAnswer(BaseModel):
    """A text of before, and how the present one differs from it: ["same" | "out" | "in", words]."""

    text: str
    difference: list[tuple[str, str]]


@router.get("/episodes/{slug}/article", include_in_schema=False)
def article_page(
    request: Request, episode: TheEpisode, workspace: TheWorkspace, visitor: Looker
) -> Response:
    return page(
        request,
        "article.html",
        visitor,
        episode=episode,
        state=_answer(read_standing(episode)).model_dump(),
        has_draft=episode.draft_md.is_file(),
        draft=_draft(episode),
        show_language=workspace.show.show.language,
    )


@router.get("/api/episodes/{slug}/article")
def read_it(episode: TheEpisode, _visitor: Looker) -> Article:
    """The article as it is now."""
    return _answer(read_standing(episode))


@router.put("/api/episodes/{slug}/article", responses={409: {}})
def save_it(
    wish: SaveWish,
    episode: TheEpisode,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Editor,
    language: TheLanguage,
) -> Response:
    """Save what somebody wrote; 409 with what is there when that was made from something else."""
    try:
        text = wish.text.replace("\r\n", "\n")
        saved = save_article(workspace, episode, wish.seen, text, visitor.name, datetime.now(UTC))
    except ArticleChanged as error:
        sentence = sentence_translator(language)
        there = _answer(error.there).model_dump()
        said = {"problem": sentence(error.problem), "remedy": sentence(error.remedy)}
        return JSONResponse({**said, "there": there}, 409)
    _tell(newsroom, episode, saved, visitor.name)
    return JSONResponse(_answer(saved).model_dump())


@router.post("/api/episodes/{slug}/article/begin")
def begin_with_the_draft(
    episode: TheEpisode, newsroom: TheNewsroom, workspace: TheWorkspace, visitor: Editor
) -> Article:
    """Make an article of the machine's draft, unless there is an article."""
    text = article_of_draft(read_article_file(episode.draft_md, episode.slug))
    there = read_standing(episode)
    if there.text:
        raise EpisodeProblem(f"“{episode.slug}” has an article already.", "Load the page again.")
    saved = save_article(workspace, episode, there.mark, text, visitor.name, datetime.now(UTC))
    record(workspace, visitor.name, "began the article", episode.slug)
    _tell(newsroom, episode, saved, visitor.name)
    return _answer(saved)


@router.post("/api/episodes/{slug}/article/join")
def join(wish: JoinWish, episode: TheEpisode, _visitor: Editor) -> Joined:
    """One's own changes and those of whoever saved meanwhile, word by word; nothing is saved."""
    there = read_standing(episode)
    found = joints(wish.base, there.text or "", wish.mine)
    return Joined(
        mark=there.mark,
        joints=[
            JointAnswer(side=str(each.side), base=each.base, theirs=each.theirs, mine=each.mine)
            for each in found
        ],
        has_clash=any(each.side == "clash" for each in found),
    )


@router.get("/api/episodes/{slug}/article/versions")
def versions(episode: TheEpisode, _visitor: Looker) -> list[VersionListed]:
    """What the article said before, the latest first."""
    return [
        VersionListed(
            at=each.at.isoformat(), by=each.by, digest=each.digest, characters=len(each.text)
        )
        for each in reversed(list(read_versions(episode)))
    ]


@router.get("/api/episodes/{slug}/article/versions/{digest}")
def version(digest: Digest, episode: TheEpisode, _visitor: Looker) -> VersionAnswer:
    """A text of before, compared with the present one."""
    found = next((each for each in read_versions(episode) if each.digest == digest), None)
    if found is None:
        raise HTTPException(404, "There is no such version.")
    difference = word_difference(found.text, read_standing(episode).text or "")
    return VersionAnswer(
        text=found.text, difference=[(str(part.sign), part.text) for part in difference]
    )


def _answer(standing: Standing) -> Article:
    text = standing.text or ""
    return Article(text=text, mark=digest_of(text), exists=standing.text is not None)


def _draft(episode: Episode) -> str:
    return episode.draft_md.read_text(encoding="utf-8-sig") if episode.draft_md.is_file() else ""


def _tell(newsroom: Newsroom, episode: Episode, saved: Standing, by: str) -> None:
    newsroom.events.tell(Event("article", episode.slug, {"mark": saved.mark, "by": by}))

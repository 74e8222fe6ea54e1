"""Plans and publications in words: what the page of an episode shows of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pydantic import BaseModel

from pipeline.faces.web.publishing.press import PlanShown, Pressing
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import Change, Publication
from pipeline.tools.translations import megabytes, sentence_translator, translator
from pipeline.words.errors import EpisodeProblem
from pipeline.words.public_names import episode_in
from pipeline.words.web_text import ascii_key


class ChangeSaid(BaseModel):
    """One file to upload, and why."""

    key: str
    reason: str
    group: str
    size: str


class Part(BaseModel):
    """All files of one episode, or of the show: `slug` is then empty."""

    slug: str
    title: str
    size: str
    changes: list[ChangeSaid]


class Plan(BaseModel):
    """What would go out. `left_out` has a sentence for each episode that stays as it is."""

    parts: list[Part]
    left_out: dict[str, str]
    warnings: list[str]
    news: list[str]
    size: str


class PlanAnswer(Plan):
    """A plan to look at; `plan` names it when it is carried out. `is_empty`: nothing to do."""

    plan: str
    is_empty: bool


class PressAnswer(BaseModel):
    """How the present or last publication stands; `done` says what it was in the end."""

    is_running: bool
    share: float
    who: str
    doing: str
    slug: str
    problem: str
    remedy: str
    done: Plan | None
    links: dict[str, str]


def plan_answer(shown: PlanShown, workspace: Workspace, language: str) -> PlanAnswer:
    """The plan, in the reader's language."""
    publication = shown.planned.publication
    plan = _plan(publication, workspace, language)
    work = publication.work
    is_empty = work is None or not (publication.changes or work.is_news_here)
    return PlanAnswer(plan=shown.key, is_empty=is_empty, **dict(plan))


def press_answer(pressing: Pressing, workspace: Workspace, language: str) -> PressAnswer:
    """How it goes, in the reader's language."""
    sentence = sentence_translator(language)
    order, done = pressing.order, pressing.done
    return PressAnswer(
        is_running=pressing.is_running,
        share=pressing.share,
        who=order.who if order else "",
        doing=order.doing if order else "",
        slug=order.slug if order else "",
        problem=sentence(pressing.problem),
        remedy=sentence(pressing.remedy),
        done=_plan(done, workspace, language) if done else None,
        links=_links(done, workspace) if done else {},
    )


def _plan(publication: Publication, workspace: Workspace, language: str) -> Plan:
    sentence = sentence_translator(language)
    return Plan(
        parts=_parts(publication.changes, workspace, language),
        left_out={slug: sentence(why) for slug, why in publication.left_out.items()},
        warnings=[sentence(warning) for warning in publication.warnings],
        news=[sentence(each) for each in publication.news],
        size=megabytes(sum(change.size for change in publication.changes), language),
    )


def _parts(changes: Sequence[Change], workspace: Workspace, language: str) -> list[Part]:
    by_episode: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_episode[episode_in(change.key)].append(change)
    slugs = {ascii_key(slug): slug for slug in workspace.slugs()}
    names = sorted(by_episode, key=lambda name: (not name, name))
    return [_part(slugs.get(n, n), by_episode[n], workspace, language) for n in names]


def _part(slug: str, changes: Sequence[Change], workspace: Workspace, language: str) -> Part:
    translate = translator(language)
    return Part(
        slug=slug,
        title=_title(slug, workspace) if slug else translate("The show: feed, pages, records"),
        size=megabytes(sum(change.size for change in changes), language),
        changes=[
            ChangeSaid(
                key=change.key,
                reason=translate(change.reason),
                group=translate(str(change.group)),
                size=megabytes(change.size, language),
            )
            for change in changes
        ],
    )


def _title(slug: str, workspace: Workspace) -> str:
    try:
        return workspace.episode(slug).details.title
    except EpisodeProblem:  # its folder is elsewhere, or its name was another one
        return slug


def _links(done: Publication, workspace: Workspace) -> dict[str, str]:
    """Where listeners find what was published, by title."""
    base_url = workspace.show.publish.base_url
    pages = [c.key for c in done.changes if c.key.endswith("/index.html")]
    slugs = {ascii_key(slug): slug for slug in workspace.slugs()}
    titles = {key: _title(slugs.get(episode_in(key), episode_in(key)), workspace) for key in pages}
    return {**{titles[key]: base_url + key for key in pages}, "feed.xml": f"{base_url}feed.xml"}

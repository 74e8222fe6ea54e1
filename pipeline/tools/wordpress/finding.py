"""Finds the post of an episode on a site: by its number, or by the mark that it carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.tools.wordpress.refusals import GoneThere
from pipeline.tools.wordpress.site import Site, pages_of
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.remote_post import Field, Fields, canonical

_TRASH = "trash"
# “any” leaves out the trash; a post there must be found too, or there would soon be two.
_EVERY_STATUS = "any,trash"


@dataclass(frozen=True, slots=True)
class RemotePost:
    """A post as the site has it; times are UTC."""

    id: int
    status: str
    modified_gmt: str
    fields: Fields

    @classmethod
    def of(cls, content: Any) -> RemotePost:
        """The post in an answer. Raises SetupProblem when it is none that its user may edit."""
        try:
            return cls(
                id=int(content["id"]),
                status=str(content["status"]),
                modified_gmt=str(content["modified_gmt"]),
                fields=_fields_of(content),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise SetupProblem(
                "The site answered with something that is no post.",
                "A plugin changes its REST API: ask its administrator.",
                repr(error),
            ) from error


def find_post(site: Site, number: int | None, mark: str, *, again: bool) -> RemotePost | None:
    """The post with that number, or else the one that carries the mark; None where there is none.

    With `again`, a post that was deleted or lies in the trash is none. Raises EpisodeProblem when
    it lies there otherwise, or when there are several.
    """
    found = _by_number(site, number, again=again) if number is not None else _by_mark(site, mark)
    if found is None or found.status != _TRASH:
        return found
    if again:
        return None
    raise EpisodeProblem(
        f"The article's post {found.id} lies in the trash of {site.url}.",
        "Restore it there, or push with --again to make a new one.",
    )


def _by_number(site: Site, number: int, *, again: bool) -> RemotePost | None:
    try:
        return RemotePost.of(site.get(f"wp/v2/posts/{number}", "read the draft", context="edit"))
    except GoneThere:
        if again:
            return None
        raise


def _by_mark(site: Site, mark: str) -> RemotePost | None:
    """A search finds words anywhere; only a post whose content carries the mark counts."""
    wanted: dict[str, str] = {"search": mark, "status": _EVERY_STATUS, "context": "edit"}
    entries = pages_of(site, "wp/v2/posts", "read drafts", **wanted)
    found = [post for post in map(RemotePost.of, entries) if mark in post.fields[Field.CONTENT]]
    kept = [post for post in found if post.status != _TRASH]
    if len(kept) > 1:
        numbers = ", ".join(str(post.id) for post in kept)
        raise EpisodeProblem(
            f"{site.url} has several posts of this article: {numbers}.",
            "Put all but one in the trash there, then push again.",
        )
    return next(iter(kept or found), None)


def _fields_of(content: Mapping[str, Any]) -> Fields:
    return {
        Field.TITLE: canonical(_raw(content, "title")),
        Field.CONTENT: _raw(content, "content").replace("\r\n", "\n").strip(),
        Field.EXCERPT: canonical(_raw(content, "excerpt")),
        Field.TAGS: ",".join(map(str, sorted(content["tags"]))),
        Field.CATEGORIES: ",".join(map(str, sorted(content["categories"]))),
        Field.COVER: str(content["featured_media"]),
    }


def _raw(content: Mapping[str, Any], name: str) -> str:
    return str(content[name]["raw"])

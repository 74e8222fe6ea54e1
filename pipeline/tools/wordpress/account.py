"""What an account may do on a site, and what it should not be able to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.tools.wordpress.site import Site
from pipeline.tools.wordpress.terms import category_number
from pipeline.words.errors import SetupProblem

# What is needed, and what cannot be done without it.
_NEEDED = (
    ("edit_posts", "make drafts"),
    ("upload_files", "upload pictures"),
)
# Roles that may more than is good: what they send is not filtered, or they may change others' work.
_TOO_MUCH = (
    ("unfiltered_html", "what it sends is not filtered for scripts"),
    ("edit_others_posts", "it may change the posts of others"),
    ("edit_users", "it may change accounts"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at; `odd` works, and is worth knowing."""

    about: str
    ok: bool
    sentence: str
    odd: bool = False


def look_at_account(site: Site, category: str) -> Iterator[Look]:
    """What pushing will meet there. Raises when the site lets nobody ask."""
    index = site.index
    yield Look("site", True, f"“{index.get('name', '')}” answers at {site.url}.")
    if not index.get("authentication"):
        yield Look(
            "sign-in",
            False,
            "Application passwords are off there. They need https, and some security plugins "
            "forbid them: ask the administrator.",
        )
    me = read_account(site)
    roles = ", ".join(map(str, me.get("roles") or ())) or "no role"
    yield Look("account", True, f"“{site.user}” is let in ({roles}).")
    may = _capabilities(me)
    yield from _missing(may)
    yield from _too_much(may, roles)
    yield from _category(site, category)


def must_be_able(site: Site, *, with_picture: bool) -> None:
    """Raises SetupProblem when the account lacks what a push needs."""
    needed = _NEEDED if with_picture else _NEEDED[:1]
    lacking = _lacking(_capabilities(read_account(site)), needed)
    if lacking:
        raise SetupProblem(
            f"“{site.user}” may not {lacking} on {site.url}.", "Give it the role Author there."
        )


def read_account(site: Site) -> Mapping[str, Any]:
    """The user as the site knows it.

    Not a public list: those answer 200 to a wrong password too.
    """
    found = site.get("wp/v2/users/me", "sign in", context="edit")
    return found if isinstance(found, Mapping) else {}


def _capabilities(me: Mapping[str, Any]) -> set[str]:
    held = me.get("capabilities")
    return {name for name, value in held.items() if value} if isinstance(held, Mapping) else set()


def _missing(may: set[str]) -> Iterator[Look]:
    lacking = _lacking(may, _NEEDED)
    if lacking:
        sentence = f"It may not {lacking}: give it the role Author."
        yield Look("rights", False, sentence)
    else:
        yield Look("rights", True, "It may make drafts and upload pictures.")


def _lacking(may: Collection[str], needed: Sequence[tuple[str, str]]) -> str:
    return " or ".join(what for capability, what in needed if capability not in may)


def _too_much(may: set[str], roles: str) -> Iterator[Look]:
    reasons = [why for capability, why in _TOO_MUCH if capability in may]
    if reasons:
        sentence = f"As {roles}, {', '.join(reasons)}. The role Author is enough."
        yield Look("rights", True, sentence, odd=True)


def _category(site: Site, category: str) -> Iterator[Look]:
    if category:
        number = category_number(site, category)
        yield Look("category", True, f"“{category}” is there (number {number}).")

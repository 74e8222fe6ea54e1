"""What `etam wordpress` does: look at the site, push an article, and say what came of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import typer
from rich.text import Text

from pipeline.faces.looks.finding import Finding, bad
from pipeline.faces.report import print_json
from pipeline.faces.work import CONSOLE
from pipeline.ground.article_file import read_article_file
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import ApprovalState, approval_state
from pipeline.stages.publish.addresses import PublicAddresses, public_addresses
from pipeline.tools.drafting.reading import read_article
from pipeline.tools.exporting import about_episode
from pipeline.tools.grounding.episodes import check_file
from pipeline.tools.wordpress import (
    Account,
    ChangedThere,
    Outcome,
    Pushed,
    Site,
    Wish,
    compose,
    look_at_account,
    push,
)
from pipeline.words.deliveries import ArticleText
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem
from pipeline.words.remote_post import Field
from pipeline.words.web_text import short_line

PASSWORD = "ETAM_WORDPRESS_PASSWORD"  # noqa: S105 - the name of the variable
_APPROVED = (ApprovalState.GIVEN, ApprovalState.NOT_NEEDED)
_DONE = {
    Outcome.CREATED: "Made a draft of “{slug}”",
    Outcome.UPDATED: "Sent {fields} of “{slug}”",
    Outcome.UNCHANGED: "Nothing needed sending of “{slug}”",
}


def examine_site(workspace: Workspace) -> list[Finding]:
    """What a push will meet; an error that ends the look is a finding too."""
    findings: list[Finding] = []
    try:
        with open_site(workspace) as site:
            for look in look_at_account(site, workspace.show.wordpress.category):
                findings.append(Finding(look.about, look.ok, look.sentence, look.odd))
    except PipelineError as error:
        findings.append(bad("site" if not findings else "account", error))
    return findings


def push_article(
    workspace: Workspace, slug: str, wish: Wish, *, unchecked: bool, as_json: bool
) -> None:
    """Push the article, and say which post it is and what should be known of it."""
    try:
        delivered = deliver(workspace, slug, wish, unchecked=unchecked)
    except ChangedThere as problem:
        _show_differences(problem.differences)
        raise
    _tell(slug, delivered.pushed, list(delivered.notes), as_json=as_json)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a push, and what should be known of it."""

    pushed: Pushed
    notes: tuple[str, ...]


def deliver(workspace: Workspace, slug: str, wish: Wish, *, unchecked: bool = False) -> Delivered:
    """Push the article. Unless `unchecked`, or signed, it has to pass the grounding check.

    Raises ChangedThere when both sides changed it and nobody says whose words shall stand.
    """
    episode = workspace.episode(slug)
    article = _article(episode)
    approval = approval_state(workspace, episode)
    if wish.published and approval not in _APPROVED:
        raise _not_approved(episode)
    if not unchecked and approval is not ApprovalState.GIVEN:
        _must_be_supported(workspace, episode)
    addresses = public_addresses(workspace, episode)
    about = about_episode(episode, workspace.show, addresses.page)
    post = compose(article, about, episode, workspace.show, addresses.enclosure)
    with open_site(workspace) as site, workspace.episode_locked(slug):
        pushed = push(site, episode, post, wish)
    return Delivered(pushed, tuple(_notes(approval, addresses)))


def open_site(workspace: Workspace) -> Site:
    """The site of show.toml. Raises SetupProblem when it, the user or the password is not said."""
    settings = workspace.show.wordpress
    if not settings.url or not settings.user:
        raise SetupProblem(
            "No WordPress site is set.",
            "Set `url` and `user` under [wordpress] in show.toml; docs/wordpress.md says how.",
        )
    password = os.environ.get(PASSWORD, "").strip()
    if not password:
        raise SetupProblem(
            f"The password for {settings.url} is not in the environment.",
            f"Make an application password for “{settings.user}” there and put it in {PASSWORD}.",
        )
    bundle = workspace.feed_folder / settings.ca_bundle if settings.ca_bundle else None
    return Site(settings.url, Account(settings.user, password), ca_bundle=bundle)


def _article(episode: Episode) -> ArticleText:
    """The editor's article; a machine's draft is never sent, and what it says to its editor not."""
    article = read_article(read_article_file(episode.article_md, episode.slug))
    if article.leftovers:
        left = "”, “".join(article.leftovers)
        raise EpisodeProblem(
            f"article.md of “{episode.slug}” still says what the draft says to its editor: "
            f"“{left}”.",
            "Check those places, delete the words, and push again.",
        )
    return article


def _not_approved(episode: Episode) -> EpisodeProblem:
    return EpisodeProblem(
        f"“{episode.slug}” is not approved as it is now, so nothing is changed that readers see.",
        f"Approve it (`etam approve {episode.slug}`), then push again.",
    )


def _must_be_supported(workspace: Workspace, episode: Episode) -> None:
    """Who signed the article has given a reason for whatever is open."""
    found = check_file(episode.article_md, episode, workspace.show).open
    if found:
        named = short_line(found[0].text, 80)
        raise EpisodeProblem(
            f"article.md of “{episode.slug}” says in {len(found)} place(s) what nothing in the "
            f"recording supports; the first is “{named}”.",
            f"Correct what `etam check {episode.slug}` shows, approve the episode with a reason "
            "for each, or push with --unchecked.",
        )


def _notes(approval: ApprovalState, addresses: PublicAddresses) -> Iterator[str]:
    if approval not in _APPROVED:
        yield (
            "The episode is not approved as it is now; the post is a draft until somebody there "
            "publishes it."
        )
    if not addresses.enclosure:
        yield (
            "The episode is not public, so the post has no player and its link leads nowhere "
            "yet: push again after `etam publish`."
        )


def _tell(slug: str, pushed: Pushed, notes: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json(_to_json(slug, pushed, notes))
        return
    done = _DONE[pushed.outcome].format(slug=slug, fields=", ".join(pushed.sent))
    typer.echo(f"{done}: post {pushed.id} ({pushed.status}).")
    typer.echo(pushed.edit_link)
    if pushed.put_aside:
        typer.echo(f"What was there before is kept in {pushed.put_aside}.")
    if pushed.theirs:
        names = ", ".join(pushed.theirs)
        _note(f"Changed on the site and left so: {names}. article.md does not have it.")
        _show_differences(pushed.theirs)
    for note in notes:
        _note(note)


def _to_json(slug: str, pushed: Pushed, notes: list[str]) -> dict[str, object]:
    return {
        "slug": slug,
        "outcome": pushed.outcome,
        "id": pushed.id,
        "status": pushed.status,
        "edit_link": pushed.edit_link,
        "sent": list(pushed.sent),
        "theirs": dict(pushed.theirs),
        "put_aside": str(pushed.put_aside or ""),
        "notes": notes,
    }


def _show_differences(differences: Mapping[Field, str]) -> None:
    """Word by word: [-what article.md says-] {+what stands there+}."""
    for name, text in differences.items():
        if text:
            CONSOLE.print(Text(f"  {name}: {text}"), soft_wrap=True)


def _note(text: str) -> None:
    CONSOLE.print(f"Note: {text}", markup=False, highlight=False, soft_wrap=True)

"""Brings an article to a site as a draft: once, and never over what somebody did there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from pipeline.ground.files import write_text
from pipeline.ground.wordpress_file import Delivery, read_delivery
from pipeline.tools.wordpress.account import must_be_able
from pipeline.tools.wordpress.composing import Post
from pipeline.tools.wordpress.finding import RemotePost, find_post
from pipeline.tools.wordpress.sending import Sender
from pipeline.tools.wordpress.site import Site
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.remote_post import (
    Base,
    Field,
    Fields,
    Verdict,
    difference,
    digests,
    judge,
    words_of,
)

_PUBLIC = ("publish", "future", "private")
_READABLE = (Field.TITLE, Field.EXCERPT, Field.CONTENT)


class Side(StrEnum):
    """Whose words stand where both sides changed the same field."""

    NEITHER = "neither"
    OURS = "ours"
    THEIRS = "theirs"


class Outcome(StrEnum):
    """What a push came to."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Wish:
    """How far a push may go.

    `again`: make a new post where the old one was deleted or lies in the trash there. `published`:
    change a post that readers see. `prefer`: whose words stand where both sides changed.
    """

    again: bool = False
    published: bool = False
    prefer: Side = Side.NEITHER


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was done to which post.

    `theirs` are fields that were changed there and stay, with the difference word by word where it
    can be read. `put_aside` holds what was there before --ours wrote over it.
    """

    outcome: Outcome
    id: int
    edit_link: str
    status: str
    sent: tuple[Field, ...] = ()
    theirs: Mapping[Field, str] = field(default_factory=dict)
    put_aside: Path | None = None


class ChangedThere(EpisodeProblem):
    """Somebody changed there what was changed here too; `differences` says how, word by word."""

    def __init__(
        self, problem: str, remedy: str, detail: str = "", differences: Fields | None = None
    ) -> None:
        super().__init__(problem, remedy, detail)
        self.differences: Fields = differences or {}


def push(site: Site, episode: Episode, post: Post, wish: Wish) -> Pushed:
    """Create the post, or bring it up to date; the caller holds the episode's lock.

    Nothing is written when there is nothing to send. Raises ChangedThere when both sides changed
    the same field, EpisodeProblem when the post is in the trash, gone or public, and what `Site`
    raises.
    """
    delivery = read_delivery(episode, site.url)
    must_be_able(site, with_picture=post.picture is not None)
    there = find_post(site, delivery.id, post.marker, again=wish.again)
    if there is None:
        return _create(site, episode, post, delivery)
    return _Update(site, episode, post, there, delivery, wish).done()


def _create(site: Site, episode: Episode, post: Post, delivery: Delivery) -> Pushed:
    sender = Sender(site, episode, post, replace(delivery, id=None, modified_gmt="", base=Base()))
    sent = sender.resolved(tuple(Field))
    sender.expect(sent)
    made = sender.send("wp/v2/posts", "make a draft", sent, status="draft")
    sender.settle(made, Base(digests(sender.wanted), digests(made.fields)))
    return Pushed(Outcome.CREATED, made.id, site.edit_link(made.id), made.status, tuple(sent))


@dataclass(frozen=True)
class _Update:
    """A push onto a post that is there."""

    site: Site
    episode: Episode
    post: Post
    there: RemotePost
    delivery: Delivery
    wish: Wish

    def done(self) -> Pushed:
        sender = Sender(self.site, self.episode, self.post, self.delivery)
        changed = self._changed_here(sender.wanted)
        if changed and self.delivery.base.wanted:
            self._must_be_open()  # before a tag or a picture is sent in vain
        sent = sender.resolved(changed)
        verdicts = self._verdicts(sender.wanted, sent)
        sending = self._to_send(verdicts, sent)
        if sending:
            self._must_be_open()
        put_aside = self._put_aside() if self._overwrites(verdicts) else None
        after = self._send(sender, {name: sent[name] for name in sending})
        same = {name for name, verdict in verdicts.items() if verdict is Verdict.SAME}
        sender.settle(after, self._new_base(sender.wanted, after, {*sending, *same}))
        return Pushed(
            outcome=Outcome.UPDATED if sending else Outcome.UNCHANGED,
            id=after.id,
            edit_link=self.site.edit_link(after.id),
            status=after.status,
            sent=sending,
            theirs=self._theirs({*sending, *same}),
            put_aside=put_aside,
        )

    def _changed_here(self, wanted: Fields) -> tuple[Field, ...]:
        before, now = self.delivery.base.wanted, digests(wanted)
        return tuple(name for name in wanted if before.get(name) != now[name])

    def _must_be_open(self) -> None:
        if self.there.status in _PUBLIC and not self.wish.published:
            raise EpisodeProblem(
                f"The article of “{self.episode.slug}” is public on {self.site.url} already "
                f"(post {self.there.id}, {self.there.status}), and stays as it is.",
                "Push with --published to change what readers see; it stays public.",
            )

    def _verdicts(self, wanted: Fields, sent: Fields) -> dict[Field, Verdict]:
        ours = {name: wanted[name] for name in sent}
        return judge(ours, sent, self.there.fields, self.delivery.base)

    def _to_send(self, verdicts: Mapping[Field, Verdict], sent: Fields) -> tuple[Field, ...]:
        conflicts = [name for name, verdict in verdicts.items() if verdict is Verdict.CONFLICT]
        if conflicts and self.wish.prefer is Side.NEITHER:
            raise self._changed_there(conflicts, sent)
        sending = [Verdict.SEND, *([Verdict.CONFLICT] if self.wish.prefer is Side.OURS else [])]
        return tuple(name for name, verdict in verdicts.items() if verdict in sending)

    def _changed_there(self, conflicts: Collection[Field], sent: Fields) -> ChangedThere:
        return ChangedThere(
            f"Somebody changed the article of “{self.episode.slug}” on {self.site.url} too "
            f"({', '.join(conflicts)}; post {self.there.id}, {self.there.modified_gmt} UTC), and "
            "nothing was sent.",
            "Take over into article.md what is better there, then push with --ours; or push with "
            "--theirs to leave the post as it is.",
            differences={
                name: difference(words_of(sent[name]), words_of(self.there.fields[name]))
                for name in _READABLE
                if name in conflicts
            },
        )

    def _overwrites(self, verdicts: Mapping[Field, Verdict]) -> bool:
        return self.wish.prefer is Side.OURS and Verdict.CONFLICT in verdicts.values()

    def _put_aside(self) -> Path:
        """Keep what was there; WordPress has it as a revision too, unless those are off there."""
        stamp = self.there.modified_gmt.replace(":", "").replace("-", "")
        path = self.episode.texts / "kept" / f"wordpress-{self.there.id}-{stamp}.html"
        said = [self.there.fields[name] for name in _READABLE]
        write_text(path, "\n\n".join(said) + "\n")
        return path

    def _send(self, sender: Sender, sent: Fields) -> RemotePost:
        """No status is sent: what became public there, or waits for review, stays so."""
        if not sent:
            return self.there
        return sender.send(f"wp/v2/posts/{self.there.id}", "change the draft", sent)

    def _new_base(self, wanted: Fields, after: RemotePost, in_step: Collection[Field]) -> Base:
        """What was changed there stays known as a change, so that no later push writes over it."""
        now, before = digests(after.fields), self.delivery.base.there
        there = {name: now[name] if name in in_step else before.get(name) for name in now}
        return Base(digests(wanted), {name: text for name, text in there.items() if text})

    def _theirs(self, in_step: Collection[Field]) -> dict[Field, str]:
        before, now = self.delivery.base.there, digests(self.there.fields)
        return {
            name: self._shown(name)
            for name in self.there.fields
            if name not in in_step and name in before and before[name] != now[name]
        }

    def _shown(self, name: Field) -> str:
        if name not in _READABLE:
            return ""
        ours = {
            Field.TITLE: self.post.title,
            Field.EXCERPT: self.post.excerpt,
            Field.CONTENT: self.post.content,
        }
        return difference(words_of(ours[name]), words_of(self.there.fields[name]))

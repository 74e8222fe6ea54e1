"""Decides about each episode what the feed says of it, and why one stays out or stays as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.approval import (
    ApprovalState,
    approval_state,
    public_content,
    why_unfinished,
)
from pipeline.stages.publish.choice import Choice
from pipeline.stages.publish.item import EpisodeContent, own_sources
from pipeline.stages.publish.records import Intentions
from pipeline.stages.publish.standing import Standing
from pipeline.tools.rss import missing_tags
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.feed import FeedChannel, FeedItem
from pipeline.words.feed_gate import Finding, check_item, check_together
from pipeline.words.schedule import in_zone

_MOST_NAMED = 5


class Chooser:
    """Everything that is known while it is decided what each episode is to be."""

    def __init__(
        self,
        workspace: Workspace,
        standing: Standing,
        channel: FeedChannel,
        now: datetime,
        unfinished: Mapping[str, str],
    ) -> None:
        self._workspace = workspace
        self._channel = channel
        self._unfinished = unfinished
        self._zone = _time_zone(workspace.show.show.timezone)
        self._now = now.astimezone(self._zone).replace(microsecond=0)
        self._adopted = standing.adopted
        self._chosen: dict[str, str] = {}
        self._superseded = dict(standing.known.intentions.superseded)
        self._choice = Choice(_as_intended(standing), Intentions())
        self._owners = {item.slug: guid for guid, item in self._choice.before.items()}

    def chosen(self) -> Choice:
        """What the workspace says of each episode, and what is public of all others."""
        ready = [episode for slug in self._workspace.slugs() if (episode := self._ready(slug))]
        moments = self._moments([e for e in ready if e.recording.guid not in self._choice.items])
        for episode in ready:
            self._choose(episode, moments)
        self._leave_out_what_is_there_twice()
        self._note_episodes_without_folder()
        self._choice.intentions = Intentions({}, self._superseded)
        return self._choice

    def _ready(self, slug: str) -> Episode | None:
        """The episode when it may be public as it is now; else the reason is noted."""
        try:
            episode = self._workspace.episode(slug)
            reason = self._why_not(episode)
        except EpisodeProblem as error:
            self._choice.note_problem(slug, error)
            return None
        if not reason:
            return episode
        public = episode.recording.guid in self._choice.items
        stays = "; what was published before stays public" if public else ""
        self._choice.left_out[slug] = f"“{slug}” is left out: {reason}{stays}."
        return None

    def _why_not(self, episode: Episode) -> str:
        gave_way = self._gave_way(episode)  # noted even where another reason comes first
        if episode.recording.guid in self._choice.withdrawn:
            return f"it is withdrawn (`etam publish --again {episode.slug}` publishes it again)"
        known = self._unfinished.get(episode.slug)
        unfinished = known or why_unfinished(self._workspace, episode)
        if unfinished:
            return f"{unfinished} (run `etam run`)"
        state = approval_state(self._workspace, episode)
        if state is ApprovalState.MISSING:
            return f"nobody has approved it (`etam approve {episode.slug}`)"
        if state is ApprovalState.STALE:
            return f"it changed after it was approved (`etam approve {episode.slug}`)"
        due = self._due(episode)
        if due > self._now and episode.recording.guid not in self._choice.before:
            return f"it is scheduled for {due.isoformat(sep=' ', timespec='minutes')}"
        if gave_way:
            return (
                "another version of it was published elsewhere or brought back since, and what is "
                f"here would replace that (`etam approve {episode.slug}` if it shall)"
            )
        return ""

    def _gave_way(self, episode: Episode) -> bool:
        """Whether the folder holds what gave way to others, and nobody has approved it since."""
        guid = episode.recording.guid
        public = self._choice.before.get(guid)
        if public is None:
            return False
        if public_content(self._workspace, episode) == own_sources(public):
            self._superseded.pop(guid, None)
            return False
        signed = signature(episode)
        if guid in self._adopted:
            self._superseded[guid] = signed
        if self._superseded.get(guid) == signed:
            return True
        self._superseded.pop(guid, None)
        return False

    def _note_episodes_without_folder(self) -> None:
        """Said of each, or of all together where most are published from elsewhere."""
        here = {self._guid_of(slug) for slug in self._workspace.slugs()}
        slugs = [item.slug for guid, item in self._choice.items.items() if guid not in here]
        if len(slugs) > _MOST_NAMED:
            named = ", ".join(f"“{slug}”" for slug in slugs[:_MOST_NAMED])
            self._choice.left_out[""] = (
                f"{named} and {len(slugs) - _MOST_NAMED} more stay public as they are, though "
                "their folders are not here."
            )
            return
        for slug in slugs:
            sentence = f"“{slug}” stays public as it is, though its folder is not here."
            self._choice.left_out.setdefault(slug, sentence)

    def _guid_of(self, slug: str) -> str:
        try:
            return self._workspace.recording(slug).guid
        except EpisodeProblem:
            return ""  # reported where the episode itself is read

    def _choose(self, episode: Episode, moments: Mapping[str, datetime]) -> None:
        guid = episode.recording.guid
        earlier = self._choice.before.get(guid)
        published_at = earlier.published_at if earlier else moments[guid]
        address = earlier.slug if earlier else episode.slug
        content = EpisodeContent(self._workspace, self._channel, episode, address)
        try:
            self._must_be_nobody_elses(episode, address)
            item = content.item(published_at, self._now, earlier)
            if item is not earlier:
                self._pass_the_gate(content, item)
        except EpisodeProblem as error:
            self._choice.note_problem(episode.slug, error)
            return
        self._chosen[guid] = episode.slug
        self._choice.items[guid] = item
        # Another one, for what this one has read to make the item need not be kept.
        self._choice.makers.update(replace(content).contents(item))

    def _pass_the_gate(self, content: EpisodeContent, item: FeedItem) -> None:
        """Keep the item back for errors, and note what is merely odd about it."""
        missing = missing_tags(self._channel, item)
        self._judge(
            item.slug,
            [
                *check_item(self._channel, item, content.facts(), self._now),
                *(Finding(item.slug, tag, True, "nothing is said") for tag in missing),
            ],
        )

    def _leave_out_what_is_there_twice(self) -> None:
        """Of two episodes that share what must be their own, the newcomer stays out."""
        by_slug = {item.slug: guid for guid, item in self._choice.items.items()}
        for finding in check_together(self._choice.items.values()):
            guid = by_slug[finding.slug]
            if self._choice.items.get(guid) == self._choice.before.get(guid):
                continue  # it is public as it is; nothing would be gained
            try:
                self._judge(finding.slug, [finding])
            except EpisodeProblem as error:
                self._choice.leave_out(guid, finding.slug, error)

    def _judge(self, slug: str, findings: Sequence[Finding]) -> None:
        if errors := [found.sentence for found in findings if found.is_error]:
            raise EpisodeProblem(" ".join(errors), f"Correct it, then publish “{slug}” again.")
        self._choice.warnings += [found.sentence for found in findings]

    def _must_be_nobody_elses(self, episode: Episode, address: str) -> None:
        guid = episode.recording.guid
        other = self._chosen.get(guid, address)
        if (
            other != episode.slug
            and (self._workspace.episodes_folder / other / "recording.json").is_file()
        ):
            raise EpisodeProblem(
                f"“{episode.slug}” has the same identity as “{other}”.",
                "Delete the folder that is a copy; if both are meant, add its recording anew.",
            )
        if self._owners.get(address, guid) != guid:
            raise EpisodeProblem(
                f"The address of “{episode.slug}” belongs to an episode published before.",
                "Rename its folder.",
            )

    def _moments(self, new: Iterable[Episode]) -> dict[str, datetime]:
        """The `pubDate` of each new episode.

        Those that become public together are a second apart in the order of their dates, so that
        every podcast app lists them in that order.
        """
        dated = [e for e in new if e.recording.published_at or e.details.publish_at]
        moments = {e.recording.guid: self._due(e) for e in dated}
        rest = [e for e in new if e.recording.guid not in moments]
        rest.sort(key=lambda e: (e.details.date, e.details.number or 0, e.slug), reverse=True)
        for seconds, episode in enumerate(rest):
            moments[episode.recording.guid] = self._now - timedelta(seconds=seconds)
        return moments

    def _due(self, episode: Episode) -> datetime:
        """What was public at another host stays as old as it is."""
        due = episode.recording.published_at or episode.details.publish_at
        if due is None:
            return self._now
        return in_zone(due, self._zone).replace(microsecond=0)


def _as_intended(standing: Standing) -> dict[str, FeedItem]:
    """The public items, with what people here took back or gave back since."""
    intended = standing.known.intentions.withdrawn
    reasons = standing.known.intentions.reasons
    changed = {
        guid: replace(standing.items[guid], withdrawn=withdrawn, reason=reasons.get(guid, ""))
        for guid, withdrawn in intended.items()
        if guid in standing.items and standing.items[guid].withdrawn is not withdrawn
    }
    return {**standing.items, **changed}


def signature(episode: Episode) -> str:
    """The approval that the episode has now; another one is another decision."""
    try:
        return hashlib.sha256(episode.approval_json.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _time_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SetupProblem(
            f"show.toml: “{name}” is no time zone that this machine knows.",
            "Give `timezone` under [show] as “Asia/Makassar”, or install the package tzdata.",
            str(error),
        ) from error

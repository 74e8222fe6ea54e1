"""Makes the feed item of an episode, and the content of each of its public files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache, partial
from itertools import chain
from pathlib import Path

from pipeline.ground.config import Show
from pipeline.ground.files import read_json
from pipeline.ground.transcript_file import read_transcript
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.approval import public_content
from pipeline.stages.publish.catalogue import shown_file
from pipeline.stages.publish.shown import shown_to_bytes
from pipeline.stages.publish.transcripts import in_paragraphs
from pipeline.tools import site
from pipeline.tools.artwork import Picture, check_artwork, check_share_picture
from pipeline.tools.bucket import Content
from pipeline.tools.id3 import mp3_seconds
from pipeline.words.captions import PUBLIC_FORMATS
from pipeline.words.chapters import Chapter, chapters_from_json
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.feed import FeedChannel, FeedItem, PublicFile
from pipeline.words.feed_gate import Facts, last_cue_seconds
from pipeline.words.podcasting import License, Person, Place
from pipeline.words.search_terms import terms_of
from pipeline.words.term_filter import filter_of
from pipeline.words.transcript import Transcript
from pipeline.words.web_files import named_by_content
from pipeline.words.web_text import (
    ascii_key,
    ascii_url,
    episode_folder,
    short_line,
    within_bytes,
)

_MOST_KEYWORDS = 12
# Raised when equal sources should give another item or page.
_VERSION = 2
# What an item is made from that is not its episode's own.
_OF_THE_SHOW = ("show", "pages")


def own_sources(item: FeedItem) -> dict[str, str]:
    """What an item was made from that is its episode's own; compare it with `public_content`."""
    return {name: digest for name, digest in item.sources.items() if name not in _OF_THE_SHOW}


@dataclass(frozen=True)
class EpisodeContent:
    """An episode as it would be published now. Nothing is read before it is asked for.

    `address` is the slug under which it was first published: links to it stay when its folder is
    renamed.
    """

    workspace: Workspace
    channel: FeedChannel
    episode: Episode
    address: str

    def item(self, published_at: datetime, now: datetime, earlier: FeedItem | None) -> FeedItem:
        """The feed item; `earlier` itself when nothing changed since."""
        if earlier is not None and earlier.sources == self.sources:
            return earlier
        item = self._new_item(published_at, now, earlier)
        if earlier is not None and _says_the_same(earlier, item):
            return replace(item, changed_at=earlier.changed_at)
        return item

    def facts(self) -> Facts:
        """What the gate compares the item with; the captions are read once more for it."""
        details = self.episode.details
        people = [(guest.name, guest.role) for guest in details.guests]
        people += [(person.name, person.role) for person in details.credits]
        return Facts(
            heard_seconds=self._transcript.duration,
            cues_end={
                path.name: last_cue_seconds(path.read_text(encoding="utf-8"))
                for path in (self.episode.captions_vtt, self.episode.captions_srt)
            },
            chapters=self._chapters,
            said={
                "title": details.title,
                "summary": details.summary,
                "place": details.place,
                "host": details.host,
                "people": "\n".join(" ".join(person) for person in people),
                "corrections": "\n".join(correction.text for correction in details.corrections),
            },
        )

    @cached_property
    def sources(self) -> dict[str, str]:
        """The digests of everything that the item is made from."""
        return {
            **public_content(self.workspace, self.episode),
            "show": _digest_of(self.channel),
            "pages": f"{_VERSION}-{site.fingerprint()}",
        }

    def contents(self, item: FeedItem) -> Mapping[str, Callable[[], Content]]:
        """How to get the content of each public file of `item`, by key."""
        return {
            item.enclosure.key: lambda: self._file(self.episode.enclosure),
            **{file.key: self._text(file.key) for file in item.transcripts},
            **({item.chapters.key: self._text(item.chapters.key)} if item.chapters else {}),
            **({item.cover.key: self._cover_content} if item.cover else {}),
            **({item.picture.key: self._picture_content} if item.picture else {}),
            **({item.shown.key: self._shown_content} if item.shown else {}),
            **{file.key: partial(self._page_content, item, file.key) for file in item.pages},
        }

    def _new_item(
        self, published_at: datetime, now: datetime, earlier: FeedItem | None
    ) -> FeedItem:
        details = self.episode.details
        draft = FeedItem(
            guid=self.episode.recording.guid,
            slug=self.address,
            title=short_line(details.title) or self.episode.slug,
            description=self._description(),
            notes_html="",
            language=self._transcript.language,
            published_at=published_at,
            changed_at=now,
            duration_seconds=max(1, round(mp3_seconds(self.episode.enclosure))),
            enclosure=self._public(self._media_stem, self.episode.enclosure, ".mp3"),
            transcripts=tuple(self._named(name) for name in self._transcript_files),
            chapters=self._named("chapters.json") if self._chapters else None,
            cover=self._cover_file,
            cover_pixels=self._cover_picture.pixels if self._cover_picture else 0,
            page=PublicFile(f"{self._folder}/index.html", 0, ""),
            people=self._people(),
            place=self._place,
            keywords=self._keywords(),
            season=details.season,
            number=details.number,
            episode_type=str(details.episode_type),
            explicit=self._explicit(),
            sources=self.sources,
            season_name=self._show.feed.season_names.get(str(details.season), ""),
            number_display=details.number_display,
            license=License(details.license, details.license_url),
            soundbites=details.soundbites,
            social=details.social,
            more_pages=earlier.more_pages if earlier else (),
            picture=self._picture_file,
            said=filter_of(self._terms()),
            shown=shown_file(self.address, shown_to_bytes(self.shown())),
        )
        # The whole name, because a bucket does not look for an index.html in a folder.
        url = ascii_url(self.channel.base_url + draft.page.key)
        item = replace(draft, notes_html=site.show_notes(self.channel, draft, self.shown(), url))
        *more, page = (_file_of(key, make) for key, make in self._pages(item).items())
        return replace(item, page=page, more_pages=tuple(more))

    @property
    def _show(self) -> Show:
        return self.workspace.show

    @property
    def _folder(self) -> str:
        return episode_folder(self.address)

    @property
    def _media_stem(self) -> str:
        return f"media/{ascii_key(self.address)}"

    @cached_property
    def _transcript(self) -> Transcript:
        return read_transcript(self.episode)

    def _terms(self) -> Iterator[str]:
        return chain.from_iterable(terms_of(s.for_readers) for s in self._transcript.segments)

    @cached_property
    def _chapters(self) -> tuple[Chapter, ...]:
        try:
            return chapters_from_json(read_json(self.episode.chapters_json))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._unreadable(self.episode.chapters_json, error) from error

    def _unreadable(self, path: Path, error: Exception) -> EpisodeProblem:
        return EpisodeProblem(
            f"{path.name} of “{self.episode.slug}” cannot be read.",
            f"Delete it and run `etam run {self.episode.slug}`; it is made anew.",
            str(error),
        )

    @cached_property
    def _transcript_files(self) -> dict[str, Callable[[], Content]]:
        return {
            each.public_name: partial(self._file, self.episode.texts / each.file_name)
            for each in PUBLIC_FORMATS
        }

    @cached_property
    def _texts(self) -> dict[str, Callable[[], Content]]:
        chapters = {"chapters.json": lambda: self._file(self.episode.chapters_json)}
        return {**self._transcript_files, **chapters}

    def _named(self, name: str) -> PublicFile:
        content = self._texts[name]()
        stem, _, suffix = name.partition(".")
        key = named_by_content(f"{self._folder}/{stem}", content.sha256, f".{suffix}")
        return PublicFile(key, content.size, content.sha256)

    def _text(self, key: str) -> Callable[[], Content]:
        name = key.rpartition("/")[2]
        stem, suffix = name.partition("-")[0], name.rpartition(".")[2]
        return self._texts[f"{stem}.{suffix}"]

    def _public(self, stem: str, path: Path, suffix: str) -> PublicFile:
        content = self._file(path)
        key = named_by_content(stem, content.sha256, suffix)
        return PublicFile(key, content.size, content.sha256)

    def _file(self, path: Path) -> Content:
        digest = self.workspace.digests.of(path)
        if digest is None:
            raise EpisodeProblem(
                f"{path.name} of “{self.episode.slug}” is gone.",
                f"Run `etam run {self.episode.slug}`; it is made anew.",
            )
        return Content(path, path.stat().st_size, digest)

    @cached_property
    def _cover_picture(self) -> Picture | None:
        try:
            return check_artwork(self.episode.cover) if self.episode.cover else None
        except SetupProblem as error:  # a cover lies beside its recording: staff act, no operator
            raise EpisodeProblem(error.problem, error.remedy, error.detail) from error

    @property
    def _cover_file(self) -> PublicFile | None:
        path, picture = self.episode.cover, self._cover_picture
        if path is None or picture is None:
            return None
        return self._public(f"{self._folder}/cover", path, picture.suffix)

    def _cover_content(self) -> Content:
        if self.episode.cover is None:
            raise EpisodeProblem(f"The cover of “{self.episode.slug}” is gone.", "Publish again.")
        return self._file(self.episode.cover)

    @property
    def _picture_file(self) -> PublicFile | None:
        """An episode of before there were pictures may have none yet."""
        path = self.episode.share_picture
        if not path.is_file():
            return None
        check_share_picture(path)
        return self._public(f"{self._folder}/share", path, ".jpg")

    def _picture_content(self) -> Content:
        return self._file(self.episode.share_picture)

    def _description(self) -> str:
        details = self.episode.details
        text = details.summary or self._excerpt()
        guests = (f"{g.name}, {g.role}" if g.role else g.name for g in details.guests)
        return within_bytes(text or ". ".join([details.title, *guests]) + ".")

    def _excerpt(self) -> str:
        try:
            draft = read_json(self.episode.draft_json)
            return str(draft.get("notes", {}).get("summary") or draft.get("excerpt", ""))
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, AttributeError) as error:
            raise self._unreadable(self.episode.draft_json, error) from error

    def _keywords(self) -> tuple[str, ...]:
        words = list(self.episode.details.tags) or self._topics()
        return tuple(short_line(word, 64) for word in words[:_MOST_KEYWORDS])

    def _topics(self) -> list[str]:
        try:
            return [str(topic) for topic in read_json(self.episode.topics_json)["topics"]]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._unreadable(self.episode.topics_json, error) from error

    @property
    def _host(self) -> str:
        return self.episode.details.host or self._show.show.host

    def _people(self) -> tuple[Person, ...]:
        details = self.episode.details
        hosts = [Person(self._host)] if self._host else []
        guests = (Person(g.name, "guest", image=g.image, link=g.link) for g in details.guests)
        return (*hosts, *guests, *details.credits)

    @property
    def _place(self) -> Place:
        said = self.episode.details
        return Place(short_line(said.place, 128), said.geo, said.osm, said.country)

    def _explicit(self) -> bool:
        own = self.episode.details.explicit
        return self._show.show.explicit if own is None else own

    def _page_content(self, item: FeedItem, key: str) -> Content:
        return _made_by(self._pages(item)[key])

    def _shown_content(self) -> Content:
        return _made_by(lambda: shown_to_bytes(self.shown()))

    def _pages(self, item: FeedItem) -> Mapping[str, Callable[[], bytes]]:
        return site.episode_pages(self.channel, item, self.shown())

    def shown(self) -> site.EpisodePage:
        """What its pages show beyond the item."""
        details = self.episode.details
        article = self.episode.article_md
        return site.EpisodePage(
            recorded_on=details.date,
            guests=tuple((guest.name, guest.role) for guest in details.guests),
            host=self._host,
            summary=details.summary,
            chapters=self._chapters,
            transcript=in_paragraphs(self._transcript),
            article_markdown=article.read_text(encoding="utf-8") if article.is_file() else "",
            corrections=details.corrections,
        )


@lru_cache(maxsize=1)
def _digest_of(channel: FeedChannel) -> str:
    """The same for each of thousands of episodes."""
    said = json.dumps(asdict(channel), sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _made_by(make: Callable[[], bytes]) -> Content:
    body = make()
    return Content(body, len(body), hashlib.sha256(body).hexdigest())


def _file_of(key: str, make: Callable[[], bytes]) -> PublicFile:
    content = _made_by(make)
    return PublicFile(key, content.size, content.sha256)


def _says_the_same(earlier: FeedItem, item: FeedItem) -> bool:
    same = replace(earlier, changed_at=item.changed_at, sources=item.sources, shown=item.shown)
    return same == item

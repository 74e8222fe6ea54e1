"""`article.md` as people save it, and `articles.jsonl`: what it said before; nothing is lost.

The file is people's: somebody may change it in a text editor at any time. Whoever saves says which
text that was made from, and another one is never written over. What gives way to a new stretch of
work, or to somebody else's, is kept first.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from pipeline.ground.files import disk_problems_in_words, locked, write_text
from pipeline.ground.workspace import Workspace
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem

_PATIENCE_SECONDS = 10.0
_STRETCH = timedelta(minutes=5)
ELSEWHERE = "article.md"
"""Who wrote a text that was saved by another program."""


@dataclass(frozen=True, slots=True)
class Version:
    """A text that was, or is, the article. `at` is when it was kept."""

    at: datetime
    by: str
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The article as it is. `text` is None while there is none; `mark` tells whether it is so."""

    text: str | None

    @property
    def mark(self) -> str:
        return digest_of(self.text or "")


_VERSION = TypeAdapter(Version)


class ArticleChanged(EpisodeProblem):
    """The article is not the one that a text was made from; `there` is what it is."""

    def __init__(self, slug: str, there: Standing) -> None:
        super().__init__(
            f"Somebody changed the article of “{slug}” meanwhile.",
            "Look at both and choose; nothing is lost.",
        )
        self.slug = slug
        self.there = there

    def __reduce__(self) -> tuple[type[ArticleChanged], tuple[str, Standing]]:  # type: ignore[override]
        return type(self), (self.slug, self.there)


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_standing(episode: Episode) -> Standing:
    """The article as it is now. Raises EpisodeProblem when it is no text."""
    try:
        return Standing(episode.article_md.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Standing(None)
    except (OSError, UnicodeDecodeError) as error:
        raise EpisodeProblem(
            f"article.md of “{episode.slug}” cannot be read as text.",
            "Save it in UTF-8 in a text editor.",
            str(error),
        ) from error


def save_article(
    workspace: Workspace, episode: Episode, seen: str, text: str, by: str, now: datetime
) -> Standing:
    """Replace the article by `text`. Raises ArticleChanged unless `seen` is its mark."""
    lock = workspace.cache / "locks" / f"{episode.slug}.article.lock"
    with locked(lock, f"The article of “{episode.slug}”", _PATIENCE_SECONDS):
        there = read_standing(episode)
        if there.mark != seen:
            raise ArticleChanged(episode.slug, there)
        if text == there.text:
            return there
        last = next(reversed(list(read_versions(episode))), None)
        is_new_stretch = last is None or last.by != by or now - last.at > _STRETCH
        if is_new_stretch and there.text and (last is None or last.digest != there.mark):
            # Unkept words are those of the stretch before, or of another program.
            _keep(episode, Version(now, last.by if last else ELSEWHERE, there.mark, there.text))
        write_text(episode.article_md, text)
        if is_new_stretch:
            _keep(episode, Version(now, by, digest_of(text), text))
        return Standing(text)


def read_versions(episode: Episode) -> Iterator[Version]:
    """What was kept, oldest first; a line that a kill cut off is passed over."""
    try:
        with (episode.texts / "articles.jsonl").open("rb") as file:
            for line in file:
                try:
                    yield _VERSION.validate_json(line)
                except ValidationError:
                    continue
    except FileNotFoundError:
        return


def _keep(episode: Episode, version: Version) -> None:
    path = episode.texts / "articles.jsonl"
    line = json.dumps(asdict(version), ensure_ascii=False, default=datetime.isoformat)
    with disk_problems_in_words(path), path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")  # a kill cut the last line off
        file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())

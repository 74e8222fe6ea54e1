"""Clears away what nobody needs any more; publishing itself never deletes anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pipeline.ground.stage import Report
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.needed import Kept, Needed, needed_keys
from pipeline.tools.bucket import Bucket
from pipeline.tools.bucket.clearing import Clearing, Found, Unfinished
from pipeline.tools.rss import feed_there
from pipeline.words.errors import SetupProblem, TemporaryProblem
from pipeline.words.public_names import WRITE_CHECK_KEY, Kind, digest_in, kind_of, slug_in
from pipeline.words.web_text import ascii_key

# Somebody who publishes at this moment has uploaded what no feed names yet.
_YOUNG = timedelta(days=1)
_UNFINISHED = timedelta(days=7)
_MOST = 100
_LEAST_MOST = 10
_CUT = 80
_MOST_SHARE = 0.2
# The catalogue is read again after so many.
_AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be cleared. `media` are slugs whose media and texts go, unless they are public."""

    kept: Kept = field(default_factory=Kept)
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file that nothing needs, and why that is known."""

    file: Found
    reason: str


@dataclass(frozen=True, slots=True)
class Clearance:
    """What would be deleted, and how many files stay for which reason."""

    leftovers: tuple[Leftover, ...]
    unfinished: tuple[Unfinished, ...]
    staying: Mapping[str, int]

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(leftover.file.size for leftover in self.leftovers)

    @property
    def files(self) -> int:
        """How many files there are in all."""
        return len(self.leftovers) + sum(self.staying.values())


def plan_clearing(
    workspace: Workspace, bucket: Bucket, clearing: Clearing, wish: Wish, now: datetime
) -> Clearance:
    """Look at each file in the bucket. Nothing is deleted.

    Raises SetupProblem when it cannot be known what is needed, or a slug of `wish` is unknown.
    """
    found = list(clearing.found())
    needed = _needed(workspace, bucket, found, wish, now)
    _must_be_known(wish.media, found)
    verdicts = [(file, *_verdict(file, needed, wish, now)) for file in found]
    return Clearance(
        leftovers=tuple(Leftover(file, why) for file, goes, why in verdicts if goes),
        unfinished=tuple(u for u in clearing.unfinished() if _is_forgotten(u, now)),
        staying=dict(Counter(why for _, goes, why in verdicts if not goes)),
    )


def must_be_few(clearance: Clearance, most: int | None) -> None:
    """Raises SetupProblem when more would go than `most`, or than is usual."""
    usual = min(_MOST, max(_LEAST_MOST, int(_MOST_SHARE * clearance.files)))
    limit = usual if most is None else most
    if len(clearance.leftovers) > limit:
        raise SetupProblem(
            f"{len(clearance.leftovers)} of {clearance.files} files would be deleted, which is "
            f"more than {limit}.",
            "Look through the list that `etam gc` shows; if it is right, allow it with "
            f"`--most {len(clearance.leftovers)}`.",
        )


def clear(
    workspace: Workspace,
    bucket: Bucket,
    clearing: Clearing,
    clearance: Clearance,
    wish: Wish,
    now: datetime,
    report: Report,
) -> tuple[list[Found], list[Found]]:
    """Delete what `clearance` names, as far as nothing needs it by now.

    Returns what was deleted and what was spared. Raises TemporaryProblem when somebody published
    what was just deleted, which a publication repairs.
    """
    deleted: list[Found] = []
    leftovers = [leftover.file for leftover in clearance.leftovers]
    with workspace.feed_locked():
        _tell(clearing, leftovers, "begun")
        for place, file in enumerate(leftovers):
            if place % _AT_A_TIME == 0:
                needed = _needed(workspace, bucket, list(clearing.found()), wish, now)
            goes, _ = _verdict(file, needed, wish, now)
            if goes and _is_ours(file, bucket, clearing) and clearing.delete(file):
                deleted.append(file)
            report((place + 1) / len(leftovers))
        _tell(clearing, leftovers, "ended")
        for upload in clearance.unfinished:
            clearing.give_up(upload)
        _must_not_be_needed(workspace, bucket, clearing, deleted, wish, now)
    report(1.0)
    return deleted, [file for file in leftovers if file not in deleted]


def _tell(clearing: Clearing, leftovers: Collection[Found], step: str) -> None:
    """Before and after: whoever listed in between knows files that are gone."""
    if leftovers:
        clearing.tell_publishers(f"{datetime.now(UTC).isoformat()} {step}")


def _needed(
    workspace: Workspace, bucket: Bucket, found: Iterable[Found], wish: Wish, now: datetime
) -> Needed:
    written = {file.key: file.written for file in found}
    return needed_keys(workspace, bucket, written, wish.kept, now)


def _verdict(file: Found, needed: Needed, wish: Wish, now: datetime) -> tuple[bool, str]:
    """Whether a file goes, and why it goes or stays."""
    kind = kind_of(file.key)
    is_asked_for = any(_is_of(slug, file) for slug in wish.media)
    if kind is None:
        return False, "pages, the feed, artwork, and files of others"
    if file.key in needed.now:
        return False, "public now"
    if now - file.written < _YOUNG:
        return False, "younger than a day"
    if is_asked_for:
        return True, f"{kind} that is not public, asked for"
    if file.key in needed.ever:
        return False, "named by a publication that is kept"
    if kind is Kind.MEDIA:
        return False, "media that apps may have the address of"
    return True, f"{kind} that no kept publication names"


def _is_forgotten(upload: Unfinished, now: datetime) -> bool:
    """Whether an upload of ours was begun so long ago that nobody goes on with it."""
    is_ours = kind_of(upload.key) is not None or upload.key == WRITE_CHECK_KEY
    return is_ours and now - upload.begun > _UNFINISHED


def _is_of(slug: str, file: Found) -> bool:
    """Whether a file belongs to the episode; the names of its records may be cut short."""
    named, whole = slug_in(file.key), ascii_key(slug)
    return named == whole or (len(named) >= _CUT and whole.startswith(named))


def _must_be_known(slugs: Sequence[str], found: Collection[Found]) -> None:
    unknown = [slug for slug in slugs if not any(_is_of(slug, file) for file in found)]
    if unknown:
        raise SetupProblem(
            f"The bucket holds no media or text of “{unknown[0]}”.",
            "Give the slug that stands in the episode's address.",
        )


def _is_ours(file: Found, bucket: Bucket, clearing: Clearing) -> bool:
    """Whether the content fits the name, as it does in everything that was published from here."""
    if kind_of(file.key) is Kind.FEED_COPY:
        found = bucket.get(file.key)
        named = feed_there(found[0]).publication if found else ""
        return bool(named) and file.key.endswith(f"-{named}.xml")
    return clearing.digest_of(file).startswith(digest_in(file.key))


def _must_not_be_needed(
    workspace: Workspace,
    bucket: Bucket,
    clearing: Clearing,
    deleted: Collection[Found],
    wish: Wish,
    now: datetime,
) -> None:
    if not deleted:
        return
    public = _needed(workspace, bucket, list(clearing.found()), wish, now).now
    missing = sorted(file.key for file in deleted if file.key in public)
    if missing:
        raise TemporaryProblem(
            f"{missing[0]} was published again while it was being deleted.",
            "Run `etam publish --verify`, which uploads it again.",
            ", ".join(missing),
        )

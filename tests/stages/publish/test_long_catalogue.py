"""One more episode in a long catalogue: what is made again, asked, sent and kept in memory."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.ground.files import read_json, write_json
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import Publication, documents, open_bucket, plan_publication, publish
from pipeline.stages.publish.records import read_records, write_items
from pipeline.tools.site import show_pages
from pipeline.words.errors import TemporaryProblem
from pipeline.words.feed import FeedItem, PublicFile
from tests.episodes_on_disk import NOW, add_episode, make_workspace

PER_PAGE = 3


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    """A catalogue of twelve episodes, one every half a year, and the first of them in a folder."""
    feed = f"[feed]\nitems_per_page = {PER_PAGE}"
    show = make_workspace(tmp_path / "show", publish=f'target = "folder"\n\n{feed}')
    add_episode(show, "ke-0", publish_at=NOW - timedelta(days=9_000))
    publish_now(show)
    make_public(show, range(1, 12))
    publish_now(show)
    return show


def plan_now(show: Workspace) -> Publication:
    show = Workspace(show.root)
    return plan_publication(show, open_bucket(show.show, show), NOW)


def publish_now(show: Workspace) -> list[str]:
    """What was uploaded, by key."""
    show = Workspace(show.root)
    bucket = open_bucket(show.show, show)
    plan = plan_publication(show, bucket, NOW)
    publish(show, bucket, plan, lambda _share: None)
    return [change.key for change in plan.changes]


def make_public(show: Workspace, numbers: range) -> None:
    """As if each number were an episode that was published long ago."""
    like = next(item for item in read_records(show).items.values() if item.slug == "ke-0")
    write_items(show, [another(show, like, number) for number in numbers])


def another(show: Workspace, like: FeedItem, number: int) -> FeedItem:
    def own(file: PublicFile) -> PublicFile:
        key = file.key.replace("ke-0", f"ke-{number}")
        body = f"{key}\n".encode()
        path = show.public / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        return PublicFile(key, len(body), hashlib.sha256(body).hexdigest())

    at = like.published_at + timedelta(days=180 * min(number, 12) + number)
    return replace(
        like,
        guid=f"guid-{number}",
        slug=f"ke-{number}",
        published_at=at,
        changed_at=at,
        enclosure=own(like.enclosure),
        transcripts=tuple(map(own, like.transcripts)),
        chapters=own(like.chapters) if like.chapters else None,
        picture=own(like.picture) if like.picture else None,
        shown=None,
        page=own(like.page),
        more_pages=tuple(map(own, like.more_pages)),
    )


def count_made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each document that lists episodes is made from now on."""
    made: Counter[str] = Counter()

    def counted(name: str, make):  # type: ignore[no-untyped-def]
        def counting(*args: object, **options: object) -> bytes:
            made.update([name])
            return bytes(make(*args, **options))

        return counting

    def pages(*of: object):  # type: ignore[no-untyped-def]
        found = show_pages(*of)  # type: ignore[arg-type]
        return {k: replace(page, make=counted(k, page.make)) for k, page in found.items()}

    monkeypatch.setattr(documents.site, "show_pages", pages)
    monkeypatch.setattr(documents, "build_feed", counted("feed", documents.build_feed))
    return made


def test_with_nothing_to_do_the_feed_is_made_and_nothing_else(
    show: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = count_made(monkeypatch)
    assert plan_now(show).changes == ()
    assert made == {"feed": 1}


def test_one_more_episode_makes_no_archive_page_and_no_earlier_year_again(
    show: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_episode(show, "yang-baru", title="Yang baru")
    made = count_made(monkeypatch)
    changed = {change.key for change in plan_now(show).changes}
    assert made["feed"] <= 2  # the newest document, and an archive page where one is full now
    assert f"year-{NOW.year}.html" in made
    assert not {key for key in made if key.startswith("year-")} - {f"year-{NOW.year}.html"}
    assert {key for key in made if key != "feed"} <= changed


def test_what_is_remembered_does_not_change_what_is_made(show: Workspace) -> None:
    add_episode(show, "yang-baru", title="Yang baru")
    remembering = plan_now(show).changes
    (show.cache / "documents.json").unlink()
    assert plan_now(show).changes == remembering


def test_another_title_long_ago_makes_its_pages_anew(show: Workspace) -> None:
    add_episode(show, "ke-0", title="Judul lain", publish_at=NOW - timedelta(days=9_000))
    year = (NOW - timedelta(days=9_000)).year
    changed = publish_now(show)
    assert f"year-{year}.html" in changed
    assert "Judul lain" in (show.public / f"year-{year}.html").read_text(encoding="utf-8")
    assert any(key.startswith("feed-1-") for key in changed)


def test_what_is_remembered_wrong_is_forgotten(show: Workspace) -> None:
    memory = show.cache / "documents.json"
    write_json(memory, {name: [1, "0" * 64] for name in read_json(memory)})
    with pytest.raises(TemporaryProblem):
        publish_now(show)
    assert publish_now(show) == []


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": [1]}', "\0"])
def test_a_damaged_memory_counts_as_none(show: Workspace, content: str) -> None:
    (show.cache / "documents.json").write_text(content)
    assert plan_now(show).changes == ()


def test_each_further_episode_costs_a_plan_little_memory(show: Workspace) -> None:
    few = peak_of_a_plan(show)
    make_public(show, range(12, 212))
    publish_now(show)
    bytes_each = (peak_of_a_plan(show) - few) / 200
    assert bytes_each < 25_000


def peak_of_a_plan(show: Workspace) -> float:
    """In bytes, as Python's own allocations go."""
    tracemalloc.start()
    try:
        plan_now(show)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

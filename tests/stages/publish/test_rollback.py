"""An earlier publication is made public again, and stays so until somebody decides otherwise."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import (
    Publication,
    SavedPublication,
    approve,
    give_back,
    open_bucket,
    plan_publication,
    plan_rollback,
    publish,
    saved_publications,
    withdraw,
)
from pipeline.words.errors import SetupProblem
from tests.episodes_on_disk import NOW, add_episode, make_workspace

LATER = NOW + timedelta(days=3)
LAST = NOW + timedelta(days=9)


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    """Three publications: “Satu”, then “Dua” beside it, then “Satu” with an error in it."""
    workspace = make_workspace(tmp_path / "show")
    add_episode(workspace, "satu", title="Satu")
    publish_now(workspace)
    add_episode(workspace, "dua", title="Dua")
    publish_now(workspace)
    add_episode(workspace, "satu", title="Salah", said="Ini salah semua.", tone_hz=600)
    text = workspace.transcripts_folder / "satu" / "article.md"
    text.write_text("# Artikel salah\n\nIsi.\n", encoding="utf-8")
    publish_now(workspace, LATER)
    return workspace


def publish_now(show: Workspace, now=NOW) -> Publication:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    planned = plan_publication(fresh, bucket, now)
    return publish(fresh, bucket, planned, lambda _share: None)


def roll_back(show: Workspace, publication: str, now=LAST) -> Publication:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    planned = plan_rollback(fresh, bucket, publication, now)
    return publish(fresh, bucket, planned, lambda _share: None)


def saved(show: Workspace) -> list[SavedPublication]:
    return saved_publications(open_bucket(show.show, show), 20)


def titles(show: Workspace) -> set[str]:
    return {entry.title for entry in feed_of(show).entries}


def feed_of(show: Workspace) -> feedparser.FeedParserDict:
    return feedparser.parse((show.public / "feed.xml").read_bytes())


def pages(show: Workspace) -> dict[str, bytes]:
    """Every page of every episode, and of the show, but for what tells dates of changes."""
    found = [p for p in show.public.rglob("*") if p.suffix in (".html", ".json", ".xml")]
    fixed = re.compile(r"-[0-9a-f]{16}\.|published|feed\.xml|sitemap")
    return {
        str(path.relative_to(show.public)): path.read_bytes()
        for path in found
        if not fixed.search(str(path))
    }


def test_publications_are_listed_with_what_they_changed(show: Workspace) -> None:
    last, second, first = saved(show)
    assert [each.episodes for each in (first, second, last)] == [1, 2, 2]
    assert [each.differs for each in (first, second, last)] == [
        (),
        ("new: dua",),
        ("changed: satu",),
    ]
    assert all(each.published_at is not None for each in (first, second, last))
    assert len(saved_publications(open_bucket(show.show, show), 2)) == 2


def test_an_earlier_publication_comes_back_with_its_pages(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show")
    add_episode(show, "satu", title="Satu")
    add_episode(show, "dua", title="Dua")
    publish_now(show)
    before, entries = pages(show), feed_of(show).entries
    add_episode(show, "satu", title="Salah", said="Ini salah semua.", tone_hz=600)
    publish_now(show, LATER)
    assert pages(show) != before
    done = roll_back(show, saved(show)[1].id)
    assert titles(show) == {"Satu", "Dua"}
    assert pages(show) == before
    assert feed_of(show).entries == entries
    assert [change.key for change in done.changes if change.key.startswith("media/")] == []


def test_what_was_rolled_back_waits_for_a_new_approval(show: Workspace) -> None:
    roll_back(show, saved(show)[1].id)
    assert titles(show) == {"Satu", "Dua"}
    for _ in range(2):
        again = publish_now(show, LAST)
        assert titles(show) == {"Satu", "Dua"}
        assert "etam approve satu" in again.left_out["satu"]
    approve(show, show.episode("satu"), "Redaktur", LAST)
    publish_now(show, LAST)
    assert titles(show) == {"Salah", "Dua"}


def test_an_article_that_came_later_gives_way_to_a_notice(show: Workspace) -> None:
    page = show.public / "episodes" / "satu" / "article.html"
    assert "Artikel salah" in page.read_text(encoding="utf-8")
    roll_back(show, saved(show)[1].id)
    assert "Artikel salah" not in page.read_text(encoding="utf-8")
    assert "Salah" not in (show.public / "episodes/satu/index.html").read_text(encoding="utf-8")


def test_an_episode_that_came_later_is_withdrawn_until_it_is_given_back(show: Workspace) -> None:
    roll_back(show, saved(show)[2].id)
    assert titles(show) == {"Satu"}
    assert "etam publish --again dua" in publish_now(show, LAST).left_out["dua"]
    assert "Episode ditarik" in (show.public / "episodes/dua/index.html").read_text()
    give_back(show, "dua")
    publish_now(show, LAST)
    assert titles(show) == {"Satu", "Dua"}


def test_a_rollback_can_be_rolled_back(show: Workspace) -> None:
    wrong = saved(show)[0].id
    roll_back(show, saved(show)[2].id)
    before = saved(show)
    assert [len(before), before[0].episodes] == [4, 1]
    assert set(before[0].differs) == {"changed: satu", "withdrawn: dua"}
    roll_back(show, wrong)
    assert titles(show) == {"Salah", "Dua"}


def test_rolling_back_to_what_is_public_changes_nothing(show: Workspace) -> None:
    assert roll_back(show, saved(show)[0].id).changes == ()
    assert len(saved(show)) == 3


def test_identity_and_dates_stay(show: Workspace) -> None:
    before = {(entry.id, entry.published) for entry in feed_of(show).entries}
    roll_back(show, saved(show)[1].id)
    assert {(entry.id, entry.published) for entry in feed_of(show).entries} == before


def test_an_unknown_publication_is_a_setup_problem(show: Workspace) -> None:
    for unknown in ("ffff", ""):
        with pytest.raises(SetupProblem, match="There is no publication"):
            roll_back(show, unknown)


def test_an_episode_withdrawn_here_stays_so(show: Workspace) -> None:
    target = saved(show)[1].id
    withdraw(show, "dua")
    roll_back(show, target)
    publish_now(show, LAST)
    assert titles(show) == {"Satu"}


def test_what_is_gone_for_good_stays_as_it_is(show: Workspace) -> None:
    target = saved(show)[1].id
    changed = {path.name for path in (show.public / "media").glob("satu-*")}
    present = feed_of(show).entries
    now = next(entry.enclosures[0].href for entry in present if entry.title == "Salah")
    for name in changed - {now.rpartition("/")[2]}:
        (show.public / "media" / name).unlink()
    done = roll_back(show, target)
    assert "gone from the bucket" in done.left_out["satu"]
    assert titles(show) == {"Salah", "Dua"}


def test_another_machine_does_not_bring_back_what_was_rolled_back(
    show: Workspace, tmp_path: Path
) -> None:
    other = make_workspace(tmp_path / "other")
    other.public.symlink_to(show.public)
    add_episode(other, "satu", title="Salah", said="Ini salah semua.", tone_hz=600)
    text = other.transcripts_folder / "satu" / "article.md"
    text.write_text("# Artikel salah\n\nIsi.\n", encoding="utf-8")
    assert publish_now(other, LATER).changes == ()
    roll_back(show, saved(show)[1].id)
    assert "etam approve satu" in publish_now(other, LAST).left_out["satu"]
    assert titles(show) == {"Satu", "Dua"}


def test_what_others_publish_meanwhile_stays(show: Workspace, tmp_path: Path) -> None:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    planned = plan_rollback(fresh, bucket, saved(show)[1].id, LAST)
    other = make_workspace(tmp_path / "other")
    other.public.symlink_to(show.public)
    add_episode(other, "tiga", title="Tiga")
    publish_now(other, LAST)
    publish(fresh, bucket, planned, lambda _share: None)
    assert titles(show) == {"Satu", "Dua", "Tiga"}


def test_where_nothing_was_published_there_is_nothing_to_go_back_to(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "new")
    assert saved_publications(open_bucket(show.show, show), 20) == []

"""Machines that publish one show to one bucket, without telling one another."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import (
    Publication,
    approve,
    give_back,
    open_bucket,
    plan_publication,
    publish,
    withdraw,
)
from pipeline.stages.publish.records import Intentions, write_intentions
from pipeline.words.errors import EpisodeProblem, SetupProblem
from tests.episodes_on_disk import NOW, add_episode, make_workspace, write_show

LATER = NOW + timedelta(days=3)


@pytest.fixture
def bucket_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bucket"
    folder.mkdir()
    return folder


@pytest.fixture
def first(tmp_path: Path, bucket_folder: Path) -> Workspace:
    return machine(tmp_path / "first", bucket_folder)


@pytest.fixture
def second(tmp_path: Path, bucket_folder: Path) -> Workspace:
    return machine(tmp_path / "second", bucket_folder)


def machine(root: Path, bucket_folder: Path, **settings: str) -> Workspace:
    """A workspace whose published folder is on a disk that others publish to as well."""
    show = make_workspace(root, **settings)
    show.public.symlink_to(bucket_folder)
    return show


def plan_now(show: Workspace, now: datetime = NOW, **allowed: bool) -> Publication:
    fresh = Workspace(show.root)
    return plan_publication(fresh, open_bucket(fresh.show, fresh), now, **allowed)


def publish_now(show: Workspace, now: datetime = NOW, **allowed: bool) -> Publication:
    return carry_out(show, plan_now(show, now, **allowed))


def carry_out(show: Workspace, planned: Publication) -> Publication:
    fresh = Workspace(show.root)
    return publish(fresh, open_bucket(fresh.show, fresh), planned, lambda _share: None)


def titles(folder: Path) -> set[str]:
    return {entry.title for entry in entries(folder)}


def entries(folder: Path) -> list[feedparser.FeedParserDict]:
    return feedparser.parse((folder / "feed.xml").read_bytes()).entries


def titles_on_pages(folder: Path) -> set[str]:
    found = json.loads((folder / "search.json").read_text())["episodes"]
    listed = (folder / "index.html").read_text()
    assert all(episode["title"] in listed for episode in found)
    return {episode["title"] for episode in found}


def test_each_takes_over_what_the_other_published(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    add_episode(first, "satu", title="Satu")
    publish_now(first)
    add_episode(second, "dua", title="Dua")
    told = publish_now(second, LATER).news
    assert "“satu”" in told[0]
    assert titles(bucket_folder) == titles_on_pages(bucket_folder) == {"Satu", "Dua"}
    assert publish_now(first, LATER).changes == ()
    add_episode(first, "tiga", title="Tiga")
    publish_now(first, LATER)
    assert titles(bucket_folder) == titles_on_pages(bucket_folder) == {"Satu", "Dua", "Tiga"}
    dates = {entry.title: entry.published for entry in entries(bucket_folder)}
    assert dates["Satu"] != dates["Dua"]


def test_a_plan_that_another_machine_overtook_goes_on_after_it(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    add_episode(first, "satu", title="Satu")
    add_episode(second, "dua", title="Dua")
    late = plan_now(first)
    publish_now(second)
    done = carry_out(first, late)
    assert titles(bucket_folder) == titles_on_pages(bucket_folder) == {"Satu", "Dua"}
    assert "“dua”" in done.news[0]
    assert [c.key for c in done.changes if c.key.startswith("media/")] == []


def test_the_plan_shows_what_others_published_and_changes_nothing(
    first: Workspace, second: Workspace
) -> None:
    add_episode(first, "satu", title="Satu")
    publish_now(first)
    assert "“satu”" in plan_now(second).news[0]
    assert not second.published.exists()


def test_an_episode_that_others_changed_meanwhile_stays_as_they_published_it(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    for show in (first, second):
        add_episode(show, "satu", title="Satu")
        publish_now(show)
    add_episode(first, "satu", title="Satu, diubah di sini")
    publish_now(first, LATER)
    for _ in range(2):
        again = publish_now(second, LATER)
        assert "published elsewhere" in again.left_out["satu"]
        assert titles(bucket_folder) == {"Satu, diubah di sini"}
    add_episode(second, "satu", title="Satu, diubah di sana")
    assert "etam approve satu" in publish_now(second, LATER).left_out["satu"]
    assert titles(bucket_folder) == {"Satu, diubah di sini"}
    approve(second, second.episode("satu"), "Redaktur", LATER)
    publish_now(second, LATER)
    assert titles(bucket_folder) == {"Satu, diubah di sana"}
    assert "published elsewhere" in publish_now(first, LATER).left_out["satu"]
    assert titles(bucket_folder) == {"Satu, diubah di sana"}
    assert len({entry.published for entry in entries(bucket_folder)}) == 1


def test_an_approval_that_is_older_than_what_others_published_does_not_count(
    tmp_path: Path, bucket_folder: Path
) -> None:
    shows = [machine(tmp_path / name, bucket_folder, approval="editor") for name in ("a", "b")]
    for show in shows:
        approve(show, add_episode(show, "satu", title="Satu"), "Redaktur", NOW)
        publish_now(show)
    for show, title in zip(shows, ("Dari a", "Dari b"), strict=True):
        approve(show, add_episode(show, "satu", title=title), "Redaktur", LATER)
    publish_now(shows[0], LATER)
    assert "published elsewhere" in publish_now(shows[1], LATER).left_out["satu"]
    assert titles(bucket_folder) == {"Dari a"}


def test_the_same_folder_on_two_machines_is_one_episode(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    for number, show in enumerate((first, second)):
        add_episode(show, "satu", title="Satu")
        assert publish_now(show, NOW + timedelta(hours=number)).left_out == {}
    assert len(entries(bucket_folder)) == 1
    assert entries(bucket_folder)[0].published_parsed[:6] == NOW.timetuple()[:6]


def test_withdrawing_here_holds_against_a_change_from_elsewhere(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    for show in (first, second):
        add_episode(show, "satu", title="Satu")
        publish_now(show)
    withdraw(second, "satu")
    add_episode(first, "satu", title="Satu, diubah")
    publish_now(first, LATER)
    publish_now(second, LATER)
    assert titles(bucket_folder) == set()
    publish_now(first, LATER)
    assert titles(bucket_folder) == set()
    give_back(first, "satu")
    publish_now(first, LATER)
    assert titles(bucket_folder) == {"Satu, diubah"}


def test_what_others_published_can_be_withdrawn_and_given_back_here(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    add_episode(first, "satu", title="Satu")
    add_episode(first, "dua", title="Dua")
    publish_now(first)
    with pytest.raises(EpisodeProblem, match="is not public"):
        withdraw(second, "satu")
    withdraw(second, "satu", open_bucket(second.show, second))
    publish_now(second)
    assert titles(bucket_folder) == {"Dua"}
    give_back(first, "satu", open_bucket(first.show, first))
    publish_now(first)
    assert titles(bucket_folder) == {"Satu", "Dua"}


def test_a_folder_that_was_put_back_to_what_was_approved_before_does_not_win(
    tmp_path: Path, bucket_folder: Path
) -> None:
    shows = [machine(tmp_path / name, bucket_folder, approval="editor") for name in ("a", "b")]
    for show in shows:
        approve(show, add_episode(show, "satu", title="Satu"), "Redaktur", NOW)
        publish_now(show)
    add_episode(shows[1], "satu", title="Belum selesai")
    approve(shows[0], add_episode(shows[0], "satu", title="Dari a"), "Redaktur", LATER)
    publish_now(shows[0], LATER)
    assert "changed after it was approved" in publish_now(shows[1], LATER).left_out["satu"]
    add_episode(shows[1], "satu", title="Satu")
    assert "published elsewhere" in publish_now(shows[1], LATER).left_out["satu"]
    assert titles(bucket_folder) == {"Dari a"}


def test_what_was_published_here_and_not_noted_is_ours_also_when_others_went_on(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    for show in (first, second):
        add_episode(show, "satu", title="Satu")
        publish_now(show)
    kept = {path: path.read_bytes() for path in first.published.iterdir()}
    add_episode(first, "satu", title="Satu, diubah")
    publish_now(first, LATER)
    feed = (bucket_folder / "feed.xml").read_text()
    [trying] = re.findall(r'"publication">([0-9a-f]{16})<', feed)
    for path, body in kept.items():
        path.write_bytes(body)
    write_intentions(first, Intentions(trying=trying))
    add_episode(second, "dua", title="Dua")
    publish_now(second, LATER)
    add_episode(first, "satu", title="Satu, lagi diubah")
    publish_now(first, LATER)
    assert titles(bucket_folder) == {"Satu, lagi diubah", "Dua"}


def test_many_episodes_of_another_machine_are_told_in_one_sentence(
    first: Workspace, second: Workspace
) -> None:
    for number in range(7):
        add_episode(first, f"ke-{number}", title=f"Ke-{number}")
    publish_now(first)
    add_episode(second, "satu", title="Satu")
    left_out = publish_now(second).left_out
    assert list(left_out) == [""]
    assert "and 2 more stay public" in left_out[""]


def rename_guid(show: Workspace, slug: str, guid: str) -> None:
    path = show.episodes_folder / slug / "recording.json"
    path.write_text(re.sub(r'"guid": "[^"]+"', f'"guid": "{guid}"', path.read_text()))


@pytest.mark.parametrize("at_once", [False, True])
def test_two_episodes_of_one_name_do_not_write_one_anothers_pages(
    first: Workspace, second: Workspace, bucket_folder: Path, at_once: bool
) -> None:
    add_episode(first, "satu", title="Yang pertama")
    add_episode(second, "satu", title="Yang kedua", tone_hz=600)
    rename_guid(second, "satu", "another")
    late = plan_now(second) if at_once else None
    publish_now(first)
    page = bucket_folder / "episodes" / "satu" / "index.html"
    before = page.read_bytes()
    done = carry_out(second, late) if late else publish_now(second)
    assert "Rename its folder" in done.left_out["satu"]
    assert page.read_bytes() == before
    assert titles(bucket_folder) == {"Yang pertama"}


def test_of_two_that_come_up_with_one_name_the_first_to_claim_it_gets_it(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    add_episode(first, "satu", title="Yang pertama")
    plan = plan_now(first)
    claim = next(change for change in plan.changes if "address" in change.key)
    fresh = Workspace(first.root)
    open_bucket(fresh.show, fresh).put(claim.key, plan.work.makers[claim.key]())
    add_episode(second, "satu", title="Yang kedua", tone_hz=600)
    rename_guid(second, "satu", "another")
    add_episode(second, "dua", title="Dua")
    assert "taken on another machine" in publish_now(second).left_out["satu"]
    publish_now(first)
    assert titles(bucket_folder) == {"Yang pertama", "Dua"}


def test_settings_that_another_machine_changed_are_not_undone(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    for show in (first, second):
        add_episode(show, "satu", title="Satu")
        publish_now(show)
    write_show(first, show='copyright = "2026"')
    publish_now(first, LATER)
    for _ in range(2):
        with pytest.raises(SetupProblem, match=r"other settings \(copyright\)"):
            publish_now(second, LATER)
    write_show(second, show='copyright = "2026"')
    assert publish_now(second, LATER).changes == ()
    write_show(second, show='copyright = "2027"')
    publish_now(second, LATER)
    assert b"2027" in (bucket_folder / "feed.xml").read_bytes()
    with pytest.raises(SetupProblem, match="other settings"):
        publish_now(first, LATER)
    publish_now(first, LATER, our_settings=True)
    assert b"2026<" in (bucket_folder / "feed.xml").read_bytes()


@pytest.mark.parametrize("named", ["../../etc/passwd", "x", "0123456789ABCDEF", ""])
def test_a_feed_that_names_no_publication_of_ours_is_not_believed(
    first: Workspace, bucket_folder: Path, named: str
) -> None:
    namespace = "https://podcastindex.org/namespace/1.0"
    (bucket_folder / "feed.xml").write_text(
        f'<rss xmlns:podcast="{namespace}"><channel><title>Lain</title>'
        f'<podcast:txt purpose="publication">{named}</podcast:txt></channel></rss>'
    )
    add_episode(first, "satu", title="Satu")
    with pytest.raises(SetupProblem, match="another program"):
        publish_now(first)


def test_a_catalogue_that_is_gone_stops_who_does_not_know_it(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    add_episode(first, "satu", title="Satu")
    publish_now(first)
    catalogue = next((bucket_folder / "published").glob("catalogue-*"))
    kept = catalogue.read_bytes()
    catalogue.unlink()
    add_episode(second, "dua", title="Dua")
    with pytest.raises(SetupProblem, match="cannot be used: nothing is there"):
        publish_now(second)
    assert [change.key for change in publish_now(first).changes] == [f"published/{catalogue.name}"]
    assert catalogue.read_bytes() == kept
    publish_now(second)
    assert titles(bucket_folder) == {"Satu", "Dua"}


def test_a_feed_of_another_program_is_not_written_over(
    first: Workspace, bucket_folder: Path
) -> None:
    theirs = b"<?xml version='1.0'?><rss><channel><title>Lain</title></channel></rss>"
    (bucket_folder / "feed.xml").write_bytes(theirs)
    add_episode(first, "satu", title="Satu")
    with pytest.raises(SetupProblem, match="another program") as caught:
        publish_now(first)
    assert "etam import" in caught.value.remedy
    assert (bucket_folder / "feed.xml").read_bytes() == theirs
    publish_now(first, replace_feed=True)
    assert titles(bucket_folder) == {"Satu"}


def as_the_version_before_left_it(show: Workspace) -> None:
    """Take away what only this version knows of."""
    feed = show.public / "feed.xml"
    text = re.sub(r' *<podcast:txt purpose="publication">[^\n]+\n', "", feed.read_text())
    feed.write_text(text)
    for path in (show.public / "published").iterdir():
        path.unlink()
    for name in ("catalogue.json", "intentions.json"):
        (show.published / name).unlink(missing_ok=True)


def test_what_the_version_before_published_is_taken_over_as_it_is(
    first: Workspace, bucket_folder: Path
) -> None:
    add_episode(first, "satu", title="Satu")
    publish_now(first)
    before = {entry.id: entry.published for entry in entries(bucket_folder)}
    as_the_version_before_left_it(first)
    keys = [change.key for change in publish_now(first, LATER).changes]
    assert [key for key in keys if not key.startswith("published/")] == ["feed.xml"]
    assert {entry.id: entry.published for entry in entries(bucket_folder)} == before
    assert publish_now(first, LATER).changes == ()


def test_what_the_version_before_published_elsewhere_is_not_written_over(
    first: Workspace, second: Workspace, bucket_folder: Path
) -> None:
    add_episode(first, "satu", title="Satu")
    publish_now(first)
    as_the_version_before_left_it(first)
    add_episode(second, "dua", title="Dua")
    with pytest.raises(SetupProblem, match="from another machine"):
        publish_now(second)
    publish_now(first)
    publish_now(second)
    assert titles(bucket_folder) == {"Satu", "Dua"}


def test_a_machine_that_lost_its_memory_takes_everything_from_the_bucket(
    first: Workspace, bucket_folder: Path
) -> None:
    add_episode(first, "satu", title="Satu")
    publish_now(first)
    before = {path.name: path.read_bytes() for path in first.published.iterdir()}
    feed = (bucket_folder / "feed.xml").read_bytes()
    for path in first.published.iterdir():
        path.unlink()
    assert publish_now(first, LATER).changes == ()
    assert {path.name: path.read_bytes() for path in first.published.iterdir()} == before
    assert (bucket_folder / "feed.xml").read_bytes() == feed


def publish_often(root: Path, number: int, episodes: int) -> None:
    """What one machine does all day: a new episode, and out with it."""
    show = Workspace(root)
    for count in range(episodes):
        add_episode(show, f"{number}-{count}", title=f"{number}-{count}")
        publish_now(show, NOW + timedelta(minutes=count))


def test_three_machines_publish_at_once_and_nothing_is_lost(
    tmp_path: Path, bucket_folder: Path
) -> None:
    children = []
    for number in range(3):
        root = machine(tmp_path / f"show-{number}", bucket_folder).root
        child = os.fork()
        if child == 0:
            ended = 1
            try:
                publish_often(root, number, 4)
                ended = 0
            finally:
                os._exit(ended)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    wanted = {f"{number}-{count}" for number in range(3) for count in range(4)}
    assert titles(bucket_folder) == titles_on_pages(bucket_folder) == wanted
    feed = (bucket_folder / "feed.xml").read_text()
    addresses = set(re.findall(r'example\.org/etam/([^"<, ]+)', feed))
    assert [key for key in addresses if not (bucket_folder / key).is_file()] == []

"""What nothing needs goes when asked; what listeners, rollback or other people need stays."""

from __future__ import annotations

import hashlib
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import (
    give_back,
    open_bucket,
    plan_publication,
    publish,
    withdraw,
)
from pipeline.stages.publish.clearing import (
    Clearance,
    Wish,
    clear,
    must_be_few,
    plan_clearing,
)
from pipeline.stages.publish.needed import Kept
from pipeline.stages.publish.rollback import plan_rollback, saved_publications
from pipeline.tools.bucket.clearing import Found, open_clearing
from pipeline.words.errors import SetupProblem
from pipeline.words.public_names import CLEARED_KEY, Kind, kind_of
from tests.episodes_on_disk import NOW, add_episode, make_workspace, write_show, write_transcript
from tests.s3_places import (
    REAL_ENDPOINT,
    need_real_server,
    new_bucket,
    plain_client,
    sign_in,
    sign_in_at_real_server,
)

ONE = Wish(Kept(publications=1, days=30))
LATER = timedelta(days=40)


@pytest.fixture(params=["folder", "moto", pytest.param("real", marks=pytest.mark.s3)])
def show(request, tmp_path: Path, monkeypatch) -> Workspace:
    """A show of two episodes, published, and published again with another text of the first."""
    workspace = empty_show(request, tmp_path, monkeypatch)
    add_episode(workspace, "satu", title="Satu")
    add_episode(workspace, "dua", title="Dua", tone_hz=600)
    publish_now(workspace)
    say(workspace, "satu", "Selamat siang, Bapak Ahmad.")
    publish_now(workspace)
    return workspace


def empty_show(request, tmp_path: Path, monkeypatch) -> Workspace:
    if request.param == "folder":
        return make_workspace(tmp_path / "show")
    if request.param == "real":
        need_real_server()
        sign_in_at_real_server(monkeypatch)
        endpoint = REAL_ENDPOINT
    else:
        sign_in(monkeypatch, "key", "secret")
        endpoint = request.getfixturevalue("moto_endpoint")
    name = new_bucket(endpoint)
    return make_workspace(
        tmp_path / "show",
        base_url=f"{endpoint}/{name}/acara/",
        publish=f'target = "s3"\nbucket = "{name}"\nprefix = "acara"\n'
        f'endpoint = "{endpoint}"\naddressing = "path"\n',
    )


def say(show: Workspace, slug: str, text: str) -> None:
    write_transcript(show.transcripts_folder / slug, text)


def publish_now(show: Workspace) -> None:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    publish(fresh, bucket, plan_publication(fresh, bucket, NOW), lambda _share: None)


def keys(show: Workspace) -> set[str]:
    return {file.key for file in open_clearing(show.show, show).found()}


def plan(show: Workspace, wish: Wish = ONE, after: timedelta = LATER) -> Clearance:
    fresh = Workspace(show.root)
    bucket, clearing = open_bucket(fresh.show, fresh), open_clearing(fresh.show, fresh)
    return plan_clearing(fresh, bucket, clearing, wish, datetime.now(UTC) + after)


def carry_out(show: Workspace, clearance: Clearance, wish: Wish = ONE) -> list[Found]:
    fresh = Workspace(show.root)
    bucket, clearing = open_bucket(fresh.show, fresh), open_clearing(fresh.show, fresh)
    later = datetime.now(UTC) + LATER
    return clear(fresh, bucket, clearing, clearance, wish, later, lambda _share: None)[0]


def gone(clearance: Clearance) -> set[str]:
    return {leftover.file.key for leftover in clearance.leftovers}


def put(show: Workspace, key: str, body: bytes) -> None:
    """Put a file beside ours, as another program does."""
    settings = show.show.publish
    if settings.target == "folder":
        (show.public / key).parent.mkdir(parents=True, exist_ok=True)
        (show.public / key).write_bytes(body)
    else:
        client = plain_client(str(settings.endpoint))
        client.put_object(Bucket=settings.bucket, Key=f"acara/{key}", Body=body)


def must_be_whole(show: Workspace) -> None:
    """Everything that the feed names is there."""
    bucket = open_bucket(show.show, show)
    feed = bucket.get("feed.xml")
    assert feed is not None
    base = re.escape(show.show.publish.base_url.encode())
    named = {match.decode() for match in re.findall(base + rb"([^\"'<>\s]+)", feed[0])}
    assert len(named) > 8
    assert named <= keys(show)


def test_texts_and_records_that_no_kept_publication_names_go_and_nothing_else(
    show: Workspace,
) -> None:
    before = keys(show)
    clearance = plan(show)
    kinds = sorted(str(kind_of(key)) for key in gone(clearance))
    assert kinds == sorted(
        [Kind.CATALOGUE, Kind.FEED_COPY, Kind.RECORD, Kind.PAGE] + 4 * [Kind.TEXT]
    )
    assert all("satu" in key for key in gone(clearance) if kind_of(key) is Kind.TEXT)
    assert clearance.size > 0
    assert keys(show) == before
    deleted = carry_out(show, clearance)
    assert {file.key for file in deleted} == gone(clearance)
    assert keys(show) - {CLEARED_KEY} == before - gone(clearance)
    must_be_whole(show)
    assert plan(show).leftovers == ()


def test_the_last_publications_stay_whole(show: Workspace) -> None:
    assert plan(show, Wish(Kept(publications=2, days=0))).leftovers == ()


def test_what_was_public_a_month_ago_stays(show: Workspace) -> None:
    assert plan(show, after=timedelta(days=29)).leftovers == ()
    assert plan(show, after=timedelta(days=31)).leftovers != ()


def test_what_is_younger_than_a_day_stays(show: Workspace) -> None:
    wish = Wish(Kept(publications=1, days=0))
    clearance = plan(show, wish, after=timedelta(hours=23))
    assert clearance.leftovers == ()
    assert clearance.staying["younger than a day"] > 0
    assert plan(show, wish, after=timedelta(hours=25)).leftovers != ()


def test_media_that_was_in_a_feed_stays_until_it_is_asked_for(show: Workspace) -> None:
    carry_out(show, plan(show))
    withdraw(show, "dua")
    publish_now(show)
    assert not any(kind_of(key) in (Kind.MEDIA, Kind.TEXT) for key in gone(plan(show)))
    asked = Wish(Kept(publications=1), media=("dua",))
    clearance = plan(show, asked)
    assert {kind_of(key) for key in gone(clearance) if "dua" in key} >= {Kind.MEDIA, Kind.TEXT}
    assert not any("satu" in key for key in gone(clearance) if kind_of(key) is Kind.MEDIA)
    carry_out(show, clearance, asked)
    assert not any(key.startswith("media/dua") for key in keys(show))
    assert "episodes/dua/index.html" in keys(show)  # the notice for who still comes
    must_be_whole(show)


def test_an_episode_whose_media_was_cleared_can_be_given_back(show: Workspace) -> None:
    withdraw(show, "dua")
    publish_now(show)
    asked = Wish(Kept(publications=1), media=("dua",))
    carry_out(show, plan(show, asked), asked)
    give_back(Workspace(show.root), "dua")
    publish_now(show)
    assert any(key.startswith("media/dua") for key in keys(show))
    must_be_whole(show)


def test_media_of_a_public_episode_stays_even_when_it_is_asked_for(show: Workspace) -> None:
    asked = Wish(Kept(publications=1), media=("satu", "dua"))
    assert not any(kind_of(key) is Kind.MEDIA for key in gone(plan(show, asked)))


def test_an_episode_that_the_bucket_does_not_know_is_a_mistake(show: Workspace) -> None:
    with pytest.raises(SetupProblem, match="no media or text of “tiga”"):
        plan(show, Wish(media=("tiga",)))


def test_files_of_others_stay_also_those_that_are_named_like_ours(show: Workspace) -> None:
    theirs = {
        "notes.txt": b"theirs",
        "media/lagu.mp3": b"theirs",
        "episodes/satu/transcript-0123456789abcdef.vtt": b"theirs, under a name like ours",
        "published/feed-0123456789abcdef.xml": b"<rss><channel/></rss>",
        "published/address-lain.json": b"{}",
    }
    for key, body in theirs.items():
        put(show, key, body)
    carry_out(show, plan(show))
    assert set(theirs) <= keys(show)


def test_what_somebody_publishes_between_looking_and_deleting_is_spared(show: Workspace) -> None:
    clearance = plan(show)
    say(show, "satu", "Selamat pagi, Bapak Ahmad.")  # as it was at first
    publish_now(show)
    deleted = carry_out(show, clearance)
    assert not any(kind_of(file.key) is Kind.TEXT for file in deleted)
    must_be_whole(show)


def test_a_publication_that_is_kept_can_be_brought_back(show: Workspace) -> None:
    before = open_bucket(show.show, show).get("feed.xml")
    say(show, "satu", "Selamat malam, Bapak Ahmad.")
    publish_now(show)
    carry_out(show, plan(show, Wish(Kept(publications=2))))
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    saved = saved_publications(bucket, 10)
    assert len(saved) == 2
    planned = plan_rollback(fresh, bucket, saved[1].id, NOW)
    assert planned.problems == ()
    publish(fresh, bucket, planned, lambda _share: None)
    after = open_bucket(show.show, show).get("feed.xml")
    assert before is not None
    assert after is not None
    transcripts = re.compile(rb"transcript-[0-9a-f]+\.vtt")
    assert transcripts.findall(after[0]) == transcripts.findall(before[0])
    must_be_whole(show)


def test_an_unreadable_catalogue_clears_nothing(show: Workspace) -> None:
    [catalogue] = [key for key in gone(plan(show)) if kind_of(key) is Kind.CATALOGUE]
    put(show, catalogue, b"{}")
    with pytest.raises(SetupProblem, match="published/catalogue-"):
        plan(show, Wish(Kept(publications=2)))


def test_a_bucket_without_a_publication_is_not_cleared(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match="does not say what belongs to it"):
        plan(make_workspace(tmp_path / "show"))


def clearance_of(leftovers: int, staying: int) -> Clearance:
    from pipeline.stages.publish.clearing import Leftover

    some = tuple(Leftover(Found(f"{number}", 1, NOW, ""), "old") for number in range(leftovers))
    return Clearance(some, (), {"public now": staying})


def test_more_than_is_usual_is_refused_until_it_is_allowed() -> None:
    must_be_few(clearance_of(10, 5), None)
    must_be_few(clearance_of(100, 900), None)
    with pytest.raises(SetupProblem, match="101 of 1001 files would be deleted") as refused:
        must_be_few(clearance_of(101, 900), None)
    assert "--most 101" in refused.value.remedy
    with pytest.raises(SetupProblem, match="more than 20"):
        must_be_few(clearance_of(30, 70), None)
    must_be_few(clearance_of(101, 0), 101)
    with pytest.raises(SetupProblem, match="more than 5"):
        must_be_few(clearance_of(6, 900), 5)


def test_archive_pages_that_a_kept_feed_names_stay(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "show", show="\n[feed]\nitems_per_page = 1\n")
    for number in range(5):
        add_episode(workspace, f"e{number}", title=f"E{number}", tone_hz=400 + number * 50)
    publish_now(workspace)
    archives = {key for key in keys(workspace) if kind_of(key) is Kind.ARCHIVE}
    assert len(archives) > 1
    say(workspace, "e4", "Lain sekali.")
    say(workspace, "e0", "Lain sekali.")
    publish_now(workspace)
    carry_out(workspace, plan(workspace))
    left = {key for key in keys(workspace) if kind_of(key) is Kind.ARCHIVE}
    assert left != archives
    documents, named = ["feed.xml"], set[str]()
    while documents:
        body = (workspace.public / documents.pop()).read_text(encoding="utf-8")
        new = set(re.findall(r"feed-\d+-\w+\.xml", body)) - named
        named |= new
        documents += new
    assert named == left


def test_archive_pages_stay_though_the_show_is_about_to_move(tmp_path: Path) -> None:
    paged = "\n[feed]\nitems_per_page = 1\n"
    workspace = make_workspace(tmp_path / "show", show=paged)
    for number in range(4):
        add_episode(workspace, f"e{number}", title=f"E{number}", tone_hz=400 + number * 50)
    publish_now(workspace)
    write_show(workspace, show=paged, base_url="https://elsewhere.example.org/")
    assert plan(workspace).leftovers == ()


def test_an_upload_that_nobody_ended_is_given_up_after_a_week(
    request, tmp_path: Path, monkeypatch, moto_endpoint: str
) -> None:
    sign_in(monkeypatch, "key", "secret")
    name = new_bucket(moto_endpoint)
    workspace = make_workspace(
        tmp_path / "show",
        base_url=f"{moto_endpoint}/{name}/acara/",
        publish=f'target = "s3"\nbucket = "{name}"\nprefix = "acara"\n'
        f'endpoint = "{moto_endpoint}"\naddressing = "path"\n',
    )
    add_episode(workspace, "satu", title="Satu")
    publish_now(workspace)
    client = plain_client(moto_endpoint)
    ours = ["acara/.write-check", "acara/media/besar-0123456789abcdef.mp3"]
    theirs = ["acara/laporan.pdf", "other/theirs.mp3"]
    for key in (*ours, *theirs):
        client.create_multipart_upload(Bucket=name, Key=key)
    # moto says of each upload that it was begun in 2010.
    clearance = plan(workspace, after=timedelta(0))
    assert sorted(f"acara/{u.key}" for u in clearance.unfinished) == ours
    carry_out(workspace, clearance)
    left = [u["Key"] for u in client.list_multipart_uploads(Bucket=name)["Uploads"]]
    assert sorted(left) == theirs


@pytest.mark.s3
@pytest.mark.parametrize("show", ["real"], indirect=True)
def test_an_upload_of_this_week_is_not_given_up_on_a_real_server(show: Workspace) -> None:
    settings = show.show.publish
    client = plain_client(str(settings.endpoint))
    client.create_multipart_upload(Bucket=settings.bucket, Key="acara/media/a-0123456789abcdef.mp3")
    assert plan(show, after=timedelta(days=6)).unfinished == ()
    clearance = plan(show, after=timedelta(days=8))
    assert [u.key for u in clearance.unfinished] == ["media/a-0123456789abcdef.mp3"]
    carry_out(show, clearance)
    assert "Uploads" not in client.list_multipart_uploads(Bucket=settings.bucket)


@pytest.mark.s3
@pytest.mark.parametrize("show", ["real"], indirect=True)
def test_the_rights_of_who_clears_are_enough(show: Workspace, monkeypatch) -> None:
    from pipeline.tools.bucket.policies import clearer_policy
    from tests.tools.test_bucket_setup import become_stranger, give

    give(show.show.publish, list(clearer_policy(show.show.publish)["Statement"]))
    become_stranger(monkeypatch)
    clearance = plan(show)
    assert len(carry_out(show, clearance)) == len(clearance.leftovers) > 0


def test_every_kind_of_file_is_made_by_a_publication(tmp_path: Path) -> None:
    """So that no name here is one that the program no longer gives."""
    workspace = make_workspace(tmp_path / "show", show="\n[feed]\nitems_per_page = 1\n")
    for number in range(3):
        add_episode(workspace, f"e{number}", title=f"E{number}", tone_hz=400 + number * 50)
    publish_now(workspace)
    assert {kind_of(key) for key in keys(workspace)} == {None, *Kind}
    for file in (p for p in workspace.public.rglob("*") if p.is_file()):
        key = file.relative_to(workspace.public).as_posix()
        if kind_of(key) not in (None, Kind.FEED_COPY):
            assert hashlib.sha256(file.read_bytes()).hexdigest()[:16] in key


@pytest.mark.parametrize("show", ["moto"], indirect=True)
def test_another_machine_does_not_trust_its_memory_of_what_was_cleared(
    show: Workspace, tmp_path: Path
) -> None:
    other = Workspace(tmp_path / "other")
    shutil.copytree(show.root, other.root)  # with its memory of the bucket
    assert carry_out(show, plan(show))
    say(other, "satu", "Selamat pagi, Bapak Ahmad.")  # as it was at first
    publish_now(other)
    must_be_whole(other)

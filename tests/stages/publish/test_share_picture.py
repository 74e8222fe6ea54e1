"""The picture for sharing goes public with its episode, once, and only as it was approved."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from pipeline.ground.files import sha256_of
from pipeline.ground.receipts import Outcome, Receipt, write_receipt
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import (
    ApprovalState,
    approval_state,
    approve,
    open_bucket,
    plan_publication,
    publish,
)
from pipeline.words.episode import Episode
from tests.episodes_on_disk import NOW, add_episode, make_workspace

BASE = "https://podcast.example.org/etam/"


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "show", approval="editor")


def draw(workspace: Workspace, episode: Episode, colour: str = "teal") -> None:
    """A picture as the stage leaves it, with its receipt."""
    Image.new("RGB", (1200, 630), colour).save(episode.share_picture)
    outputs = {"share.jpg": sha256_of(episode.share_picture)}
    receipt = Receipt("illustrate", 1, Outcome.DONE, outputs=dict(outputs))
    write_receipt(episode.receipt("illustrate"), receipt)


def publish_now(workspace: Workspace) -> Path:
    fresh = Workspace(workspace.root)
    bucket = open_bucket(fresh.show, fresh)
    publish(fresh, bucket, plan_publication(fresh, bucket, NOW), lambda _share: None)
    return fresh.public / "episodes" / "satu"


def state(workspace: Workspace) -> ApprovalState:
    fresh = Workspace(workspace.root)
    return approval_state(fresh, fresh.episode("satu"))


def test_the_page_the_feed_and_the_frame_name_it(show: Workspace) -> None:
    episode = add_episode(show, "satu", title="Air & “listrik”")
    draw(show, episode)
    approve(show, episode, "Redaktur", NOW)
    folder = publish_now(show)
    (picture,) = folder.glob("share-*.jpg")
    assert picture.read_bytes() == episode.share_picture.read_bytes()
    assert picture.stem.removeprefix("share-") == sha256_of(picture)[:16]
    url = f"{BASE}episodes/satu/{picture.name}"
    for page in ("index.html", "transcript.html"):
        tree = etree.HTML((folder / page).read_text(encoding="utf-8"))
        said = {
            meta.get("property") or meta.get("name"): meta.get("content")
            for meta in tree.iterfind(".//meta")
        }
        assert said["og:image"] == said["twitter:image"] == url
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
        assert said["og:image:type"] == "image/jpeg"
        assert said["og:image:alt"] == said["twitter:image:alt"]
        assert said["og:image:alt"] == "Air & “listrik” · Etam Berkesah"
        assert said["twitter:card"] == "summary_large_image"
    linked = re.search(r'ld\+json">(.*?)</script>', (folder / "index.html").read_text())
    assert linked is not None
    assert json.loads(linked[1])["image"][0] == url
    framed = json.loads((folder / "oembed.json").read_text())
    assert (framed["thumbnail_url"], framed["thumbnail_width"]) == (url, 1200)
    feed = (show.public / "feed.xml").read_text(encoding="utf-8")
    assert f'<podcast:image href="{url}"' in feed
    assert 'purpose="social"' in feed


def test_an_episode_without_one_is_published_with_the_artwork(show: Workspace) -> None:
    episode = add_episode(show, "satu")
    approve(show, episode, "Redaktur", NOW)
    page = (publish_now(show) / "index.html").read_text(encoding="utf-8")
    assert re.search(r'og:image" content="https://[^"]*/artwork-\w+\.jpg"', page)
    assert 'content="summary"' in page
    assert 'og:image:width" content="1600"' in page


def test_an_approval_of_before_there_were_pictures_holds(show: Workspace) -> None:
    episode = add_episode(show, "satu")
    approve(show, episode, "Redaktur", NOW)
    draw(show, episode)
    assert state(show) is ApprovalState.GIVEN
    assert list(publish_now(show).glob("share-*.jpg"))


def test_but_not_for_a_picture_that_somebody_put_there(show: Workspace) -> None:
    episode = add_episode(show, "satu")
    approve(show, episode, "Redaktur", NOW)
    draw(show, episode)
    Image.new("RGB", (1200, 630), "red").save(episode.share_picture)
    assert state(show) is ApprovalState.STALE


def test_a_signed_picture_is_part_of_the_approval(show: Workspace) -> None:
    episode = add_episode(show, "satu")
    draw(show, episode)
    approve(show, episode, "Redaktur", NOW)
    assert state(show) is ApprovalState.GIVEN
    draw(show, episode, "navy")
    assert state(show) is ApprovalState.STALE
    episode.share_picture.unlink()
    assert state(show) is ApprovalState.STALE
    assert not publish_now(show).exists()


@pytest.mark.parametrize(
    ("size", "kind", "sentence"),
    [((800, 600), "JPEG", "JPEG of 800 × 600"), ((1200, 630), "PNG", "PNG of 1200 × 630")],
)
def test_a_picture_of_somebody_is_what_the_page_says(
    show: Workspace, size: tuple[int, int], kind: str, sentence: str
) -> None:
    episode = add_episode(show, "satu")
    Image.new("RGB", size).save(episode.share_picture, format=kind)
    approve(show, episode, "Redaktur", NOW)
    fresh = Workspace(show.root)
    left_out = plan_publication(fresh, open_bucket(fresh.show, fresh), NOW).left_out["satu"]
    assert sentence in left_out
    assert "Replace it by a JPEG of 1200 × 630 pixels" in left_out
    Image.new("RGB", (1200, 630), "red").save(episode.share_picture)
    approve(show, episode, "Redaktur", NOW)
    assert list(publish_now(show).glob("share-*.jpg"))


def test_a_new_picture_has_a_new_address_and_the_old_one_keeps_answering(show: Workspace) -> None:
    episode = add_episode(show, "satu")
    for colour in ("teal", "navy"):
        draw(show, episode, colour)
        approve(show, episode, "Redaktur", NOW)
        folder = publish_now(show)
    assert len(list(folder.glob("share-*.jpg"))) == 2
    before = {path: path.stat().st_mtime_ns for path in show.public.rglob("*")}
    publish_now(show)
    assert before == {path: path.stat().st_mtime_ns for path in show.public.rglob("*")}

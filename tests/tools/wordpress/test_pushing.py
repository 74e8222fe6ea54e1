"""An article becomes a draft once, and nobody's work on the site is lost for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pipeline.ground.episode_file import write_episode_file
from pipeline.ground.files import read_json
from pipeline.tools.wordpress import (
    Account,
    ChangedThere,
    Outcome,
    Side,
    Site,
    Wish,
    push,
)
from pipeline.tools.wordpress.sending import Sender
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.podcasting import Correction
from pipeline.words.remote_post import Field, canonical, words_of
from tests.episodes_on_disk import DETAILS, artwork_bytes
from tests.tools.wordpress.conftest import ARTICLE, ENCLOSURE, Desk

WRITES = ("POST", "PUT", "PATCH", "DELETE")


def written(seen: list[str]) -> list[str]:
    return [request for request in seen if request.startswith(WRITES)]


def test_an_article_becomes_a_draft_with_all_that_belongs_to_it(desk: Desk) -> None:
    pushed = desk.push()
    assert pushed.outcome is Outcome.CREATED
    (post,) = desk.posts()
    assert (post["id"], post["status"]) == (pushed.id, "draft")
    assert canonical(post["title"]["raw"]) == "KIM & “Warga” Bersuara: 100% <Gratis>"
    assert post["excerpt"]["raw"] == "Ringkasan untuk daftar berita."
    assert post["content"]["raw"] == desk.post().content, "the filter changes nothing"
    assert f'<audio controls src="{ENCLOSURE}"></audio>' in post["content"]["raw"]
    assert f'href="https://podcast.example.org/{desk.slug}/"' in post["content"]["raw"]
    assert post["categories"] == [2]
    assert pushed.edit_link.endswith(f"/wp-admin/post.php?post={pushed.id}&action=edit")


def test_tags_are_made_once_in_whatever_case_they_are_there(desk: Desk) -> None:
    first = desk.push()
    tags = desk.newsroom.asks(f"posts/{first.id}")["tags"]
    assert len(tags) == 3
    desk.article = ARTICLE.replace("berita bohong, KIM, Hak & Kewajiban",
                                   "Berita Bohong, kim, hak & kewajiban")  # fmt: skip
    desk.push()
    assert desk.newsroom.asks(f"posts/{first.id}")["tags"] == tags


def test_the_cover_is_uploaded_once_with_words_for_who_cannot_see_it(
    desk: Desk, requests_seen: Callable[[], list[str]]
) -> None:
    pushed = desk.push()
    number = desk.newsroom.asks(f"posts/{pushed.id}")["featured_media"]
    picture = desk.newsroom.asks(f"media/{number}")
    assert picture["alt_text"] == "Kabid PKP, Ahmad Rianto"
    assert picture["mime_type"] == "image/jpeg"
    assert picture["slug"].startswith("etam-")
    caption = picture["caption"]
    assert "Ahmad Rianto" in (caption if isinstance(caption, str) else caption["raw"])
    requests_seen()
    (desk.episode.texts / "wordpress.json").unlink()
    desk.push()
    assert [r for r in requests_seen() if r == "POST /wp-json/wp/v2/media"] == []


def test_a_second_push_sends_nothing(desk: Desk, requests_seen: Callable[[], list[str]]) -> None:
    desk.push()
    before = (desk.episode.texts / "wordpress.json").stat().st_mtime_ns
    requests_seen()
    assert desk.push().outcome is Outcome.UNCHANGED
    seen = requests_seen()
    assert written(seen) == []
    assert len(seen) == 4, "front page, index, account, post"
    assert (desk.episode.texts / "wordpress.json").stat().st_mtime_ns == before


def test_only_what_changed_is_sent(desk: Desk) -> None:
    first = desk.push()
    desk.article = ARTICLE.replace("Ringkasan untuk", "Rangkuman untuk")
    pushed = desk.push()
    assert (pushed.outcome, pushed.sent, pushed.id) == (
        Outcome.UPDATED, (Field.EXCERPT,), first.id,
    )  # fmt: skip
    (post,) = desk.posts()
    assert post["excerpt"]["raw"].startswith("Rangkuman")


def test_a_correction_reaches_the_post(desk: Desk) -> None:
    desk.push()
    corrected = replace(DETAILS, corrections=(Correction(date(2022, 10, 8), "Bukan empat, tiga."),))
    write_episode_file(desk.episode.folder / "episode.toml", corrected)
    assert desk.push().sent == (Field.CONTENT,)
    (post,) = desk.posts()
    assert words_of(post["content"]["raw"]).startswith("Koreksi (8 Oktober 2022): Bukan empat")


def test_a_post_that_was_edited_there_is_not_written_over(desk: Desk) -> None:
    pushed = desk.push()
    content = desk.post().content.replace("belajar menulis", "giat belajar menulis")
    desk.newsroom.changes(pushed.id, content=content)
    again = desk.push()
    assert (again.outcome, list(again.theirs)) == (Outcome.UNCHANGED, [Field.CONTENT])
    assert "{+giat+} belajar menulis" in again.theirs[Field.CONTENT]

    desk.article = ARTICLE.replace("belajar menulis", "tekun belajar menulis")
    with pytest.raises(ChangedThere, match="changed the article") as raised:
        desk.push()
    assert "[-tekun-] {+giat+} belajar" in raised.value.differences[Field.CONTENT]
    (post,) = desk.posts()
    assert post["content"]["raw"] == content


def test_what_was_changed_there_stays_when_something_else_is_sent(desk: Desk) -> None:
    pushed = desk.push()
    desk.newsroom.changes(pushed.id, title="Judul dari Redaktur")
    desk.article = ARTICLE.replace("Ringkasan untuk", "Rangkuman untuk")
    again = desk.push()
    assert (again.sent, list(again.theirs)) == ((Field.EXCERPT,), [Field.TITLE])
    (post,) = desk.posts()
    assert post["title"]["raw"] == "Judul dari Redaktur"
    assert desk.push().sent == ()


def test_ours_keeps_what_was_there_in_a_file(desk: Desk) -> None:
    pushed = desk.push()
    desk.newsroom.changes(pushed.id, title="Judul dari Redaktur")
    desk.article = ARTICLE.replace("Bersuara", "Bicara")
    done = desk.push(Wish(prefer=Side.OURS))
    assert done.sent == (Field.TITLE,)
    assert done.put_aside is not None
    assert "Judul dari Redaktur" in done.put_aside.read_text(encoding="utf-8")
    (post,) = desk.posts()
    assert "Bicara" in post["title"]["raw"]
    assert desk.push().outcome is Outcome.UNCHANGED


def test_theirs_leaves_the_post_and_the_next_change_asks_again(desk: Desk) -> None:
    pushed = desk.push()
    desk.newsroom.changes(pushed.id, title="Judul dari Redaktur")
    desk.article = ARTICLE.replace("Bersuara", "Bicara")
    assert desk.push(Wish(prefer=Side.THEIRS)).outcome is Outcome.UNCHANGED
    assert desk.push().outcome is Outcome.UNCHANGED
    desk.article = ARTICLE.replace("Bersuara", "Berkata")
    with pytest.raises(ChangedThere):
        desk.push()
    assert desk.posts()[0]["title"]["raw"] == "Judul dari Redaktur"


def test_a_published_post_stays_published_and_is_changed_on_request_only(desk: Desk) -> None:
    pushed = desk.push()
    desk.newsroom.changes(pushed.id, status="publish")
    assert desk.push().outcome is Outcome.UNCHANGED
    desk.article = ARTICLE.replace("Bersuara", "Bicara")
    with pytest.raises(EpisodeProblem, match="is public"):
        desk.push()
    done = desk.push(Wish(published=True))
    assert (done.sent, done.status) == ((Field.TITLE,), "publish")
    assert desk.posts()[0]["status"] == "publish"


def test_a_post_in_the_trash_is_neither_changed_nor_doubled(desk: Desk) -> None:
    pushed = desk.push()
    desk.newsroom.trashes(pushed.id)
    with pytest.raises(EpisodeProblem, match="lies in the trash"):
        desk.push()
    (desk.episode.texts / "wordpress.json").unlink()
    with pytest.raises(EpisodeProblem, match="lies in the trash"):
        desk.push()
    again = desk.push(Wish(again=True))
    assert (again.outcome, again.id != pushed.id) == (Outcome.CREATED, True)
    assert desk.push().outcome is Outcome.UNCHANGED


def test_a_push_that_is_killed_after_creating_makes_no_second_post(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Sender, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.push()
    assert read_json(desk.episode.wordpress_json)["id"] is None
    desk.article = ARTICLE.replace("Ringkasan untuk", "Rangkuman untuk")
    done = desk.push()
    assert (done.outcome, done.sent) == (Outcome.UPDATED, (Field.EXCERPT,))
    assert [post["id"] for post in desk.posts()] == [done.id]


def test_without_its_record_a_post_is_found_by_its_mark(desk: Desk) -> None:
    pushed = desk.push()
    (desk.episode.texts / "wordpress.json").unlink()
    again = desk.push()
    assert (again.outcome, again.id) == (Outcome.UNCHANGED, pushed.id)
    (desk.episode.texts / "wordpress.json").unlink()
    desk.article = ARTICLE.replace("Bersuara", "Bicara")
    with pytest.raises(ChangedThere):
        desk.push()


def test_two_posts_of_one_article_are_not_guessed_between(desk: Desk) -> None:
    pushed = desk.push()
    (desk.episode.texts / "wordpress.json").unlink()
    desk.newsroom.trashes(pushed.id)
    second = desk.push(Wish(again=True))
    desk.newsroom.changes(pushed.id, status="draft")
    (desk.episode.texts / "wordpress.json").unlink()
    with pytest.raises(EpisodeProblem, match="several posts") as raised:
        desk.push()
    assert f"{pushed.id}, {second.id}" in raised.value.problem.replace(
        f"{second.id}, {pushed.id}", f"{pushed.id}, {second.id}"
    )


def test_a_record_of_another_site_is_not_taken_for_this_one(desk: Desk) -> None:
    desk.push()
    record = read_json(desk.episode.wordpress_json)
    desk.episode.wordpress_json.write_text(json.dumps({**record, "site": "https://lain.example"}))
    assert desk.push().outcome is Outcome.UNCHANGED
    assert len(desk.posts()) == 1


def test_a_damaged_record_is_said(desk: Desk) -> None:
    desk.episode.wordpress_json.write_text("{}")
    with pytest.raises(EpisodeProblem, match="cannot be read"):
        desk.push()


def test_without_category_and_picture_those_of_the_site_stay(desk: Desk) -> None:
    desk.category = ""
    (desk.episode.folder / "cover.jpg").unlink()
    pushed = desk.push()
    desk.newsroom.changes(pushed.id, categories=[2])
    desk.article = ARTICLE.replace("Bersuara", "Bicara")
    desk.push()
    assert desk.posts()[0]["categories"] == [2]
    assert desk.posts()[0]["featured_media"] == 0


def test_a_new_cover_takes_the_place_of_the_old(desk: Desk) -> None:
    first = desk.push()
    before = desk.newsroom.asks(f"posts/{first.id}")["featured_media"]
    (desk.episode.folder / "cover.jpg").write_bytes(artwork_bytes() + b"\0")
    assert desk.push().sent == (Field.COVER,)
    assert desk.newsroom.asks(f"posts/{first.id}")["featured_media"] != before


def test_a_cover_that_is_no_picture_is_not_sent(desk: Desk) -> None:
    (desk.episode.folder / "cover.jpg").write_bytes(b"not a picture")
    with pytest.raises(EpisodeProblem, match="cannot be read as an image"):
        desk.push()
    assert desk.posts() == []


def test_a_category_that_is_not_there_is_said(desk: Desk) -> None:
    desk.category = "Olahraga"
    with pytest.raises(SetupProblem, match="no category “Olahraga”"):
        desk.push()


@pytest.mark.parametrize(
    ("user", "lacking"),
    [("pembaca", "make drafts or upload pictures"), ("kontributor", "upload pictures")],
)
def test_who_may_not_is_told_what_is_lacking(desk: Desk, user: str, lacking: str) -> None:
    with pytest.raises(SetupProblem, match=f"may not {lacking}"):
        desk.push(user=user)
    assert desk.posts() == []


def test_without_a_picture_a_contributor_can_make_drafts(desk: Desk) -> None:
    (desk.episode.folder / "cover.jpg").unlink()
    assert desk.push(user="kontributor").outcome is Outcome.CREATED


def test_a_wrong_password_is_said_and_never_shown(desk: Desk) -> None:
    site = Site(desk.newsroom.url, Account("penulis", "kata sandi rahasia"))
    with pytest.raises(SetupProblem, match="does not let “penulis” in") as raised:
        push(site, desk.episode, desk.post(), Wish())
    assert "rahasia" not in repr(raised.value) + raised.value.detail


def test_one_mark_finds_no_other_episodes_post(desk: Desk) -> None:
    assert desk.posts() == []
    desk.push()
    assert len(desk.posts()) == 1

"""What goes public, when, in which order, and what stays when something goes wrong."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from pipeline.ground.files import write_json, write_text
from pipeline.ground.receipts import Outcome, Receipt, write_receipt
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import (
    ApprovalState,
    Publication,
    approval_state,
    approve,
    give_back,
    open_bucket,
    plan_publication,
    publish,
    withdraw,
)
from pipeline.words.episode import Guest
from pipeline.words.errors import EpisodeProblem, SetupProblem, TemporaryProblem
from pipeline.words.podcasting import Correction, CorrectionKind, Soundbite
from tests.episodes_on_disk import NOW, add_episode, make_workspace, write_show, write_transcript

LATER = NOW + timedelta(days=3)


def plan_now(workspace: Workspace, now: datetime = NOW) -> Publication:
    fresh = Workspace(workspace.root)
    return plan_publication(fresh, open_bucket(fresh.show, fresh), now)


def publish_now(workspace: Workspace, now: datetime = NOW) -> Publication:
    fresh = Workspace(workspace.root)
    bucket = open_bucket(fresh.show, fresh)
    publication = plan_publication(fresh, bucket, now)
    publish(fresh, bucket, publication, lambda _share: None)
    return publication


def public_state(workspace: Workspace) -> Mapping[str, tuple[int, int]]:
    """Every file that is public or a record, and whether it was written again."""
    return {
        str(path.relative_to(workspace.root)): (path.stat().st_mtime_ns, path.stat().st_ino)
        for folder in (workspace.public, workspace.published)
        for path in folder.rglob("*")
        if path.is_file()
    }


def feed_of(workspace: Workspace) -> feedparser.FeedParserDict:
    return feedparser.parse((workspace.public / "feed.xml").read_bytes())


def unnamed_feed(workspace: Workspace) -> str:
    """The feed without the name of its publication."""
    feed = (workspace.public / "feed.xml").read_text(encoding="utf-8")
    return re.sub(r'purpose="publication">[0-9a-f]{16}<', "", feed)


def titles(workspace: Workspace) -> list[str]:
    return [entry.title for entry in feed_of(workspace).entries]


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "show")


def test_the_plan_names_each_file_in_the_order_of_the_barriers(show: Workspace) -> None:
    add_episode(show, "air-bersih")
    groups = [change.group for change in plan_now(show).changes]
    assert groups == sorted(groups, key=list(type(groups[0])).index)
    assert [change.key for change in plan_now(show).changes][-1] == "feed.xml"


def test_a_plan_changes_nothing(show: Workspace) -> None:
    add_episode(show, "air-bersih")
    before = sorted(p for p in show.feed_folder.rglob("*"))
    assert plan_now(show).changes
    assert sorted(p for p in show.feed_folder.rglob("*")) == before


def test_every_address_in_the_feed_is_a_file_that_is_there(show: Workspace) -> None:
    add_episode(show, "air-bersih")
    publish_now(show)
    text = (show.public / "feed.xml").read_text(encoding="utf-8")
    base = show.show.publish.base_url
    keys = {re.split(r'["< ]', part)[0] for part in text.split(base)[1:]}
    assert len(keys) > 5
    assert [key for key in keys if not (show.public / key).is_file()] == []


def test_nothing_changed_nothing_is_touched(show: Workspace) -> None:
    add_episode(show, "air-bersih")
    publish_now(show)
    before = public_state(show)
    again = publish_now(show, LATER)
    assert again.changes == ()
    assert public_state(show) == before


def test_the_publication_date_is_given_once_and_kept(show: Workspace) -> None:
    episode = add_episode(show, "air-bersih")
    publish_now(show)
    add_episode(show, "air-bersih", title="Judul baru")
    changed = publish_now(show, LATER)
    assert {"episodes/air-bersih/index.html", "index.html", "feed.xml"} <= {
        change.key for change in changed.changes
    }
    entry = feed_of(show).entries[0]
    assert entry.title == "Judul baru"
    assert entry.id == episode.recording.guid
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == NOW


def test_a_new_title_uploads_no_media_again(show: Workspace) -> None:
    add_episode(show, "air-bersih")
    publish_now(show)
    add_episode(show, "air-bersih", title="Judul baru")
    keys = [change.key for change in plan_now(show, LATER).changes]
    assert not [key for key in keys if key.startswith("media/")]


def test_new_audio_gets_a_new_address_and_the_old_one_keeps_answering(show: Workspace) -> None:
    add_episode(show, "air-bersih")
    publish_now(show)
    add_episode(show, "air-bersih", tone_hz=600)
    changes = publish_now(show, LATER).changes
    media = sorted((show.public / "media").iterdir())
    assert len(media) == 2
    assert [c.reason for c in changes if c.key.startswith("media/")] == ["content changed"]
    assert (
        feed_of(show)
        .entries[0]
        .enclosures[0]
        .href.endswith(next(c.key for c in changes if c.key.startswith("media/")))
    )


def test_a_file_that_is_missing_or_damaged_in_the_bucket_is_restored(show: Workspace) -> None:
    add_episode(show, "air-bersih")
    publish_now(show)
    media = next((show.public / "media").iterdir())
    whole = media.read_bytes()
    media.unlink()
    write_text(show.public / "index.html", "vandalised")
    reasons = {change.key: change.reason for change in publish_now(show).changes}
    assert reasons == {
        f"media/{media.name}": "missing in the bucket",
        "index.html": "content changed",
    }
    assert media.read_bytes() == whole
    media.write_bytes(whole[:100])
    assert [c.reason for c in publish_now(show).changes] == ["content changed"]
    assert media.read_bytes() == whole


def test_files_that_the_pipeline_did_not_make_stay_in_the_folder(show: Workspace) -> None:
    add_episode(show, "air-bersih")
    publish_now(show)
    (show.public / "CNAME").write_text("podcast.example.org")
    publish_now(show, LATER)
    assert (show.public / "CNAME").is_file()


def test_without_approval_nothing_is_public(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    add_episode(show, "air-bersih")
    publication = publish_now(show)
    assert publication.changes == ()
    assert "nobody has approved it" in publication.left_out["air-bersih"]
    assert not show.public.exists()


def test_an_approved_episode_goes_public(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    episode = add_episode(show, "air-bersih")
    assert approval_state(show, episode) is ApprovalState.MISSING
    approve(show, episode, "Redaktur", NOW)
    assert approval_state(Workspace(show.root), episode) is ApprovalState.GIVEN
    publish_now(show)
    assert titles(show) == ["Layanan air bersih"]
    signed = json.loads(episode.approval_json.read_text())
    assert signed["by"] == "Redaktur"
    assert set(signed["digests"]) >= {"enclosure.mp3", "transcript.vtt", "chapters.json", "details"}


def test_automatic_approval_needs_nobody(show: Workspace) -> None:
    assert approval_state(show, add_episode(show, "satu")) is ApprovalState.NOT_NEEDED


def change_audio(show: Workspace) -> None:
    add_episode(show, "air-bersih", tone_hz=600)


def change_transcript(show: Workspace) -> None:
    write_transcript(show.transcripts_folder / "air-bersih", "Selamat sore.")


def change_captions(show: Workspace) -> None:
    write_text(show.transcripts_folder / "air-bersih" / "transcript.vtt", "WEBVTT\n")


def change_chapters(show: Workspace) -> None:
    write_text(
        show.episodes_folder / "air-bersih" / "chapters.json", '{"version":"1.2.0","chapters":[]}'
    )


def change_notes(show: Workspace) -> None:
    add_episode(show, "air-bersih", summary="Ringkasan lain.")


def change_article(show: Workspace) -> None:
    write_text(show.transcripts_folder / "air-bersih" / "article.md", "# Artikel\n\nIsi.\n")


@pytest.mark.parametrize(
    "change",
    [
        change_audio,
        change_transcript,
        change_captions,
        change_chapters,
        change_notes,
        change_article,
    ],
    ids=lambda change: change.__name__,
)
def test_approval_lapses_when_content_changes_and_the_old_version_stays(
    tmp_path: Path, change
) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    approve(show, add_episode(show, "air-bersih"), "Redaktur", NOW)
    publish_now(show)
    before = public_state(show)
    change(show)
    publication = publish_now(show, LATER)
    assert approval_state(Workspace(show.root), show.episode("air-bersih")) is ApprovalState.STALE
    assert "changed after it was approved" in publication.left_out["air-bersih"]
    assert "stays public" in publication.left_out["air-bersih"]
    assert public_state(show) == before


def test_a_comment_or_a_schedule_needs_no_new_approval(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    episode = add_episode(show, "air-bersih")
    approve(show, episode, "Redaktur", NOW)
    with (episode.folder / "episode.toml").open("a") as file:
        file.write("\n# catatan redaksi\npublish_at = 2026-11-24T08:00:00+08:00\n")
    fresh = Workspace(show.root)
    assert approval_state(fresh, fresh.episode("air-bersih")) is ApprovalState.GIVEN


def test_another_episode_goes_public_beside_one_that_waits(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    approve(show, add_episode(show, "satu", title="Satu"), "Redaktur", NOW)
    publish_now(show)
    add_episode(show, "satu", title="Satu, diubah")
    approve(show, add_episode(show, "dua", title="Dua"), "Redaktur", NOW)
    publish_now(show, LATER)
    assert titles(show) == ["Dua", "Satu"]


def test_what_is_unfinished_cannot_be_approved_or_published(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    episode = add_episode(show, "air-bersih")
    episode.captions_vtt.unlink()
    with pytest.raises(EpisodeProblem, match=r"transcript\.vtt has not been made"):
        approve(show, episode, "Redaktur", NOW)
    assert "etam run" in plan_now(show).left_out["air-bersih"]


def test_an_approval_needs_a_name(show: Workspace) -> None:
    with pytest.raises(EpisodeProblem, match="names nobody"):
        approve(show, add_episode(show, "satu"), " ", NOW)


def test_a_signature_is_one_line(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    episode = add_episode(show, "air-bersih")
    approve(show, episode, "Éva\nRedaktur\x1b[2J", NOW)
    assert json.loads(episode.approval_json.read_text())["by"] == "Éva Redaktur[2J"


def test_an_approval_that_cannot_be_read_is_said_and_not_guessed(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    episode = add_episode(show, "air-bersih")
    write_text(episode.approval_json, "{}")
    publication = plan_now(show)
    assert "approval.json" in publication.left_out["air-bersih"]
    assert publication.problems


@pytest.mark.parametrize("outcome", [Outcome.STARTED, Outcome.FAILED])
def test_a_stage_that_did_not_finish_keeps_the_episode_back(
    show: Workspace, outcome: Outcome
) -> None:
    episode = add_episode(show, "air-bersih")
    write_receipt(episode.receipt("tag"), Receipt("tag", 1, outcome))
    assert "the stage tag has not finished" in plan_now(show).left_out["air-bersih"]


def test_audio_that_was_tagged_before_the_transcript_changed_stays_back(show: Workspace) -> None:
    episode = add_episode(show, "air-bersih")
    name = episode.name_of(episode.transcript_json)
    write_receipt(episode.receipt("tag"), Receipt("tag", 1, Outcome.DONE, {name: "0" * 64}))
    sentence = plan_now(show).left_out["air-bersih"]
    assert "transcript.json changed after the stage tag" in sentence


def test_what_the_caller_knows_to_be_undone_stays_back(show: Workspace) -> None:
    add_episode(show, "satu", title="Satu")
    add_episode(show, "dua", title="Dua")
    bucket = open_bucket(show.show, show)
    publication = plan_publication(show, bucket, NOW, {"satu": "the title changed after tagging"})
    assert "the title changed after tagging" in publication.left_out["satu"]
    assert not [c.key for c in publication.changes if "satu" in c.key]


def test_a_name_outside_of_ascii_gets_ascii_addresses(show: Workspace) -> None:
    add_episode(show, "kafé-😀", title="Kafé 😀")
    publish_now(show)
    entry = feed_of(show).entries[0]
    assert entry.title == "Kafé 😀"
    for address in (entry.link, entry.enclosures[0].href):
        assert address.isascii()
        assert (show.public / address.removeprefix(show.show.publish.base_url)).is_file()


def test_a_scheduled_episode_stays_out_until_it_is_due(show: Workspace) -> None:
    add_episode(show, "air-bersih", publish_at=NOW + timedelta(hours=1))
    publication = publish_now(show)
    assert publication.changes == ()
    assert "scheduled for 2026-11-23 13:05+08:00" in publication.left_out["air-bersih"]
    publish_now(show, NOW + timedelta(hours=2))
    published = datetime(*feed_of(show).entries[0].published_parsed[:6], tzinfo=UTC)
    assert published == NOW + timedelta(hours=1)


def test_a_schedule_without_a_zone_is_in_the_zone_of_the_show(show: Workspace) -> None:
    add_episode(show, "air-bersih", publish_at=datetime(2026, 11, 23, 12, 6))
    assert plan_now(show).changes == ()
    assert plan_now(show, NOW + timedelta(minutes=1)).changes


def test_episodes_that_become_public_together_keep_the_order_of_their_dates(
    show: Workspace,
) -> None:
    for day in (3, 1, 2):
        recorded = datetime(2022, 10, day, tzinfo=UTC).date()
        add_episode(show, f"a-{9 - day}", title=f"Hari {day}", date=recorded)
    publish_now(show)
    assert titles(show) == ["Hari 3", "Hari 2", "Hari 1"]
    moments = [entry.published_parsed for entry in feed_of(show).entries]
    assert len(set(moments)) == 3
    assert max(datetime(*m[:6], tzinfo=UTC) for m in moments) == NOW


def test_a_serial_wants_a_number_on_each_episode(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", show='kind = "serial"')
    add_episode(show, "satu", number=1)
    add_episode(show, "dua")
    publication = publish_now(show)
    assert len(feed_of(show).entries) == 1
    assert "has no number" in publication.left_out["dua"]
    assert isinstance(publication.problems[0], EpisodeProblem)


def test_a_broken_episode_hides_no_other(show: Workspace) -> None:
    add_episode(show, "satu", title="Satu")
    broken = add_episode(show, "dua")
    broken.enclosure.write_bytes(b"no MP3 at all")
    publication = publish_now(show)
    assert titles(show) == ["Satu"]
    assert "enclosure.mp3" in publication.left_out["dua"]


def test_a_copy_of_an_episode_folder_is_not_published_under_the_same_guid(show: Workspace) -> None:
    original = add_episode(show, "satu", title="Satu")
    publish_now(show)
    shutil.copytree(original.folder, show.episodes_folder / "copy")
    shutil.copytree(original.texts, show.transcripts_folder / "copy")
    publication = publish_now(show, LATER)
    assert "same identity" in publication.left_out["copy"]
    assert len(feed_of(show).entries) == 1


def test_an_episode_whose_folder_was_renamed_keeps_its_guid_and_date(show: Workspace) -> None:
    episode = add_episode(show, "satu", title="Satu")
    publish_now(show)
    episode.folder.rename(show.episodes_folder / "baru")
    episode.texts.rename(show.transcripts_folder / "baru")
    publish_now(show, LATER)
    entry = feed_of(show).entries[0]
    assert (entry.id, len(feed_of(show).entries)) == (episode.recording.guid, 1)
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == NOW
    assert entry.link.endswith("episodes/satu/index.html")


def test_a_new_episode_cannot_take_the_address_of_one_that_is_public(show: Workspace) -> None:
    episode = add_episode(show, "satu", title="Satu")
    publish_now(show)
    episode.folder.rename(show.episodes_folder / "baru")
    episode.texts.rename(show.transcripts_folder / "baru")
    newcomer = add_episode(show, "satu")
    recording = newcomer.folder / "recording.json"
    recording.write_text(recording.read_text().replace(newcomer.recording.guid, "another-guid"))
    publication = publish_now(show, LATER)
    assert "belongs to an episode published before" in publication.left_out["satu"]
    assert titles(show) == ["Satu"]


def test_a_published_episode_whose_folder_is_gone_stays_in_the_feed(show: Workspace) -> None:
    episode = add_episode(show, "satu", title="Satu")
    publish_now(show)
    shutil.rmtree(episode.folder)
    shutil.rmtree(episode.texts)
    publication = publish_now(show, LATER)
    assert publication.changes == ()
    assert "stays public as it is, though its folder is not here" in publication.left_out["satu"]
    assert titles(show) == ["Satu"]


def test_an_item_whose_files_are_gone_for_good_leaves_the_feed_with_a_sentence(
    show: Workspace,
) -> None:
    add_episode(show, "dua", title="Dua")
    episode = add_episode(show, "satu", title="Satu")
    publish_now(show)
    shutil.rmtree(episode.folder)
    shutil.rmtree(show.public)
    publication = publish_now(show, LATER)
    assert titles(show) == ["Dua"]
    assert "gone from the bucket" in publication.left_out["satu"]


def test_a_new_target_gets_everything(show: Workspace) -> None:
    add_episode(show, "satu")
    first = publish_now(show)
    shutil.rmtree(show.public)
    again = publish_now(show, LATER)
    assert {c.key for c in again.changes} == {c.key for c in first.changes}
    assert {c.reason for c in again.changes} == {"missing in the bucket"}


def test_a_move_keeps_the_podcast_guid(show: Workspace) -> None:
    add_episode(show, "satu")
    publish_now(show)
    guid = feed_of(show).feed.podcast_guid
    write_show(show, base_url="https://elsewhere.example.org/")
    publish_now(show, LATER)
    assert feed_of(show).feed.podcast_guid == guid
    assert feed_of(show).entries[0].link.startswith("https://elsewhere.example.org/")


def test_a_podcast_guid_in_the_settings_wins(tmp_path: Path) -> None:
    own = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    show = make_workspace(tmp_path / "show", show=f'podcast_guid = "{own}"')
    add_episode(show, "satu")
    publish_now(show)
    assert feed_of(show).feed.podcast_guid == own


def test_a_podcast_guid_that_is_none_is_a_setup_problem(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", show='podcast_guid = "abc"')
    add_episode(show, "satu")
    with pytest.raises(SetupProblem, match="is no UUID"):
        plan_now(show)


@pytest.mark.parametrize(
    "text", ["]]> <![CDATA[ <script>", "\x00\x1b[31m \ufffe", "🎙️ ‏مرحبا‎", "panjang " * 31]
)
def test_hostile_details_reach_listeners_as_words(show: Workspace, text: str) -> None:
    add_episode(
        show,
        "satu",
        title=f"Judul {text}",
        summary=text * 15,
        place=text,
        guests=(Guest(text[:120], text),),
        host=text,
        tags=(text,),
        said=text.replace("\x00", ""),
    )
    publish_now(show)
    feed = feed_of(show)
    assert feed.bozo == 0
    assert feed.entries[0].title.startswith("Judul")
    page = (show.public / "episodes" / "satu" / "index.html").read_text(encoding="utf-8")
    assert "<script>" not in page + feed.entries[0].content[0].value
    assert "\x00" not in page


def test_artwork_that_is_missing_is_a_setup_problem(show: Workspace) -> None:
    add_episode(show, "satu")
    (show.feed_folder / "artwork.jpg").unlink()
    with pytest.raises(SetupProblem, match=r"artwork\.jpg is missing"):
        plan_now(show)


@pytest.mark.parametrize("damaged", ["{", "[]", "null"])
def test_a_record_that_is_damaged_here_is_taken_from_the_bucket(
    show: Workspace, damaged: str
) -> None:
    episode = add_episode(show, "satu")
    publish_now(show)
    record = show.published / f"{episode.recording.guid}.json"
    before, public = record.read_bytes(), (show.public / "feed.xml").read_bytes()
    record.write_text(damaged)
    assert publish_now(show, LATER).changes == ()
    assert record.read_bytes() == before
    assert (show.public / "feed.xml").read_bytes() == public


@pytest.mark.parametrize("damaged", ["{", "[]", "null"])
def test_a_record_that_is_damaged_everywhere_stops_the_publication(
    show: Workspace, damaged: str
) -> None:
    episode = add_episode(show, "satu")
    publish_now(show)
    (show.published / f"{episode.recording.guid}.json").write_text(damaged)
    next((show.public / "published").glob("item-*")).write_text(damaged)
    before = public_state(show)
    with pytest.raises(SetupProblem, match="what listeners have"):
        publish_now(show, LATER)
    assert public_state(show) == before


def test_a_plan_that_somebody_overtook_is_made_again(show: Workspace) -> None:
    add_episode(show, "satu")
    bucket = open_bucket(show.show, show)
    late = plan_publication(show, bucket, NOW)
    publish_now(show)
    before = public_state(show)
    assert publish(show, bucket, late, lambda _share: None).changes == ()
    assert public_state(show) == before


def test_audio_that_changes_between_plan_and_upload_leaves_the_old_feed(show: Workspace) -> None:
    add_episode(show, "satu")
    publish_now(show)
    before = (show.public / "feed.xml").read_bytes()
    episode = add_episode(show, "dua")
    bucket = open_bucket(show.show, show)
    publication = plan_publication(show, bucket, LATER)
    episode.enclosure.write_bytes(b"something else")
    with pytest.raises(TemporaryProblem, match="changed while it was being published"):
        publish(show, bucket, publication, lambda _share: None)
    assert (show.public / "feed.xml").read_bytes() == before


def test_a_trailer_and_a_bonus_say_so(show: Workspace) -> None:
    add_episode(show, "satu", episode_type="trailer")
    publish_now(show)
    text = (show.public / "feed.xml").read_text()
    assert "<itunes:episodeType>trailer<" in text
    assert "<podcast:trailer " in text


def test_progress_reaches_the_end_and_never_goes_back(show: Workspace) -> None:
    add_episode(show, "satu")
    bucket = open_bucket(show.show, show)
    shares: list[float] = []
    publish(show, bucket, plan_publication(show, bucket, NOW), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_the_plan_can_be_read_by_a_program(show: Workspace) -> None:
    add_episode(show, "satu")
    content = json.loads(json.dumps(plan_now(show).to_json()))
    assert content["changes"][-1]["key"] == "feed.xml"


def test_captions_that_outlast_the_audio_keep_the_episode_and_no_other_back(
    show: Workspace,
) -> None:
    add_episode(show, "satu", title="Satu")
    broken = add_episode(show, "dua", title="Dua")
    write_text(broken.captions_vtt, "WEBVTT\n\n00:00.000 --> 00:09.000\nSelamat pagi\n")
    publication = publish_now(show)
    assert titles(show) == ["Satu"]
    assert "“dua”, transcript.vtt: its last cue ends at 9.0 s" in publication.left_out["dua"]
    assert publication.problems


def test_an_error_in_a_new_version_leaves_the_old_one_public(show: Workspace) -> None:
    add_episode(show, "satu", title="Satu")
    publish_now(show)
    add_episode(show, "satu", title="Baru", soundbites=(Soundbite(1.0, 60.0),))
    publication = publish_now(show, LATER)
    assert "soundbites" in publication.left_out["satu"]
    assert titles(show) == ["Satu"]


def test_what_is_merely_odd_goes_out_with_a_note(show: Workspace) -> None:
    add_episode(show, "satu", title="Eps. 12: Air", summary="Air\x07 bersih.")
    publication = publish_now(show)
    assert titles(show) == ["Eps. 12: Air"]
    notes = " ".join(publication.warnings)
    assert "“satu”, summary: control characters were taken out" in notes
    assert "“satu”, title: “Eps. 12: Air” begins with a number" in notes
    assert publication.to_json()["warnings"] == list(publication.warnings)


def add_many(show: Workspace, *numbers: int) -> None:
    for number in numbers:
        due = NOW - timedelta(days=100 - number)
        add_episode(show, f"ke-{number:02}", title=f"Ke-{number}", publish_at=due)


def archive_of(show: Workspace, document: bytes) -> bytes | None:
    """What a reader finds who follows `prev-archive`."""
    found = re.search(rb'href="([^"]+)" rel="prev-archive"', document)
    if found is None:
        return None
    key = found[1].decode().removeprefix(show.show.publish.base_url)
    return (show.public / key).read_bytes()


def pages_of(show: Workspace) -> list[list[str]]:
    """The titles in feed.xml and in each page before it."""
    pages = []
    document: bytes | None = (show.public / "feed.xml").read_bytes()
    while document is not None:
        pages.append([entry.title for entry in feedparser.parse(document).entries])
        document = archive_of(show, document)
    return pages


def test_a_long_feed_goes_on_in_archive_pages_that_stay(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", publish="[feed]\nitems_per_page = 2")
    add_many(show, 1, 2, 3)
    publish_now(show)
    assert pages_of(show) == [["Ke-3", "Ke-2", "Ke-1"]]
    add_many(show, 4)
    publish_now(show)
    assert pages_of(show) == [["Ke-4", "Ke-3"], ["Ke-2", "Ke-1"]]
    add_many(show, 5)
    keys = [change.key for change in publish_now(show).changes]
    assert not [key for key in keys if key.startswith("feed-")]
    assert pages_of(show) == [["Ke-5", "Ke-4", "Ke-3"], ["Ke-2", "Ke-1"]]
    add_many(show, 6, 7)
    publish_now(show)
    assert pages_of(show) == [["Ke-7", "Ke-6", "Ke-5"], ["Ke-4", "Ke-3"], ["Ke-2", "Ke-1"]]
    archive = archive_of(show, (show.public / "feed.xml").read_bytes()) or b""
    assert b"<fh:archive/>" in archive
    assert b'href="https://podcast.example.org/etam/feed.xml" rel="current"' in archive


def test_pages_are_the_same_whether_episodes_came_one_by_one_or_together(tmp_path: Path) -> None:
    one_by_one = make_workspace(tmp_path / "one", publish="[feed]\nitems_per_page = 2")
    together = make_workspace(tmp_path / "all", publish="[feed]\nitems_per_page = 2")
    for number in range(1, 8):
        add_many(one_by_one, number)
        publish_now(one_by_one)
    add_many(together, *range(1, 8))
    publish_now(together)
    assert unnamed_feed(one_by_one) == unnamed_feed(together)


def test_a_trailer_in_the_archive_is_still_named_by_the_feed(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", publish="[feed]\nitems_per_page = 1")
    add_episode(show, "a", title="Cuplikan", episode_type="trailer", publish_at=NOW - timedelta(9))
    add_many(show, 95, 96)
    publish_now(show)
    assert pages_of(show) == [["Ke-96"], ["Ke-95"], ["Cuplikan"]]
    feed = (show.public / "feed.xml").read_text()
    assert feed.count("<podcast:trailer ") == 1


def everything_but_media(show: Workspace) -> str:
    files = [p for p in show.public.rglob("*") if p.suffix in (".html", ".xml", ".json")]
    named = [p for p in files if not re.search(r"-[0-9a-f]{16}\.", p.name)]
    return " ".join(path.read_text(encoding="utf-8") for path in named)


def test_a_withdrawn_episode_is_nowhere_and_comes_back_as_it_was(show: Workspace) -> None:
    add_episode(show, "satu", title="Satu")
    episode = add_episode(show, "dua", title="Rahasia")
    publish_now(show)
    feed = unnamed_feed(show)
    media = sorted((show.public / "media").iterdir())
    withdraw(show, "dua")
    publication = publish_now(show, LATER)
    assert "Rahasia" not in everything_but_media(show)
    assert "Episode ditarik" in (show.public / "episodes/dua/index.html").read_text()
    assert sorted((show.public / "media").iterdir()) == media
    assert "etam publish --again dua" in publication.left_out["dua"]
    assert publish_now(show, LATER).changes == ()
    give_back(show, "dua")
    publish_now(show, LATER)
    assert unnamed_feed(show) == feed
    assert episode.recording.guid in {entry.id for entry in feed_of(show).entries}


def test_a_notice_takes_the_place_of_a_page_when_the_feed_names_it_no_more(
    show: Workspace,
) -> None:
    add_episode(show, "satu", title="Satu")
    add_episode(show, "dua", title="Dua")
    publish_now(show)
    withdraw(show, "dua")
    keys = [change.key for change in plan_now(show, LATER).changes]
    notices = [key for key in keys if key.startswith("episodes/dua/")]
    assert "episodes/dua/index.html" in notices
    assert keys[keys.index("feed.xml") + 1 :] == notices


def test_the_only_episode_can_be_withdrawn_even_when_its_folder_is_gone(show: Workspace) -> None:
    episode = add_episode(show, "satu", title="Satu")
    publish_now(show)
    shutil.rmtree(episode.folder)
    withdraw(Workspace(show.root), "satu")
    publish_now(show, LATER)
    assert titles(show) == []


def test_what_is_not_public_cannot_be_withdrawn_nor_given_back(show: Workspace) -> None:
    add_episode(show, "satu")
    with pytest.raises(EpisodeProblem, match="is not public"):
        withdraw(show, "satu")
    publish_now(show)
    with pytest.raises(EpisodeProblem, match="is not withdrawn"):
        give_back(show, "satu")


def test_a_correction_stands_dated_in_the_notes_and_on_the_page(show: Workspace) -> None:
    add_episode(show, "satu", title="Satu")
    publish_now(show)
    before = feed_of(show).entries[0]
    corrections = (
        Correction(date(2026, 11, 30), "Yang benar: Desember & Januari."),
        Correction(date(2026, 12, 1), "Kami tidak setuju.", CorrectionKind.RIGHT_OF_REPLY),
    )
    add_episode(show, "satu", title="Satu", corrections=corrections)
    publish_now(show, LATER)
    after = feed_of(show).entries[0]
    page = (show.public / "episodes/satu/index.html").read_text()
    for text in (after.content[0].value, page):
        assert "Koreksi" in text
        assert "30 November 2026" in text
        assert "Desember &amp; Januari." in text
        assert "Hak jawab" in text
    assert (after.id, after.published, after.enclosures) == (
        before.id,
        before.published,
        before.enclosures,
    )


def test_replaced_audio_keeps_identity_and_date(show: Workspace) -> None:
    add_episode(show, "satu")
    publish_now(show)
    before = feed_of(show).entries[0]
    add_episode(show, "satu", tone_hz=700)
    publish_now(show, LATER)
    after = feed_of(show).entries[0]
    assert (after.id, after.published) == (before.id, before.published)
    assert after.enclosures[0].href != before.enclosures[0].href


def test_the_drafts_notes_are_the_description_where_nobody_wrote_one(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    episode = add_episode(show, "satu", summary="")
    approve(show, episode, "Redaktur", NOW)
    publish_now(show)
    assert feed_of(show).entries[0].summary == "Kutipan dari draf."
    notes = {"summary": "Catatan acara dari draf."}
    write_json(episode.texts / "draft.json", {"excerpt": "Kutipan dari draf.", "notes": notes})
    publish_now(show, LATER)  # which nobody has approved
    assert feed_of(show).entries[0].summary == "Kutipan dari draf."
    approve(show, episode, "Redaktur", LATER)
    publish_now(show, LATER)
    assert feed_of(show).entries[0].summary == "Catatan acara dari draf."

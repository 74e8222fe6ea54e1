"""A show that this program published moves to another machine, and listeners see no difference."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser

from pipeline.ground.files import read_json, write_json
from pipeline.ground.workspace import Workspace
from pipeline.stages.importing import (
    fetch_recording,
    imported_episodes,
    read_source,
    show_settings,
    take_in,
)
from pipeline.stages.publish import open_bucket, plan_publication, publish
from pipeline.words.episode import EpisodeType, Guest
from tests.episodes_on_disk import NOW, add_episode, make_workspace
from tests.tools.old_host import serve_old_host

LATER = NOW + timedelta(days=400)


def published(show: Workspace, now: datetime) -> feedparser.FeedParserDict:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    publish(fresh, bucket, plan_publication(fresh, bucket, now), lambda _share: None)
    return feedparser.parse((show.public / "feed.xml").read_bytes())


def test_guids_dates_and_words_survive_the_move(tmp_path: Path) -> None:
    with serve_old_host() as host:
        old = make_workspace(tmp_path / "old", base_url=f"{host.address}/")
        add_episode(old, "satu", season=2, number=7, episode_type=EpisodeType.BONUS, explicit=True)
        add_episode(old, "dua", tone_hz=600, title="Dua <kata> & “kutip”", tags=("air",))
        before = published(old, NOW)
        host.files = {
            f"/{path.relative_to(old.public)}": path.read_bytes()
            for path in old.public.rglob("*")
            if path.is_file()
        }
        new = make_workspace(tmp_path / "new", base_url="https://new.example.org/")
        source = read_source(f"{host.address}/feed.xml")
        take_in(new, source)
        for imported in imported_episodes(new):
            fetch_recording(new, imported, lambda _share: None)
    by_guid = {new.recording(slug).guid: new.episode(slug) for slug in new.slugs()}
    assert set(by_guid) == {entry.id for entry in before.entries}
    satu = next(e for e in by_guid.values() if e.details.number == 7).details
    assert (satu.title, satu.season, satu.episode_type, satu.explicit) == (
        "Layanan air bersih",
        2,
        EpisodeType.BONUS,
        True,
    )
    assert satu.place == "Tenggarong"
    assert [guest.name for guest in satu.guests] == ["Ahmad Rianto", "Dewi & Rekan"]
    assert any(e.details.title == "Dua <kata> & “kutip”" for e in by_guid.values())
    settings, _ = show_settings(source.feed)
    assert (
        settings["podcast_guid"]
        == json.loads((old.published / "show.json").read_text(encoding="utf-8"))["podcast_guid"]
    )
    assert settings["categories"] == ["Government", "News > Daily News"]


def test_an_imported_episode_is_published_with_its_old_date_and_guid(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show")
    add_episode(show, "lama", publish_at=NOW + timedelta(days=9))  # would wait, were it new
    add_episode(show, "baru", tone_hz=600, guests=(Guest("Ani"),))
    path = show.episodes_folder / "lama" / "recording.json"
    said = {"guid": "https://old.example.org/?p=1", "published_at": "2020-02-29T23:30:00-05:00"}
    write_json(path, read_json(path) | said)
    for now in (NOW, LATER):
        entries = {entry.id: entry for entry in published(show, now).entries}
        assert len(entries) == 2
        moment = entries[said["guid"]].published_parsed
        assert datetime(*moment[:6], tzinfo=UTC) == datetime(2020, 3, 1, 4, 30, tzinfo=UTC)
    records = [read_json(record) for record in show.published.glob("https-old*.json")]
    assert [record["guid"] for record in records] == [said["guid"]]

"""A workspace finds its episodes and never leaves its folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.ground.episode_file import read_episode_file, read_sidecar, write_episode_file
from pipeline.ground.files import read_json, write_json
from pipeline.ground.workspace import find_workspace, recording_to_json
from pipeline.words.episode import EpisodeDetails, EpisodeType, Guest, Layout
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.podcasting import Correction, CorrectionKind, Person, SocialPost, Soundbite
from tests.shows import make_episode, make_show

DETAILS = EpisodeDetails(
    title='Layanan "publik" \\ desa\n',
    date=date(2026, 11, 5),
    guests=(Guest("Budi Santoso", "Kepala Bidang"), Guest("Sari")),
    host="Rahma",
    place="Tenggarong",
    summary="Ringkas.",
    season=2,
    number=7,
    episode_type=EpisodeType.BONUS,
    explicit=False,
    tags=("desa", "KIM"),
    layout=Layout.TRACKS,
    publish_at=datetime(2026, 12, 1, 8, tzinfo=UTC),
)


def test_the_workspace_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show")
    assert find_workspace(show.inbox).root == show.root


def test_outside_a_workspace_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match="etam init"):
        find_workspace(tmp_path)


def test_episodes_are_listed_and_read(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show")
    make_episode(show, "satu")
    (show.episodes_folder / ".incoming-x").mkdir()
    (show.episodes_folder / "stray").mkdir()
    assert show.slugs() == ["satu"]
    episode = show.episode("satu")
    assert episode.recording.guid == "guid-satu"
    assert episode.recordings[0].read_bytes() == b"recording"


@pytest.mark.parametrize("slug", ["../show", "", ".", "..", "nothing", "a/b", "/etc"])
def test_a_name_that_is_no_episode_is_refused(tmp_path: Path, slug: str) -> None:
    show = make_show(tmp_path / "show")
    make_episode(show, "satu")
    with pytest.raises(EpisodeProblem, match="There is no episode"):
        show.episode(slug)


def test_an_unreadable_identity_names_the_episode(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show")
    make_episode(show, "satu")
    (show.episodes_folder / "satu" / "recording.json").write_text("{}")
    with pytest.raises(EpisodeProblem, match="satu"):
        show.episode("satu")


def test_details_survive_a_round_trip(tmp_path: Path) -> None:
    write_episode_file(tmp_path / "episode.toml", DETAILS)
    assert read_episode_file(tmp_path / "episode.toml", "x") == DETAILS


def test_scant_details_are_written_with_hints_for_the_rest(tmp_path: Path) -> None:
    scant = EpisodeDetails("Judul", date(2026, 1, 2))
    write_episode_file(tmp_path / "episode.toml", scant)
    text = (tmp_path / "episode.toml").read_text()
    assert "# guests = [" in text
    assert read_episode_file(tmp_path / "episode.toml", "x") == scant


def test_a_mistake_in_the_details_names_episode_and_key(tmp_path: Path) -> None:
    path = tmp_path / "episode.toml"
    path.write_text('titel = "x"\ntitle = "y"\ndate = 2026-11-05\nseason = 0\n')
    with pytest.raises(EpisodeProblem) as caught:
        read_episode_file(path, "satu")
    assert "of “satu”" in caught.value.problem
    assert "“titel” is unknown; did you mean “title”?" in caught.value.problem
    assert "“season”" in caught.value.problem


def test_a_sidecar_needs_to_say_only_what_the_name_does_not(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('host = "Rahma"\n')
    guessed = EpisodeDetails("Judul", date(2026, 1, 2), guests=(Guest("Budi"),))
    assert read_sidecar(path, "x", guessed) == replace(guessed, host="Rahma")


def test_a_missing_episode_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EpisodeProblem, match="is missing"):
        read_episode_file(tmp_path / "episode.toml", "satu")


@pytest.mark.parametrize(
    "change",
    [
        {"files": [{"name": "../../../secret.wav"}]},
        {"files": [{"name": ".."}]},
        {"files": [{"name": 5}]},
        {"files": [{"duration_seconds": "long"}]},
        {"files": []},
        {"files": {}},
        {"guid": "a\0b"},
        {"guid": "two\nlines"},
        {"guid": ""},
        {"guid": 5},
        {"received_at": "yesterday"},
    ],
)
def test_a_recording_json_that_somebody_changed_is_not_believed(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    show = make_show(tmp_path / "show")
    make_episode(show, "satu")
    path = show.episodes_folder / "satu" / "recording.json"
    content = read_json(path)
    if change.get("files"):
        change = {"files": [content["files"][0] | change["files"][0]]}
    write_json(path, content | change)
    with pytest.raises(EpisodeProblem, match=r"recording\.json of “satu” cannot be read"):
        show.episode("satu")


@pytest.mark.parametrize(
    "guid", ["https://example.org/?p=12", "../show", "Buzzsprout-1234567", "é"]
)
def test_a_guid_may_be_whatever_an_earlier_host_gave(tmp_path: Path, guid: str) -> None:
    show = make_show(tmp_path / "show")
    make_episode(show, "satu")
    path = show.episodes_folder / "satu" / "recording.json"
    write_json(path, read_json(path) | {"guid": guid, "published_at": "2020-01-02T03:04:05+08:00"})
    recording = show.recording("satu")
    assert recording.guid == guid
    assert recording_to_json(recording)["published_at"] == "2020-01-02T03:04:05+08:00"


def test_an_episode_file_that_is_no_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EpisodeProblem, match="cannot be read"):
        read_episode_file(tmp_path, "satu")


@pytest.mark.parametrize(
    "line", ["publish_at = 9999-12-31T23:59:59-12:00", "publish_at = 0001-01-01T00:00:00"]
)
def test_a_year_that_no_feed_can_carry_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "episode.toml"
    path.write_text(f'title = "Satu"\ndate = 2026-11-05\n{line}\n')
    with pytest.raises(EpisodeProblem, match=r"“publish_at”: the year \d+ cannot be meant"):
        read_episode_file(path, "satu")
    path.write_text('title = "Satu"\ndate = 0001-01-01\n')
    with pytest.raises(EpisodeProblem, match="“date”: the year 1 cannot be meant"):
        read_episode_file(path, "satu")


def test_everything_that_can_be_said_of_an_episode_reads_back(tmp_path: Path) -> None:
    details = EpisodeDetails(
        "Judul",
        date(2026, 11, 5),
        guests=(Guest("Budi", "Kepala “Bidang”", link="https://example.org/budi"),),
        explicit=False,
        tags=("air", 'ber"kutip'),
        publish_at=datetime(2026, 11, 24, 8, tzinfo=UTC),
        number_display="Hari 5",
        geo="geo:-0.41,116.99",
        osm="R113314",
        country="id",
        license="cc-by-4.0",
        credits=(Person("Rahma", "Editor", "audio post-production"),),
        soundbites=(Soundbite(1.5, 30.0, "Air"),),
        social=(SocialPost("activitypub", "https://example.org/1", priority=1),),
        corrections=(Correction(date(2026, 12, 1), "Bukan itu.", CorrectionKind.RIGHT_OF_REPLY),),
    )
    path = tmp_path / "episode.toml"
    write_episode_file(path, details)
    assert read_episode_file(path, "satu") == details


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('geo = "Tenggarong"', "geo"),
        ('social = [{ protocol = "activitypub" }]', "uri"),
        ('corrections = [{ date = 2026-12-01, text = "x", kind = "maaf" }]', "kind"),
        ("soundbites = [{ start_seconds = 1, duration_seconds = 0 }]", "duration_seconds"),
        ('guests = [{ name = "Budi", link = "budi" }]', "link"),
    ],
)
def test_a_mistake_in_what_the_feed_says_names_the_key(
    tmp_path: Path, line: str, word: str
) -> None:
    path = tmp_path / "episode.toml"
    path.write_text(f'title = "Satu"\ndate = 2026-11-05\n{line}\n')
    with pytest.raises(EpisodeProblem, match=word):
        read_episode_file(path, "satu")

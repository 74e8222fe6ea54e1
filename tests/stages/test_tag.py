"""Tagging finds the subjects and chapters of an episode and makes its enclosure."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import av
import pytest
from mutagen.id3 import ID3
from PIL import Image

from pipeline.ground.episode_file import write_episode_file
from pipeline.ground.files import read_json, write_json, write_text
from pipeline.ground.stage import Job
from pipeline.stages.tag import TAG
from pipeline.words.chapters import GivenChapter, chapters_from_json
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.subjects import Origin, subjects_from_json
from pipeline.words.transcript import Transcript
from tests.drafts import DETAILS
from tests.mp3_files import write_mp3
from tests.shows import SHOW_TOML, make_episode, make_show
from tests.talks import talk

SHIPPED_GLOSSARY = Path(__file__).parents[2] / "pipeline/init/glossary.toml"


@pytest.fixture(scope="module")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An MP3 as long as the interview."""
    return write_mp3(tmp_path_factory.mktemp("audio") / "a.mp3", talk("interview").duration)


@pytest.fixture
def job(tmp_path: Path, audio: Path) -> Job:
    """The interview, ready to be tagged."""
    return job_for(tmp_path, audio)


def job_for(
    root: Path,
    audio: Path,
    details: EpisodeDetails = DETAILS["interview"],
    transcript: Transcript | None = None,
    toml: str = SHOW_TOML,
) -> Job:
    workspace = make_show(root / "show", toml)
    make_episode(workspace, "kim")
    write_episode_file(workspace.episodes_folder / "kim" / "episode.toml", details)
    shutil.copy(SHIPPED_GLOSSARY, workspace.feed_folder / "glossary.toml")
    episode = workspace.episode("kim")
    shutil.copy(audio, episode.normalized)
    episode.texts.mkdir()
    write_json(episode.transcript_json, (transcript or talk("interview")).to_json())
    return Job(episode, workspace.show, workspace.root, root, lambda _share: None)


def test_an_interview_becomes_an_enclosure_with_everything_in_it(job: Job) -> None:
    TAG.run(job)
    assert all(path.is_file() for path in TAG.outputs(job.episode))
    tags = ID3(job.episode.enclosure)
    assert str(tags["TIT2"]) == "KIM, dari Warga untuk Warga"
    assert str(tags["TPE1"]) == "Nur Hidayah, S.Sos."
    assert str(tags["TALB"]) == "Etam Berkesah"
    assert str(tags["TGID"]) == "guid-kim"
    assert tags["WFED"].url == "http://127.0.0.1:8000/feed.xml"
    assert tags["USLT::ind"].text == talk("interview").text


def test_players_show_the_chapters_of_the_json_file(job: Job) -> None:
    TAG.run(job)
    chapters = chapters_from_json(read_json(job.episode.chapters_json))
    assert 3 <= len(chapters) <= 6
    assert chapters[0].start == 0.0
    with av.open(str(job.episode.enclosure)) as container:
        shown = [
            (float(c["start"] * c["time_base"]), c["metadata"]["title"])
            for c in container.chapters()
        ]
    assert shown == [(round(c.start, 3), c.title) for c in chapters]


def test_topics_people_and_places_come_with_evidence(job: Job) -> None:
    TAG.run(job)
    subjects = subjects_from_json(read_json(job.episode.topics_json))
    assert {"KIM", "berita bohong"} <= set(subjects.topics)
    guest = next(person for person in subjects.people if person.name.startswith("Nur Hidayah"))
    assert guest.origin is Origin.DETAILS
    texts = {segment.id: segment.text for segment in talk("interview").segments}
    assert all("Nur" in texts[segment] for segment in guest.segments)
    assert {"Kutai Kartanegara", "Muara Kaman", "Tenggarong Seberang"} <= {
        place.name for place in subjects.places
    }


def test_the_audio_is_that_of_the_normalized_file(job: Job, audio: Path) -> None:
    TAG.run(job)
    assert sha256(packets(job.episode.enclosure)) == sha256(packets(audio))
    assert job.episode.enclosure.read_bytes().endswith(audio.read_bytes())


def test_tagging_twice_gives_the_same_bytes(job: Job) -> None:
    TAG.run(job)
    first = [path.read_bytes() for path in TAG.outputs(job.episode)]
    TAG.run(job)
    assert [path.read_bytes() for path in TAG.outputs(job.episode)] == first


def test_an_episode_without_speech_guest_cover_or_glossary_is_tagged(
    tmp_path: Path, audio: Path
) -> None:
    silent = Transcript("id", 3.0, "test", {}, ())
    job = job_for(tmp_path, audio, EpisodeDetails("Sunyi", date(2022, 10, 6)), silent)
    (job.root / "feed" / "glossary.toml").unlink()
    TAG.run(job)
    tags = ID3(job.episode.enclosure)
    assert str(tags["TPE1"]) == "Redaksi"
    assert not tags.getall("APIC") + tags.getall("USLT")
    assert read_json(job.episode.topics_json)["topics"] == []
    assert len(read_json(job.episode.chapters_json)["chapters"]) == 1


def test_the_episodes_cover_comes_before_the_shows_artwork(job: Job) -> None:
    artwork = job.root / "feed" / "artwork.jpg"
    Image.new("RGB", (8, 8)).save(artwork)
    assert artwork in TAG.inputs(job.episode, job.show)
    TAG.run(job)
    assert ID3(job.episode.enclosure)["APIC:"].data == artwork.read_bytes()
    cover = job.episode.folder / "cover.png"
    Image.new("RGB", (8, 8), "red").save(cover)
    assert cover in TAG.inputs(job.episode, job.show)
    TAG.run(job)
    assert ID3(job.episode.enclosure)["APIC:"].data == cover.read_bytes()


def test_what_people_called_the_episode_is_a_topic_first(tmp_path: Path, audio: Path) -> None:
    details = replace(DETAILS["interview"], tags=("Literasi", "Berita"))
    job = job_for(tmp_path, audio, details)
    TAG.run(job)
    topics = read_json(job.episode.topics_json)["topics"]
    assert topics[:2] == ["Literasi", "Berita"]
    assert len(topics) == len({topic.casefold() for topic in topics})


def test_chapters_that_people_set_take_the_place_of_those_that_are_found(
    tmp_path: Path, audio: Path
) -> None:
    given = (GivenChapter(0.0, "Salam"), GivenChapter(61.5, "Warga menulis"))
    job = job_for(tmp_path, audio, replace(DETAILS["interview"], chapters=given))
    TAG.run(job)
    chapters = chapters_from_json(read_json(job.episode.chapters_json))
    assert chapters == tuple(each.chapter for each in given)
    assert "chapters" in TAG.settings(job.episode, job.show)


def test_an_episode_without_chapters_of_people_has_the_settings_of_before(job: Job) -> None:
    assert "chapters" not in TAG.settings(job.episode, job.show)


CHANGES: dict[str, dict[str, Any]] = {
    "title": {"title": "Lain"},
    "date": {"date": date(2022, 10, 7)},
    "guests": {"guests": (Guest("Lain"),)},
    "host": {"host": "Lain"},
    "summary": {"summary": "Lain"},
    "tags": {"tags": ("lain",)},
    "number": {"number": 9},
    "season": {"season": 9},
}


@pytest.mark.parametrize("key", sorted(CHANGES))
def test_a_changed_detail_changes_the_settings(job: Job, key: str) -> None:
    before = TAG.settings(job.episode, job.show)
    changed = replace(job.episode, details=replace(job.episode.details, **CHANGES[key]))
    after = TAG.settings(changed, job.show)
    assert {name for name in before if before[name] != after[name]} == {key}


def test_a_damaged_transcript_is_said_so(job: Job) -> None:
    write_text(job.episode.transcript_json, '{"segments": 3}')
    with pytest.raises(EpisodeProblem, match=r"transcript\.json of “kim” cannot be read"):
        TAG.run(job)


def test_a_mistake_in_the_glossary_is_the_operators(job: Job) -> None:
    write_text(job.root / "feed" / "glossary.toml", "[[terms]]\nlong = 'x'\n")
    with pytest.raises(SetupProblem, match=r"terms\.0\.short"):
        TAG.run(job)


def packets(path: Path) -> bytes:
    """The MPEG frames as FFmpeg finds them."""
    with av.open(str(path)) as container:
        return b"".join(bytes(packet) for packet in container.demux(audio=0))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""Names of voices: the sidecar's, or those that the names of their files plainly say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.ground.episode_file import episode_file_text, read_episode_file
from pipeline.tools.speakers.names import (
    is_numbered,
    name_in_file,
    names_in_files,
    names_of_voices,
    names_said,
    refuse_unknown,
)
from pipeline.tools.translations import translator
from pipeline.words.episode import (
    Episode,
    EpisodeDetails,
    Guest,
    Recording,
    RecordingFile,
    TrackSpeaker,
)
from pipeline.words.errors import EpisodeProblem

HOST, GUESTS = "Rahma Yuliani", ("Ir. Budi Santoso, M.Si.", "Siti Aminah")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Rahma Yuliani.wav", HOST),
        ("rahma_yuliani-raw.flac", HOST),
        ("audioSitiAminah21337.m4a", "Siti Aminah"),
        ("riverside_siti aminah _nov 5_001.wav", "Siti Aminah"),
        ("host.wav", HOST),
        ("01 Pembawa Acara.wav", HOST),
        ("tamu 2.wav", "Siti Aminah"),
        ("Track 2 - narasumber1.wav", "Ir. Budi Santoso, M.Si."),
        ("tamu 3.wav", ""),
        ("tamu.wav", ""),
        ("03 Dewi Lestari.wav", "Dewi Lestari"),
        ("Muhammad Nur Ichsan.wav", "Muhammad Nur Ichsan"),
        ("ZOOM0001_Tr1.WAV", ""),
        ("Mic 1.wav", ""),
        ("Rekaman Baru.m4a", ""),
        ("MIC LEFT.wav", ""),
        ("Dewi.wav", ""),
        ("layanan informasi publik.wav", ""),
        ("221006_0001.wav", ""),
        ("Musik Pembuka.wav", ""),
    ],
)
def test_a_file_name_is_a_name_only_where_it_plainly_says_one(file: str, name: str) -> None:
    assert name_in_file(file, HOST, GUESTS) == name


def test_degrees_stand_in_no_file_name() -> None:
    assert name_in_file("Budi Santoso.wav", HOST, GUESTS) == GUESTS[0]


def test_the_only_guest_needs_no_number() -> None:
    assert name_in_file("tamu.wav", HOST, ("Siti Aminah",)) == "Siti Aminah"
    assert name_in_file("host.wav", "", ()) == ""


def _details(*speakers: tuple[str, str]) -> EpisodeDetails:
    named = tuple(TrackSpeaker(track, name) for track, name in speakers)
    return EpisodeDetails("X", date(2026, 11, 5), speakers=named)


def test_the_sidecar_goes_before_the_file_name() -> None:
    said = names_said(_details(("TAMU.wav", "Siti  Aminah"), ("musik", "")))
    voices = ("host.wav", "tamu.wav", "musik.wav", "lain.wav")
    names = names_of_voices(voices, {"host.wav": HOST, "tamu.wav": "Budi"}, said)
    assert names == (HOST, "Siti Aminah", "", None)


def test_tracks_are_named_as_they_were_dropped() -> None:
    """Ingest gives recordings names that are safe in any folder; staff know the first ones."""
    said = names_said(_details(("Speech.wav", HOST), ("Tamu: Siti.wav", "Siti")))
    assert names_of_voices(("original-Speech.wav", "Tamu_ Siti.wav"), {}, said) == (HOST, "Siti")


@pytest.mark.parametrize("side", ["left", "Kiri", "L"])
def test_sides_have_names_in_both_languages(side: str) -> None:
    assert names_of_voices(("left", "right"), {}, names_said(_details((side, HOST)))) == (
        HOST,
        None,
    )


def test_an_unknown_track_is_a_sentence_with_those_there_are() -> None:
    said = names_said(_details(("tamuu.wav", "Siti")))
    with pytest.raises(EpisodeProblem, match=r"“tamuu.wav”.*“host.wav”, “tamu.wav”") as caught:
        refuse_unknown(("host.wav", "tamu.wav"), said, "layanan")
    assert "“layanan”" in caught.value.problem
    with pytest.raises(EpisodeProblem, match="none"):
        refuse_unknown((), said, "layanan")
    refuse_unknown((), names_said(_details(("Pembicara 2", "Siti"))), "layanan")


def test_a_single_recording_is_named_for_its_subject(tmp_path: Path) -> None:
    def episode(*names: str) -> Episode:
        files = tuple(RecordingFile(name, "", 1, 1.0, 1, 48_000, "pcm", "wav") for name in names)
        recording = Recording("guid", datetime(2026, 11, 5, tzinfo=UTC), "x", files)
        return Episode("x", tmp_path, tmp_path, _details(), recording)

    assert names_in_files(episode("Siti Aminah.wav"), HOST) == {}
    assert names_in_files(episode("Siti Aminah.wav", "host.wav", "x.wav"), HOST) == {
        "Siti Aminah.wav": "Siti Aminah",
        "host.wav": HOST,
    }


def test_speakers_survive_a_round_through_the_episode_file(tmp_path: Path) -> None:
    details = replace(
        _details(("tamu “1”.wav", "Siti Aminah"), ("musik.wav", "")), guests=(Guest("Siti"),)
    )
    path = tmp_path / "episode.toml"
    path.write_text(episode_file_text(details), encoding="utf-8")
    assert read_episode_file(path, "x") == details


def test_a_wrong_key_under_speakers_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "episode.toml"
    path.write_text('title = "X"\ndate = 2026-11-05\nspeakers = [{ trak = "a.wav" }]\n')
    with pytest.raises(EpisodeProblem, match="trak"):
        read_episode_file(path, "x")


@pytest.mark.parametrize("language", ["id", "en", "ban"])
def test_a_number_is_known_for_one_in_every_language(language: str) -> None:
    label = translator(language)("Speaker {number}")
    assert is_numbered(label.format(number=2))
    assert not is_numbered("Siti Aminah")
    assert not is_numbered("")

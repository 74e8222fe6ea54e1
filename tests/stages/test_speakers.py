"""From microphones to named speakers: normalize and transcribe with the demo model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.ground.config import Audio, Transcription
from pipeline.ground.stage import Job
from pipeline.ground.transcript_file import read_transcript
from pipeline.stages.normalize import NORMALIZE
from pipeline.stages.transcribe import TRANSCRIBE
from pipeline.tools.audio.decoding import decoded
from pipeline.tools.audio.levels import WINDOW_SECONDS, decibels_of
from pipeline.tools.editing import write_sting
from pipeline.tools.speakers.evidence import read_evidence
from pipeline.words.captions import to_vtt
from pipeline.words.episode import (
    Episode,
    EpisodeDetails,
    Guest,
    Recording,
    RecordingFile,
    TrackSpeaker,
)
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.transcript import SpeakerSource, Transcript
from tests.conversations import (
    GUEST,
    HOST,
    PEOPLE,
    microphones,
    panned,
    share_of_right_words,
    voices,
)
from tests.shows import make_show
from tests.signals import RATE, Signal, write_wav

DETAILS = EpisodeDetails("Layanan", date(2026, 11, 5), guests=(Guest(GUEST),), host=HOST)


def _job(
    root: Path,
    recordings: dict[str, Signal],
    details: EpisodeDetails = DETAILS,
    audio: dict[str, Any] | None = None,
) -> Job:
    """An episode of some recordings (name → samples, shape (n,) or (n, channels))."""
    workspace = make_show(root / "show")
    folder = workspace.episodes_folder / "x"
    folder.mkdir()
    (root / "scratch").mkdir()
    files = [_recorded(folder / name, signal) for name, signal in recordings.items()]
    heard = Transcription(model="demo", beam_size=1, hotwords=False)
    show = workspace.show.model_copy(
        update={"audio": Audio(**(audio or {})), "transcription": heard}
    )
    recording = Recording("guid", datetime(2026, 11, 5, tzinfo=UTC), "x", tuple(files))
    episode = Episode("x", folder, workspace.transcripts_folder / "x", details, recording)
    return Job(episode, show, workspace.root, root / "scratch", lambda _share: None)


def _recorded(path: Path, signal: Signal) -> RecordingFile:
    write_wav(path, signal)
    channels = 1 if signal.ndim == 1 else signal.shape[1]
    seconds = len(signal) / RATE
    return RecordingFile(path.name, "", path.stat().st_size, seconds, channels, RATE, "pcm", "wav")


def _transcribed(job: Job) -> Transcript:
    NORMALIZE.run(job)
    job.episode.texts.mkdir(exist_ok=True)
    TRANSCRIBE.run(job)
    return read_transcript(job.episode)


def _tracks(names: Sequence[str] = ("host.wav", "tamu.wav"), **room: Any) -> dict[str, Signal]:
    return dict(zip(names, microphones(voices(), **{"bleed_db": -18.0, **room}), strict=True))


@pytest.fixture(scope="module")
def of_tracks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Job, Transcript]:
    """Two microphones of the sample, with a sting before them and silence cut away."""
    late = {name: np.pad(signal, (2 * RATE, 0)) for name, signal in _tracks().items()}
    job = _job(tmp_path_factory.mktemp("tracks"), late, audio={"intro": "intro.wav"})
    write_sting(job.episode.feed_folder / "intro.wav")
    return job, _transcribed(job)


def test_one_track_a_microphone_names_who_says_each_word(of_tracks: tuple[Job, Transcript]) -> None:
    _, transcript = of_tracks
    right = share_of_right_words(transcript.segments)
    print(f"two tracks, through both stages: {right:.1%} of the words have the right speaker")
    assert right >= 0.99
    assert {segment.speaker for segment in transcript.segments} == set(PEOPLE)
    assert {segment.speaker_source for segment in transcript.segments} == {SpeakerSource.TRACK}


def test_captions_carry_the_voices(of_tracks: tuple[Job, Transcript]) -> None:
    _, transcript = of_tracks
    captions = to_vtt(transcript)
    assert f"<v {HOST}>" in captions
    assert f"<v {GUEST}>" in captions


def test_what_the_tracks_tell_lies_on_the_time_line_of_the_speech_file(
    of_tracks: tuple[Job, Transcript],
) -> None:
    job, _ = of_tracks
    evidence = read_evidence(job.episode.voices_json)
    speech = np.concatenate(list(decoded(job.episode.speech, 1)))[:, 0]
    first = round(evidence.begins_seconds * RATE)
    window = round(WINDOW_SECONDS * RATE)
    count = min(len(evidence.levels), (len(speech) - first) // window)
    heard = speech[first : first + count * window].reshape(count, window).std(axis=1)
    told = 10 ** (decibels_of(evidence.levels[:count]) / 20)
    expected = np.sqrt(np.square(told).sum(axis=1))
    talk = slice(100, count - 100)

    def likeness(lag: int) -> float:
        return float(np.corrcoef(heard[talk], np.roll(expected, lag)[talk])[0, 1])

    assert max(range(-10, 11), key=likeness) == 0
    assert likeness(0) > 0.95


def test_the_same_recordings_give_the_same_bytes_and_stay_small(
    of_tracks: tuple[Job, Transcript],
) -> None:
    job, _ = of_tracks
    before = job.episode.voices_json.read_bytes()
    NORMALIZE.run(job)
    assert job.episode.voices_json.read_bytes() == before
    assert len(before) < 200 * 50  # bytes a second


def test_another_name_needs_nothing_but_the_names(of_tracks: tuple[Job, Transcript]) -> None:
    job, transcript = of_tracks
    renamed = replace(DETAILS, speakers=(TrackSpeaker("tamu", "Budi S."),))
    episode = replace(job.episode, details=renamed)
    assert NORMALIZE.settings(episode, job.show) == NORMALIZE.settings(job.episode, job.show)
    assert TRANSCRIBE.settings(episode, job.show) != TRANSCRIBE.settings(job.episode, job.show)
    TRANSCRIBE.run(replace(job, episode=episode))
    again = read_transcript(job.episode)
    assert again.text == transcript.text
    assert {segment.speaker for segment in again.segments} == {HOST, "Budi S."}


def test_a_track_that_is_not_there_is_a_sentence_before_the_work(
    of_tracks: tuple[Job, Transcript],
) -> None:
    job, _ = of_tracks
    wrong = replace(DETAILS, speakers=(TrackSpeaker("tamuu.wav", "Budi"),))
    with pytest.raises(EpisodeProblem, match=r"“tamuu.wav”.*“host.wav”, “tamu.wav”"):
        TRANSCRIBE.run(replace(job, episode=replace(job.episode, details=wrong)))


def test_panned_voices_are_named_by_the_sidecar(tmp_path: Path) -> None:
    sides = (TrackSpeaker("left", HOST), TrackSpeaker("kanan", GUEST))
    details = replace(DETAILS, speakers=sides)
    stereo = panned(voices(), 10.0).T
    transcript = _transcribed(_job(tmp_path, {"a.wav": stereo}, details, {"channels": "mono"}))
    right = share_of_right_words(transcript.segments)
    print(f"panned by 10 dB, published in mono: {right:.1%} of the words have the right speaker")
    assert right >= 0.99
    assert {segment.speaker_source for segment in transcript.segments} == {SpeakerSource.CHANNEL}


def test_voices_without_a_name_are_numbered_in_the_order_of_speaking(tmp_path: Path) -> None:
    tracks = dict(reversed(_tracks(("ZOOM0001_Tr2.WAV", "ZOOM0001_Tr1.WAV")).items()))
    transcript = _transcribed(_job(tmp_path, tracks, replace(DETAILS, guests=(), host="")))
    speakers = list(dict.fromkeys(segment.speaker for segment in transcript.segments))
    assert speakers == ["Pembicara 1", "Pembicara 2"]


def test_one_voice_for_all_names_nobody(tmp_path: Path) -> None:
    mono = voices()[:, : 15 * RATE].sum(axis=0)
    job = _job(tmp_path, {"a.wav": np.stack([mono, mono], axis=1)})
    transcript = _transcribed(job)
    assert {(s.speaker, s.speaker_source) for s in transcript.segments} == {("", "")}
    assert json.loads(job.episode.voices_json.read_bytes())["names"] == ["left", "right"]


def test_a_guess_is_labelled_as_one_and_only_made_when_asked_for(tmp_path: Path) -> None:
    job = _job(tmp_path, {"a.wav": voices().sum(axis=0)})
    heard = _transcribed(job)
    assert {segment.speaker for segment in heard.segments} == {""}
    guessing = _asking(job, speakers="guess")
    TRANSCRIBE.run(guessing)
    guess = read_transcript(job.episode)
    assert {s.speaker_source for s in guess.segments} == {SpeakerSource.GUESS}
    assert {s.speaker for s in guess.segments} == {"Pembicara 1", "Pembicara 2"}
    named = replace(DETAILS, speakers=(TrackSpeaker("Pembicara 1", HOST), TrackSpeaker("2", GUEST)))
    TRANSCRIBE.run(replace(guessing, episode=replace(job.episode, details=named)))
    right = share_of_right_words(read_transcript(job.episode).segments)
    print(f"guessed from a mono mix of two synthetic voices: {right:.1%} of the words")
    assert right > 0.95
    third = replace(DETAILS, speakers=(TrackSpeaker("Pembicara 3", HOST),))
    with pytest.raises(EpisodeProblem, match="“3”"):
        TRANSCRIBE.run(replace(guessing, episode=replace(job.episode, details=third)))


def test_sides_that_sound_alike_cannot_be_named(tmp_path: Path) -> None:
    sides = replace(DETAILS, speakers=(TrackSpeaker("left", HOST),))
    mono = voices()[:, : 15 * RATE].sum(axis=0)
    job = _job(tmp_path, {"a.wav": np.stack([mono, mono], axis=1)}, sides)
    with pytest.raises(EpisodeProblem, match=r"“left”.*sound alike"):
        _transcribed(job)


def test_a_pipeline_that_is_not_there_is_said_before_anything_is_heard(tmp_path: Path) -> None:
    job = _job(tmp_path, {"a.wav": voices()[:, : 15 * RATE].sum(axis=0)})
    NORMALIZE.run(job)
    with pytest.raises(SetupProblem, match="pyannote"):
        TRANSCRIBE.run(_asking(job, speakers="pyannote"))
    assert not job.episode.transcript_json.exists()


def test_speakers_can_be_switched_off(of_tracks: tuple[Job, Transcript]) -> None:
    job, _ = of_tracks
    TRANSCRIBE.run(_asking(job, speakers="off"))
    assert {segment.speaker for segment in read_transcript(job.episode).segments} == {""}


def _asking(job: Job, **wishes: str) -> Job:
    asked = job.show.transcription.model_copy(update=wishes)
    return replace(job, show=job.show.model_copy(update={"transcription": asked}))

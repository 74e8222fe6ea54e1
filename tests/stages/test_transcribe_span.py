"""One span heard again, and a text put on the time line: the demo model on the sample recording."""

from __future__ import annotations

import gc
import shutil
import weakref
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest

from pipeline.ground.config import Show, Transcription
from pipeline.ground.workspace import Workspace
from pipeline.stages.transcribe import TRANSCRIBE, span
from pipeline.stages.transcribe.span import Ear, align_line, hear_span
from pipeline.tools.audio.speech_reading import speech_blocks, speech_piece
from pipeline.tools.speakers.evidence import evidence_of, write_evidence
from pipeline.tools.whisper import engine, pool
from pipeline.tools.whisper.models import demo_folder
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.plain_text import bare_word
from pipeline.words.transcript import Transcript
from tests.shows import make_episode, make_show
from tests.stages.test_transcribe import job, write_speech
from tests.tools.random_whisper import random_whisper

EAR = Ear(model="demo", hint="", beam_size=1)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_show(tmp_path_factory.mktemp("span") / "show")
    make_episode(workspace, "rapat")
    episode = workspace.episode("rapat")
    (recording,) = (demo_folder().parent / "recording").glob("*.ogg")
    write_speech(episode.speech, *speech_blocks(recording))
    one_voice = evidence_of(np.zeros((0, 1), np.uint8), (), 0.0, 0.0)
    write_evidence(episode.voices_json, one_voice)
    return workspace


@pytest.fixture(scope="module")
def transcript(workspace: Workspace) -> Transcript:
    """What the stage makes of the whole."""
    work = job(workspace, model="demo", hotwords=False, speakers="off")
    TRANSCRIBE.run(work)
    return Transcript.from_json(span.read_json(work.episode.transcript_json))


@pytest.fixture
def episode(workspace: Workspace, transcript: Transcript) -> Episode:
    return workspace.episode("rapat")


@pytest.fixture
def show(workspace: Workspace) -> Show:
    return workspace.show.model_copy(update={"transcription": Transcription(model="demo")})


def test_a_span_is_heard_on_the_episodes_time_line(
    episode: Episode, show: Show, transcript: Transcript
) -> None:
    line = transcript.segments[12]
    heard = hear_span(episode, show, line.start - 0.1, line.end + 0.1, EAR)
    words = [word for segment in heard.segments for word in segment.words]
    assert [bare_word(word.text) for word in words] == list(map(bare_word, line.text.split()))
    apart = [abs(one.start - two.start) for one, two in zip(words, line.words, strict=True)]
    assert median(apart) < 0.1
    assert all(0 < word.probability <= 1 for word in words)


def test_a_longer_span_holds_all_its_lines(
    episode: Episode, show: Show, transcript: Transcript
) -> None:
    lines = transcript.segments[3:12]
    heard = hear_span(episode, show, lines[0].start - 0.1, lines[-1].end + 0.1, EAR)
    said = " ".join(line.text for line in lines).split()
    again = " ".join(segment.text for segment in heard.segments).split()
    assert sum(one == two for one, two in zip(said, again, strict=False)) > 0.9 * len(said)
    assert lines[0].start - 0.2 < heard.segments[0].start
    assert heard.segments[-1].end < lines[-1].end + 0.2


def test_nothing_of_the_episode_is_written(
    episode: Episode, show: Show, transcript: Transcript
) -> None:
    def files() -> dict[Path, bytes]:
        folders = (episode.folder, episode.texts)
        return {f: f.read_bytes() for folder in folders for f in folder.rglob("*") if f.is_file()}

    before = files()
    hear_span(episode, show, 20.0, 26.0, EAR)
    align_line(episode, show, 20.0, 26.0, "bukan ini", EAR)
    assert files() == before


def test_the_model_stays_loaded(episode: Episode, show: Show) -> None:
    hear_span(episode, show, 20.0, 24.0, EAR)
    loaded = engine.load(demo_folder())
    hear_span(episode, show, 30.0, 34.0, EAR)
    assert engine.load(demo_folder()) is loaded


def test_the_same_question_is_not_asked_twice(
    episode: Episode, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = hear_span(episode, show, 40.0, 46.0, EAR)

    def deaf(*_: object) -> object:
        raise AssertionError("the model was asked")

    monkeypatch.setattr(pool, "hear_job", deaf)
    assert hear_span(episode, show, 40.0, 46.0, EAR) == first
    with pytest.raises(AssertionError):
        hear_span(episode, show, 40.1, 46.0, EAR)


def test_the_first_model_is_let_go_before_another_is_loaded(
    episode: Episode, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = random_whisper(tmp_path / "random")
    heard = hear_span(episode, show, 20.0, 26.0, Ear(model=str(folder), hint="", beam_size=1))
    assert heard.model == str(folder)
    first = weakref.ref(engine.load(folder).model)
    here_while_loading = []

    def loaded(*how: Any) -> engine.Engine:
        gc.collect()
        here_while_loading.append(first())
        return really(*how)

    really = engine._loaded
    monkeypatch.setattr(engine, "_loaded", loaded)
    hear_span(episode, show, 20.0, 26.0, EAR)
    assert here_while_loading == [None]


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (-1.0, 2.0, "outside"),
        (5.0, 5.0, "outside"),
        (9999.0, 10000.0, "outside"),
        (float("nan"), 2.0, "outside"),
        (5.0, 5.05, "too short"),
    ],
)
def test_a_span_that_is_none_is_refused(
    episode: Episode, show: Show, start: float, end: float, why: str
) -> None:
    with pytest.raises(EpisodeProblem, match=why):
        hear_span(episode, show, start, end, EAR)


def test_a_span_too_long_to_wait_for_is_refused(
    episode: Episode, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(span, "LONGEST_SPAN_SECONDS", 10.0)
    with pytest.raises(EpisodeProblem, match="longer than 10 s"):
        hear_span(episode, show, 0.0, 60.0, EAR)


def test_an_episode_without_sound_says_so(episode: Episode, show: Show, tmp_path: Path) -> None:
    workspace = make_show(tmp_path / "other")
    make_episode(workspace, "baru")
    with pytest.raises(EpisodeProblem, match=r"no speech\.flac"):
        hear_span(workspace.episode("baru"), show, 0.0, 1.0, EAR)


def test_a_damaged_speech_file_says_so(episode: Episode, show: Show, tmp_path: Path) -> None:
    workspace = make_show(tmp_path / "other")
    make_episode(workspace, "baru")
    broken = workspace.episode("baru")
    shutil.copyfile(episode.speech, broken.speech)
    with broken.speech.open("r+b") as file:
        file.truncate(200_000)
    with pytest.raises(EpisodeProblem):
        hear_span(broken, show, 100.0, 105.0, EAR)


def test_a_model_that_is_not_here_is_not_downloaded(
    episode: Episode, show: Show, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(span, "resolve_model", lambda *_: span.ResolvedModel("small", None, "why"))
    with pytest.raises(SetupProblem, match="not on this machine yet"):
        hear_span(episode, show, 20.0, 24.0, Ear(model="small"))


def test_a_language_the_model_lacks_is_refused(episode: Episode, show: Show) -> None:
    with pytest.raises(SetupProblem, match="does not know the language"):
        hear_span(episode, show, 20.0, 24.0, Ear("demo", language="bjn", hint=""))
    with pytest.raises(SetupProblem, match="does not know the language"):
        align_line(episode, show, 20.0, 24.0, "kata", Ear("demo", language="bjn"))


def test_the_models_own_words_are_aligned_where_it_heard_them(
    episode: Episode, show: Show, transcript: Transcript
) -> None:
    apart = []
    for line in transcript.segments:
        words = align_line(episode, show, line.start - 0.1, line.end + 0.1, line.text, EAR)
        assert words is not None
        assert [word.text for word in words] == line.text.split()
        assert all(one.end <= two.start for one, two in pairwise(words))
        apart += [abs(one.start - two.start) for one, two in zip(words, line.words, strict=True)]
    print(f"{len(apart)} words, median {median(apart):.3f} s, worst {max(apart):.2f} s apart")
    assert median(apart) <= 0.04
    assert sum(each <= 0.2 for each in apart) / len(apart) > 0.95


def test_a_corrected_word_gets_the_time_of_what_was_said(
    episode: Episode, show: Show, transcript: Transcript
) -> None:
    line = next(
        line for line in transcript.segments if len(line.words) >= 5 and line.end - line.start < 9
    )
    texts = [word.text for word in line.words]
    texts[2:3] = ["kata", "lain"]
    words = align_line(episode, show, line.start, line.end, " ".join(texts), EAR)
    assert words is not None
    assert [word.text for word in words] == texts
    assert words[4].start == pytest.approx(line.words[3].start, abs=0.25)
    assert words[-1].start == pytest.approx(line.words[-1].start, abs=0.1)
    right, wrong = words[0].probability, min(words[2].probability, words[3].probability)
    assert wrong < 0.5 < right


def test_a_line_longer_than_the_model_hears_is_heard_first(
    episode: Episode, show: Show, transcript: Transcript
) -> None:
    lines = transcript.segments[5:9]
    text = " ".join(line.text for line in lines)
    assert lines[-1].end - lines[0].start > 10
    words = align_line(episode, show, lines[0].start, lines[-1].end, text, EAR)
    assert words is not None
    assert [word.text for word in words] == text.split()
    assert words[-1].start == pytest.approx(lines[-1].words[-1].start, abs=0.3)


def test_no_text_has_no_times(episode: Episode, show: Show) -> None:
    assert align_line(episode, show, 20.0, 24.0, "  ", EAR) is None


def test_a_piece_is_what_lies_there(episode: Episode) -> None:
    whole = np.concatenate(list(speech_blocks(episode.speech)))
    piece = speech_piece(episode.speech, 61.23, 4.5)
    first = round(61.23 * 16_000)
    assert np.array_equal(piece, whole[first : first + 72_000])

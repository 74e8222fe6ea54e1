"""An episode is measured against what people wrote, and the figures are kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.ground.accuracy_file import read_measurements
from pipeline.ground.files import write_json, write_text
from pipeline.ground.receipts import Outcome, Receipt, write_receipt
from pipeline.ground.review_file import append_to_review, read_review, read_reviewed
from pipeline.ground.workspace import Workspace
from pipeline.running.runner import run_episodes
from pipeline.stages.caption import CAPTION
from pipeline.stages.transcribe import TRANSCRIBE
from pipeline.tools.accuracy.evaluating import evaluate_episode
from pipeline.tools.accuracy.references import reference_file
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, TemporaryProblem
from pipeline.words.review.operations import MarkReviewed
from pipeline.words.transcript import Transcript
from tests.shows import Silent, make_episode, make_show
from tests.talks import GOLDEN, talk

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SCRIPT = (GOLDEN / "interview.txt").read_text(encoding="utf-8")


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, "wawancara")
    heard(workspace, talk("interview"))
    return workspace


def heard(show: Workspace, transcript: Transcript) -> Episode:
    """The episode as a finished run of transcribe leaves it."""
    episode = show.episode("wawancara")
    write_json(episode.transcript_json, transcript.to_json())
    outputs = {episode.name_of(p): show.digests.of(p) for p in TRANSCRIBE.outputs(episode)}
    write_receipt(
        episode.receipt("transcribe"), Receipt("transcribe", 1, Outcome.DONE, outputs=outputs)
    )
    return episode


def caption(show: Workspace) -> None:
    """What `etam run` does after transcribe."""
    for run in run_episodes(show, ["wawancara"], [CAPTION], Silent()):
        assert run.error is None


def refer(show: Workspace, text: str) -> None:
    write_text(show.episode("wawancara").texts / "reference.txt", text)


def test_labels_case_and_punctuation_of_a_reference_cost_nothing(show: Workspace) -> None:
    refer(show, SCRIPT.upper().replace(",", ""))
    measurement = evaluate_episode(show, show.episode("wawancara"))
    assert measurement.errors.word_edits == 0
    assert measurement.raw.word_error_rate > 0.9
    assert measurement.model == "hand"
    assert measurement.reference_name == "reference.txt"


def test_a_corrected_transcript_is_what_people_say_was_said(show: Workspace) -> None:
    episode = show.episode("wawancara")
    caption(show)
    assert reference_file(episode) is None
    text = episode.transcript_txt.read_text(encoding="utf-8")
    write_text(episode.transcript_txt, text.replace("Halo, sobat Etam,", "Halo, sahabat Etam,"))
    caption(show)
    measurement = evaluate_episode(show, episode)
    assert measurement.reference_name == "reviewed.json"
    assert measurement.errors.substitutions == 1
    assert [(c.said, c.heard) for c in measurement.confusions] == [("sahabat", "sobat")]


def test_a_transcript_is_a_reference_once_every_line_is_reviewed(show: Workspace) -> None:
    episode = show.episode("wawancara")
    first, *others = (line.seen for line in read_reviewed(episode).lines)
    for number, lines in enumerate(((first,), tuple(others))):
        assert reference_file(episode) is None
        mark = MarkReviewed(id=f"op{number}", author="Ani", at=NOW, lines=lines)
        append_to_review(episode, read_review(episode), [mark])
        caption(show)
    assert reference_file(episode) == episode.reviewed_json
    assert evaluate_episode(show, episode).errors.word_edits == 0


def test_a_written_reference_goes_before_a_corrected_transcript(show: Workspace) -> None:
    episode = show.episode("wawancara")
    caption(show)
    write_text(episode.transcript_txt, "[00:00] Lain.")
    caption(show)
    refer(show, SCRIPT)
    assert reference_file(episode) == episode.texts / "reference.txt"


def test_measuring_twice_adds_nothing(show: Workspace) -> None:
    refer(show, SCRIPT)
    episode = show.episode("wawancara")
    evaluate_episode(show, episode)
    first = (episode.texts / "accuracy.json").read_bytes()
    evaluate_episode(show, episode)
    assert (episode.texts / "accuracy.json").read_bytes() == first


def test_each_transcript_and_each_reference_is_measured_for_itself(show: Workspace) -> None:
    refer(show, SCRIPT)
    evaluate_episode(show, show.episode("wawancara"))
    refer(show, SCRIPT.replace("sobat", "kawan"))
    evaluate_episode(show, show.episode("wawancara"))
    episode = heard(show, Transcript.from_json({**talk("interview").to_json(), "model": "small"}))
    evaluate_episode(show, episode)
    assert [m.model for m in read_measurements(episode)] == ["hand", "hand", "small"]
    assert len({m.reference for m in read_measurements(episode)}) == 2


def test_the_names_of_the_glossary_are_counted(show: Workspace) -> None:
    write_text(
        show.feed_folder / "glossary.toml",
        '[[people]]\nname = "Nur Hidayah"\n[[terms]]\nshort = "KIM"\n[[titles]]\nname = "Ibu"\n',
    )
    refer(show, SCRIPT.replace("Nur Hidayah", "Nurul Hidayah", 1))
    names = evaluate_episode(show, show.episode("wawancara")).names
    assert names.right == names.said == 3


def test_a_name_that_comes_into_the_glossary_is_looked_for(show: Workspace) -> None:
    refer(show, SCRIPT)
    episode = show.episode("wawancara")
    assert evaluate_episode(show, episode).names.said == 0
    write_text(show.feed_folder / "glossary.toml", '[[terms]]\nshort = "KIM"\n')
    assert evaluate_episode(show, episode).names.said == 2
    assert len(read_measurements(episode)) == 1


def test_a_file_elsewhere_can_be_the_reference(show: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "naskah.txt"
    write_text(path, SCRIPT)
    measurement = evaluate_episode(show, show.episode("wawancara"), path)
    assert (measurement.reference_name, measurement.errors.word_edits) == ("naskah.txt", 0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "holds no word"),
        (b"[00:01] \n\n ... \n", "holds no word"),
        (b"\xff\xfe\x00", "is not plain text in UTF-8"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHalo\n", "looks like captions"),
        (b"PK\x03\x04\x00\x00", "is not plain text"),
    ],
)
def test_what_is_no_reference_is_said_in_a_sentence(
    show: Workspace, content: bytes, sentence: str
) -> None:
    episode = show.episode("wawancara")
    (episode.texts / "reference.txt").write_bytes(content)
    with pytest.raises(EpisodeProblem, match=sentence):
        evaluate_episode(show, episode)
    assert not (episode.texts / "accuracy.json").exists()


def test_a_missing_reference_says_how_to_give_one(show: Workspace) -> None:
    with pytest.raises(EpisodeProblem) as caught:
        evaluate_episode(show, show.episode("wawancara"))
    assert "transcripts/wawancara/reference.txt" in caught.value.remedy


def test_a_corrected_text_that_was_put_aside_is_remembered(show: Workspace) -> None:
    episode = show.episode("wawancara")
    write_text(episode.texts / "kept" / "transcript-0123456789ab.txt", SCRIPT)
    with pytest.raises(EpisodeProblem) as caught:
        evaluate_episode(show, episode)
    assert "copy it to transcripts/wawancara/reference.txt" in caught.value.remedy


def test_a_file_that_is_not_there_is_named(show: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EpisodeProblem, match=r"There is no file .*naskah\.txt"):
        evaluate_episode(show, show.episode("wawancara"), tmp_path / "naskah.txt")


def test_a_reference_in_another_language_is_refused(show: Workspace) -> None:
    refer(show, "The people of the village met in the hall and they said that it was good. " * 8)
    with pytest.raises(EpisodeProblem, match="share none of their common words"):
        evaluate_episode(show, show.episode("wawancara"))


def test_a_reference_of_another_recording_is_doubtful(show: Workspace) -> None:
    refer(show, (GOLDEN / "monologue.txt").read_text(encoding="utf-8"))
    assert evaluate_episode(show, show.episode("wawancara")).is_doubtful


def test_a_transcript_that_somebody_edited_is_no_machines(show: Workspace) -> None:
    refer(show, SCRIPT)
    episode = show.episode("wawancara")
    content = json.loads(episode.transcript_json.read_text(encoding="utf-8"))
    write_json(episode.transcript_json, {**content, "model": "someone"})
    with pytest.raises(EpisodeProblem, match="was edited by hand"):
        evaluate_episode(show, episode)


def test_an_episode_without_a_transcript_waits(show: Workspace) -> None:
    make_episode(show, "baru")
    with pytest.raises(EpisodeProblem, match="has no transcript yet"):
        evaluate_episode(show, show.episode("baru"))


def test_an_episode_at_work_is_left_alone(show: Workspace) -> None:
    refer(show, SCRIPT)
    with show.episode_locked("wawancara"), pytest.raises(TemporaryProblem):
        evaluate_episode(show, show.episode("wawancara"))


def test_damaged_figures_are_said_so(show: Workspace) -> None:
    refer(show, SCRIPT)
    episode = show.episode("wawancara")
    write_text(episode.texts / "accuracy.json", '{"measurements": [{}]}')
    with pytest.raises(EpisodeProblem, match=r"accuracy\.json of “wawancara” cannot be read"):
        evaluate_episode(show, episode)

"""What editors changed is what the captions say, and nothing that they wrote is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import webvtt

from pipeline.ground.files import write_json, write_text
from pipeline.ground.receipts import Outcome, Receipt, read_receipt, write_receipt
from pipeline.ground.review_file import append_to_review, read_review, read_reviewed
from pipeline.ground.transcript_file import read_transcript
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Reason, Step, Verdict, plan_episode
from pipeline.running.runner import run_episode
from pipeline.stages.caption import CAPTION, take_over
from pipeline.words.captions import FORMATS, to_text
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.review import operations as ops
from pipeline.words.review.operations import Operation, TextEdit
from pipeline.words.transcript import Transcript
from tests.shows import Silent, make_episode, make_show
from tests.transcripts import said
from tests.words.review.conftest import NOW

TALK = said(
    "selamat pagi warga kutai",
    "pak bupati datang ke desa loa lepu",
    "terima kasih sudah mendengar",
    speaker="Pembicara 1",
    pause=3.0,
)


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, "satu")
    write_json(workspace.episode("satu").transcript_json, TALK.to_json())
    return workspace


def run(show: Workspace) -> Step:
    """One pass of the stage; raises what it raised."""
    fresh = Workspace(show.root)
    done = run_episode(fresh, "satu", [CAPTION], Silent())
    fresh.digests.save()
    if done.error:
        raise done.error
    return done.steps[0]


def step(show: Workspace) -> Step:
    fresh = Workspace(show.root)
    return plan_episode(fresh, fresh.episode("satu"), [CAPTION])[0]


def review(episode: Episode, *operations: Operation) -> None:
    append_to_review(episode, read_review(episode), operations)


def change(episode: Episode, number: int, text: str, name: str = "op1") -> ops.ChangeText:
    line = read_reviewed(episode).lines[number]
    return ops.ChangeText(id=name, author="Ani", at=NOW, edits=(TextEdit(line.seen, text),))


def correct(episode: Episode, old: str, new: str) -> None:
    text = episode.transcript_txt.read_text(encoding="utf-8")
    assert old in text
    write_text(episode.transcript_txt, text.replace(old, new))


def said_in(path: Path) -> str:
    return " ".join(caption.text for caption in webvtt.read(str(path))).replace("\n", " ")


def test_without_editors_the_machines_transcript_goes_on_byte_for_byte(show: Workspace) -> None:
    run(show)

    episode = show.episode("satu")
    assert episode.reviewed_json.read_bytes() == episode.transcript_json.read_bytes()
    for each in FORMATS:
        made = (episode.texts / each.file_name).read_text(encoding="utf-8")
        assert made == each.write(TALK)
    assert step(show).verdict is Verdict.UP_TO_DATE
    assert not episode.review_jsonl.exists()


def test_what_an_editor_changed_is_in_every_caption(show: Workspace) -> None:
    run(show)
    episode = show.episode("satu")
    rename = ops.RenameSpeakers(id="op2", author="Ani", at=NOW, names=("Pembicara 1",), to="Rahma")
    review(episode, change(episode, 1, "Pak Bupati datang ke Desa Loa Lepu."), rename)

    assert (step(show).reason, step(show).detail) == (Reason.INPUT_CHANGED, "review.jsonl")
    run(show)

    assert "Pak Bupati datang ke Desa Loa Lepu." in said_in(episode.captions_vtt)
    assert "<v Rahma>" in episode.captions_vtt.read_text(encoding="utf-8")
    for each in FORMATS:
        made = (episode.texts / each.file_name).read_text(encoding="utf-8")
        assert "Loa Lepu." in made
        assert "Pembicara" not in made
    assert Transcript.from_json(TALK.to_json()) == TALK
    assert read_transcript(episode).segments[0].words == TALK.segments[0].words


def test_a_corrected_text_becomes_an_editors_changes(show: Workspace) -> None:
    run(show)
    episode = show.episode("satu")
    correct(episode, "desa loa lepu", "Desa Loa Ipuh")
    correct(episode, "[00:01] Pembicara 1:", "[00:01] Rahma Sari:")

    assert (step(show).verdict, step(show).reason) == (Verdict.RUN, Reason.CORRECTED)
    corrected = episode.transcript_txt.read_bytes()
    run(show)

    transcript = read_transcript(episode)
    assert transcript.segments[1].text == "pak bupati datang ke Desa Loa Ipuh"
    assert [s.speaker for s in transcript.segments] == ["Rahma Sari", "Pembicara 1", "Pembicara 1"]
    assert "Desa Loa Ipuh" in said_in(episode.captions_vtt)
    assert transcript.segments[1].words[3] == TALK.segments[1].words[3]
    authors = {operation.author for operation in read_review(episode).operations}
    assert authors == {"transcript.txt"}
    assert episode.transcript_txt.read_bytes() == corrected
    assert step(show).verdict is Verdict.UP_TO_DATE


def test_a_corrected_text_no_longer_blocks_what_changes_before_it(show: Workspace) -> None:
    run(show)
    episode = show.episode("satu")
    correct(episode, "loa lepu", "Loa Ipuh")
    newer = said(
        "Selamat pagi warga Kutai",
        "pak bupati datang ke desa loa lepu",
        "terima kasih sudah mendengar",
        speaker="Pembicara 1",
        pause=3.0,
    )
    write_json(episode.transcript_json, newer.to_json())

    run(show)

    text = episode.transcript_txt.read_text(encoding="utf-8")
    assert "Loa Ipuh" in text
    assert step(show).verdict is Verdict.UP_TO_DATE


def test_a_text_from_before_others_edits_takes_none_of_them_away(show: Workspace) -> None:
    run(show)
    episode = show.episode("satu")
    review(episode, change(episode, 0, "Selamat pagi, warga Kutai!"))
    correct(episode, "loa lepu", "Loa Ipuh")

    run(show)

    assert [s.text for s in read_transcript(episode).segments][:2] == [
        "Selamat pagi, warga Kutai!",
        "pak bupati datang ke desa Loa Ipuh",
    ]


def test_a_kill_after_the_text_was_taken_over_takes_it_over_once(show: Workspace) -> None:
    run(show)
    episode = show.episode("satu")
    correct(episode, "loa lepu", "Loa Ipuh")
    take_over(episode, read_receipt(episode.receipt("caption")))
    kept = episode.review_jsonl.read_bytes()

    run(show)

    assert episode.review_jsonl.read_bytes() == kept
    assert "Loa Ipuh" in read_transcript(episode).text


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"1\n00:00 --> 00:01\nya\n"])
def test_a_text_that_is_none_any_more_is_told_and_stays(show: Workspace, content: bytes) -> None:
    run(show)
    episode = show.episode("satu")
    episode.transcript_txt.write_bytes(content)

    with pytest.raises(EpisodeProblem, match=r"transcript\.txt"):
        run(show)

    assert episode.transcript_txt.read_bytes() == content
    assert not episode.review_jsonl.exists()


def test_a_saved_text_with_nothing_new_changes_nothing(show: Workspace) -> None:
    run(show)
    episode = show.episode("satu")
    before = episode.reviewed_json.read_bytes()
    text = to_text(TALK)
    episode.transcript_txt.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    run(show)

    assert not episode.review_jsonl.exists()
    assert episode.reviewed_json.read_bytes() == before
    assert episode.transcript_txt.read_text(encoding="utf-8") == text


def test_an_edited_caption_still_stops_the_stage(show: Workspace) -> None:
    run(show)
    episode = show.episode("satu")
    write_text(episode.captions_vtt, "WEBVTT\n\n00:00.000 --> 00:01.000\nSalam\n")
    review(episode, change(episode, 0, "Selamat sore"))

    with pytest.raises(EpisodeProblem, match="somebody edited"):
        run(show)

    assert "Salam" in episode.captions_vtt.read_text(encoding="utf-8")


def test_when_every_line_is_deleted_somebody_is_told(show: Workspace) -> None:
    run(show)
    episode = show.episode("satu")
    lines = tuple(line.seen for line in read_reviewed(episode).lines)
    review(episode, ops.Delete(id="op1", author="Ani", at=NOW, lines=lines))

    with pytest.raises(EpisodeProblem, match="every line was deleted"):
        run(show)

    assert "selamat pagi" in episode.transcript_txt.read_text(encoding="utf-8")


def made_by_an_earlier_version(show: Workspace) -> Episode:
    """Before there was this stage, transcribe wrote the captions."""
    episode = show.episode("satu")
    for each in FORMATS:
        write_text(episode.texts / each.file_name, each.write(TALK))
    files = [episode.transcript_json, *(episode.texts / each.file_name for each in FORMATS)]
    outputs = {episode.name_of(path): show.digests.of(path) for path in files}
    receipt = Receipt("transcribe", 3, Outcome.DONE, outputs=outputs)
    write_receipt(episode.receipt("transcribe"), receipt)
    return episode


def test_captions_of_an_earlier_version_stay_as_they_are(show: Workspace) -> None:
    episode = made_by_an_earlier_version(show)
    before = {each: (episode.texts / each.file_name).read_bytes() for each in FORMATS}

    assert step(show).reason is Reason.NEVER_RUN
    run(show)

    assert {each: (episode.texts / each.file_name).read_bytes() for each in FORMATS} == before
    assert not (episode.texts / "kept").exists()


def test_a_text_that_was_corrected_in_an_earlier_version_is_taken_over(show: Workspace) -> None:
    episode = made_by_an_earlier_version(show)
    correct(episode, "loa lepu", "Loa Ipuh")

    assert step(show).verdict is Verdict.RUN
    run(show)

    assert "Loa Ipuh" in said_in(episode.captions_vtt)


def test_a_caption_that_was_edited_in_an_earlier_version_is_not_written_over(
    show: Workspace,
) -> None:
    episode = made_by_an_earlier_version(show)
    correct_vtt = episode.captions_vtt.read_text(encoding="utf-8").replace("lepu", "Ipuh")
    write_text(episode.captions_vtt, correct_vtt)

    assert step(show).verdict is Verdict.BLOCKED
    with pytest.raises(EpisodeProblem, match=r"transcript\.vtt"):
        run(show)
    assert episode.captions_vtt.read_text(encoding="utf-8") == correct_vtt


def test_the_time_of_a_corrected_text_is_that_of_its_operations(show: Workspace) -> None:
    run(show)
    episode = show.episode("satu")
    correct(episode, "loa lepu", "Loa Ipuh")
    os.utime(episode.transcript_txt, (1_700_000_000, 1_700_000_000))

    run(show)

    assert read_review(episode).operations[0].at.timestamp() == 1_700_000_000

"""`etam doubts` tells an editor where to listen, and `etam status` how many places there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.faces.cli import app
from pipeline.faces.status import status_of_all
from pipeline.ground.files import write_json
from pipeline.ground.workspace import Workspace
from pipeline.words.transcript import (
    Flag,
    LeftOut,
    Segment,
    Suggestion,
    Transcript,
    WhyLeftOut,
    Word,
)
from tests.shows import make_episode, make_show

SLUG = "siniar-hoaks"


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, SLUG)
    return workspace


def write(workspace: Workspace, transcript: Transcript) -> None:
    file = workspace.episode(SLUG).transcript_json
    file.parent.mkdir(parents=True, exist_ok=True)
    write_json(file, transcript.to_json())


def doubted() -> Transcript:
    return Transcript(
        language="id",
        duration=4000.0,
        model="test",
        settings={},
        segments=(
            Segment(1, 1.0, 3.0, "Selamat pagi.", speaker="Rahma"),
            Segment(2, 3723.0, 3725.0, "Terima kasih.", flags=(Flag.INVENTION,), speaker="Budi"),
            Segment(3, 3730.0, 3731.0, "Ya.", flags=(Flag.TIMES_ESTIMATED, Flag.SPEECH_MISSING)),
        ),
        unheard=((3732.0, 3740.0),),
        left_out=(LeftOut(10.0, 12.0, "la la la", WhyLeftOut.NO_VOICE),),
    )


def etam(show: Workspace, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["-C", str(show.root), *arguments], env={"COLUMNS": "120"})
    assert done.exception is None, done.output
    return done.output


def test_a_spelling_from_the_glossary_is_a_place_to_look_at(show: Workspace) -> None:
    said = ("di", "tengarong", "ini")
    words = tuple(Word(10.0 + n, 10.5 + n, text, 0.9) for n, text in enumerate(said))
    segment = Segment(1, 10.0, 12.5, "di tengarong ini", words, speaker="Rahma")
    meant = Suggestion(1, 1, 1, "tengarong", "Tenggarong", 0.93)
    write(show, Transcript("id", 20.0, "test", {}, (segment,), suggestions=(meant,)))
    shown = etam(show, "doubts", SLUG)
    assert "0:11–0:11" in shown
    assert "Perhaps “Tenggarong” is meant." in shown
    (place,) = json.loads(etam(show, "doubts", SLUG, "--json"))
    assert (place["start"], place["heard"]) == (11.0, "tengarong")
    assert place["why"] == ["Perhaps “Tenggarong” is meant."]


def test_each_place_has_its_time_its_words_and_a_reason(show: Workspace) -> None:
    write(show, doubted())
    lines = etam(show, "doubts", SLUG)
    assert "1:02:03–1:02:05" in lines
    assert "Budi" in lines
    assert "Models often invent this phrase" in lines
    assert "Somebody speaks here, but nothing was written." in lines
    assert "3 places to listen to." in lines
    assert "Selamat pagi" not in lines


def test_programs_get_the_same_as_json_in_order_of_time(show: Workspace) -> None:
    write(show, doubted())
    places = json.loads(etam(show, "doubts", SLUG, "--json"))
    assert [place["reasons"] for place in places] == [
        ["no_voice"],
        ["invention"],
        ["speech_missing"],
    ]
    assert places[0]["heard"] == "la la la"
    assert places[2]["start"] == 3732.0
    assert places[1]["why"] == [
        "Models often invent this phrase, and hardly any speech is heard here."
    ]


def test_a_transcript_without_doubt_says_so(show: Workspace) -> None:
    write(show, Transcript("id", 5.0, "test", {}, (Segment(1, 1.0, 3.0, "Selamat pagi."),)))
    assert etam(show, "doubts", SLUG) == f"Nothing in the transcript of “{SLUG}” is in doubt.\n"


def test_an_episode_that_was_not_transcribed_says_what_to_do(show: Workspace) -> None:
    done = CliRunner().invoke(app, ["-C", str(show.root), "doubts", SLUG])
    assert f"“{SLUG}” has no transcript yet." in str(done.exception)


def test_status_counts_the_places(show: Workspace) -> None:
    write(show, doubted())
    (row,) = status_of_all(show)
    assert row.doubts == 3

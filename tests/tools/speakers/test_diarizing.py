"""A pyannote pipeline's turns: read as its library gives them, refused where it is not there."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.tools.speakers.activity import Turn, activity_of
from pipeline.tools.speakers.assigning import assign
from pipeline.tools.speakers.diarizing import diarized, remembered, turns_in
from pipeline.words.errors import SetupProblem
from pipeline.words.transcript import Flag, Segment, SpeakerSource, Word


@dataclass(frozen=True)
class _Span:
    start: float
    end: float


class _Annotation:
    """What `pyannote.core.Annotation.itertracks` yields (6.1): segment, track name, label."""

    def itertracks(self, yield_label: bool) -> Iterator[tuple[_Span, str, str]]:
        assert yield_label
        yield _Span(0.03, 4.1), "A", "SPEAKER_01"
        yield _Span(3.2, 8.0), "B", "SPEAKER_00"
        yield _Span(8.5, 9.0), "C", "SPEAKER_01"


def test_labels_become_numbers() -> None:
    assert turns_in(_Annotation()) == (Turn(0.03, 4.1, 1), Turn(3.2, 8.0, 0), Turn(8.5, 9.0, 1))


def test_words_get_the_speaker_of_the_turn_and_an_overlap_is_flagged() -> None:
    words = tuple(Word(at / 2, at / 2 + 0.4, "kata", 0.9) for at in range(18))
    segment = Segment(1, 0.0, 8.9, "…", words)
    spoken = assign([segment], activity_of(turns_in(_Annotation()), 2, 9.0), SpeakerSource.MODEL)
    assert [each.voice for each in spoken] == [1, 0, 1]
    assert spoken[1].segment.speaker_source == SpeakerSource.MODEL
    assert any(Flag.OVERLAP in each.segment.flags for each in spoken)
    assert Flag.OVERLAP not in spoken[2].segment.flags


def test_what_a_pipeline_found_is_kept_by_its_conditions(tmp_path: Path) -> None:
    asked: list[str] = []

    def made(name: str) -> tuple[Turn, ...]:
        asked.append(name)
        return turns_in(_Annotation())

    first = remembered(tmp_path / "turns", ("sound", "model"), lambda: made("first"))
    assert remembered(tmp_path / "turns", ("sound", "model"), lambda: made("again")) == first
    remembered(tmp_path / "turns", ("sound", "another"), lambda: made("another"))
    assert asked == ["first", "another"]


@pytest.mark.skipif(
    importlib.util.find_spec("pyannote") is not None, reason="pyannote is installed here"
)
def test_without_the_library_the_operator_is_told_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match=r"pyannote\.audio is not installed") as caught:
        diarized([], "pyannote/speaker-diarization-community-1", tmp_path)
    assert "pip install" in caught.value.remedy

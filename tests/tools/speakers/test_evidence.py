"""What normalize keeps for transcribe: cut to the enclosure, the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.tools.speakers.evidence import evidence_of, read_evidence, write_evidence
from pipeline.words.errors import EpisodeProblem
from pipeline.words.transcript import SpeakerSource

_LEVELS = np.arange(1000, dtype=np.uint32).astype(np.uint8).reshape(500, 2)


def test_what_the_enclosure_leaves_out_is_left_out() -> None:
    """Two seconds of ten were cut off, and after one second of intro six are heard."""
    evidence = evidence_of(_LEVELS, ("a.wav", "b.wav"), begins_seconds=-1.0, lasts_seconds=7.0)
    assert evidence.source is SpeakerSource.TRACK
    assert evidence.begins_seconds == 0.0
    assert (evidence.levels[0] == _LEVELS[50]).all()
    assert len(evidence.levels) == 351


def test_an_intro_makes_it_begin_later() -> None:
    evidence = evidence_of(_LEVELS, (), begins_seconds=3.513, lasts_seconds=20.0)
    assert evidence.source is SpeakerSource.CHANNEL
    assert evidence.names == ("left", "right")
    assert evidence.begins_seconds == 3.513
    assert len(evidence.levels) == 500


def test_one_voice_is_no_evidence() -> None:
    evidence = evidence_of(_LEVELS[:, :1], ("a.wav",), 0.0, 10.0)
    assert (evidence.source, evidence.names, evidence.levels.size) == (None, (), 0)


@pytest.mark.parametrize("tracks", [("a.wav", "b.wav"), ()])
def test_it_is_read_as_it_was_written(tmp_path: Path, tracks: tuple[str, ...]) -> None:
    path = tmp_path / "voices.json"
    evidence = evidence_of(_LEVELS, tracks, 0.023, 9.0)
    write_evidence(path, evidence)
    first = path.read_bytes()
    found = read_evidence(path)
    assert (found.levels == evidence.levels).all()
    assert (found.source, found.names, found.begins_seconds) == (
        evidence.source, evidence.names, evidence.begins_seconds,
    )  # fmt: skip
    write_evidence(path, found)
    assert path.read_bytes() == first


_HEAD = '{"source": "track", "names": ["a", "b"], "begins_seconds": 0, "levels": '


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", _HEAD + '"AAA"}', _HEAD + '"AAAA"}', _HEAD.replace("track", "x")]
)
def test_a_damaged_file_is_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "voices.json"
    path.write_text(content)
    with pytest.raises(EpisodeProblem, match="cannot be read"):
        read_evidence(path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EpisodeProblem, match=r"voices\.json"):
        read_evidence(tmp_path / "voices.json")

"""A stretch of an episode: when it is, and which words are in it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.words.clips import Stretch, said_in, seconds_of
from pipeline.words.cues import cues
from pipeline.words.lines import Layout
from pipeline.words.transcript import Segment, Transcript, Word


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("65", 65), ("1:05", 65), ("1:02:03", 3723), ("1m5s", 65), ("1h", 3600), ("65.5", 65.5),
     ("0:07,5", 7.5), (" 0 ", 0), ("2m", 120), ("90s", 90)],
)  # fmt: skip
def test_moments_are_read_as_people_write_them(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", " ", "-5", "1:", "x", "1:2:3:4", "nan", "inf", "1e3", ":5"])
def test_anything_else_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match="no moment"):
        seconds_of(text)


def transcript() -> Transcript:
    words = tuple(Word(n, n + 0.9, f" kata{n}", 0.9) for n in range(20))
    segments = (
        Segment(0, 0.0, 9.9, " ".join(w.text for w in words[:10]), words[:10], "Siti"),
        Segment(1, 10.0, 19.9, " ".join(w.text for w in words[10:]), words[10:], "Ahmad"),
    )
    return Transcript("id", 20.0, "m", {}, segments)


def test_only_the_words_of_the_stretch_are_in_it_at_its_own_times() -> None:
    cut = said_in(transcript(), Stretch(8.5, 12.6))
    assert [segment.text for segment in cut.segments] == ["kata9", "kata10 kata11 kata12"]
    assert [segment.speaker for segment in cut.segments] == ["Siti", "Ahmad"]
    assert cut.duration == pytest.approx(4.1)
    times = [(w.start, w.end) for segment in cut.segments for w in segment.words]
    assert times[0] == (pytest.approx(0.5), pytest.approx(1.4))
    assert all(0 <= start <= end <= cut.duration for start, end in times)


def test_neighbouring_stretches_share_no_word_and_lose_none() -> None:
    ends = [0.0, 3.45, 3.5, 11.2, 20.0]
    cuts = [said_in(transcript(), Stretch(a, b)) for a, b in pairwise(ends)]
    assert " ".join(s.text for cut in cuts for s in cut.segments).split() == [
        f"kata{n}" for n in range(20)
    ]


def test_written_forms_are_what_is_shown() -> None:
    words = (Word(1, 2, "seribu", 0.9), Word(2, 3, "lima", 0.9), Word(3, 4, "ratus", 0.9))
    segment = Segment(0, 1.0, 4.0, "seribu lima ratus", words, written="1.500")
    cut = said_in(Transcript("id", 9.0, "m", {}, (segment,)), Stretch(0.5, 5.0))
    assert cut.segments[0].for_readers == "1.500"
    (cue,) = cues(cut, Layout(28))
    assert cue.lines == ("1.500",)
    assert 400 <= cue.start_ms <= 500


def test_a_stretch_in_which_nobody_speaks_is_empty() -> None:
    assert said_in(transcript(), Stretch(30, 40)).segments == ()

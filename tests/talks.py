"""Talks written by hand for tests: what was said, at a speaking pace."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.words.transcript import Segment, Transcript, Word

GOLDEN = Path(__file__).parent / "golden"
DEMO_SCRIPT = Path(__file__).parent.parent / "pipeline/demo/recording/script.txt"
WORDS_A_SECOND = 2.5
PAUSE_SECONDS = 0.5


def talk(name: str, *, speakers: bool = False) -> Transcript:
    """The transcript of `tests/golden/<name>.txt`, one segment a sentence."""
    return talk_of((GOLDEN / f"{name}.txt").read_text(encoding="utf-8"), speakers=speakers)


def talk_of(script: str, *, speakers: bool = False) -> Transcript:
    """The transcript of a script whose lines are `Speaker: what they say`."""
    time, segments = 0.0, list[Segment]()
    for line in script.splitlines():
        speaker, _, said = line.partition(":")
        for sentence in re.findall(r"[^.?!]+(?:[.?!](?=\w)[^.?!]*)*[.?!]*", said):
            words = []
            for text in sentence.split():
                end = time + 1 / WORDS_A_SECOND
                words.append(Word(round(time, 2), round(end, 2), text, 0.9))
                time = end
            if words:
                text = " ".join(word.text for word in words)
                heard = speaker if speakers else ""
                segments.append(
                    Segment(len(segments), words[0].start, words[-1].end, text, tuple(words), heard)
                )
                time += PAUSE_SECONDS
    return Transcript("id", round(time, 2), "hand", {}, tuple(segments))

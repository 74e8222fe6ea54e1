"""What normalize keeps for telling speakers apart: how loud each track or channel is, and when.

The recordings are mixed on the way to the enclosure, so this is the last chance to hear each
microphone by itself. The times are those of the enclosure.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.ground.files import read_json, write_json
from pipeline.tools.audio.levels import WINDOW_SECONDS, Levels
from pipeline.words.errors import EpisodeProblem
from pipeline.words.transcript import SpeakerSource


@dataclass(frozen=True, slots=True)
class Evidence:
    """Levels of each voice's own track or channel.

    `levels` has the shape (windows of 20 ms, voices); the first window begins at `begins_seconds`
    of the enclosure. `names` are those of the recordings, or `left` and `right`, or `channel 1` …
    Without `source` there is one voice, which tells nothing.
    """

    source: SpeakerSource | None
    names: tuple[str, ...]
    begins_seconds: float
    levels: Levels

    def without(self, voices: Collection[int]) -> Evidence:
        """The same without some voices, by their numbers from 0."""
        kept = [voice for voice, _ in enumerate(self.names) if voice not in voices]
        names = tuple(self.names[voice] for voice in kept)
        return replace(self, names=names, levels=self.levels[:, kept])


def evidence_of(
    levels: Levels, tracks: tuple[str, ...], begins_seconds: float, lasts_seconds: float
) -> Evidence:
    """The evidence in the levels of some `tracks`, or of the channels of one recording (without).

    What is not heard in the enclosure, which lasts `lasts_seconds`, is left out.
    """
    first = max(0, int(-begins_seconds / WINDOW_SECONDS))
    last = max(first, int((lasts_seconds - begins_seconds) / WINDOW_SECONDS) + 1)
    begins = round(begins_seconds + first * WINDOW_SECONDS, 6)
    if levels.shape[1] < 2:
        return Evidence(None, (), begins, levels[:0])
    source = SpeakerSource.TRACK if tracks else SpeakerSource.CHANNEL
    names = tracks or _channel_names(levels.shape[1])
    return Evidence(source, names, begins, levels[first:last])


def write_evidence(path: Path, evidence: Evidence) -> None:
    """Write `voices.json`: the same evidence, the same bytes."""
    content = {
        "version": 1,
        "source": evidence.source,
        "names": evidence.names,
        "begins_seconds": evidence.begins_seconds,
        "window_seconds": WINDOW_SECONDS,
        "levels": base64.b64encode(evidence.levels.tobytes()).decode(),
    }
    write_json(path, content)


def read_evidence(path: Path) -> Evidence:
    """What `write_evidence` wrote. Raises EpisodeProblem when it cannot be read."""
    try:
        return _from_json(read_json(path))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{path.parent.name}” cannot be read.",
            "Delete it and run again: it is made anew from the recording.",
            str(error),
        ) from error


def _from_json(content: dict[str, Any]) -> Evidence:
    names = tuple(content["names"])
    source = SpeakerSource(content["source"]) if content["source"] else None
    values = np.frombuffer(base64.b64decode(content["levels"], validate=True), np.uint8)
    levels = values.reshape(-1, max(1, len(names)))
    return Evidence(source, names, content["begins_seconds"], levels)


def _channel_names(channels: int) -> tuple[str, ...]:
    if channels == 2:
        return ("left", "right")
    return tuple(f"channel {number}" for number in range(1, channels + 1))

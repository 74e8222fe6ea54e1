"""`accuracy.json`: each measurement of an episode's transcripts, the oldest first."""

from __future__ import annotations

from pathlib import Path

from pipeline.ground.files import read_json, write_json
from pipeline.words.accuracy import Measurement
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem


def accuracy_file(episode: Episode) -> Path:
    return episode.texts / "accuracy.json"


def read_measurements(episode: Episode) -> tuple[Measurement, ...]:
    """What was measured so far. Raises EpisodeProblem when the file is damaged."""
    path = accuracy_file(episode)
    try:
        content = read_json(path)
        return tuple(Measurement.from_json(entry) for entry in content["measurements"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EpisodeProblem(
            f"accuracy.json of “{episode.slug}” cannot be read.",
            "Restore it from a backup, or delete it: only the present transcript is measured anew.",
            str(error),
        ) from error


def keep_measurement(episode: Episode, measurement: Measurement) -> None:
    """Add `measurement`, or let it take the place of one of the same two texts."""
    before = read_measurements(episode)
    same = [_is_of_the_same(each, measurement) for each in before]
    if any(same):
        after = tuple(measurement if s else e for e, s in zip(before, same, strict=True))
    else:
        after = (*before, measurement)
    if after != before:
        entries = [each.to_json() for each in after]
        write_json(accuracy_file(episode), {"version": 1, "measurements": entries})


def _is_of_the_same(one: Measurement, other: Measurement) -> bool:
    return (one.transcript, one.reference) == (other.transcript, other.reference)

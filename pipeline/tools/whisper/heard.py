"""What came of hearing one window, in a form that can be kept on a disk or sent over a network."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from pipeline.words.transcript import LeftOut, Segment, Word


@dataclass(frozen=True, slots=True)
class HeardWindow:
    """The segments of one window and what was left out of them; ids are 0.

    Times are seconds from where the window's own times count: from its start in a `WindowJob`.
    """

    segments: tuple[Segment, ...]
    left_out: tuple[LeftOut, ...] = ()

    def moved(self, seconds: float) -> HeardWindow:
        """The same, `seconds` later: with a window's start, on the episode's time line."""
        return HeardWindow(
            tuple(_moved(segment, seconds) for segment in self.segments),
            tuple(
                replace(each, start=_later(each.start, seconds), end=_later(each.end, seconds))
                for each in self.left_out
            ),
        )

    def to_json(self) -> dict[str, Any]:
        """What JSON can hold; `from_json` makes an equal HeardWindow of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> HeardWindow:
        """What `to_json` gave. Raises KeyError, TypeError or AttributeError on other content."""
        return cls(
            segments=tuple(_segment(segment) for segment in content["segments"]),
            left_out=tuple(LeftOut(**each) for each in content["left_out"]),
        )


def _segment(content: dict[str, Any]) -> Segment:
    words = tuple(Word(**word) for word in content["words"])
    return Segment(**{**content, "words": words, "flags": tuple(content["flags"])})


def _moved(segment: Segment, seconds: float) -> Segment:
    return replace(
        segment,
        start=_later(segment.start, seconds),
        end=_later(segment.end, seconds),
        words=tuple(
            replace(word, start=_later(word.start, seconds), end=_later(word.end, seconds))
            for word in segment.words
        ),
    )


def _later(time: float, seconds: float) -> float:
    """Rounded to 10 ms, as Whisper's word times are."""
    return round(time + seconds, 2)

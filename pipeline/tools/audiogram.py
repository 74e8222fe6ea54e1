"""An audiogram: a stretch of an episode as a film that shows its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.ground.files import temporary_beside
from pipeline.ground.stage import Report
from pipeline.tools.artwork.clip import CANVASES, Clip, Picture, pictures_of
from pipeline.tools.artwork.lettering import drawable
from pipeline.tools.audio.film import FRAMES_A_SECOND, Size, frames_for, write_film
from pipeline.tools.audio.samples import RATE_HZ, Samples, in_blocks
from pipeline.tools.audio.stretches import stretch_of
from pipeline.tools.audio.waveform import waveform
from pipeline.words.clips import Shape, Stretch, said_in
from pipeline.words.cues import Cue, cues
from pipeline.words.transcript import Transcript

MADE_BY = "etam audiogram"
"""What such a film says of itself, so that no other file is taken for one."""

# Finding the stretch takes about this part of the time.
_FINDING_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Order:
    """What an audiogram is made of. `about` is a line under the title; there may be no cover."""

    audio: Path
    transcript: Transcript
    stretch: Stretch
    shape: Shape
    show: str
    title: str
    about: str
    cover: Path | None


@dataclass(frozen=True, slots=True)
class Audiogram:
    """What was made: its length, its size, and the captions that have letters Inter does not."""

    seconds: float
    size_bytes: int
    captions: int
    undrawn: tuple[str, ...]


def make_audiogram(order: Order, path: Path, report: Report) -> Audiogram | None:
    """Write the film to `path`; None where the sound is over before the stretch begins.

    The same order gives the same bytes. Raises UndecodableError when there is no sound, and
    SetupProblem when the cover cannot be read.
    """
    stretch = order.stretch
    sound = stretch_of(
        order.audio,
        stretch.start,
        stretch.end,
        lambda heard: report(_FINDING_SHARE * heard / stretch.end),
    )
    if not len(sound):
        return None
    captions = _captions(order, len(sound) / RATE_HZ)
    pictures = _pictures(order, sound, captions, report)
    canvas = CANVASES[order.shape]
    tags = {"title": order.title, "artist": order.show, "comment": MADE_BY}
    with temporary_beside(path) as hidden:
        write_film(hidden, Size(canvas.width, canvas.height), pictures, sound, tags)
        size_bytes = hidden.stat().st_size
    undrawn = tuple(text for cue in captions if not drawable(text := " ".join(cue.lines)))
    return Audiogram(len(sound) / RATE_HZ, size_bytes, len(captions), undrawn)


def _captions(order: Order, seconds: float) -> tuple[Cue, ...]:
    stretch = Stretch(order.stretch.start, order.stretch.start + seconds)
    return cues(said_in(order.transcript, stretch), CANVASES[order.shape].captions)


def _pictures(
    order: Order, sound: Samples, captions: tuple[Cue, ...], report: Report
) -> Iterator[Picture]:
    canvas, count = CANVASES[order.shape], frames_for(sound)
    levels = waveform(in_blocks(sound), canvas.bars)
    clip = Clip(order.show, order.title, order.about, order.cover, levels, captions)
    for number, picture in enumerate(pictures_of(clip, canvas, count, FRAMES_A_SECOND), start=1):
        yield picture
        report(_FINDING_SHARE + (1 - _FINDING_SHARE) * number / count)

"""From a stream of speech to a transcript: listen, hear each window as it comes, make sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pipeline.tools.whisper.asking import Hearers, answers
from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.engine import Engine
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.languages import detect_language
from pipeline.tools.whisper.planning import plan_windows, unsure_windows
from pipeline.tools.whisper.pool import local_hearers
from pipeline.tools.whisper.speech import Ear, cut_out, listen
from pipeline.tools.whisper.window_store import WindowStore
from pipeline.tools.whisper.windows import Numbers, Window, unheard
from pipeline.tools.whisper.work_unit import ModelKey, WindowJob, window_job
from pipeline.words.doubts.review import reviewed
from pipeline.words.segments import into_sentences
from pipeline.words.transcript import Transcript

Blocks = Callable[[], Iterable[Numbers]]
"""Gives the audio from its start, each time it is called: 16 kHz mono in pieces."""

# A window a little shorter than what the model hears, so that its last word is not at the edge.
_SHARE_OF_WINDOW = 0.98
_WINDOWS_FOR_LANGUAGE = 5


def _say_nothing(_window: Window, _heard: HeardWindow) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Means:
    """With what an episode is transcribed; none of it changes the transcript.

    `hearers` do the work (threads of this process unless told), `store` keeps their answers under
    the digest of the model, `tell` is told of each answer. `seconds` is the recording's length as
    far as it is known, and `places` are pieces of sound from all over it, to tell the language by.
    """

    hearers: Hearers | None = None
    store: WindowStore | None = None
    model_digest: str = ""
    tell: Callable[[Window, HeardWindow], None] = _say_nothing
    seconds: float = 0.0
    places: Blocks | None = None


def transcribe(
    engine: Engine,
    blocks: Blocks,
    *,
    language: str,
    beam_size: int,
    hint: str,
    model: str,
    settings: dict[str, Any],
    report: Callable[[float], None],
    means: Means | None = None,
) -> Transcript:
    """The transcript of an episode. The same audio, model and settings give the same transcript.

    `language` is a code such as “id”, or “auto”. Raises SetupProblem when the model does not know
    it, or cannot work on this machine.
    """
    means = means or Means()
    if language != "auto":
        engine.code_of(language)  # a wish that cannot be met is said before the work, not after it
    engine.refuse_long_hint(hint)
    spoken, likely = _language(engine, blocks, means, language)
    task = _Task(
        engine,
        Wishes(engine.code_of(spoken), beam_size, hint),
        ModelKey(model, means.model_digest),
        means,
        report,
    )
    ear = Ear(longest_window_seconds(engine))
    parts = sorted(task.heard(blocks, ear), key=lambda part: part[0].start)
    report(1.0)
    windows = [window for window, _ in parts]
    segments = [segment for _, part in parts for segment in part.segments]
    heard = Transcript(
        language=spoken,
        duration=int(ear.seconds * 1000) / 1000,
        model=model,
        settings={**settings, "language_probability": likely},
        segments=into_sentences(segments),
        unheard=unheard(windows, [word for segment in segments for word in segment.words]),
        left_out=tuple(left_out for _, part in parts for left_out in part.left_out),
    )
    return reviewed(heard)


@dataclass(frozen=True, slots=True)
class _Task:
    """One episode to be heard."""

    engine: Engine
    wishes: Wishes
    model: ModelKey
    means: Means
    report: Callable[[float], None]

    def heard(self, blocks: Blocks, ear: Ear) -> Iterator[tuple[Window, HeardWindow]]:
        """What is said where somebody surely speaks; then, if that is little, in all other sound.

        The first goes on while the recording is read, the second needs it to have ended.
        """
        yield from self._answers(ear.listen(blocks()))
        unsure = unsure_windows(
            ear.loudness, ear.seconds, ear.windows, longest_window_seconds(self.engine)
        )
        if unsure:
            yield from self._answers(cut_out(blocks(), unsure))

    def _answers(
        self, sounds: Iterable[tuple[Window, Numbers]]
    ) -> Iterator[tuple[Window, HeardWindow]]:
        hearers = self.means.hearers or local_hearers(self.engine)
        jobs = ((window, self._job(window, sound)) for window, sound in sounds)
        for window, heard in answers(jobs, hearers, self.means.store):
            self.means.tell(window, heard)
            self.report(min(1.0, window.end / self.means.seconds) if self.means.seconds else 0.0)
            yield window, heard

    def _job(self, window: Window, sound: Numbers) -> WindowJob:
        return window_job(window, sound, self.wishes, self.model, self.engine.compute_type)


def longest_window_seconds(engine: Engine) -> float:
    """How long the windows of an episode may be."""
    return round(engine.window_seconds * _SHARE_OF_WINDOW, 2)


def _language(engine: Engine, blocks: Blocks, means: Means, wished: str) -> tuple[str, float]:
    """The language, and how likely it is: as wished, or detected before the first window."""
    if wished != "auto":
        return wished, 1.0
    sounds = list(_sounds_for_language(engine, blocks, means.places))
    return detect_language(engine, sounds) if sounds else ("en", 1.0)


def _sounds_for_language(
    engine: Engine, blocks: Blocks, places: Blocks | None
) -> Iterator[Numbers]:
    """The first window at each place; where nobody speaks at any of them, the first of all."""
    longest = longest_window_seconds(engine)
    found = False
    for place in places() if places else ():
        for _, sound in islice(cut_out([place], plan_windows(listen([place]), longest)), 1):
            found = True
            yield sound
    if not found:
        for _, sound in islice(Ear(longest).listen(blocks()), _WINDOWS_FOR_LANGUAGE):
            yield sound

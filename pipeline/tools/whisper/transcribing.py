"""From a stream of speech to a transcript: listen, plan windows, hear each, make sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.engine import Engine
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.hearing import detect_language, hear
from pipeline.tools.whisper.planning import plan_windows
from pipeline.tools.whisper.speech import cut_out, listen
from pipeline.tools.whisper.windows import Numbers, Window, unheard
from pipeline.words.segments import into_sentences
from pipeline.words.transcript import Transcript

Blocks = Callable[[], Iterable[Numbers]]
"""Gives the audio from its start, each time it is called: 16 kHz mono in pieces."""

# A window a little shorter than what the model hears, so that its last word is not at the edge.
_SHARE_OF_WINDOW = 14 / 15
_WINDOWS_FOR_LANGUAGE = 5
_SHARE_OF_LISTENING = 0.05


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
) -> Transcript:
    """The transcript of an episode. The same audio, model and settings give the same transcript.

    `language` is a code such as “id”, or “auto”. Raises SetupProblem when the model does not know
    it, or cannot work on this machine.
    """
    if language != "auto":
        engine.code_of(language)  # a wish that cannot be met is said before the work, not after it
    engine.refuse_long_hint(hint)
    heard = listen(blocks())
    report(_SHARE_OF_LISTENING)
    windows = plan_windows(heard, engine.window_seconds * _SHARE_OF_WINDOW)
    spoken, likely = _language(engine, blocks, windows, language)
    wishes = Wishes(engine.code_of(spoken), beam_size, hint)
    parts = tuple(_heard(engine, blocks, windows, wishes, report))
    segments = tuple(segment for part in parts for segment in part.segments)
    return Transcript(
        language=spoken,
        duration=int(heard.seconds * 1000) / 1000,
        model=model,
        settings={**settings, "language_probability": likely},
        segments=into_sentences(segments),
        unheard=unheard(windows, [word for segment in segments for word in segment.words]),
        left_out=tuple(left_out for part in parts for left_out in part.left_out),
    )


def _language(
    engine: Engine, blocks: Blocks, windows: Sequence[Window], wished: str
) -> tuple[str, float]:
    if wished != "auto" or not windows:
        return ("en" if wished == "auto" else wished), 1.0
    step = max(1, len(windows) // _WINDOWS_FOR_LANGUAGE)
    some = windows[::step][:_WINDOWS_FOR_LANGUAGE]
    return detect_language(engine, (audio for _, audio in cut_out(blocks(), some)))


def _heard(
    engine: Engine,
    blocks: Blocks,
    windows: Sequence[Window],
    wishes: Wishes,
    report: Callable[[float], None],
) -> Iterator[HeardWindow]:
    for number, (window, audio) in enumerate(cut_out(blocks(), windows), start=1):
        yield hear(engine, window, audio, wishes)
        report(_SHARE_OF_LISTENING + (1 - _SHARE_OF_LISTENING) * number / len(windows))

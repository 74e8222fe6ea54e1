"""Which words of a window are doubtful, and why.

Nothing is doubted for its text alone where honest speech could read the same: known inventions and
words of the hint are doubted where the voice detector hears little speech.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.tools.keywords import function_words
from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.engine import language_of
from pipeline.tools.whisper.speech import listen
from pipeline.tools.whisper.windows import FRAME_SECONDS, SAMPLE_RATE_HZ, Numbers, Window
from pipeline.words.doubts.foreign import foreign_stretches, strange_scripts
from pipeline.words.doubts.inventions import hint_terms, known_inventions, recited_hint
from pipeline.words.doubts.loops import loops
from pipeline.words.doubts.timing import hurried, is_drawn_out
from pipeline.words.transcript import Flag, Word

# Of the frames of a spoken word, at least 0.43 are sure speech (docs/transcription.md, "Doubts").
_SURE_SPEECH = 0.5
_LITTLE_SPEECH = 0.3
_MOST_OF_THE_TIME = 0.5
# The detector judges by what it heard before: of a spoken "Oh, hello" on a telephone no frame was
# speech to it after 0.5 s, and three quarters after 1 s.
_RUN_UP_SECONDS = 2.0
# The demo recording's words are moved by at most 0.2 s into the speech that was heard.
_FAR_SECONDS = 1.0

# Languages whose function words are looked for where another one was asked for.
_OTHER_LANGUAGES = ("en", "nl", "es", "pt", "fr", "de", "it", "tl", "vi")


@dataclass(frozen=True)
class HeardWords:
    """All words of an answer: where the model heard them, and where they are put.

    `raw` counts from the start of the window's `audio`, `placed` from where the window does.
    """

    window: Window
    audio: Numbers
    wishes: Wishes
    raw: Sequence[Word]
    placed: Sequence[Word]

    @cached_property
    def texts(self) -> list[str]:
        return [word.text for word in self.raw]

    def has_little_speech(self, words: range) -> bool:
        """Whether the detector hears little speech where the model heard these words."""
        return has_little_speech(self.audio, self.raw[words[0]].start, self.raw[words[-1]].end)

    def lies_outside_speech(self, words: range) -> bool:
        """Whether most of the time of these words is where no speech was heard."""
        start = self.raw[words[0]].start + self.window.start
        end = self.raw[words[-1]].end + self.window.start
        inside = sum(
            max(0.0, min(end, span.end) - max(start, span.start)) for span in self.window.spans
        )
        return inside < _MOST_OF_THE_TIME * (end - start) and self.has_little_speech(words)


def has_little_speech(audio: Numbers, start: float, end: float) -> bool:
    """Whether the detector hears little speech between two times of a window's sound."""
    first = max(0.0, start - _RUN_UP_SECONDS)
    samples = slice(round(first * SAMPLE_RATE_HZ), round(end * SAMPLE_RATE_HZ))
    speech = listen([audio[samples]]).speech[int((start - first) / FRAME_SECONDS) :]
    return not len(speech) or float((speech >= _SURE_SPEECH).mean()) < _LITTLE_SPEECH


def doubts_about(heard: HeardWords) -> dict[Flag, list[range]]:
    """For each kind of doubt, the words that it is about."""
    return {
        Flag.REPETITION: list(loops(heard.texts)),
        Flag.INVENTION: list(filter(heard.has_little_speech, known_inventions(heard.texts))),
        Flag.HINT_LEAK: [*_leaks(heard)],
        Flag.LANGUAGE_DRIFT: [*_drifts(heard)],
        Flag.IMPOSSIBLE_TIMING: [*hurried(heard.placed), *_drawn_out(heard), *_far_off(heard)],
    }


def _leaks(heard: HeardWords) -> Iterator[range]:
    hint = heard.wishes.hint
    yield from recited_hint(heard.texts, hint)
    yield from filter(heard.has_little_speech, hint_terms(heard.texts, hint))


def _drifts(heard: HeardWords) -> Iterator[range]:
    language = language_of(heard.wishes.language)
    others = {code: function_words(code) for code in _OTHER_LANGUAGES if code != language}
    yield from strange_scripts(heard.texts, language)
    yield from foreign_stretches(heard.texts, function_words(language), others)


def _drawn_out(heard: HeardWords) -> Iterator[range]:
    return (range(n, n + 1) for n, word in enumerate(heard.raw) if is_drawn_out(word))


def _far_off(heard: HeardWords) -> Iterator[range]:
    """Words that the model heard far from any speech."""
    for index, (raw, placed) in enumerate(zip(heard.raw, heard.placed, strict=True)):
        start, end = raw.start + heard.window.start, raw.end + heard.window.start
        if max(placed.start - end, start - placed.end) > _FAR_SECONDS:
            yield range(index, index + 1)

"""When the words of a known text are said: the model follows a text instead of finding one.

Whisper's cross-attention says for each token where in the sound it looks; dynamic time warping over
it gives the time of each word (Radford et al., 2022; openai/whisper, `timing.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from pipeline.tools.whisper.engine import Engine, at_work
from pipeline.tools.whisper.placing import clamped
from pipeline.tools.whisper.planning import speech_spans
from pipeline.tools.whisper.speech import listen
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ, Numbers, Span
from pipeline.words.doubts.timing import shortened
from pipeline.words.transcript import Word

_FILTER_WIDTH = 7  # as Whisper smooths its attention
_POSITIONS_A_SECOND = 50  # the encoder gives one position for two frames of 10 ms
# What the decoder can hold, less the prompt and the end.
_MOST_TOKENS = 440


def aligned(
    engine: Engine, audio: Numbers, texts: Sequence[str], language: str
) -> tuple[Word, ...] | None:
    """The words `texts` with the times at which they are said, in seconds from the sound's start.

    `language` is Whisper's code. A word's probability says how likely the model holds it there.
    None where the model cannot follow: more sound than it hears at once, none at all, or more text
    than it can hold. Raises what `at_work` raises.
    """
    tokens = [_tokens_of(engine, text) for text in texts]
    if not _can_follow(engine, audio, tokens):
        return None
    words = _placed_by_model(engine, audio, texts, tokens, language)
    likely = (shortened(word, at_start=word is words[0]) for word in words)
    return tuple(clamped(likely, _speech_in(audio)))


def _can_follow(engine: Engine, audio: Numbers, tokens: Sequence[list[int]]) -> bool:
    seconds = len(audio) / SAMPLE_RATE_HZ
    return (
        0 < seconds <= engine.window_seconds
        and all(tokens)
        and 0 < sum(map(len, tokens)) <= _MOST_TOKENS
    )


def _tokens_of(engine: Engine, text: str) -> list[int]:
    # A tokenizer of Whisper's never joins what a space parts, so words can be encoded one by one.
    encoding = engine.model.hf_tokenizer.encode(f" {text}", add_special_tokens=False)
    return list(map(int, encoding.ids))


def _placed_by_model(
    engine: Engine,
    audio: Numbers,
    texts: Sequence[str],
    tokens: Sequence[list[int]],
    language: str,
) -> list[Word]:
    from faster_whisper.audio import pad_or_trim
    from faster_whisper.tokenizer import Tokenizer

    with at_work(engine) as model:
        features = model.feature_extractor(audio)[..., :-1]
        tokenizer = Tokenizer(model.hf_tokenizer, engine.multilingual, "transcribe", language)
        (answer,) = model.model.align(
            model.encode(pad_or_trim(features)),
            tokenizer.sot_sequence,
            [[token for word in tokens for token in word]],
            features.shape[-1],
            median_filter_width=_FILTER_WIDTH,
        )
    return _words(texts, list(map(len, tokens)), answer)


def _words(texts: Sequence[str], lengths: Sequence[int], answer: Any) -> list[Word]:
    """The model's alignment of tokens, as words of so many tokens each."""
    begins = _seconds_of_tokens(answer.alignments)
    bounds = list(accumulate(lengths, initial=0))
    return [
        Word(
            start=begins[first],
            end=begins[last],
            text=text,
            probability=round(float(np.mean(answer.text_token_probs[first:last])), 3),
        )
        for text, (first, last) in zip(texts, pairwise(bounds), strict=True)
    ]


def _seconds_of_tokens(path: Sequence[tuple[int, int]]) -> list[float]:
    """When each token begins, and the one that ends the text; `path` is (token, position)."""
    begins: dict[int, int] = {}
    for token, position in path:
        begins.setdefault(token, position)
    return [begins[token] / _POSITIONS_A_SECOND for token in sorted(begins)]


def _speech_in(audio: Numbers) -> tuple[Span, ...]:
    """Where somebody speaks; all of the sound where the detector hears nobody."""
    heard = listen([audio])
    return tuple(speech_spans(heard)) or (Span(0.0, heard.seconds),)

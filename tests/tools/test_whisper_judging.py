"""Whatever a model answers: no word is lost, and all lie in order within the window."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.judging import judged
from pipeline.tools.whisper.windows import Span, Window
from pipeline.words.plain_text import bare_word
from tests.tools.scripted_whisper import said

HINT = "Diskominfo, Kutai Kartanegara, Tenggarong, Loa Kulu, Kota Bangun"
WINDOWS = [
    Window(0.0, 12.0, (Span(0.2, 5.0), Span(7.0, 11.9))),
    Window(100.0, 112.0, (Span(100.0, 112.0),)),
    Window(3.0, 3.4, (Span(3.0, 3.4),)),
    Window(0.0, 12.0, (Span(0.0, 12.0),), unsure=True),
]
NOISE = np.random.default_rng(1).normal(0, 0.05, 12 * 16_000).astype(np.float32)

_WORDS = st.sampled_from(
    [
        "warga",
        "terima",
        "kasih.",
        "hai",
        "the",
        "of",
        "Kutai",
        "Kartanegara",
        "dan",
        "2026",
        "早上好",
        "you",
        "(",
        "50%",
        "Dr.",
        "ya?",
    ]
)
_TIMES = st.floats(-5, 40, allow_nan=False)


@st.composite
def answers(draw: st.DrawFn) -> list[SimpleNamespace]:
    return [
        said(
            " ".join(draw(st.lists(_WORDS, min_size=1, max_size=30))),
            draw(_TIMES),
            draw(_TIMES),
            log_probability=draw(st.floats(-3, 0)),
            compression=draw(st.floats(0.5, 5)),
            no_speech=draw(st.floats(0, 1)),
            probability=draw(st.floats(0, 1)),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]


@settings(max_examples=150, deadline=None)
@given(answers(), st.sampled_from(WINDOWS), st.sampled_from(["", HINT]))
@example([said("Terima kasih.", 0.0, 0.0)], WINDOWS[0], HINT)
@example([said("hai", 30.0, -2.0)], WINDOWS[2], HINT)
def test_no_word_is_lost_and_all_lie_in_order_within_the_window(
    answer: list[SimpleNamespace], window: Window, hint: str
) -> None:
    audio = NOISE[: round((window.end - window.start) * 16_000)]
    segments, left_out = judged(answer, window, audio, Wishes("id", hint=hint))
    kept = [word for segment in segments for word in segment.words]
    written = [word.text for word in kept] + [w for each in left_out for w in each.text.split()]
    asked = [word for segment in answer for word in segment.text.split()]
    assert sorted(_letters(written)) == sorted(_letters(asked))
    assert all(word.start <= word.end for word in kept)
    assert all(before.end <= after.start for before, after in pairwise(kept))
    assert all(window.start <= word.start and word.end <= window.end + 0.01 for word in kept)


def _letters(words: list[str]) -> str:
    return "".join(map(bare_word, words))

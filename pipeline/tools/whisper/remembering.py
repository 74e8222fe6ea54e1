"""A model that analyses a sound once, however often it is asked about it."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import Any

# A window is encoded anew where the model goes on from the middle of it; halves are other sounds.
_ENCODINGS_KEPT = 2


def remember_sounds(model: Any) -> None:
    """Let a WhisperModel keep, for each thread, what it made of the last sounds.

    To name the language of a window, or to ask about it again without the hint, then takes the
    decoder only; the encoder is most of the work in large models.
    """
    model.feature_extractor = _Extractor(model.feature_extractor)
    model.encode = _Encoder(model.encode)


class _Extractor:
    """A FeatureExtractor that remembers its last answer in each thread."""

    def __init__(self, extractor: Any) -> None:
        self._extractor = extractor
        self._memory = threading.local()

    def __call__(self, audio: Any, **more: Any) -> Any:
        last, features = getattr(self._memory, "last", (None, None))
        if last is not audio:
            features = self._extractor(audio, **more)
            self._memory.last = audio, features
        return features

    def __getattr__(self, name: str) -> Any:
        return getattr(self._extractor, name)


class _Encoder:
    """`WhisperModel.encode` that remembers its last answers in each thread."""

    def __init__(self, encode: Any) -> None:
        self._encode = encode
        self._memory = threading.local()

    def __call__(self, features: Any) -> Any:
        kept: OrderedDict[bytes, Any] = self._memory.__dict__.setdefault("kept", OrderedDict())
        key = hashlib.blake2b(features.tobytes(), digest_size=16).digest()
        if key not in kept:
            kept[key] = self._encode(features)
        kept.move_to_end(key)
        while len(kept) > _ENCODINGS_KEPT:
            kept.popitem(last=False)
        return kept[key]

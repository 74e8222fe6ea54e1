"""A model that encodes a sound once, however often it is asked about it."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import Any

# A window is encoded anew where the model goes on from the middle of it; halves are other sounds.
_SOUNDS_KEPT = 2


def remember_encodings(model: Any) -> None:
    """Let a WhisperModel keep, for each thread, its encodings of the last sounds.

    To name the language of a window, or to ask about it again without the hint, then takes the
    decoder only; the encoder is most of the work in large models.
    """
    encode = model.encode
    memory = threading.local()

    def encode_once(features: Any) -> Any:
        kept: OrderedDict[bytes, Any] = memory.__dict__.setdefault("kept", OrderedDict())
        key = hashlib.blake2b(features.tobytes(), digest_size=16).digest()
        if key not in kept:
            kept[key] = encode(features)
        kept.move_to_end(key)
        while len(kept) > _SOUNDS_KEPT:
            kept.popitem(last=False)
        return kept[key]

    model.encode = encode_once

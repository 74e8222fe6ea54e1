"""The models that have a name: what each takes to download and to work, and what it is good for.

Sizes follow from the shape of the network (Radford et al., “Robust Speech Recognition via
Large-Scale Weak Supervision”, 2022, table 1; Gandhi et al., “Distil-Whisper”, 2023) and from two
bytes a weight, which is how the repositories hold them.
"""

from __future__ import annotations

from dataclasses import dataclass

_STORED_BYTES_PER_WEIGHT = 2  # float16
_TOKENIZER_BYTES = 2_700_000  # tokenizer.json and the vocabulary
_AUDIO_POSITIONS = 1500
_TEXT_POSITIONS = 448
_KERNEL = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides how many weights a Whisper network has."""

    width: int
    encoder_layers: int
    decoder_layers: int
    words: int = 51_865
    mels: int = 80

    @property
    def weights(self) -> int:
        attention = 4 * self.width**2 + 4 * self.width
        feed_forward = 8 * self.width**2 + 5 * self.width
        norm = 2 * self.width
        convolutions = _KERNEL * self.width * (self.mels + self.width) + 2 * self.width
        encoder = (
            convolutions
            + _AUDIO_POSITIONS * self.width
            + self.encoder_layers * (attention + feed_forward + 2 * norm)
        )
        decoder = (self.words + _TEXT_POSITIONS) * self.width + self.decoder_layers * (
            2 * attention + feed_forward + 3 * norm
        )
        return encoder + decoder + 2 * norm


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A model that faster-whisper gives a name (`faster_whisper.utils`)."""

    repository: str
    shape: Shape
    good_for: str
    languages: str = "many"

    @property
    def download_bytes(self) -> int:
        """Within a thousandth of what the repository holds."""
        return self.shape.weights * _STORED_BYTES_PER_WEIGHT + _TOKENIZER_BYTES


_ENGLISH = "en"
_TINY = Shape(384, 4, 4)
_BASE = Shape(512, 6, 6)
_SMALL = Shape(768, 12, 12)
_MEDIUM = Shape(1024, 24, 24)
_LARGE = Shape(1280, 32, 32)
_LARGE_V3 = Shape(1280, 32, 32, words=51_866, mels=128)
_TURBO = Shape(1280, 32, 4, words=51_866, mels=128)
_DISTIL_SMALL = Shape(768, 12, 4)
_DISTIL_MEDIUM = Shape(1024, 24, 2)
_DISTIL_LARGE = Shape(1280, 32, 2)
_DISTIL_LARGE_V3 = Shape(1280, 32, 2, words=51_866, mels=128)

_LARGE_V3_IN_WORDS = "accurate and slow"
_TURBO_IN_WORDS = "Indonesian"

NAMED_MODELS: dict[str, NamedModel] = {
    "tiny": NamedModel("Systran/faster-whisper-tiny", _TINY, "trying out"),
    "tiny.en": NamedModel("Systran/faster-whisper-tiny.en", _TINY, "trying out", _ENGLISH),
    "base": NamedModel("Systran/faster-whisper-base", _BASE, "1 core"),
    "base.en": NamedModel("Systran/faster-whisper-base.en", _BASE, "1 core", _ENGLISH),
    "small": NamedModel("Systran/faster-whisper-small", _SMALL, "2 cores"),
    "small.en": NamedModel("Systran/faster-whisper-small.en", _SMALL, "2 cores", _ENGLISH),
    "medium": NamedModel("Systran/faster-whisper-medium", _MEDIUM, "slower than turbo"),
    "medium.en": NamedModel(
        "Systran/faster-whisper-medium.en", _MEDIUM, "slower than turbo", _ENGLISH
    ),
    "large-v1": NamedModel("Systran/faster-whisper-large-v1", _LARGE, "old results"),
    "large-v2": NamedModel("Systran/faster-whisper-large-v2", _LARGE, "accurate and slow"),
    "large-v3": NamedModel("Systran/faster-whisper-large-v3", _LARGE_V3, _LARGE_V3_IN_WORDS),
    "large": NamedModel("Systran/faster-whisper-large-v3", _LARGE_V3, _LARGE_V3_IN_WORDS),
    "large-v3-turbo": NamedModel(
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo", _TURBO, _TURBO_IN_WORDS
    ),
    "turbo": NamedModel("mobiuslabsgmbh/faster-whisper-large-v3-turbo", _TURBO, _TURBO_IN_WORDS),
    "distil-small.en": NamedModel(
        "Systran/faster-distil-whisper-small.en", _DISTIL_SMALL, "quick", _ENGLISH
    ),
    "distil-medium.en": NamedModel(
        "Systran/faster-distil-whisper-medium.en", _DISTIL_MEDIUM, "quick", _ENGLISH
    ),
    "distil-large-v2": NamedModel(
        "Systran/faster-distil-whisper-large-v2", _DISTIL_LARGE, "quick and accurate", _ENGLISH
    ),
    "distil-large-v3": NamedModel(
        "Systran/faster-distil-whisper-large-v3", _DISTIL_LARGE_V3, "quick and accurate", _ENGLISH
    ),
    "distil-large-v3.5": NamedModel(
        "distil-whisper/distil-large-v3.5-ct2", _DISTIL_LARGE_V3, "quick and accurate", _ENGLISH
    ),
}

ALIASES = {"large": "large-v3", "turbo": "large-v3-turbo"}
"""Second names of the same model."""

"""The unit of work: one window with all that hearing it needs, and nothing of where it came from.

A job can be done by a thread here or on another machine; equal jobs have equal answers, so an
answer is kept under the digest of its job.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from pipeline.ground.files import Digests
from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.engine import Engine
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.hearing import hear
from pipeline.tools.whisper.models import MODEL_FILES, OPTIONAL_FILES
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ, Numbers, Span, Window

# Raised when equal jobs should get other answers than before.
_ANSWERS_VERSION = 2
_LIBRARIES = ("faster-whisper", "ctranslate2")
_FULL_SCALE = 32768
_DECIMALS = 4  # of a second: finer than a sample


@dataclass(frozen=True, slots=True)
class ModelKey:
    """Which model a job is for: how people call it, and the SHA-256 over its files."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class WindowJob:
    """One window to be heard.

    `pcm` is 16 kHz mono, signed 16-bit little-endian, as in the speech file; the times of `window`
    count from its start. `compute_type` is CTranslate2's, such as “int8”.
    """

    pcm: bytes
    window: Window
    wishes: Wishes
    model: ModelKey
    compute_type: str

    @property
    def digest(self) -> str:
        """SHA-256 over all that changes the answer and nothing else, in hexadecimal."""
        asked = {
            "version": _ANSWERS_VERSION,
            "libraries": {name: version(name) for name in _LIBRARIES},
            "window": asdict(self.window),
            "wishes": asdict(self.wishes),
            "model": self.model.digest,
            "compute_type": self.compute_type,
        }
        digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode())
        digest.update(self.pcm)
        return digest.hexdigest()

    @property
    def audio(self) -> Numbers:
        """The samples, shape (n,), −1..1."""
        return np.frombuffer(self.pcm, "<i2").astype(np.float32) / np.float32(_FULL_SCALE)


def window_job(
    window: Window, audio: Numbers, wishes: Wishes, model: ModelKey, compute_type: str
) -> WindowJob:
    """The job of hearing `audio`, which is the `window` of an episode.

    Equal sound gives equal jobs wherever it lies; times are rounded, being differences.
    """
    return WindowJob(
        pcm=_pcm(audio),
        window=Window(
            start=0.0,
            end=round(len(audio) / SAMPLE_RATE_HZ, _DECIMALS),
            spans=tuple(_span_from(span, window.start) for span in window.spans),
            unsure=window.unsure,
        ),
        wishes=wishes,
        model=model,
        compute_type=compute_type,
    )


def hear_job(job: WindowJob, engine: Engine) -> HeardWindow:
    """What `engine` hears in the window. It must have loaded the model that the job is for."""
    return hear(engine, job.window, job.audio, job.wishes)


def model_key(name: str, folder: Path, digests: Digests) -> ModelKey:
    """The key of the model in `folder`, by the content of its files; `digests` remembers them."""
    total = hashlib.sha256()
    for file in MODEL_FILES + OPTIONAL_FILES:
        total.update(f"{file} {digests.of(folder / file)}\n".encode())
    return ModelKey(name, total.hexdigest())


def _pcm(audio: Numbers) -> bytes:
    """Exact for what was read from a file of 16 bits."""
    scaled = np.clip(np.rint(audio * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1)
    return scaled.astype("<i2").tobytes()


def _span_from(span: Span, start: float) -> Span:
    return Span(round(max(0.0, span.start - start), _DECIMALS), round(span.end - start, _DECIMALS))

"""Speech to text with faster-whisper. The one place that imports it, CTranslate2 and the hub.

Their import takes a second, so it happens when a model is wanted and not when a plan is made.
"""

from __future__ import annotations

from pipeline.tools.whisper.engine import Engine, load
from pipeline.tools.whisper.models import (
    ResolvedModel,
    check_model,
    files_to_watch,
    obtain_model,
    resolve_model,
)
from pipeline.tools.whisper.transcribing import transcribe

__all__ = [
    "Engine",
    "ResolvedModel",
    "check_model",
    "files_to_watch",
    "load",
    "obtain_model",
    "resolve_model",
    "transcribe",
]

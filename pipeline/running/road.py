"""The road of an episode: its stages in order."""

from __future__ import annotations

from pipeline.ground.stage import Stage
from pipeline.stages.caption import CAPTION
from pipeline.stages.draft import DRAFT
from pipeline.stages.illustrate import ILLUSTRATE
from pipeline.stages.normalize import NORMALIZE
from pipeline.stages.tag import TAG
from pipeline.stages.transcribe import TRANSCRIBE

ROAD: tuple[Stage, ...] = (NORMALIZE, TRANSCRIBE, CAPTION, TAG, ILLUSTRATE, DRAFT)
"""Between ingest, which makes an episode, and publish, which needs an editor's approval.

The draft comes last: it may wait for a language model, and nothing waits for it.
"""

"""Import: a show at another host is taken over, each episode with its identity and its date."""

from __future__ import annotations

from pipeline.stages.importing.imported import Imported, imported_episodes
from pipeline.stages.importing.pictures import fetch_artwork, fetch_cover
from pipeline.stages.importing.recordings import fetch_recording
from pipeline.stages.importing.show import differences, show_settings
from pipeline.stages.importing.source import Source, keep_documents, read_source
from pipeline.stages.importing.taking_in import Taken, Took, take_in

__all__ = [
    "Imported",
    "Source",
    "Taken",
    "Took",
    "differences",
    "fetch_artwork",
    "fetch_cover",
    "fetch_recording",
    "imported_episodes",
    "keep_documents",
    "read_source",
    "show_settings",
    "take_in",
]

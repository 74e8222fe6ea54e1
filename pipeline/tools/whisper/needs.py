"""What a model takes of a machine: disk to keep it, memory to work with it."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.tools.whisper import hub
from pipeline.tools.whisper.hardware import free_memory_gb
from pipeline.tools.whisper.hub import Listing
from pipeline.words.errors import SetupProblem

# Peak memory in GB as a constant and bytes a weight. On a CPU: measured with networks of random
# weights in the shapes of tiny to large-v3-turbo, one window of 28 s, beam 5
# (`benchmarks/model_memory.py`, docs/transcription.md). On a GPU: after faster-whisper's own figure
# for large-v2, 4.5 GB.
_PEAK_MEMORY = {
    "int8": (0.27, 1.9),
    "float32": (0.27, 5.3),
    "float16": (1.4, 2.0),
}
COMPUTE_TYPES = tuple(_PEAK_MEMORY)
"""int8 is what a CPU is given unless the show says otherwise, float16 a GPU."""

# Kept free on the disk beyond the model: a full disk breaks more than a download.
_SPARE_BYTES = 500 * 10**6
_STORED_BYTES_PER_WEIGHT = 2


def working_memory_gb(weights: int, compute_type: str) -> float:
    """About how much memory a process needs that works with a model; float16: of a GPU's."""
    beside, bytes_per_weight = _PEAK_MEMORY[compute_type]
    return beside + bytes_per_weight * weights / 1e9


def refuse_without_room(listing: Listing) -> None:
    """Raise SetupProblem when the disk cannot hold what is still to be downloaded."""
    free = free_disk_bytes()
    if listing.missing_bytes + _SPARE_BYTES > free:
        raise SetupProblem(
            f"The model {listing.repository} needs {_gb(listing.missing_bytes)} more on the disk, "
            f"and {_gb(free)} are free where it would be kept ({hub.cache_folder()}).",
            "Make room, remove another model with `etam models remove`, or let HF_HOME name a "
            "folder on a larger disk.",
        )


def needs_in_words(listing: Listing) -> str:
    """What downloading a model and working with it takes, beside what this machine has."""
    weights = next(file.size for file in listing.files if file.name == "model.bin")
    memory_gb = working_memory_gb(weights // _STORED_BYTES_PER_WEIGHT, "int8")
    free_gb = free_memory_gb()
    warning = "" if memory_gb <= free_gb else " That is more than is free: expect it to fail."
    return (
        f"To download: {_gb(listing.missing_bytes)} of {_gb(listing.size)} "
        f"({_gb(free_disk_bytes())} free on the disk). To work on a CPU (int8): about "
        f"{memory_gb:.1f} GB of memory ({free_gb:.1f} GB free).{warning}"
    )


def free_disk_bytes() -> int:
    """What is free on the disk that holds, or will hold, the hub's cache."""
    cache = hub.cache_folder().absolute()
    there = next((path for path in (cache, *cache.parents) if path.is_dir()), Path("/"))
    return shutil.disk_usage(there).free


def _gb(size: int) -> str:
    return f"{size / 1e9:.2f} GB" if size >= 10**7 else f"{size / 1e6:.1f} MB"

"""Downloads a model so that a broken line, a kill or a bad byte costs as little as it can.

huggingface_hub (2.4) begins a file anew after a kill, and does not look at what arrived. Here a
file grows under one hidden name, goes on from there, and gets its place only when its digest is
the hub's. The library then links it where every program that uses the cache looks for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.ground.files import sync_folder
from pipeline.tools.whisper import hub
from pipeline.tools.whisper.hub import HubFile, Listing
from pipeline.words.errors import TemporaryProblem

Report = Callable[[float], None]


def fetch(listing: Listing, name: str, remedy: str, report: Report) -> Path:
    """Bring a model whole into the hub's cache and return its folder; what is right is kept.

    Each file is checked against the hub's digest, those that were there before too. Raises what
    `hub.in_words` says, and TemporaryProblem when a file arrives damaged twice.
    """
    progress = _byte_counter(report, listing.size)
    with hub.in_words(listing.repository, name, remedy):
        places = [
            _brought(listing, file, progress)
            for file in sorted(listing.files, key=lambda file: file.size)
        ]
    return places[0].parent


def _brought(listing: Listing, file: HubFile, progress: Any) -> Path:
    """The file's place in the snapshot, after its content was brought there and checked."""
    from huggingface_hub import hf_hub_download
    from huggingface_hub.utils import WeakFileLock  # type: ignore[attr-defined]

    place = hub.place_of(listing.repository, listing.commit, file)
    repository = hub.repository_folder(listing.repository)
    lock = hub.cache_folder() / ".locks" / repository.name / f"{file.digest}.lock"
    for folder in (lock.parent, place.parent):
        folder.mkdir(parents=True, exist_ok=True)
    with WeakFileLock(lock):  # another program may be at the same file
        if hub.is_whole(place, file.digest):
            progress(initial=file.size)
        else:
            _download(listing, file, place, progress)
    name = hf_hub_download(listing.repository, file.name, etag_timeout=hub.SECONDS_TO_ANSWER)
    linked = Path(name)
    if not linked.is_symlink() and linked != place:  # without links it is a copy; one is enough
        place.unlink(missing_ok=True)
    return linked


def _download(listing: Listing, file: HubFile, place: Path, progress: Any) -> None:
    part = place.with_name(place.name + hub.PART_SUFFIX)
    began_before = part.exists()
    _continue(listing, file, part, progress)
    if began_before and not hub.is_whole(part, file.digest):  # its first half was at fault
        progress(initial=-part.stat().st_size)
        part.unlink()
        _continue(listing, file, part, progress)
    if not hub.is_whole(part, file.digest):
        part.unlink()
        raise TemporaryProblem(
            f"{file.name} of the model {listing.repository} arrived damaged: its checksum is not "
            "the hub's.",
            "Run again. If it stays so, whatever stands between this machine and the hub changes "
            "files: ask for another way out, or set HF_ENDPOINT to a mirror.",
        )
    part.replace(place)
    sync_folder(place.parent)


def _continue(listing: Listing, file: HubFile, part: Path, progress: Any) -> None:
    """Download what `part` lacks of the file."""
    from huggingface_hub import hf_hub_url
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

    if part.exists() and part.stat().st_size > file.size:
        part.unlink()
    with part.open("ab") as content:
        had = content.tell()
        if had == file.size:
            progress(initial=had)
            return
        http_get(
            hf_hub_url(listing.repository, file.name, revision=listing.commit),
            content,
            resume_size=had,
            headers=build_hf_headers(),
            expected_size=file.size,
            tqdm_class=progress,
        )
        content.flush()
        os.fsync(content.fileno())


def _byte_counter(report: Report, total_bytes: int) -> Any:
    """What huggingface_hub takes for a progress bar; silent, it tells `report` the share done.

    It has the methods that `snapshot_download` gives its own stand-in, `_AggregatedTqdm`.
    """

    class Counter:
        done = 0.0

        def __init__(self, *_: Any, **settings: Any) -> None:
            self.update(settings.get("initial") or 0)

        def __enter__(self) -> Counter:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def update(self, count: float | None = 1) -> None:
            Counter.done += count or 0
            report(min(1.0, Counter.done / max(total_bytes, 1)))

        def update_transfer(self, count: float | None = 1) -> None:
            """Bytes from the network, which `update` counts when they are written."""

        def set_postfix_str(self, *_: Any, **__: Any) -> None: ...

        def set_transfer_postfix_str(self, *_: Any, **__: Any) -> None: ...

        def close(self) -> None: ...

    return Counter

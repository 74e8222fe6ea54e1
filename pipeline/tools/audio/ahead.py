"""Working ahead: the next blocks are made in a thread while this one is used."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

from pipeline.tools.audio.samples import Blocks, Samples

_BLOCKS_AHEAD = 8


def ahead(blocks: Blocks) -> Iterator[Samples]:
    """The same blocks, made up to eight ahead of their use. An error in making them is raised here.

    FFmpeg and LAME both run outside Python's lock, so filtering and encoding share two cores.
    """
    ready: queue.Queue[Samples | None] = queue.Queue(_BLOCKS_AHEAD)
    stopped = threading.Event()
    failure: list[BaseException] = []

    def put(block: Samples | None) -> None:
        while not stopped.is_set():
            try:
                return ready.put(block, timeout=0.2)
            except queue.Full:
                continue
        return None

    def work() -> None:
        try:
            for block in blocks:
                put(block)
                if stopped.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - raised again where the blocks are used
            failure.append(error)
        finally:
            put(None)

    thread = threading.Thread(target=work, name="making samples", daemon=True)
    thread.start()
    try:
        while (block := ready.get()) is not None:
            yield block
    finally:
        stopped.set()
        thread.join()
    if failure:
        raise failure[0]

"""Working ahead: the next pieces are made in a thread while this one is used."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

_PIECES_AHEAD = 8
_Piece = TypeVar("_Piece")


def ahead(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The same pieces, made up to eight ahead of their use. An error in making them is raised here.

    FFmpeg and LAME both run outside Python's lock, so decoding, filtering, encoding and measuring
    share the cores there are.
    """
    ready: queue.Queue[_Piece | None] = queue.Queue(_PIECES_AHEAD)
    stopped = threading.Event()
    failure: list[BaseException] = []

    def put(piece: _Piece | None) -> None:
        while not stopped.is_set():
            try:
                return ready.put(piece, timeout=0.2)
            except queue.Full:
                continue
        return None

    def work() -> None:
        try:
            for piece in pieces:
                put(piece)
                if stopped.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - raised again where the blocks are used
            failure.append(error)
        finally:
            put(None)

    thread = threading.Thread(target=work, name="making samples", daemon=True)
    thread.start()
    try:
        while (piece := ready.get()) is not None:
            yield piece
    finally:
        stopped.set()
        thread.join()
    if failure:
        raise failure[0]

"""Working ahead: the next pieces are made in a thread while this one is used."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable
from typing import Any, TypeVar

_PIECES_AHEAD = 8
_Piece = TypeVar("_Piece")


def ahead(pieces: Iterable[_Piece]) -> Generator[_Piece, None, None]:
    """The same pieces, made up to eight ahead of their use. An error in making them is raised here.

    FFmpeg and LAME both run outside Python's lock, so decoding, filtering, encoding and measuring
    share the cores there are. Whoever stops early has `pieces` closed before going on.
    """
    maker = _Maker(pieces)
    maker.start()
    try:
        while (piece := maker.ready.get()) is not _END:
            yield piece
    finally:
        maker.stop()
    if maker.failure is not None:
        raise maker.failure


_END = object()


class _Maker(threading.Thread):
    """Fills a short queue, and puts `_END` behind the last piece."""

    def __init__(self, pieces: Iterable[Any]) -> None:
        super().__init__(name="making pieces", daemon=True)
        self.ready: queue.Queue[Any] = queue.Queue(_PIECES_AHEAD)
        self.failure: BaseException | None = None
        self._pieces = pieces
        self._stopped = threading.Event()

    def run(self) -> None:
        try:
            for piece in self._pieces:
                if not self._put(piece):
                    break
            if isinstance(self._pieces, Generator):
                self._pieces.close()  # what it holds open is let go before `stop` returns
        except BaseException as error:  # noqa: BLE001 - raised again where the pieces are used
            self.failure = error
        finally:
            self._put(_END)

    def stop(self) -> None:
        self._stopped.set()
        self.join()

    def _put(self, piece: Any) -> bool:
        """Wait for room in the queue; False when nobody wants more."""
        while not self._stopped.is_set():
            try:
                self.ready.put(piece, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

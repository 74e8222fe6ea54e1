from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from pipeline.tools.audio.ahead import ahead


def test_the_pieces_come_in_order() -> None:
    assert list(ahead(range(100))) == list(range(100))


def test_an_error_in_making_a_piece_is_raised_where_it_is_used() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise OSError("no room")

    pieces = ahead(broken())
    assert next(pieces) == 1
    with pytest.raises(OSError, match="no room"):
        next(pieces)
    assert "making pieces" not in _names()


def test_a_user_who_stops_early_stops_the_making_and_closes_it() -> None:
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    pieces = ahead(endless())
    next(pieces)
    pieces.close()
    assert closed.is_set()
    assert "making pieces" not in _names()


def _names() -> list[str]:
    return [thread.name for thread in threading.enumerate()]

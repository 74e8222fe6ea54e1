"""What the tests of reviewing share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from pipeline.words.review import operations as ops
from pipeline.words.review.line import Line
from pipeline.words.review.operations import Operation, TextEdit

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def do() -> Callable[..., Any]:
    """Makes operations with ids of their own: `do(ops.Split, on=..., by="Budi")`."""
    numbers = count(1)

    def make(kind: type, by: str = "Ani", **said: Any) -> Operation:
        return kind(id=f"op{next(numbers)}", author=by, at=NOW, **said)

    return make


@pytest.fixture
def write(do: Callable[..., Any]) -> Callable[..., ops.ChangeText]:
    """Makes the operation that gives a line a new text."""

    def make(line: Line, text: str, by: str = "Ani") -> ops.ChangeText:
        return do(ops.ChangeText, by, edits=(TextEdit(line.seen, text),))

    return make

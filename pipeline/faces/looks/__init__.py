"""What `etam doctor` looks at once something is published: the gate, the feed, the files."""

from __future__ import annotations

from pipeline.faces.looks.finding import Finding, bad, odd
from pipeline.faces.looks.publication import look_at_publication, newest_items
from pipeline.faces.looks.reading import look_at_address
from pipeline.faces.looks.storing import look_at_objects

__all__ = [
    "Finding",
    "bad",
    "look_at_address",
    "look_at_objects",
    "look_at_publication",
    "newest_items",
    "odd",
]

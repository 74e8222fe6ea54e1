"""A published item is kept and read back as it was."""

from __future__ import annotations

import json

import pytest

from pipeline.words.feed import FeedItem
from tests.tools.rss.test_feed import make_item


@pytest.mark.parametrize("item", [make_item(), make_item(chapters=None, season=None)])
def test_a_record_reads_back_as_the_item_it_was_written_from(item: FeedItem) -> None:
    assert FeedItem.from_json(json.loads(json.dumps(item.to_json()))) == item


def test_an_item_knows_all_its_files() -> None:
    assert {file.key.rpartition(".")[2] for file in make_item().files} == {
        "mp3", "vtt", "srt", "json", "html",
    }  # fmt: skip
    assert len(make_item().files) == 6

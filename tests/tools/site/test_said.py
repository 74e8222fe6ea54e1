"""What search in transcripts loads: a line for each episode, in the file of its year."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.tools.site import show_keys, show_pages, years_of
from pipeline.words.feed import FeedItem
from pipeline.words.search_terms import terms_of
from pipeline.words.term_filter import filter_of, may_have
from tests.tools.rss.test_feed import CHANNEL, make_item

SAID = filter_of(terms_of("Pemasangan pipa sudah selesai."))


def item(nth: int, at: datetime | None = None, **changes: object) -> FeedItem:
    made = make_item(nth, **{"said": SAID, **changes})
    return replace(made, published_at=at) if at else made


def said(items: list[FeedItem], year: int) -> list[dict[str, str]]:
    body = show_pages(CHANNEL, items, years_of(items))[f"said-{year}.json"].make()
    return list(json.loads(body)["episodes"])


def test_each_year_has_its_episodes_the_newest_first() -> None:
    newest, older, before = item(1), item(2), item(3)
    before = replace(before, published_at=newest.published_at - timedelta(days=700))
    items = [older, before, newest]
    year = newest.published_at.year
    assert [line["page"] for line in said(items, year)] == [newest.page.key, older.page.key]
    (line,) = said(items, before.published_at.year)
    assert line["transcript"].endswith(".json")
    assert may_have(line["said"], next(terms_of("dipasang")))
    assert {f"said-{year}.json", f"said-{before.published_at.year}.json"} <= set(
        show_keys(years_of(items))
    )


def test_a_new_episode_changes_no_other_year() -> None:
    old = replace(item(2), published_at=item(1).published_at - timedelta(days=900))
    before = show_pages(CHANNEL, [old], years_of([old]))
    after = show_pages(CHANNEL, [old, item(1)], years_of([old, item(1)]))
    key = f"said-{old.published_at.year}.json"
    assert before[key].make() == after[key].make()


def test_what_has_no_filter_or_no_transcript_yet_is_left_out() -> None:
    items = [item(1, said=""), item(2, transcripts=())]
    assert said(items, items[0].published_at.year) == []

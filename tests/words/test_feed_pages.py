"""A feed is cut where it was cut before, whatever comes and goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.feed import FeedItem
from pipeline.words.feed_pages import cut, page_ends
from tests.tools.rss.test_feed import NOON, make_item


def days(*numbers: int) -> list[FeedItem]:
    return [make_item(n, published_at=NOON + timedelta(days=n)) for n in numbers]


def numbers_in(items: list[FeedItem], ends: tuple[datetime, ...]) -> list[list[int | None]]:
    pages = cut(items, ends)
    return [[item.number for item in page] for page in (*pages.archives, pages.newest)]


def test_an_episode_that_is_withdrawn_moves_no_other() -> None:
    items = days(*range(1, 9))
    ends = page_ends(items, (), 2)
    assert numbers_in(items, ends) == [[1, 2], [3, 4], [5, 6], [7, 8]]
    left = [item for item in items if item.number != 3]
    assert page_ends(left, ends, 2) == ends
    assert numbers_in(left, ends) == [[1, 2], [4], [5, 6], [7, 8]]


def test_an_episode_with_an_old_date_joins_the_page_of_its_time() -> None:
    ends = page_ends(days(1, 2, 5, 6), (), 2)
    assert numbers_in(days(1, 2, 5, 6, 0), ends) == [[0, 1, 2], [5, 6]]


def test_zero_never_cuts() -> None:
    assert page_ends(days(*range(1, 9)), page_ends(days(*range(1, 9)), (), 2), 0) == ()


def test_a_larger_page_size_leaves_old_pages_alone() -> None:
    ends = page_ends(days(*range(1, 9)), (), 2)
    assert page_ends(days(*range(1, 20)), ends, 50) == ends


@given(st.lists(st.integers(0, 400), unique=True), st.integers(1, 9))
def test_every_item_is_on_one_page_and_the_newest_page_has_room(
    moments: list[int], per_page: int
) -> None:
    items = days(*moments)
    ends = page_ends(items, (), per_page)
    pages = cut(items, ends)
    assert sorted(
        i.published_at for page in (*pages.archives, pages.newest) for i in page
    ) == sorted(i.published_at for i in items)
    assert all(len(page) == per_page for page in pages.archives)
    assert len(pages.newest) < 2 * per_page
    assert not pages.archives or len(pages.newest) >= per_page

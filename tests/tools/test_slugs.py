from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tools.slugs import slug_of


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("2022-10-06 Ahmad Rianto Diskominfo Kukar", "2022-10-06-ahmad-rianto-diskominfo-kukar"),
        ("Jum'at Bersih", "jum-at-bersih"),
        ("Café à la carte", "cafe-a-la-carte"),
        ("\U0001f399", "episode"),
        ("inbox", "inbox-2"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_slug_says_the_same_in_plain_letters(text: str, slug: str) -> None:
    assert slug_of(text) == slug


def test_a_taken_slug_gets_a_number() -> None:
    assert slug_of("a", {"a", "a-2"}) == "a-3"
    long = "x" * 100
    assert slug_of(long, {slug_of(long)}) == "x" * 78 + "-2"


@given(st.text())
def test_any_text_gives_a_name_that_is_safe_for_a_folder(text: str) -> None:
    slug = slug_of(text)
    assert slug.isascii()
    assert 0 < len(slug) <= 80
    assert slug.replace("-", "").isalnum()
    assert slug == slug.lower()
    assert slug not in {"inbox", "public"}

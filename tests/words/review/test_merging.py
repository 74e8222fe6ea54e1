"""Three-way merge: laws that hold for any three texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.review.comparing import runs
from pipeline.words.review.merging import Side, merged, pieces

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d", "tidak"]), max_size=8)


@given(TEXTS, TEXTS)
def test_runs_go_through_both_texts_from_end_to_end(one: list[str], other: list[str]) -> None:
    found = runs(one, other)

    assert [word for run in found for word in one[run.first : run.last]] == one
    assert [word for run in found for word in other[run.left : run.right]] == other
    for run in found:
        assert not run.same or one[run.first : run.last] == other[run.left : run.right]


@given(TEXTS, TEXTS)
def test_who_changed_nothing_takes_the_others_text(base: list[str], text: list[str]) -> None:
    assert merged(base, text, base) == tuple(text)
    assert merged(base, base, text) == tuple(text)
    assert merged(base, text, text) == tuple(text)


@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_who_came_first(
    base: list[str], theirs: list[str], mine: list[str]
) -> None:
    assert merged(base, theirs, mine) == merged(base, mine, theirs)


@given(TEXTS, TEXTS, TEXTS)
def test_pieces_hold_every_word_of_all_three(
    base: list[str], theirs: list[str], mine: list[str]
) -> None:
    found = pieces(base, theirs, mine)

    for text, spans in (
        (base, [piece.base for piece in found]),
        (theirs, [piece.theirs for piece in found]),
        (mine, [piece.mine for piece in found]),
    ):
        assert [word for first, last in spans for word in text[first:last]] == text


@given(TEXTS, TEXTS, TEXTS)
def test_words_that_somebody_put_in_are_merged_or_clash(
    base: list[str], theirs: list[str], mine: list[str]
) -> None:
    marked = [f"{word}!" if word not in base else word for word in mine]
    result = merged(base, theirs, marked)

    if result is not None:
        assert {word for word in marked if word not in base} <= set(result)


def test_changes_that_touch_each_other_clash() -> None:
    base = ["dia", "tidak", "datang", "hari", "ini"]
    theirs = ["dia", "datang", "hari", "ini"]
    mine = ["dia", "tidak", "hadir", "hari", "ini"]

    assert merged(base, theirs, mine) is None
    assert Side.CLASH in [piece.side for piece in pieces(base, theirs, mine)]


def test_changes_that_are_apart_come_together() -> None:
    base = ["pak", "bupati", "datang", "ke", "desa", "loa", "lepu"]
    theirs = ["Pak", "Bupati", "datang", "ke", "desa", "loa", "lepu"]
    mine = ["pak", "bupati", "datang", "ke", "desa", "Loa", "Lepu"]

    assert merged(base, theirs, mine) == ("Pak", "Bupati", *mine[2:])

"""Two people's texts become one, with nothing lost of either."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.article_joining import joints, word_difference
from pipeline.words.review.history import Sign
from pipeline.words.review.merging import Side

_TEXT = st.lists(st.sampled_from(["satu", "dua", " ", "\n\n", "“tiga”", "tiga,"])).map("".join)


@given(_TEXT, _TEXT, _TEXT)
def test_the_joints_are_the_three_texts_from_end_to_end(base: str, theirs: str, mine: str) -> None:
    found = joints(base, theirs, mine)
    assert "".join(each.base for each in found) == base
    assert "".join(each.theirs for each in found) == theirs
    assert "".join(each.mine for each in found) == mine


@given(_TEXT, _TEXT)
def test_who_changed_nothing_gets_the_other_text(base: str, changed: str) -> None:
    for theirs, mine in ((changed, base), (base, changed)):
        found = joints(base, theirs, mine)
        assert "".join(each.text for each in found) == changed
        assert not [each for each in found if each.side is Side.CLASH]


@given(_TEXT, _TEXT)
def test_a_difference_reads_as_both_texts(before: str, after: str) -> None:
    parts = word_difference(before, after)
    assert "".join(p.text for p in parts if p.sign is not Sign.IN) == before
    assert "".join(p.text for p in parts if p.sign is not Sign.OUT) == after

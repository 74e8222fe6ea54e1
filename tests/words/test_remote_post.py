"""What may be sent to a post that others edit too."""

from __future__ import annotations

import pytest

from pipeline.words.remote_post import (
    Base,
    Field,
    Verdict,
    canonical,
    difference,
    digests,
    judge,
    marker,
    words_of,
)

T = Field.TITLE


@pytest.mark.parametrize(
    ("was_wanted", "was_there", "wanted", "there", "verdict"),
    [
        ("a", "a", "a", "a", Verdict.SAME),
        ("a", "a", "b", "a", Verdict.SEND),
        ("a", "a", "a", "c", Verdict.THEIRS),
        ("a", "a", "b", "c", Verdict.CONFLICT),
        ("a", "a", "b", "b", Verdict.SAME),
        (None, None, "b", "c", Verdict.CONFLICT),
        (None, None, "b", "b", Verdict.SAME),
    ],
)
def test_a_field_is_sent_only_when_only_this_side_changed_it(
    was_wanted: str | None, was_there: str | None, wanted: str, there: str, verdict: Verdict
) -> None:
    base = Base(
        digests({T: was_wanted}) if was_wanted else {},
        digests({T: was_there}) if was_there else {},
    )
    assert judge({T: wanted}, {T: wanted}, {T: there}, base) == {T: verdict}


def test_differences_are_shown_word_by_word_with_what_stands_next_to_them() -> None:
    ours = "satu dua tiga empat lima enam tujuh delapan lama akhir kata penutup berita ini di sini"
    theirs = ours.replace("lama", "baru sekali")
    assert difference(ours, theirs) == (
        "… tiga empat lima enam tujuh delapan [-lama-] {+baru sekali+} "
        "akhir kata penutup berita ini di …"
    )
    assert difference("sama", "sama") == ""
    assert difference("", "baru") == "{+baru+}"


def test_readers_see_no_comments_and_tags() -> None:
    content = (
        "<!-- wp:paragraph -->\n<p>Satu &amp; <em>dua</em></p>\n<!-- /wp:paragraph --><p>tiga</p>"
    )
    assert words_of(content) == "Satu & dua\ntiga"


def test_what_filters_escape_compares_equal() -> None:
    assert canonical("A &amp; B\r\n") == canonical("A & B")


def test_a_mark_is_a_class_name_whatever_the_guid_is() -> None:
    marks = {marker(guid) for guid in ("a", "https://lama.example/?p=1&x=\"'>", "é", "")}
    assert len(marks) == 4
    assert all(mark.replace("-", "").isalnum() and mark.isascii() for mark in marks)

"""What changed since somebody signed, with a few words around each change."""

from __future__ import annotations

from pipeline.words.review.history import Sign
from pipeline.words.signed_content import changes_between, details_in_words

LONG = " ".join(f"kata{n}" for n in range(200))


def test_only_what_changed_is_shown_with_a_few_words_around_it() -> None:
    [change] = changes_between({"article.md": LONG}, {"article.md": LONG.replace("kata99", "lain")})
    [piece] = change.pieces
    assert [part.text for part in piece if part.sign is Sign.OUT] == ["kata99"]
    assert [part.text for part in piece if part.sign is Sign.IN] == ["lain"]
    shown = "".join(part.text for part in piece)
    assert len(shown.split()) < 40
    assert (shown[0], shown[-1]) == ("…", "…")


def test_two_changes_far_apart_are_two_pieces() -> None:
    after = LONG.replace("kata20 ", "satu ").replace("kata180 ", "dua ")
    [change] = changes_between({"a": LONG}, {"a": after})
    assert len(change.pieces) == 2


def test_a_part_that_is_new_or_gone_is_shown_whole() -> None:
    [new] = changes_between({}, {"article.md": "Baru."})
    assert [(part.sign, part.text) for part in new.pieces[0]] == [(Sign.IN, "Baru.")]
    assert changes_between({"a": "x"}, {"a": "x"}) == ()


def test_details_are_lines_and_what_is_unsaid_is_none() -> None:
    said = {"title": "Air", "place": "", "guests": [{"name": "Ani", "role": "Ketua", "link": ""}]}
    assert details_in_words(said) == "title: Air\nguests: Ani · Ketua"

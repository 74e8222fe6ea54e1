"""What somebody looks for: words, beginnings, phrases; any text at all means something."""

from __future__ import annotations

import pytest

from pipeline.words.looked_for import Term, pieces_of, terms_of, tokens_of


def stem(word: str) -> str:
    return {"layanan": "layan", "dilayani": "layan", "undangan": "undang"}.get(word, word)


def marked(text: str, query: str, most_characters: int = 200) -> str:
    pieces = pieces_of(text, terms_of(query, stem), stem, most_characters)
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("layanan air", [Term(("layanan",), "layan"), Term(("air",), "air")]),
        ("“air bersih”", [Term(("air", "bersih"))]),
        ('"air bersih', [Term(("air", "bersih"))]),
        ("anak-anak", [Term(("anak",), "anak")]),
        ("Loa-Ipuh", [Term(("loa", "ipuh"))]),
        ("Désa DÉSA", [Term(("desa",), "desa")]),
        ("", []),
        ("\"'*()^:-", []),
        ("NEAR(a OR b)", [Term((w,), w) for w in ("near", "a", "or", "b")]),
    ],
)
def test_a_query_is_words_and_phrases(query: str, terms: list[Term]) -> None:
    assert list(terms_of(query, stem)) == terms


def test_a_long_query_is_cut() -> None:
    assert len(terms_of(" ".join(f"kata{n}" for n in range(500)), stem)) == 12


def test_hits_are_marked_by_beginning_and_by_root_but_names_by_their_letters() -> None:
    assert marked("Warga dilayani di loket layanan.", "layanan") == (
        "Warga [dilayani] di loket [layanan]."
    )
    assert marked("Air berairlah.", "air") == "[Air] berairlah."
    assert (
        marked("Kata Pak Undangan, undang saja.", "undang") == "Kata Pak [Undangan], [undang] saja."
    )
    assert marked("Ibu Dilayani bicara.", "layanan") == "Ibu Dilayani bicara."  # a name


def test_a_phrase_is_marked_as_a_whole_only() -> None:
    said = marked("air yang bersih dan air bersih", '"air bersih"')
    assert said == "air yang bersih dan [air] [bersih]"


def test_a_long_text_is_shown_around_its_first_hit() -> None:
    text = "pembuka " * 100 + "jembatan Mahakam " + "penutup " * 100
    said = marked(text, "jembatan", 80)
    assert "[jembatan] Mahakam" in said
    assert said.startswith("… ")
    assert said.endswith(" …")
    assert len(said) < 90


def test_names_are_words_with_capitals_inside_a_sentence_and_acronyms() -> None:
    names = {t.plain: t.is_name for t in tokens_of("Kata Dewi dari PDAM. Mereka datang.")}
    assert names == {
        "kata": False,
        "dewi": True,
        "dari": False,
        "pdam": True,
        "mereka": False,
        "datang": False,
    }

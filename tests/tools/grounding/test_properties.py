"""What must hold for every sentence of a talk, wherever it is changed."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipeline.tools.grounding.checking import Checker
from pipeline.words.episode import EpisodeDetails
from pipeline.words.grounding.checked import CheckedQuote, Verdict
from pipeline.words.grounding.languages import lists_for
from pipeline.words.sentences import sentences_of
from tests.articles import DETAILS, GLOSSARY, MASTHEAD
from tests.talks import talk
from tests.tools.grounding.labelled import GLOSSARY as SHIPPED

TALKS = ("interview", "monologue", "panel")
LISTS = lists_for("id")
DENIALS = sorted(LISTS.negations | {"nggak", "enggak", "gak"})
OTHER = {
    "dua": "tiga", "tiga": "enam", "empat": "lima", "lima": "dua", "tujuh": "empat", "ribu": "juta",
    "delapan": "sembilan", "sembilan": "delapan", "puluh": "ratus", "ratus": "puluh", "koma": "",
    "belas": "puluh", "miliar": "juta", "sepuluh": "sebelas", "seribu": "sejuta",
}  # fmt: skip

_some = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
sentences = st.sampled_from(
    [
        (name, tuple(word.text for word in sentence.words))
        for name in TALKS
        for sentence in sentences_of(talk(name))
        if len(sentence.words) >= 5 and "?" not in sentence.text
    ]
)


@given(sentences)
@_some
def test_what_was_said_is_exact(sentence: tuple[str, tuple[str, ...]]) -> None:
    name, words = sentence
    assert _checked(name, words).verdict is Verdict.EXACT


@given(sentences, st.data())
@_some
def test_a_negation_put_in_anywhere_is_open(
    sentence: tuple[str, tuple[str, ...]], data: st.DataObject
) -> None:
    name, words = sentence
    at = data.draw(st.integers(0, len(words)))
    beside = {_bare(word) for word in words[max(0, at - 1) : at + 1]}
    assume(beside.isdisjoint(DENIALS))  # “tidak tidak” is a stutter
    assert _checked(name, (*words[:at], "tidak", *words[at:])).is_open


@given(sentences)
@_some
def test_a_negation_taken_out_is_open(sentence: tuple[str, tuple[str, ...]]) -> None:
    name, words = sentence
    places = [at for at, word in enumerate(words) if _bare(word) in DENIALS]
    for at in places:
        assert _checked(name, (*words[:at], *words[at + 1 :])).is_open


@given(sentences)
@_some
def test_another_number_is_open(sentence: tuple[str, tuple[str, ...]]) -> None:
    name, words = sentence
    for at, word in enumerate(words):
        if (bare := _bare(word)) in OTHER:
            changed = OTHER[bare] + word[len(bare) :]
            assert _checked(name, (*words[:at], changed, *words[at + 1 :])).is_open


@given(sentences)
@_some
def test_another_name_is_open(sentence: tuple[str, tuple[str, ...]]) -> None:
    name, words = sentence
    for at, word in enumerate(words[1:], start=1):
        if word[:1].isupper():
            assert _checked(name, (*words[:at], "Purwanto", *words[at + 1 :])).is_open


@given(
    st.text(
        st.sampled_from("“”\"'>#*_[]()|-–…. \n\x00\u200b&;/:1930aÄK٣½İßtidak Rp%"), max_size=120
    )
)
@settings(max_examples=200, deadline=None)
def test_any_text_is_checked_and_every_place_lies_in_it(text: str) -> None:
    done = _checker("interview").check(text)
    for each in (*done.quotes, *done.findings, *done.sentences):
        assert 0 <= each.start < each.end <= len(text)


def test_the_same_article_gets_the_same_answer() -> None:
    article = "“KIM itu lahir dari masyarakat,” ujar Rianto. Ada 99 rumah di Kediri.\n"
    checker = Checker(talk("interview"), DETAILS, GLOSSARY, MASTHEAD)
    assert checker.check(article) == checker.check(article)


def _checked(name: str, words: tuple[str, ...]) -> CheckedQuote:
    text = " ".join(filter(None, words)).strip(" .,")
    (quote,) = _checker(name).check(f"“{text}”.\n").quotes
    return quote


@cache
def _checker(name: str) -> Checker:
    return Checker(talk(name, speakers=True), EpisodeDetails("x", DETAILS.date), SHIPPED, MASTHEAD)


def _bare(word: str) -> str:
    return word.strip(".,?!").casefold()


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "“" * 9_000, "1" * 9_000, "1.1" * 9_000, "(" * 9_000]
)
def test_nobody_makes_it_wait_or_fall_over(text: str) -> None:
    started = time.process_time()
    _checker("interview").check(text)
    assert time.process_time() - started < 5

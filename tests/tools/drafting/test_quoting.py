"""Passages worth quoting: whole, on topic, clear alone, and spread over the talk."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings

from pipeline.tools.drafting.quoting import Passage, choose_passages, talk_to_quote
from pipeline.words.sentences import sentences_of
from pipeline.words.transcript import Transcript
from tests.talks import DEMO_SCRIPT, talk_of
from tests.transcripts import said, transcripts

WATER = "Air bersih mengalir ke tiga desa setiap pagi lewat pipa baru dari pegunungan."
ROADS = "Jalan desa diperbaiki warga bersama tukang dengan batu dan pasir dari sungai."
HOPE = "Semoga semua anak di hulu sungai bisa bersekolah dengan tenang tahun depan."


def test_the_closing_hopes_and_comes_last() -> None:
    passages = choose_passages(talk_to_quote(sentences_of(said(WATER, ROADS, HOPE)), [], "id"))
    assert passages.closing is not None
    assert passages.closing.text == HOPE
    assert all(p.end <= passages.closing.start for p in passages.main)


def test_a_passage_does_not_start_with_a_word_that_points_back() -> None:
    talk = said("Mereka menunggu pipa baru dari pegunungan yang jauh sekali itu.", WATER, ROADS)
    assert all(p.text.split()[0] != "Mereka" for p in every(talk))


def test_a_passage_is_not_cut_short_or_torn_apart() -> None:
    broken_off = "Air bersih mengalir ke tiga desa setiap pagi lewat pipa baru dari"
    talk = said(broken_off, ROADS, HOPE, pause=1.5)
    starts = {p.text.split(maxsplit=1)[0] for p in every(talk)}
    assert starts <= {"Jalan", "Semoga"}


def test_the_sample_interview_is_quoted_by_its_answers_only() -> None:
    script = DEMO_SCRIPT.read_text(encoding="utf-8")
    talk = talk_of(script, speakers=True)
    passages = every(talk, topics=["informasi publik"], host="Rahma Yuliani")
    assert len(passages) >= 4
    assert {p.speaker for p in passages} == {"Budi Santoso"}


def test_one_sentence_is_enough_and_nothing_is_fine() -> None:
    assert [p.text for p in every(said(WATER))] == [WATER]
    assert every(said("Ya.")) == []


@given(transcripts())
@settings(max_examples=60, deadline=None)
def test_passages_of_any_talk_do_not_overlap(transcript: Transcript) -> None:
    for one, other in combinations(every(transcript), 2):
        assert not set(one.sentences) & set(other.sentences)


def every(transcript: Transcript, topics: list[str] | None = None, host: str = "") -> list[Passage]:
    chosen = choose_passages(
        talk_to_quote(sentences_of(transcript), topics or [], "id", frozenset({host} - {""}))
    )
    return [*chosen.main, *([chosen.closing] if chosen.closing else []), *chosen.more]

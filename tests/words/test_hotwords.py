"""The model is told the names it would misspell, the episode's own first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pipeline
from pipeline.ground.glossary import read_glossary
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.glossary import Glossary, KnownPerson, KnownPlace, Term, Title
from pipeline.words.hotwords import MOST_HOTWORDS, as_hint, hotwords_of

SHIPPED = read_glossary(Path(pipeline.__file__).parent / "init" / "glossary.toml")


def details(*guests: str, place: str = "", tags: tuple[str, ...] = ()) -> EpisodeDetails:
    named = tuple(Guest(guest) for guest in guests)
    return EpisodeDetails("Judul", date(2026, 11, 5), named, place=place, tags=tags)


def test_the_episodes_own_names_come_first_then_people_then_places_and_acronyms() -> None:
    glossary = Glossary(
        people=(KnownPerson("Aji Batara"),),
        places=(KnownPlace("Sebulu"),),
        terms=(Term("Diskominfo"), Term("Musrenbang")),
    )
    own = details("Slamet Widodo", place="Loa Kulu", tags=("Erau",))
    assert hotwords_of(own, "Rahma Yuliani", glossary) == (
        *("Slamet Widodo", "Rahma Yuliani", "Loa Kulu", "Erau"),
        *("Aji Batara", "Sebulu", "Diskominfo", "Musrenbang"),
    )


def test_degrees_are_left_out() -> None:
    assert hotwords_of(details("Ir. H. Ahmad Rianto, M.Si."), "", Glossary()) == ("Ahmad Rianto",)


def test_ordinary_words_and_names_that_say_nothing_new_are_left_out() -> None:
    glossary = Glossary(
        places=(KnownPlace("Samboja"), KnownPlace("Samboja Barat"), KnownPlace("Jakarta")),
        terms=(Term("informasi publik"), Term("samboja")),
        titles=(Title("Bupati"),),
    )
    assert hotwords_of(details(tags=("layanan publik",)), "", glossary) == ("Samboja",)


def test_the_shipped_glossary_fills_the_list_and_no_more() -> None:
    words = hotwords_of(details(), "", SHIPPED)
    assert len(words) == MOST_HOTWORDS
    assert {"Kutai Kartanegara", "Tenggarong", "Loa Kulu", "Diskominfo", "Disdukcapil"} <= set(
        words
    )


def test_the_hint_holds_what_the_model_can_be_given_in_order() -> None:
    def fits(text: str) -> bool:
        return len(text) <= 25

    assert as_hint(" Etam ", ["Sebulu", "Loa Kulu", "Tenggarong", "Erau"], fits) == (
        "Etam, Sebulu, Loa Kulu"
    )
    assert as_hint("", ["Sebulu"], fits) == "Sebulu"
    assert as_hint("Etam", [], fits) == "Etam"
    assert as_hint("", [], fits) == ""

"""Misspelt names are found, and what is right or ordinary is left alone: measured on 200 cases.

`tuning.txt` is what the thresholds were chosen with. `kept_apart.txt` was written before that and
says what to expect elsewhere; its figures stand in docs/transcription.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

import pipeline
from pipeline.ground.glossary import read_glossary
from pipeline.tools.suggesting.finding import suggest
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.glossary import (
    Glossary,
    KnownPerson,
    KnownPlace,
    Term,
    spellings,
    with_episode,
)
from pipeline.words.transcript import Suggestion
from tests.talks import DEMO_SCRIPT, GOLDEN, talk_of
from tests.transcripts import said

CASES = Path(__file__).parent / "cases"
SHIPPED = read_glossary(Path(pipeline.__file__).parent / "init" / "glossary.toml")
PEOPLE = (
    *("Ahmad Rianto", "Siti Khadijah", "Zulkarnain Effendi", "Yusuf Syafruddin"),
    *("Muhammad Fakhri", "Sri Wahyuningsih", "Maria Goreti", "Budi Santoso"),
)
NEWSROOM = replace(SHIPPED, people=tuple(KnownPerson(name) for name in PEOPLE))


@dataclass(frozen=True, slots=True)
class Measured:
    """How often a suggestion was right, and how often one that was due was made."""

    precision: float
    recall: float
    cases: int


def suggestions(*texts: str, glossary: Glossary = NEWSROOM) -> tuple[Suggestion, ...]:
    return suggest(said(*texts), spellings(glossary))


def measure(name: str) -> Measured:
    right = made = due = cases = 0
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        sentence, _, wanted = line.partition("|")
        heard, _, meant = (part.strip() for part in wanted.partition(">"))
        found = suggestions(sentence.strip())
        hits = [each for each in found if meant and (each.heard, each.suggested) == (heard, meant)]
        right, made = right + len(hits), made + len(found)
        due, cases = due + bool(meant), cases + 1
    return Measured(right / made, right / due, cases)


def test_nearly_all_misspelt_names_are_found_and_next_to_nothing_else() -> None:
    apart = measure("kept_apart.txt")
    assert apart.cases == 100
    assert apart.precision >= 0.94
    assert apart.recall >= 0.91
    tuned = measure("tuning.txt")
    assert tuned.cases == 100
    assert tuned.precision >= 0.98
    assert tuned.recall >= 0.98


@pytest.mark.parametrize(
    "path", [DEMO_SCRIPT, *sorted(GOLDEN.glob("*.txt"))], ids=lambda path: path.stem
)
def test_nothing_is_suggested_in_a_talk_that_is_spelled_right(path: Path) -> None:
    transcript = talk_of(path.read_text(encoding="utf-8"))
    guests = (Guest("Budi Santoso"), Guest("Ahmad Rianto"))
    details = EpisodeDetails("Judul", date(2026, 11, 5), guests, host="Rahma Yuliani")
    known = with_episode(SHIPPED, details, details.host)
    found = suggest(transcript, spellings(known))
    assert [(each.heard, each.suggested) for each in found] == []


def test_a_suggestion_says_where_it_belongs_and_changes_nothing() -> None:
    transcript = said("Selamat pagi.", "Kami dari kutai karta negara, terima kasih.")
    before = transcript.to_json()
    (found,) = suggest(transcript, spellings(NEWSROOM))
    assert (found.segment, found.first_word, found.last_word) == (2, 2, 4)
    assert (found.heard, found.suggested) == ("kutai karta negara", "Kutai Kartanegara")
    assert 0.9 < found.score <= 1
    assert transcript.to_json() == before


def test_guests_of_the_episode_are_known_without_a_glossary() -> None:
    details = EpisodeDetails(
        "Judul", date(2026, 11, 5), (Guest("Dr. H. Slamet Widyatmoko, M.Si."),)
    )
    known = with_episode(Glossary(), details, "Rahma Yuliani")
    transcript = said("Bersama Selamet Widiatmoko.", "Terima kasih, Bu Rachma.")
    found = suggest(transcript, spellings(known))
    assert [each.suggested for each in found] == ["Slamet Widyatmoko", "Rahma"]


def test_another_right_name_is_right_and_a_misspelt_variant_is_not() -> None:
    glossary = Glossary(
        places=(KnownPlace("Kutai Kartanegara", ("Kukar", "Kutai Kertanegara")),),
    )
    assert suggestions("Warga Kukar datang.", glossary=glossary) == ()
    (found,) = suggestions("Warga Kutai Kertanegara datang.", glossary=glossary)
    assert found.suggested == "Kutai Kartanegara"


def test_a_known_mishearing_is_suggested_however_far_it_is() -> None:
    glossary = Glossary(terms=(Term("Erau", heard_as=("era u", "herau ya")),))
    found = suggestions("Pesta era u, dan herau ya, ramai.", glossary=glossary)
    assert [each.suggested for each in found] == ["Erau", "Erau"]


@pytest.mark.parametrize(
    "text",
    [
        *("Kukarnya jauh.", "Mahakamlah namanya.", "Se-Tenggarong tahu.", "KUKAR DAN TENGGARONG"),
        *("tenggarong", "(Tenggarong)", "di Samboja, Barat kota itu", "Kota Samarinda padat."),
    ],
)
def test_a_right_name_is_left_alone(text: str) -> None:
    assert suggestions(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("They have been here.", "Wong kaya-kaya padha teka.", "Kapel itu tua.", "Kaka datang."),
        *("RPJMN dibahas di pusat.", "UMKN bukan apa-apa.", "APBA Aceh dibahas."),
    ],
)
def test_acronyms_are_not_guessed_from_what_sounds_or_looks_like_them(text: str) -> None:
    assert suggestions(text) == ()


def test_names_do_not_reach_across_the_end_of_a_clause() -> None:
    assert suggestions("Kami ke teng. Garong itu ditangkap.") == ()


def test_a_transcript_without_word_times_is_read_too() -> None:
    transcript = said("Kami dari tengarong.")
    bare = tuple(replace(segment, words=()) for segment in transcript.segments)
    (found,) = suggest(replace(transcript, segments=bare), spellings(NEWSROOM))
    assert (found.first_word, found.suggested) == (2, "Tenggarong")


def test_no_names_no_words_no_suggestions() -> None:
    assert suggest(said("Kami dari tengarong."), ()) == ()
    assert suggest(replace(said("x"), segments=()), spellings(NEWSROOM)) == ()

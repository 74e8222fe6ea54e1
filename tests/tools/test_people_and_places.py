"""Names are found where they are sure, and left unknown where they are not."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from pipeline.tools.naming import key_of, last_name
from pipeline.tools.people import other_names_in, people_in
from pipeline.tools.places import places_in
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.glossary import Glossary, KnownPerson, KnownPlace, Term
from pipeline.words.sentences import sentences_of
from pipeline.words.subjects import (
    Origin,
    Person,
    Place,
    Subjects,
    subjects_from_json,
    subjects_to_json,
)
from pipeline.words.transcript import Transcript
from tests.transcripts import said, transcripts

DETAILS = EpisodeDetails("Judul", date(2022, 10, 6))
KUKAR = Glossary(
    people=(KnownPerson("Edi Wijaya", "camat", ("Edy Wijaya",)),),
    places=(
        KnownPlace("Samboja"),
        KnownPlace("Samboja Barat"),
        KnownPlace("Kutai Kartanegara", ("Kukar",)),
    ),
    terms=(Term("Diskominfo", "Dinas Komunikasi dan Informatika"),),
)


def test_people_who_introduce_themselves_are_known_with_their_role() -> None:
    (person,) = people("Saya Ahmad Rianto, Kepala Bidang Komunikasi Publik Diskominfo Kukar.")
    assert person.name == "Ahmad Rianto"
    assert person.role == "Kepala Bidang Komunikasi Publik Diskominfo Kukar"
    assert person.origin is Origin.SELF_INTRODUCTION
    assert person.segments == (1,)


def test_my_name_is_needs_one_word_only_and_i_needs_two() -> None:
    assert [p.name for p in people("Nama saya Slamet.")] == ["Slamet"]
    assert people("Saya Alhamdulillah sehat.") == ()


def test_a_title_makes_a_person_and_the_longer_name_wins() -> None:
    (person,) = people(
        "Selamat pagi, Pak Budi.", "Saya Budi Santoso, kepala desa.", "Silakan, Pak Budi."
    )
    assert (person.name, person.role) == ("Budi Santoso", "kepala desa")
    assert person.segments == (1, 2, 3)


def test_a_guest_of_the_details_is_found_by_part_of_the_name_and_without_degrees() -> None:
    details = EpisodeDetails(
        "J", date(2022, 10, 6), guests=(Guest("Ir. H. Ahmad Rianto, M.Si.", "Kabid PKP"),)
    )
    (person,) = people("Bersama Bapak Rianto.", "Lalu Ahmad Rianto menjawab.", details=details)
    assert person == Person("Ir. H. Ahmad Rianto, M.Si.", "Kabid PKP", Origin.DETAILS, (1, 2))


def test_a_misheard_guest_is_still_the_guest_and_gives_the_role() -> None:
    details = EpisodeDetails("J", date(2022, 10, 6), guests=(Guest("Ahmad Rianto"),))
    (person,) = people(
        "Saya Ahmad Arianto, kepala bidang PKP.", "Baik, Pak Ahmad.", details=details
    )
    assert person == Person("Ahmad Rianto", "kepala bidang PKP", Origin.DETAILS, (1, 2))


def test_another_person_with_the_same_first_name_is_not_the_guest() -> None:
    details = EpisodeDetails("J", date(2022, 10, 6), guests=(Guest("Ahmad Rianto"),))
    found = people("Saya Ahmad Fauzi, penyiar.", details=details)
    assert [person.name for person in found] == ["Ahmad Rianto", "Ahmad Fauzi"]


def test_a_guest_who_is_never_named_is_still_there() -> None:
    details = EpisodeDetails("J", date(2022, 10, 6), guests=(Guest("Ahmad Rianto"),))
    assert people("Halo.", details=details) == (Person("Ahmad Rianto", "", Origin.DETAILS),)


def test_two_people_with_one_first_name_are_told_apart() -> None:
    found = people("Saya Budi Santoso.", "Saya Budi Hartono.", "Lalu Budi pulang.")
    assert [(p.name, p.segments) for p in found] == [("Budi Santoso", (1,)), ("Budi Hartono", (2,))]


def test_the_glossary_knows_other_spellings() -> None:
    (person,) = people("Lalu Edy Wijaya datang.", glossary=KUKAR)
    assert person == Person("Edi Wijaya", "camat", Origin.GLOSSARY, (1,))


def test_the_glossary_completes_a_guest_of_the_details() -> None:
    details = EpisodeDetails("J", date(2022, 10, 6), guests=(Guest("Edi Wijaya"),))
    (person,) = people("Lalu Edy Wijaya datang.", details=details, glossary=KUKAR)
    assert person == Person("Edi Wijaya", "camat", Origin.DETAILS, (1,))


def test_known_places_are_found_in_any_case_and_the_longest_name_wins() -> None:
    found = places("warga samboja barat menuju samboja.", "Ini di Kukar.")
    assert found == (
        Place("Samboja Barat", Origin.GLOSSARY, (1,)),
        Place("Samboja", Origin.GLOSSARY, (1,)),
        Place("Kutai Kartanegara", Origin.GLOSSARY, (2,)),
    )


def test_an_unknown_place_is_known_by_the_word_before_it() -> None:
    found = places("Kami pergi ke Long Iram lalu pulang.", "Warga kecamatan Tering menunggu.")
    assert [(p.name, p.origin) for p in found] == [
        ("Long Iram", Origin.PREPOSITION),
        ("Kecamatan Tering", Origin.TITLE),
    ]


def test_not_every_capital_after_a_preposition_is_a_place() -> None:
    assert (
        places(
            "Pesan dari Pak Budi.",
            "Lihat di Instagram, di Facebook.",
            "Acara dari Senin sampai Jumat.",
            "Dari Oktober sampai Desember.",
            "Kami di Diskominfo bekerja.",
            "Surat dari Dinas Pendidikan.",
        )
        == ()
    )


def test_a_person_is_no_place() -> None:
    assert places("Saya Budi Santoso.", "Kabar itu dari Budi Santoso sendiri.") == ()


def test_other_names_stay_names_and_are_said_twice() -> None:
    sentences = sentences_of(
        said("Proyek itu bernama Cahaya Hulu.", "Kita dukung Cahaya Hulu.", "Juga Satu Kali.")
    )
    (name,) = other_names_in(sentences, [], "id")
    assert (name.name, name.segments) == ("Cahaya Hulu", (1, 2))
    assert other_names_in(sentences, ["Cahaya Hulu"], "id") == ()


def test_names_are_compared_without_degrees() -> None:
    assert key_of("Ir. H. Ahmad Rianto, M.Si.") == ("ahmad", "rianto")
    assert last_name("Ir. H. Ahmad Rianto, M.Si.") == "Rianto"
    assert last_name("H.") == "H."
    assert last_name(" ") == "?"
    assert all(key_of(" . ,"))


@given(transcripts())
@settings(max_examples=60, deadline=None)
def test_any_transcript_has_names_with_evidence_in_it(transcript: Transcript) -> None:
    sentences = sentences_of(transcript)
    found = people_in(sentences, DETAILS, KUKAR, "", "id")
    spots = places_in(sentences, KUKAR, found, "id")
    names = other_names_in(sentences, [], "id")
    ids = {segment.id for segment in transcript.segments}
    for one in (*found, *spots, *names):
        assert one.segments
        assert set(one.segments) <= ids
    subjects = Subjects(("a",), found, spots, names)
    assert subjects_from_json(subjects_to_json(subjects)) == subjects


def people(
    *texts: str, details: EpisodeDetails = DETAILS, glossary: Glossary | None = None
) -> tuple[Person, ...]:
    return people_in(sentences_of(said(*texts)), details, glossary or Glossary(), "", "id")


def places(*texts: str) -> tuple[Place, ...]:
    sentences = sentences_of(said(*texts))
    return places_in(sentences, KUKAR, people_in(sentences, DETAILS, KUKAR, "", "id"), "id")

"""Show notes, headlines and soundbites: all of it said in the talk or in the episode's details."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from pipeline.tools.drafting.markdown import draft_as_markdown
from pipeline.words.article import draft_to_json
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.sentences import sentences_of
from pipeline.words.transcript import Transcript
from tests.drafts import DETAILS, draft_of, golden_draft, golden_talk
from tests.talks import talk_of
from tests.transcripts import said, transcripts


@pytest.mark.parametrize("name", ["interview", "monologue", "panel"])
def test_there_are_three_headlines_and_the_first_is_the_articles(name: str) -> None:
    draft = golden_draft(name)
    assert len(set(draft.headlines)) == 3
    assert draft.headlines[0] == draft.headline
    assert all(len(headline.split()) <= 16 for headline in draft.headlines)


@pytest.mark.parametrize("name", ["interview", "monologue", "panel"])
def test_soundbites_are_15_to_120_seconds_on_sentence_borders(name: str) -> None:
    draft, sentences = golden_draft(name), sentences_of(golden_talk(name))
    starts = {round(s.start, 3) for s in sentences}
    ends = {round(s.end, 2) for s in sentences}
    assert len(draft.soundbites) >= 2
    before = 0.0
    for bite in draft.soundbites:
        end = round(bite.start_seconds + bite.duration_seconds, 2)
        assert bite.start_seconds in starts
        assert end in ends
        assert 15 <= bite.duration_seconds <= 120
        assert bite.start_seconds >= before
        assert bite.title.rstrip("….") in bite.text
        before = end


@given(transcripts())
@settings(max_examples=40, deadline=None)
def test_any_talk_has_soundbites_within_bounds_or_none(transcript: Transcript) -> None:
    draft = draft_of(transcript, EpisodeDetails("Apa saja", date(2022, 10, 6)))
    assert all(15 <= bite.duration_seconds <= 120 for bite in draft.soundbites)
    json.dumps(draft_to_json(draft))


def test_a_soundbite_has_one_voice_and_no_question() -> None:
    for bite in golden_draft("panel").soundbites:
        assert bite.speaker in ("Dewi Lestari", "Agus Salim", "Maria Goreti")
        assert "?" not in bite.text


def test_a_short_talk_has_no_soundbite() -> None:
    details = EpisodeDetails("Singkat", date(2022, 10, 6))
    assert draft_of(said("Air bersih mengalir ke tiga desa setiap pagi."), details).soundbites == ()


def test_the_notes_name_chapters_guests_and_hashtags() -> None:
    notes = golden_draft("interview").notes
    assert notes.summary == golden_draft("interview").excerpt
    assert notes.chapters[0].start == 0
    assert len(notes.chapters) == 4
    assert notes.guests == (
        "Nur Hidayah, S.Sos., Kepala Bidang Pengelolaan Informasi Diskominfo Kukar",
    )
    assert "#EtamBerkesah" in notes.hashtags
    assert "#BeritaBohong" in notes.hashtags
    assert not any(" " in tag for tag in notes.hashtags)


def test_links_are_the_page_the_guests_and_the_sites_that_are_said() -> None:
    details = replace(
        DETAILS["interview"], guests=(Guest("Nur Hidayah", link="https://nur.example/"),)
    )
    transcript = talk_of("Nur: Daftar di ppid.kukarkab.go.id setiap hari. Surat ke a@b.go.id saja.")
    addresses = [link.address for link in draft_of(transcript, details).notes.links]
    assert addresses == [
        "https://contoh.example/episodes/kim/index.html",
        "https://nur.example/",
        "https://ppid.kukarkab.go.id/",
    ]


def test_the_editor_finds_all_of_it_below_the_line() -> None:
    draft = golden_draft("panel")
    below = draft_as_markdown(draft).partition("\n---\n")[2]
    for heading in ("### Judul lain", "### Catatan acara", "### Cuplikan yang dapat dibagikan"):
        assert heading in below
    content = draft_to_json(draft)
    assert len(content["headlines"]) == 3
    assert content["notes"]["chapters"][1]["title"]
    assert content["soundbites"][0]["evidence"]["segments"]

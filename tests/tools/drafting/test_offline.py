"""The offline drafter says only what the recording, the details and the glossary say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from pipeline.tools.drafting.markdown import draft_as_markdown
from pipeline.tools.grounding.checking import Checker
from pipeline.words.article import (
    BlockKind,
    Draft,
    Evidence,
    FactKind,
    KnownBy,
    Quote,
    draft_to_json,
)
from pipeline.words.comparable import comparable_words
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.grounding.checked import Verdict
from pipeline.words.grounding.sources import Masthead
from pipeline.words.sentences import words_as_text
from pipeline.words.tidying.particles import particles
from pipeline.words.transcript import Flag, Segment, SpeakerSource, Transcript
from tests.drafts import DETAILS, GLOSSARY, PUBLICATION, draft_of, golden_draft, golden_talk
from tests.talks import DEMO_SCRIPT, GOLDEN, talk, talk_of
from tests.transcripts import transcripts

HOSTILE = '<script>alert(1)</script> --> # *"_[x](y)`\x00\n\n- \ud800 & 📻'


@pytest.mark.parametrize("name", sorted(DETAILS))
def test_the_draft_of_a_talk_is_the_golden_one(name: str) -> None:
    golden = (GOLDEN / f"{name}.draft.md").read_text(encoding="utf-8")
    assert draft_as_markdown(golden_draft(name)) == golden


@pytest.mark.parametrize("name", sorted(DETAILS))
def test_each_quote_was_said_word_for_word(name: str) -> None:
    assert_quotes_were_said(golden_draft(name), golden_talk(name))


@pytest.mark.parametrize("name", sorted(DETAILS))
def test_the_grounding_check_lets_every_golden_quote_pass(name: str) -> None:
    host = DETAILS[name].host or PUBLICATION.host
    at = PUBLICATION
    masthead = Masthead(at.show, "", "", host, at.outlet, at.place, at.byline, at.label)
    checker = Checker(golden_talk(name), DETAILS[name], GLOSSARY, masthead)
    checked = checker.check(draft_as_markdown(golden_draft(name)))
    assert checked.quotes
    assert {quote.verdict for quote in checked.quotes} <= {Verdict.EXACT, Verdict.EDITED}
    assert checked.open == ()


@given(transcripts())
@settings(max_examples=30, deadline=None)
def test_any_transcript_gives_a_draft_whose_quotes_were_said(transcript: Transcript) -> None:
    draft = draft_of(transcript, EpisodeDetails("Apa saja", date(2022, 10, 6)))
    assert_quotes_were_said(draft, transcript)
    assert draft_as_markdown(draft).startswith("<!-- etam: machine-made draft, not reviewed -->")
    json.dumps(draft_to_json(draft))


def test_an_interview_has_the_anatomy_of_a_newspapers_article() -> None:
    draft = golden_draft("interview")
    kinds = [block.kind for block in draft.blocks]
    assert kinds[:3] == [BlockKind.LEAD, BlockKind.WHO, BlockKind.QUOTE]
    assert {BlockKind.INDIRECT, BlockKind.BACKGROUND} < set(kinds)
    assert kinds[-1] is BlockKind.CLOSING
    assert draft.headline.startswith("Nur Hidayah Bahas ")
    assert 4 <= len(draft.headline.split()) <= 12
    lead, who, closing = draft.blocks[0].text, draft.blocks[1].text, draft.blocks[-1].text
    assert lead.startswith("Portal Contoh, Kutai Kartanegara – ")
    assert "selaku Kepala Bidang" in who
    assert "Kamis (6/10/2022)" in who
    assert closing.endswith(",” pungkas Hidayah.")
    assert draft.byline == "(Tim Portal Contoh/ADV)"


def test_verbs_of_quotes_differ() -> None:
    quotes = [block.text for block in golden_draft("interview").blocks if block.quote]
    verbs = [text.rpartition("” ")[2].split()[0] for text in quotes]
    assert len(verbs) == 3
    assert len(set(verbs)) == len(verbs)


def test_quotes_are_neither_greetings_nor_questions_nor_the_hosts() -> None:
    quoted = " ".join(quote.text for quote in quotes_of(golden_draft("interview")))
    for unwanted in (
        "?",
        "Terima kasih",
        "Halo",
        "sobat",
        "Bu Nur",
        "Saya Nur Hidayah",
        "Gampang?",
    ):
        assert unwanted not in quoted


def test_quotes_come_from_different_parts_of_the_talk() -> None:
    draft = golden_draft("interview")
    third = talk("interview").duration / 3
    parts = [int((b.quote.evidence.start or 0) // third) for b in draft.blocks if b.quote]
    assert len(set(parts)) >= 2
    assert parts[-1] == 2


def test_every_paragraph_has_evidence_and_every_time_is_in_the_recording() -> None:
    draft = golden_draft("interview")
    transcript = talk("interview")
    ids = {segment.id for segment in transcript.segments}
    for block in draft.blocks:
        assert block.evidence
        for evidence in block.evidence:
            assert set(evidence.segments) <= ids
            if evidence.start is not None and evidence.end is not None:
                assert 0 <= evidence.start < evidence.end <= transcript.duration


def test_the_words_of_a_quote_are_heard_between_its_times() -> None:
    for quote in quotes_of(golden_draft("interview")):
        words = [
            word
            for segment in talk("interview").segments
            for word in segment.words
            if quote.evidence.start <= word.start and word.end <= quote.evidence.end  # type: ignore[operator]
        ]
        assert " ".join(word.text for word in words) == quote.said


def test_a_named_speaker_is_quoted_by_name_and_the_host_is_not() -> None:
    draft = draft_of(talk("interview", speakers=True), replace(DETAILS["interview"], host="Sari"),
                     replace(PUBLICATION, host="Sari"))  # fmt: skip
    quotes = quotes_of(draft)
    assert quotes
    assert {(quote.speaker, quote.assumed) for quote in quotes} == {("Nur", False)}


def _told(
    speaker: str, source: str = "", flags: tuple[str, ...] = (), introduces: bool = True
) -> Draft:
    """The draft of an interview whose guest is known as `speaker`, by `source`."""
    spoken = talk("interview", speakers=True)
    segments = tuple(
        replace(s, speaker=speaker, speaker_source=source, flags=flags) if s.speaker == "Nur" else s
        for s in spoken.segments
        if introduces or "Saya Nur Hidayah" not in s.text
    )
    details = replace(DETAILS["interview"], guests=(Guest("Nur Hidayah"), Guest("Budi Santoso")))
    return draft_of(replace(spoken, segments=segments), details)


@pytest.mark.parametrize("source", [SpeakerSource.TRACK, SpeakerSource.CHANNEL])
def test_whom_a_microphone_gave_away_is_quoted_by_name(source: str) -> None:
    quotes = quotes_of(_told("Nur Hidayah", source))
    assert ("Nur Hidayah", False) in {(quote.speaker, quote.assumed) for quote in quotes}


@pytest.mark.parametrize(
    ("source", "flags"),
    [(SpeakerSource.GUESS, ()), (SpeakerSource.MODEL, ()), (SpeakerSource.TRACK, (Flag.OVERLAP,))],
)
def test_who_was_guessed_or_talked_over_is_assumed(source: str, flags: tuple[str, ...]) -> None:
    quotes = quotes_of(_told("Nur Hidayah", source, flags))
    assert {q.assumed for q in quotes if q.speaker == "Nur Hidayah"} == {True}


def test_a_number_is_nobody_to_be_quoted() -> None:
    draft = _told("Pembicara 2", SpeakerSource.TRACK, introduces=False)
    assert "Pembicara" not in draft_as_markdown(draft)
    assert "pembicara belum diketahui" in draft_as_markdown(draft)
    assert {quote.known_by for quote in quotes_of(draft)} == {KnownBy.UNKNOWN}


def test_a_numbered_voice_is_whom_it_introduces_itself_as() -> None:
    quotes = quotes_of(_told("Pembicara 2", SpeakerSource.GUESS))
    assert {(q.speaker, q.assumed, q.known_by) for q in quotes} == {
        ("Nur Hidayah", True, KnownBy.SELF_INTRODUCTION)
    }


def test_each_voice_of_a_panel_is_quoted_by_its_own_name() -> None:
    draft = golden_draft("panel")
    surnames = {q.text.split()[0]: q.speaker for q in quotes_of(draft)}
    assert surnames["Banjir"] == "Dewi Lestari"
    assert surnames["Menurut"] == "Maria Goreti"
    assert surnames["Semoga"] == "Agus Salim"
    assert "Rudi Hartono" not in surnames.values()


def test_a_voice_that_is_not_the_guests_is_not_assumed_to_be() -> None:
    spoken = talk("interview", speakers=True)
    segments = tuple(
        replace(s, speaker="Nur Hidayah", speaker_source=SpeakerSource.TRACK)
        if s.speaker == "Nur" and s.start < 40
        else replace(s, speaker="")
        for s in spoken.segments
    )
    draft = draft_of(replace(spoken, segments=segments), DETAILS["interview"])
    late = [quote for quote in quotes_of(draft) if (quote.evidence.start or 0) > 60]
    assert late
    assert {quote.speaker for quote in late} == {""}


def test_what_an_editor_named_is_certain() -> None:
    known = {(q.known_by, q.assumed) for q in quotes_of(_told("Nur Hidayah"))}
    assert (KnownBy.EDITOR, False) in known


def test_with_two_guests_an_unknown_speaker_stays_unknown() -> None:
    two = (Guest("Nur Hidayah"), Guest("Budi Santoso"))
    draft = draft_of(talk("interview"), replace(DETAILS["interview"], guests=two))
    quotes = quotes_of(draft)
    assert quotes
    assert {quote.speaker for quote in quotes} == {""}
    assert all("narasumber" in block.text for block in draft.blocks if block.quote)
    assert "pembicara belum diketahui" in draft_as_markdown(draft)


def test_an_assumed_speaker_is_marked_as_assumed() -> None:
    draft = golden_draft("interview")
    assert all(quote.assumed for quote in quotes_of(draft))
    assert draft_as_markdown(draft).count("(pembicara diduga, periksa)") == len(quotes_of(draft))


def test_a_guest_nobody_wrote_down_is_known_from_the_introduction() -> None:
    draft = draft_of(
        talk_of(DEMO_SCRIPT.read_text(encoding="utf-8")),
        EpisodeDetails("Layanan informasi publik", date(2022, 10, 6)),
        replace(PUBLICATION, host=""),
    )
    assert draft.headline.startswith("Budi Santoso Bahas Informasi Publik")
    assert (
        "selaku kepala bidang informasi publik di Diskominfo Kutai Kartanegara"
        in draft.blocks[1].text
    )


def test_background_names_its_source() -> None:
    background = [b for b in golden_draft("interview").blocks if b.kind is BlockKind.BACKGROUND]
    assert any("Dinas Komunikasi dan Informatika (Diskominfo)" in b.text for b in background)
    sources = [e.source for b in background for e in b.evidence if e.start is None]
    assert any("Nomor 8 Tahun 2019" in source for source in sources)


def test_numbers_and_dates_are_listed_with_their_time_and_digits() -> None:
    facts = {(f.kind, f.text): f for f in golden_draft("interview").facts}
    money = facts[(FactKind.NUMBER, "satu koma lima miliar rupiah")]
    assert money.value == "1.500.000.000"
    assert money.evidence.start is not None
    assert (FactKind.DATE, "12 November 2022") in facts
    assert facts[(FactKind.NUMBER, "dua puluh tujuh kelompok")].value == "27"
    assert (FactKind.PLACE, "Tenggarong Seberang") in facts


def test_an_empty_transcript_gives_a_draft_that_says_so() -> None:
    nothing = Transcript("id", 0.2, "test", {}, ())
    text = draft_as_markdown(draft_of(nothing, DETAILS["almost-empty"]))
    assert "Transkrip hampir kosong" in text
    assert "# Uji Coba" in text


def test_a_transcript_without_punctuation_or_capitals_still_gives_quotes() -> None:
    plain = talk("interview")
    segments = []
    for segment in plain.segments:
        words = tuple(replace(w, text=w.text.strip(".,?!").lower()) for w in segment.words)
        segments.append(replace(segment, words=words, text=" ".join(w.text for w in words)))
    poor = replace(plain, segments=tuple(segments))
    draft = draft_of(poor, DETAILS["interview"])
    assert quotes_of(draft)
    assert_quotes_were_said(draft, poor)
    # Nobody knows where an answer ends there, so that nobody is named as its speaker.
    assert {quote.speaker for quote in quotes_of(draft)} == {""}
    assert "Transkrip tanpa tanda baca" in draft_as_markdown(draft)


@pytest.mark.parametrize(
    "flag", [Flag.REPETITION, Flag.PERHAPS_NO_SPEECH, Flag.INVENTION, Flag.HINT_LEAK]
)
def test_words_the_model_may_have_invented_are_not_quoted(flag: Flag) -> None:
    transcript = talk("monologue")
    doubted = tuple(
        replace(segment, flags=(flag,)) if segment.id % 2 else segment
        for segment in transcript.segments
    )
    draft = draft_of(replace(transcript, segments=doubted), DETAILS["monologue"])
    assert quotes_of(draft)
    assert all(i % 2 == 0 for quote in quotes_of(draft) for i in quote.evidence.segments)


def test_the_editor_finds_the_doubtful_places_below_the_draft() -> None:
    interview = talk("interview")
    first, *others = interview.segments
    flagged = replace(
        interview,
        segments=(replace(first, flags=(Flag.INVENTION,)), *others),
        unheard=((4000.0, 4003.0),),
    )
    text = draft_as_markdown(draft_of(flagged, DETAILS["interview"]))
    heading, _, places = text.partition("### Bagian transkrip yang perlu didengar\n\n")
    assert heading
    assert places.startswith("- [00:00] “")
    assert "Model sering mengarang ungkapan ini" in places
    assert "- [1:06:40] Ada yang berbicara di sini, tetapi tidak ada yang tertulis." in places
    assert "perlu didengar\n" not in draft_as_markdown(golden_draft("interview"))


def test_a_list_of_doubtful_places_stays_short() -> None:
    noisy = replace(talk("interview"), unheard=tuple((n * 5.0, n * 5 + 2.5) for n in range(50)))
    text = draft_as_markdown(draft_of(noisy, DETAILS["interview"]))
    assert text.count("tetapi tidak ada yang tertulis") == 30
    assert "- dan 20 bagian lain (`etam doubts`)" in text


def test_the_header_says_what_it_is_in_two_languages_and_where_to_edit() -> None:
    text = draft_as_markdown(golden_draft("monologue"))
    assert "Draf buatan mesin, belum ditinjau" in text
    assert "Machine-made draft, not reviewed" in text
    assert text.count("`article.md`") >= 3
    content = draft_to_json(golden_draft("monologue"))
    assert content["machine_made"] is True
    assert content["reviewed"] is False


def test_hostile_words_cannot_break_out_of_the_markdown() -> None:
    details = EpisodeDetails(HOSTILE, date(2022, 10, 6), guests=(Guest(HOSTILE, HOSTILE),))
    publication = replace(PUBLICATION, show=HOSTILE, outlet=HOSTILE, label=HOSTILE)
    text = draft_as_markdown(draft_of(talk("interview"), details, publication))
    text.encode("utf-8")
    assert text.count("<!--") == 1
    assert text.count("-->") == 1
    assert "<script" not in text.replace("\\<script", "")
    assert "\x00" not in text
    assert sum(line.startswith("# ") for line in text.splitlines()) == 1


def test_many_guests_share_a_headline() -> None:
    many = tuple(Guest(f"Tamu {letter}") for letter in "ABCDE")
    draft = draft_of(talk("interview"), replace(DETAILS["interview"], guests=many))
    assert draft.headline.startswith("Tamu A dan 4 Tamu Lain Bahas ")
    assert sum(block.kind is BlockKind.WHO for block in draft.blocks) == 5


@pytest.mark.parametrize("language", ["en", "jv", "zh", "xx"])
def test_speech_in_another_language_gives_a_draft_too(language: str) -> None:
    foreign = replace(talk("interview"), language=language)
    draft = draft_of(foreign, DETAILS["interview"], replace(PUBLICATION, language=language))
    assert_quotes_were_said(draft, foreign)
    assert "Machine-made draft" in draft_as_markdown(draft)


def test_an_english_show_gets_an_english_draft() -> None:
    publication = replace(PUBLICATION, language="en-GB", show="The Show")
    draft = draft_of(talk("interview"), DETAILS["interview"], publication)
    assert draft.headline.startswith("Nur Hidayah on ")
    assert "Thursday, 6 October 2022" in draft.blocks[1].text
    assert " said Hidayah." in " ".join(block.text for block in draft.blocks)


def quotes_of(draft: Draft) -> list[Quote]:
    return [*(b.quote for b in draft.blocks if b.quote), *draft.more_quotes]


def assert_quotes_were_said(draft: Draft, transcript: Transcript) -> None:
    """The spoken words stand in the transcript; the written ones are some of them, in order."""
    everything = words_as_text(transcript)
    words = {segment.id: list(spoken_words_of(segment)) for segment in transcript.segments}
    for quote in quotes_of(draft):
        assert quote.said in everything
        assert quote.said.split() == _at(quote.evidence, words)
        assert_is_part(quote.text, quote.said, transcript.language)
    for block in draft.blocks:
        if block.quote:
            assert block.quote.text.rstrip(".,;:") in block.text


def assert_is_part(text: str, said: str, language: str) -> None:
    """Every written word was said, and in that order; spoken spellings count as the written."""
    spellings = particles(language).spellings
    spoken = " ".join(spellings.get(w, w) for w in comparable_words(said, language))
    left = iter(comparable_words(spoken, language))
    assert all(word in left for word in comparable_words(text, language)), (text, said)


def spoken_words_of(segment: Segment) -> Iterator[str]:
    if segment.words:
        yield from (" ".join(word.text.split()) for word in segment.words)
    else:
        yield from segment.text.split()


def _at(evidence: Evidence, words: dict[int, list[str]]) -> list[str]:
    """The words that a quote's evidence points at."""
    flat = [w for i in evidence.segments for w in words[i]]
    end = len(flat) - len(words[evidence.segments[-1]]) + (evidence.last_word or 0) + 1
    assert evidence.first_word is not None
    return " ".join(flat[evidence.first_word : end]).split()

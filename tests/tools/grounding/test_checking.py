from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.tools.grounding.checking import check_article, text_of_draft
from pipeline.words.article import draft_to_json
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.glossary import Glossary
from pipeline.words.grounding.checked import Kind, Verdict, Weight, checked_to_json
from pipeline.words.grounding.sources import Masthead
from pipeline.words.review.history import Sign
from pipeline.words.transcript import Segment, SpeakerSource, Transcript, Word
from tests import drafts
from tests.articles import checked, quoted
from tests.talks import GOLDEN, talk, talk_of


def test_the_same_words_are_exact_and_can_be_played() -> None:
    quote = quoted("Sekarang ini ada dua puluh tujuh kelompok di delapan belas kecamatan")
    assert quote.verdict is Verdict.EXACT
    (passage,) = quote.passages
    assert passage.speaker == "Ahmad Rianto"
    assert passage.text.startswith("Sekarang ini ada dua puluh")
    assert 0 < passage.start < passage.end
    assert passage.first.segment == passage.last.segment == passage.segments[0]
    assert (passage.first.word, passage.last.word) == (0, 10)


def test_a_clean_up_is_edited_and_shows_the_difference() -> None:
    quote = quoted("KIM itu lahir dari masyarakat, bukan pemerintah yang membentuk")
    assert quote.verdict is Verdict.EDITED
    assert [(p.sign, p.text) for p in quote.difference if p.sign is not Sign.SAME] == [
        (Sign.OUT, "eh")
    ]


@pytest.mark.parametrize(
    ("text", "verdict", "says"),
    [
        ("Sekarang ada 27 kelompok di 18 kecamatan", Verdict.EDITED, ""),
        ("Sekarang ini ada 72 kelompok di 18 kecamatan", Verdict.BLOCKED, "72"),
        ("Kami tidak akan memungut biaya apa pun dari warga", Verdict.EDITED, ""),
        ("Kami akan memungut biaya apa pun dari warga", Verdict.BLOCKED, "nggak"),
        ("KIM itu tidak lahir dari masyarakat", Verdict.BLOCKED, "tidak"),
        ("Pemerintah yang membentuk", Verdict.BLOCKED, "bukan"),
        ("Tahun depan anggarannya Rp1,5 miliar", Verdict.CHECK, "kalau dewan setuju"),
        ("Tahun depan anggarannya 1,5 miliar dolar", Verdict.BLOCKED, "dolar"),
        ("Yang paling aktif itu di Muara Kaman dan di Tenggarong Seberang", Verdict.EDITED, ""),
        ("Yang paling aktif di Muara Badak dan Tenggarong Seberang", Verdict.BLOCKED, "Badak"),
        ("Anak-anak muda mungkin belajar menulis berita tiap hari Jumat", Verdict.CHECK, "mungkin"),
        ("Anak-anak muda belajar menulis berita tiap hari Senin", Verdict.BLOCKED, "Senin"),
        ("Anak muda belajar menulis berita tiap hari Jumat", Verdict.CHECK, "Anak-anak"),
        ("Pembangunan bandara dimulai dengan doa bersama para ulama", Verdict.NOT_FOUND, "Nobody"),
    ],
)  # fmt: skip
def test_a_verdict_says_why(text: str, verdict: Verdict, says: str) -> None:
    quote = quoted(text)
    assert (quote.verdict, [r.told() for r in quote.reasons]) == (
        verdict,
        [r.told() for r in quote.reasons if says],
    )
    assert says in " ".join(reason.told() for reason in quote.reasons)


def test_somebody_elses_words_are_blocked() -> None:
    quote = quoted("Saya sendiri tinggal di Tenggarong sejak tahun 2010")
    assert quote.verdict is Verdict.BLOCKED
    assert "Rahma Yuliani" in quote.reasons[0].told()


def test_a_name_a_number_and_a_date_need_support_outside_quotes_too() -> None:
    found = checked(
        "Portal Contoh, Kutai Kartanegara – Sebanyak 27 kelompok aktif di 18 kecamatan, kata "
        "Ahmad Rianto, Kamis (6/10/2022).\n\nBupati Edi Damansyah meresmikan 44 menara di "
        "Samarinda, Jumat (7/10/2022).\n"
    ).findings
    blocked = [(f.kind, f.text) for f in found if f.weight is Weight.BLOCKED]
    assert blocked == [
        (Kind.NAME, "Edi Damansyah"),
        (Kind.NUMBER, "44"),
        (Kind.NAME, "Samarinda"),
        (Kind.DATE, "7/10/2022"),
    ]


def test_the_four_errors_of_a_published_article_are_found() -> None:
    article = (
        "Ahmad Rianto, Kamis (6/10/2022), bertanggungjawab atas KIM. Tidak sampai disitu, Arianto "
        "menyebut KIM terbagi menjadi empat kelompok, seperti Kelompok Media Tradisional, Kelompok "
        "Konten Positif, serta Kelompok Strategis.\n"
    )
    kinds = {(f.kind, f.text, f.instead) for f in checked(article).findings}
    assert {
        (Kind.SPELLING, "bertanggungjawab", "bertanggung jawab"),
        (Kind.SPELLING, "disitu", "di situ"),
        (Kind.NAME_VARIANT, "Arianto", "Rianto"),
        (Kind.COUNT, "empat kelompok", ""),
    } <= kinds
    assert Kind.WEEKDAY not in {kind for kind, _, _ in kinds}


def test_a_weekday_that_was_another_is_found() -> None:
    (found,) = [f for f in checked("Rabu (6/10/2022).\n").findings if f.kind is Kind.WEEKDAY]
    assert "Kamis" in found.reason.told()


def test_every_offset_is_that_of_the_article() -> None:
    article = (
        "# Judul\n\n**Ahmad Rianto** berkata, “KIM itu lahir dari *masyarakat*.” [00:12]\n\n"
        "> Kami tidak akan memungut biaya apa pun dari warga.\n> — Ahmad Rianto\n\n"
        "Menteri Sutrisno [hadir](https://contoh.example/9).\n"
    )
    done = checked(article)
    assert [article[q.start : q.end] for q in done.quotes] == [
        "KIM itu lahir dari *masyarakat*.",
        "Kami tidak akan memungut biaya apa pun dari warga.",
    ]
    assert [q.attributed for q in done.quotes] == ["Ahmad Rianto", "Ahmad Rianto"]
    (name,) = [f for f in done.findings if f.kind is Kind.NAME]
    assert article[name.start : name.end] == "Sutrisno"
    (left,) = [f for f in done.findings if f.kind is Kind.LEFTOVER]
    assert article[left.start : left.end] == "[00:12]"


@pytest.mark.parametrize("name", ["interview", "monologue", "panel"])
def test_a_draft_of_the_drafter_has_nothing_open(name: str) -> None:
    details, glossary = drafts.DETAILS[name], drafts.GLOSSARY
    publication = drafts.PUBLICATION
    masthead = Masthead(
        publication.show, host=publication.host, outlet=publication.outlet,
        place=publication.place, label=publication.label,
    )  # fmt: skip
    draft = text_of_draft(draft_to_json(drafts.golden_draft(name)))
    for text in (draft, Path(GOLDEN / f"{name}.draft.md").read_text(encoding="utf-8")):
        done = check_article(text, talk(name, speakers=True), details, glossary, masthead)
        assert len(done.quotes) >= 3
        assert {quote.verdict for quote in done.quotes} <= {Verdict.EXACT, Verdict.EDITED}
        assert done.open == ()


def test_what_is_printed_for_programs_has_every_verdict() -> None:
    done = checked("“Kami akan memungut biaya apa pun dari warga,” ujar Rianto.\n")
    printed = checked_to_json(done, str)
    (quote,) = printed["quotes"]
    assert quote["verdict"] == "blocked"
    assert quote["passages"][0]["start"] > 0
    assert quote["id"] == done.quotes[0].id


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("Kami nggak akan memungut biaya [iuran] apa pun dari warga", False),
        ("Kami nggak akan memungut biaya apa pun dari [tidak semua] warga", True),
        ("Kami nggak akan memungut biaya [Rp90.000] apa pun dari warga", True),
        ("Kami nggak akan memungut biaya apa pun dari warga di [kota Surabaya]", True),
        ("KIM itu [lahir](https://contoh.example) dari masyarakat", False),
        ("KIM itu [tidak](https://contoh.example) lahir dari masyarakat", True),
    ],
)
def test_brackets_explain_and_links_hide_nothing(text: str, is_open: bool) -> None:
    assert bool(checked(f"“{text},” ujar Rianto.\n").open) is is_open


def test_without_speakers_it_says_once_that_nobody_can_check_who_is_named() -> None:
    transcript = talk("interview")
    article = (
        "“Kendala utama kami adalah jaringan internet,” ujar Hidayah. “Gampang sekali,” ujarnya.\n"
    )
    details = drafts.DETAILS["interview"]
    done = check_article(article, transcript, details, drafts.GLOSSARY, Masthead())
    assert [q.verdict for q in done.quotes] == [Verdict.EXACT, Verdict.EXACT]
    assert [f.weight for f in done.findings if f.kind is Kind.SPEAKER] == [Weight.NOTE]


def test_a_guessed_speaker_is_no_proof() -> None:
    transcript = talk("interview", speakers=True)
    guessed = tuple(replace(s, speaker_source=SpeakerSource.GUESS) for s in transcript.segments)
    article = "“Kendala utama kami adalah jaringan internet,” ujar Sari Melati.\n"
    details = drafts.DETAILS["interview"]
    for segments, verdict in ((transcript.segments, Verdict.BLOCKED), (guessed, Verdict.CHECK)):
        known = replace(transcript, segments=segments)
        masthead = Masthead(host="Sari Melati")
        (quote,) = check_article(article, known, details, drafts.GLOSSARY, masthead).quotes
        assert quote.verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Biayanya Rp5.000 per anak-anak", Verdict.EXACT),
        ("Biayanya lima ribu rupiah per anak-anak", Verdict.EDITED),
        ("Biayanya Rp50.000 per anak-anak", Verdict.BLOCKED),
    ],
)
def test_words_that_the_model_glued_are_one(text: str, verdict: Verdict) -> None:
    pieces = (" Biayanya", " Rp", "5", ".000", " per", " anak", "-anak", ".")
    words = tuple(Word(at, at + 0.5, said, 0.9) for at, said in enumerate(pieces))
    segment = Segment(3, 0.0, 8.0, "".join(pieces).strip(), words, speaker="Ani")
    transcript = Transcript("id", 8.0, "hand", {}, (segment,))
    details = drafts.DETAILS["interview"]
    article = f"“{text},” kata Ani.\n"
    (quote,) = check_article(article, transcript, details, drafts.GLOSSARY, Masthead()).quotes
    assert quote.verdict is verdict
    assert (quote.passages[0].last.word, quote.passages[0].end) == (7, 7.5)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("We will not, uh, close the market before June 5.", Verdict.EXACT),
        ("We will not close the market before June 5.", Verdict.EDITED),
        ("We will close the market before June 5.", Verdict.BLOCKED),
        ("We will not close the market before June 15.", Verdict.BLOCKED),
        ("We will not close the market before July 5.", Verdict.BLOCKED),
        ("We may not close the market before June 5.", Verdict.CHECK),
    ],
)
def test_english_is_checked_too(text: str, verdict: Verdict) -> None:
    said = talk_of("Ann Lee: We will not, uh, close the market before June 5.", speakers=True)
    details = EpisodeDetails("Market", date(2024, 2, 1), guests=(Guest("Ann Lee"),))
    article = f"“{text}” said Ann Lee.\n"
    transcript = replace(said, language="en")
    (quote,) = check_article(article, transcript, details, Glossary(), Masthead()).quotes
    assert quote.verdict is verdict

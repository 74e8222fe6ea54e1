"""Articles for the grounding check: an episode of two voices, and what somebody writes about it."""

from __future__ import annotations

from datetime import date

from pipeline.tools.grounding.checking import Checker
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.glossary import Glossary, KnownPerson, KnownPlace, Term
from pipeline.words.grounding.checked import Checked, CheckedQuote
from pipeline.words.grounding.sources import Masthead
from tests.talks import talk_of

HOST, GUEST = "Rahma Yuliani", "Ahmad Rianto"
TALK = """\
Rahma Yuliani: Selamat pagi, pendengar. Pak Rianto, apa sih sebenarnya tugas KIM itu?
Ahmad Rianto: Jadi begini, KIM itu eh lahir dari masyarakat, bukan pemerintah yang membentuk.
Ahmad Rianto: Sekarang ini ada dua puluh tujuh kelompok di delapan belas kecamatan.
Ahmad Rianto: Kami nggak akan memungut biaya apa pun dari warga.
Ahmad Rianto: Tahun depan anggarannya satu koma lima miliar rupiah, kalau dewan setuju.
Ahmad Rianto: Yang paling aktif itu di Muara Kaman sama di Tenggarong Seberang.
Rahma Yuliani: Saya sendiri tinggal di Tenggarong sejak tahun dua ribu sepuluh.
Ahmad Rianto: Anak-anak muda belajar menulis berita tiap hari Jumat, dari pukul delapan tiga puluh.
"""
DETAILS = EpisodeDetails(
    "KIM, dari Warga untuk Warga",
    date(2022, 10, 6),
    guests=(Guest(GUEST, "Kepala Bidang Pengelolaan Komunikasi Publik Diskominfo Kukar"),),
    host=HOST,
)
GLOSSARY = Glossary(
    people=(KnownPerson(GUEST),),
    places=(
        KnownPlace("Kutai Kartanegara", ("Kukar",)),
        KnownPlace("Tenggarong"),
        KnownPlace("Tenggarong Seberang"),
        KnownPlace("Muara Kaman"),
        KnownPlace("Samboja"),
    ),
    terms=(
        Term("KIM", "Kelompok Informasi Masyarakat"),
        Term("Diskominfo", "Dinas Komunikasi dan Informatika"),
    ),
)
MASTHEAD = Masthead("Etam Berkesah", outlet="Portal Contoh", place="Kutai Kartanegara", label="ADV")


def checked(article: str) -> Checked:
    """The article checked against the episode above."""
    return _CHECKER.check(article)


def quoted(text: str, by: str = "Rianto") -> CheckedQuote:
    """A quote with the name of who is said to say it."""
    (quote,) = checked(f"“{text},” ujar {by}.\n").quotes
    return quote


_CHECKER = Checker(talk_of(TALK, speakers=True), DETAILS, GLOSSARY, MASTHEAD)

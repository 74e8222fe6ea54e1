"""The words that speech is padded with, one row a language, by where they say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.words.languages import primary_language

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Particles:
    """Lower-case words. A language without a row has none, so nothing is dropped in it.

    `hesitations` say nothing anywhere, `opening` nothing at the start of a sentence, `closing`
    nothing at the end of a clause, `inside` nothing within one; `after_subject` (“kan”) nothing
    behind one of `subjects`. `kept_behind` are words behind which a closing particle has a meaning
    (“kayak gitu”), `kept_before` those in front of which an opening one has (“ya Allah”).
    `stutters` are words that nobody doubles on purpose, `anchors` words that a speaker says again
    when correcting himself behind one of `corrections`; `negations` are never dropped.
    `spellings` are spoken forms of a word and how it is written, of two words how the second is.
    """

    hesitations: Words = frozenset()
    opening: Words = frozenset()
    closing: Words = frozenset()
    inside: Words = frozenset()
    after_subject: Words = frozenset()
    subjects: Words = frozenset()
    kept_behind: Words = frozenset()
    kept_before: Words = frozenset()
    stutters: Words = frozenset()
    anchors: Words = frozenset()
    corrections: tuple[tuple[str, ...], ...] = ()
    negations: Words = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)


def particles(language: str) -> Particles:
    """The row of `language` ("id", "en-GB")."""
    return _ROWS.get(primary_language(language), Particles())


def _words(text: str) -> Words:
    return frozenset(text.split())


_INDONESIAN = Particles(
    hesitations=_words("e ee eee eh ehm em emm hm hmm mm mmm anu uh uhm"),
    opening=_words("nah oh ooh wah ya iya yah oke ok okay lho loh hmm eh gitu kan nih tuh"),
    closing=_words("gitu ya kan sih deh loh lho dong nih tuh kok toh"),
    inside=_words("sih nih tuh deh dong loh lho nah"),
    after_subject=_words("kan"),
    subjects=_words("itu ini saya kami kita mereka dia beliau memang sebenarnya sekarang dulu"),
    kept_behind=_words(
        "kayak seperti macam model cara yang hal apa bilang kata berkata jawab menjawab katakan"
    ),
    kept_before=_words("allah tuhan ampun"),
    stutters=_words(
        "yang di ke dari untuk dan dengan pada karena kalau bahwa adalah akan sudah bisa harus "
        "jadi tapi tetapi atau dalam oleh saya kami kita mereka sehingga supaya agar sebagai"
    ),
    anchors=_words(
        "di ke dari pada untuk dengan oleh yang tahun tanggal bulan hari nomor pasal sebanyak "
        "sekitar kami kita saya mereka ada"
    ),
    corrections=(("eh", "maksud", "saya"), ("maksud", "saya"), ("eh", "maksudnya"), ("ralat",)),
    negations=_words("tidak bukan belum jangan tanpa tak nggak enggak ngga gak ndak bukannya"),
    spellings={
        **dict.fromkeys(("nggak", "enggak", "ngga", "gak", "ndak"), "tidak"),
        **dict.fromkeys(("pengen", "pingin", "kepengen"), "ingin"),
        "udah": "sudah",
        "aja": "saja",
        "kalo": "kalau",
        "gimana": "bagaimana",
        "gini": "begini",
        "gitu": "begitu",
        "kayak": "seperti",
        "pake": "pakai",
        "kayak gitu": "itu",
        "kayak gini": "ini",
        "emang": "memang",
        "sampe": "sampai",
        "cuman": "cuma",
        "trus": "terus",
        "karna": "karena",
        "dapet": "dapat",
        "bener": "benar",
        "temen": "teman",
        "seneng": "senang",
        "liat": "lihat",
        "ntar": "nanti",
        "makasih": "terima kasih",
    },
)
_ENGLISH = Particles(
    hesitations=_words("uh um er erm hmm mm"),
    stutters=_words("the a an i we they he she it and but to of in on at for with that"),
    corrections=(("i", "mean"), ("sorry",)),
    negations=_words("not no never don't doesn't didn't isn't aren't won't can't without"),
)
_ROWS = {"id": _INDONESIAN, "ms": _INDONESIAN, "en": _ENGLISH}

"""What is particular to speech in a language: greetings, questions, titles of people, numbers.

One row a language; a language without a row is treated with the empty one, so that nothing is
guessed about it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.words.languages import primary_language

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """Lower-case words and phrases. Phrases are matched at the start of a sentence.

    `fillers` say nothing at all, `empty` words carry no topic, and
    words with `verb_starts` are no part of a topic either. From `addresses` on it is about writing:
    words in front of a name, names that are nouns too, names that everybody knows, words in front
    of rivers and streets, kinds of laws, words that make a sentence a question or stand before one
    that does, words that open sentences, words after which or with which a sentence goes on, those
    that never start one, and where a comma is safe (`comma_after` holds openings of a sentence).
    """

    fillers: Words = frozenset()
    empty: Words = frozenset()
    verb_starts: tuple[str, ...] = ()
    verb_lookalikes: Words = frozenset()
    greetings: tuple[str, ...] = ()
    courtesies: tuple[str, ...] = ()
    question_words: Words = frozenset()
    leaning_starts: Words = frozenset()
    show_words: Words = frozenset()
    closing_words: Words = frozenset()
    introductions: tuple[str, ...] = ()
    honorifics: Words = frozenset()
    role_starts: Words = frozenset()
    place_kinds: Words = frozenset()
    place_prepositions: Words = frozenset()
    never_places: Words = frozenset()
    months: tuple[str, ...] = ()
    weekdays: Words = frozenset()
    addresses: Words = frozenset()
    given_names: Words = frozenset()
    proper_names: tuple[str, ...] = ()
    geography: Words = frozenset()
    laws: Words = frozenset()
    surely_asking: Words = frozenset()
    before_asking: Words = frozenset()
    openings: Words = frozenset()
    leaning_ends: Words = frozenset()
    going_on: Words = frozenset()
    never_first: Words = frozenset()
    comma_before: Words = frozenset()
    comma_after: Words = frozenset()


def spoken(language: str) -> SpokenLanguage:
    """What is known of the speech of `language` ("id", "en-GB")."""
    return _LANGUAGES.get(primary_language(language), SpokenLanguage())


def _words(text: str) -> Words:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split("|"))


_INDONESIAN = SpokenLanguage(
    fillers=_words(
        "eh ehm em hmm nah gitu gini ya iya nih sih deh dong lah kok nggak enggak gak aja udah "
        "kayak kan tuh loh ooh oh anu banget emang gimana kalo sama bikin pake oke ok begini begitu"
    ),
    empty=_words(
        "orang hal cara contoh soal bagian tahun bulan minggu hari jam menit kali pertanyaan "
        "jawaban kegiatan mudah penting baik bagus harapan waktu tempat nama bidang senang hadir "
        "selamat pagi siang sore malam terima kasih banyak satu dua tiga empat lima enam tujuh "
        "delapan sembilan sepuluh belas puluh ratus ribu juta miliar warga masyarakat pemerintah "
        "bapak ibu anak mas mbak saudara kabupaten nomor"
    ),
    verb_starts=("mem", "men"),
    verb_lookalikes=_words("menteri menara mental mentor menit memori member menu mendiang"),
    greetings=_phrases(
        "selamat|halo|hai|assalamualaikum|assalamu'alaikum|waalaikumsalam|wassalamualaikum|salam|"
        "sampai jumpa|salam sejahtera|sobat|pendengar|om swastiastu|shalom"
    ),
    courtesies=_phrases(
        "terima kasih|makasih|sama-sama|senang sekali|senang bisa|mohon maaf|silakan|baik pak|"
        "baik bu|baik, pak|baik, bu|kembali lagi|hari ini kita|pada kesempatan ini kita|"
        "demikian|sekian|itulah tadi|pagi ini saya|kita akan berbincang|kita berbincang|"
        "bersama saya|perkenalkan|saya kembalikan"
    ),
    question_words=_words(
        "apa apakah siapa siapakah mengapa kenapa bagaimana bagaimanakah gimana kapan kapankah "
        "berapa berapakah mana manakah"
    ),
    leaning_starts=_words(
        "itu itulah ini mereka dia ia beliau nya karena sebab sehingga tapi tetapi namun dan atau "
        "lalu kemudian lantas makanya jadi maka sedangkan sementara padahal juga selain nah terus "
        "sebaliknya misalnya contohnya yang oleh begitu demikian ya iya oh eh tidak betul benar "
        "caranya alasannya artinya maksudnya hal di-situ situ sana"
    ),
    show_words=_words("pendengar siniar podcast episode bincang-bincang narasumber pemirsa sobat"),
    closing_words=_words(
        "harap harapan berharap semoga mudah-mudahan ajak mengajak mari imbau mengimbau menghimbau "
        "berpesan"
    ),
    introductions=_phrases("nama saya|saya sendiri|perkenalkan saya|perkenalkan, saya|saya"),
    honorifics=_words(
        "pak bu bapak ibu saudara saudari mas mbak bang kang haji hajah h. hj. dr. dr drs. ir. "
        "prof. prof ustaz ustadz kyai kiai kh. mbah om tante"
    ),
    role_starts=_words(
        "kepala ketua wakil sekretaris bendahara direktur manajer camat lurah bupati gubernur "
        "wali walikota menteri anggota staf petugas koordinator kabid kadis kasi kabag kasubag "
        "plt. plt plh. asisten dosen guru dokter peneliti juru penyiar pengelola pendiri pemilik "
        "relawan pranata pejabat kapolres kapolsek dandim pembina penasihat pengurus pegiat "
        "jurnalis wartawan redaktur host pembawa selaku sebagai"
    ),
    place_kinds=_words("kecamatan desa kelurahan kabupaten kota provinsi dusun kampung pulau"),
    place_prepositions=_words("di ke dari sampai hingga"),
    never_places=_words(
        "allah tuhan facebook instagram twitter tiktok youtube whatsapp telegram google spotify "
        "undang-undang permenkominfo peraturan perda pp uu apbd apbn dinas diskominfo badan kantor "
        "kementerian universitas rumah sekolah pt cv komisi dprd kpu polres polsek puskesmas "
        "bagian bidang balai kelompok lembaga yayasan pak bu"
    ),
    months=_phrases(
        "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
    ),
    weekdays=_words("senin selasa rabu kamis jumat jum'at sabtu minggu ahad"),
    addresses=_words("pak bu bapak ibu saudara saudari mas mbak ustaz ustazah kiai"),
    given_names=_words("budi agung bagus indah putra putri surya jaya intan melati wati cahaya"),
    proper_names=_phrases(
        "Indonesia|Jakarta|Jawa|Sumatera|Sulawesi|Papua|Bali|Borneo|Nusantara|Bandung|Surabaya|"
        "Yogyakarta|Banjarmasin|Makassar|Allah|Islam|Kristen|Katolik|Hindu|Buddha|Konghucu|"
        "Alquran|Ramadan|Idulfitri|Iduladha|Natal|Nyepi|Waisak|Imlek|Pancasila|Bhinneka|"
        "Facebook|Instagram|YouTube|TikTok|WhatsApp|Telegram|Twitter|Google|Spotify|"
        "KTP|RT|RW|TNI|Polri|KPK|DPR|MPR|BUMN|BUMD|SD|SMP|SMA|SMK|PAUD|PNS|Covid-19|"
        "Dayak|Banjar|Bugis|Madura|Sunda|Belanda|Jepang|Inggris|Arab|Amerika|Malaysia|Singapura"
    ),
    geography=_words("sungai danau jalan gunung teluk selat jembatan pantai lapangan stadion"),
    laws=_words(
        "undang-undang undang peraturan perda perbup perpres permen permendagri permenkominfo "
        "keputusan instruksi uu pp"
    ),
    surely_asking=_words(
        "apakah siapakah bagaimanakah kapankah berapakah manakah adakah bisakah dapatkah maukah "
        "sudahkah benarkah mungkinkah haruskah perlukah"
    ),
    before_asking=_words("lalu terus nah jadi kemudian dan tapi tetapi di ke dari sebenarnya oke"),
    openings=_words(
        "saya kami kita mereka dia beliau nah jadi lalu kemudian terus oke baik terima selamat "
        "jangan sekarang namun selain akhirnya makanya ya iya betul semoga mari silakan"
    ),
    leaning_ends=_words(
        "di ke dari yang dan atau untuk dengan pada oleh kepada dalam sebagai adalah karena jika "
        "kalau agar supaya bahwa para sang si tidak bukan belum akan sudah telah sedang sangat "
        "lebih paling bisa harus dapat seperti antara tentang eh ehm apa setiap"
    ),
    going_on=_words(
        "yang dan atau untuk dengan pada oleh kepada dalam sebagai adalah karena jika agar supaya "
        "bahwa sehingga maupun serta di ke dari tetapi tapi sedangkan melainkan padahal nya"
    ),
    never_first=_words("yang bahwa nya maupun sehingga melainkan"),
    comma_before=_words("tetapi tapi melainkan sedangkan padahal"),
    comma_after=frozenset(
        _phrases(
            "oleh karena itu|karena itu|oleh sebab itu|selain itu|sementara itu|dengan demikian|"
            "meskipun demikian|walaupun demikian|akan tetapi|namun demikian|namun|"
            "sehubungan dengan itu|pada dasarnya|di samping itu|sebaliknya"
        )
    ),
)

_ENGLISH = SpokenLanguage(
    fillers=_words("uh um erm hmm okay ok yeah well like basically actually literally"),
    empty=_words("people thing things year years time way lot day days good nice"),
    greetings=_phrases("hello|hi|good morning|good afternoon|good evening|welcome|goodbye|see you"),
    courtesies=_phrases("thank you|thanks|you're welcome|please|sorry|today we|my pleasure"),
    question_words=_words("what who why how when where which whose"),
    leaning_starts=_words(
        "it this that these those they he she because but and or so then therefore also which yes "
        "no such however instead"
    ),
    show_words=_words("listeners listener podcast episode show viewers guest"),
    closing_words=_words("hope hopefully wish invite message let"),
    introductions=_phrases("my name is|i am|i'm"),
    honorifics=_words("mr mr. mrs mrs. ms ms. dr dr. prof prof. sir madam"),
    role_starts=_words(
        "head chief chair chairman chairwoman director manager secretary mayor governor minister "
        "member officer coordinator teacher doctor researcher founder owner editor reporter the a "
        "an"
    ),
    place_kinds=_words("village district city county province island town"),
    place_prepositions=_words("in from to at"),
    never_places=_words("facebook instagram twitter tiktok youtube whatsapp telegram google god"),
    months=_phrases(
        "january|february|march|april|may|june|july|august|september|october|november|december"
    ),
    weekdays=_words("monday tuesday wednesday thursday friday saturday sunday"),
)

_LANGUAGES = {"id": _INDONESIAN, "ms": _INDONESIAN, "en": _ENGLISH}

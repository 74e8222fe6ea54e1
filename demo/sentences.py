"""Indonesian sentences to speak: templates of the show's world, and random words for an open vocabulary."""

import random
import re
from functools import cache
from pathlib import Path

from wordfreq import top_n_list, word_frequency

SCRIPT = Path(__file__).parent.parent / "pipeline/demo/recording/script.txt"

PEOPLE = """Budi Santoso|Rahma Yuliani|Siti Aminah|Andi Pratama|Dewi Lestari|Hendra Wijaya|Nur Hidayah|Agus Salim|Rina Marlina
Joko Susilo|Fitri Handayani|Eko Prasetyo|Maya Sari|Yusuf Rahman|Lina Kartika|Rudi Hartono|Ahmad Fauzi|Ratna Dewi|Bambang Irawan|Wati Suryani
Sari Melati|Dedi Kurnia|Indah Permata|Iwan Setiawan|Tono Saputra|Yuni Astuti|Arif Hakim|Putri Ayu|Galih Nugroho|Hasan Basri""".replace("\n", "|").split("|")
TITLES = "Pak|Bu|Ibu|Bapak|Saudara".split("|")
PLACES = """Tenggarong|Kutai Kartanegara|Loa Kulu|Kota Bangun|Samarinda|Balikpapan|Loa Janan|Muara Kaman|Sebulu|Samboja|Anggana|Muara Badak
Marangkayu|Kembang Janggut|Tabang|Muara Jawa|Sanga Sanga|Kenohan|Muara Muntai|Kalimantan Timur|Jakarta|Indonesia|Bontang|Mahakam|Muara Wis|Kutai|Kutai Barat""".replace("\n", "|").split("|")
INSTITUTIONS = """Diskominfo|Diskominfo Kutai Kartanegara|Kelompok Informasi Masyarakat|dinas kesehatan|dinas pendidikan|kantor desa|kantor bupati
perpustakaan daerah|puskesmas|pemerintah kabupaten|kecamatan|sekolah dasar|radio daerah|kelompok tani|komisi informasi|dinas perhubungan|kantor camat|balai desa
bagian hukum|badan pusat statistik|pemerintah desa|karang taruna|kepolisian|rumah sakit umum""".replace("\n", "|").split("|")
TOPICS = """informasi publik|layanan informasi|layanan publik|anggaran desa|data terbuka|berita bohong|pembangunan jalan|pelayanan warga|keterbukaan informasi
literasi digital|internet desa|kesehatan ibu dan anak|kartu tanda penduduk|pendidikan anak|pengaduan masyarakat|bantuan sosial|laporan keuangan|situs kabupaten
media sosial|formulir permohonan|harga beras|air bersih|jadwal kapal|lingkungan hidup|usaha kecil|banjir sungai|hak warga|kabar desa|bahasa yang sederhana|sumber berita""".replace("\n", "|").split("|")
GROUPS = """warga|masyarakat|petugas kami|relawan|pendengar|para guru|anak muda|ibu rumah tangga|nelayan|petani|wartawan|kepala desa|kelompok informasi|mereka|kami
kita|saya|pemerintah|setiap desa|setiap warga|semua orang|pegawai|mahasiswa|penduduk|siswa""".replace("\n", "|").split("|")
ACTIONS = """membuka data|menulis berita|menjelaskan aturan|menjaga anggaran|menjawab pertanyaan|mengisi formulir|membawa kartu|mengenali kabar bohong
meminta penjelasan|membagikan pesan|memeriksa sumber|mendengarkan keluhan|bekerja bersama|membangun jembatan|mengirim laporan|mencatat usulan|menolak permohonan
mengunjungi kampung|membaca pengumuman|menyimpan arsip|memperbaiki jalan|melatih relawan|menyiarkan acara|mengawasi pekerjaan|datang ke kantor|bertanya langsung
mencari data|menerima surat|ikut rapat|belajar menulis|memakai internet|mengubah kebiasaan|menunggu jawaban|menyusun rencana|membantu tetangga""".replace("\n", "|").split("|")
QUALITIES = """penting|mudah|sederhana|jelas|benar|terbuka|cepat|tepat|murah|aman|lengkap|sulit|lambat|baik|adil|jujur|baru|besar|kecil|wajib|tertulis|gratis
sangat penting|cukup mudah|lebih cepat|paling sederhana|selalu jelas|tidak benar|harus terbuka|semakin baik""".replace("\n", "|").split("|")
NUMBERS = """satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|dua belas|lima belas|tujuh belas|delapan belas|dua puluh|dua puluh tiga
dua puluh lima|tiga puluh|tiga puluh dua|empat puluh|lima puluh|enam puluh|tujuh puluh lima|delapan puluh|sembilan puluh|seratus|dua ratus|lima ratus|seribu
dua ribu|satu juta|seratus dua puluh|empat belas|enam belas|dua puluh empat|dua puluh delapan|tiga puluh enam""".replace("\n", "|").split("|")
UNITS = "desa|kelompok|hari kerja|hari|bulan|tahun|minggu|orang|lembar formulir|relawan|jam|kecamatan|kantor|kilometer|buku|rumah|sekolah|laporan|keluarga|kali|menit".split("|")
TIMES = """hari ini|tahun depan|bulan lalu|setiap bulan|sekarang|besok pagi|minggu ini|tahun ini|setiap hari|tadi malam|pada akhir tahun|kemarin|sejak pagi
setiap minggu|selama ini|beberapa waktu lalu|pada hari Senin|pada hari Jumat|sampai sore|setiap tahun""".replace("\n", "|").split("|")
LINKS = "Karena itu|Lalu|Sekarang|Selain itu|Sebaliknya|Jadi|Namun|Misalnya|Menurut saya|Setelah itu|Oleh karena itu|Pada dasarnya|Di sini|Di desa|Kemudian|Sebelum itu|Tentu saja|Begitu juga".split("|")
ROLES = "kepala bidang|kepala dinas|kepala desa|sekretaris|ketua kelompok|petugas|anggota|juru bicara|penyiar|pengelola situs|camat|guru|kepala bagian".split("|")
GREETINGS = "Selamat pagi|Selamat siang|Selamat sore|Selamat malam|Selamat datang|Terima kasih|Terima kasih banyak|Sampai jumpa|Halo|Sama-sama|Salam|Mohon maaf".split("|")
SHOWS = "siniar|acara|program|siaran|episode|perbincangan|wawancara".split("|")

TEMPLATES = """{greeting}, {title} {first}.|{greeting}, {title} {person}.|{greeting}, pendengar di {place}.|{greeting}, para pendengar, di {show} {topic}.
{greeting} kepada semua {group}.|{greeting} atas {topic} dan waktunya.|Sampai jumpa pada {show} {time}.|{greeting} di {show} {topic}.
Saya {person} dari {place}.|Saya {person}, {role} {topic} di {place}.|Saya {person}, {role} di {institution}.|Nama saya {person}, {role} {institution}.
{time} kita berbincang tentang {topic} di {place}.|{time} kita membahas {topic} bersama {title} {first}.|Senang sekali bisa {action} di {place}.|Senang bisa hadir di {show} ini.
{title} {first}, mengapa {topic} {quality} bagi {group}?|Mengapa {topic} {quality}?|Bagaimana dengan {group} yang tinggal di {place}?|Bagaimana cara {action}?
Bagaimana {group} bisa {action}?|Lalu, bagaimana {group} {action}?|Apa yang harus dilakukan {group} untuk {action}?|Apa harapan {title} {first} untuk {topic}?
Apa yang dilakukan {institution} {time}?|Apa itu {topic}?|Siapa yang {action}?|Di mana {group} bisa {action}?|Kapan {group} mulai {action}?|Berapa {unit} yang {quality}?
{topic} adalah hak {group}.|{topic} itu {quality} dan {quality}.|{topic} harus {quality}.|Kalau {group} {action}, {group2} bisa ikut {action2}.|Kalau {group} tahu, mereka bisa {action}.
{link}, kami {action} di {place} setiap {number} {unit}.|{link}, {group} {action}.|{link}, {group} harus {action} dan {action2}.|{link} ada {number} {unit}.
Sekarang ada {number} {unit} di {place}.|Ada {number} {unit}, dari {place} sampai {place2}.|Dari {place} sampai {place2} ada {number} {unit}.|Di {place}, kami {action} dengan {institution}.
Kami bekerja dengan {institution} di {place}.|{institution} {action} dengan {group}.|Mereka {action} dan {action2} dengan {topic}.|Mereka {action} dari {place}.
Caranya {quality}.|{group} cukup {action} dan {action2}.|{group} cukup {action}.|Kami wajib {action} paling lambat {number} {unit}.|Paling lambat {number} {unit}.
Kalau {group} {action}, alasannya harus {quality}.|Jangan langsung {action}.|Jangan {action} yang membuat {group} marah.|Periksa dulu {topic}, lalu {action}.|Periksa siapa yang {action}.
Tanyakan kepada {institution}.|Tanyakan dulu kepada {group}.|{topic} yang {quality} selalu punya sumber yang {quality2}.|{group} yang {quality} selalu {action}.
Saya berharap {group} {action}.|Saya berharap {institution} punya {number} {unit}.|{topic} yang {quality} dimulai dari {group}.|Pelayanan yang {quality} berarti {action}.
{number} {unit} di {place} sudah {action}.|{group} belum {action} {time}.|{group} akan {action} {time}.|{time} {group} {action} di {place}.|{institution} di {place} {quality}.
Menurut {title} {person}, {topic} {quality}.|{title} {person} {action} {time}.|{person} adalah {role} {institution}.|{topic} untuk {group} di {place}.|{group} tidak boleh {action}.
Itu {quality} bagi {group}.|Ya, {topic} memang {quality}.|Tidak, {group} tidak {action}.|Baik, {title} {first}.|Terima kasih, {first}.|{number} {unit}, {number2} {unit2}.|{place}, {place2}, dan {place3}.
Ke mana {group} pergi {time}?|Alasannya {quality}, karena {topic} {quality2}.|Penjelasannya {quality} sekali.|Kami {action} di situs {institution}.|Data {topic} ada di {institution}.""".replace("\n", "|").split("|")

SLOTS = {
    "person": PEOPLE, "title": TITLES, "place": PLACES, "place2": PLACES, "place3": PLACES, "institution": INSTITUTIONS, "topic": TOPICS,
    "group": GROUPS, "group2": GROUPS, "action": ACTIONS, "action2": ACTIONS, "quality": QUALITIES, "quality2": QUALITIES,
    "number": NUMBERS, "number2": NUMBERS, "unit": UNITS, "unit2": UNITS, "time": TIMES, "link": LINKS, "role": ROLES, "greeting": GREETINGS,
    "show": SHOWS, "first": [person.split()[0] for person in PEOPLE],
}  # fmt: skip

ENGLISH = """good morning everyone and welcome to the show|the weather will be fine in the north tomorrow|we have to talk about the budget of the city
please send your questions to our office before friday|he was walking along the river with his old friend|there are many ways to solve this problem
I think people should know where the money goes|thank you very much for your time today|what would you like to say to our listeners
the children were playing in the garden after school|our next guest has written three books about history|it takes about two hours to get there by train
she bought some bread and cheese at the market|this is the evening news from the capital|nobody knew which of the doors was open""".replace("\n", "|").split("|")  # fmt: skip


def sentence(rng: random.Random) -> str:
    """One sentence for training, never one of the sample recording's script."""
    while True:
        made = rng.choices([from_template, common_words, rare_words], [0.45, 0.38, 0.17])[0](rng)
        if plain(made) not in script_sentences():
            return made


def from_template(rng: random.Random) -> str:
    """A sentence of the show's domain."""
    filled = rng.choice(TEMPLATES).format(**{slot: rng.choice(words) for slot, words in SLOTS.items()})
    return filled[0].upper() + filled[1:]


def common_words(rng: random.Random) -> str:
    """Random words of the domain and of everyday Indonesian, in no sensible order."""
    return as_sentence(rng.choices(*common_vocabulary(), k=rng.randint(2, 9)), rng)


def rare_words(rng: random.Random) -> str:
    """Half of the words from the long tail of Indonesian."""
    words = [rng.choice(rare_vocabulary()) if rng.random() < 0.5 else rng.choices(*common_vocabulary())[0] for _ in range(rng.randint(2, 8))]
    return as_sentence(words, rng)


def as_sentence(words: list[str], rng: random.Random) -> str:
    with_commas = [word + "," if rng.random() < 0.09 else word for word in words[:-1]] + words[-1:]
    text = " ".join(with_commas)
    return text[0].upper() + text[1:] + ("?" if rng.random() < 0.12 else ".")


@cache
def common_vocabulary() -> tuple[list[str], list[float]]:
    """Words with their sampling weights: all words of the domain and the script, and the most frequent of Indonesian."""
    domain = {word for slot in SLOTS.values() for phrase in slot for word in phrase.split()}
    domain |= set(re.findall(r"[A-Za-z-]+", " ".join(TEMPLATES + script_lines()))) - {word for word in SLOTS} - set("23")
    proper = {word for phrase in PEOPLE + PLACES for word in phrase.split()}
    domain = {word if word in proper or word == "Diskominfo" else word.lower() for word in domain if len(word) > 1}
    words = sorted(domain | set(indonesian_words()[:1400]))
    return words, [max(word_frequency(word.lower(), "id"), 1e-6) ** 0.3 + (0.06 if word in domain else 0.0) for word in words]


@cache
def rare_vocabulary() -> list[str]:
    return indonesian_words()[1400:9000]


@cache
def indonesian_words() -> list[str]:
    """Frequent words whose spelling follows from their sound (loanwords in foreign spelling do not)."""
    foreign = re.compile(r"[qxv]|th|ck|oo|ee|sh|ph|gh|ou|ie|ea|wh|ll|ss|tt|pp|rr|ff|mm|nn|cc|[bcdfghjklmnpqrstvwz]{4}|[^g]h$|[aiueo]{3}|y$|w$|c$|j$|tion|ow|ew|aw|ay")
    return [word for word in top_n_list("id", 16000) if re.fullmatch(r"[a-z]{2,14}", word) and re.search("[aiueo]", word) and not foreign.search(word)]


@cache
def script_sentences() -> frozenset[str]:
    return frozenset(plain(part) for line in script_lines() for part in re.split(r"(?<=[.?])\s", line))


def script_lines() -> list[str]:
    return [line.split(": ", 1)[1] for line in SCRIPT.read_text().splitlines()]


def plain(text: str) -> str:
    """Lower case, letters, digits and hyphens only: what word error rates compare."""
    return " ".join(re.sub(r"[^a-z0-9\- ]", " ", text.lower()).split())

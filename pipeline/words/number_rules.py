"""Which spoken numbers are written in digits, and how. A table of rules.

Source: EYD V (2022), “Angka dan bilangan”: what one word says stays a word; dates, clock times,
money, measures, shares and the numbers of laws are written in digits. What could mean two things
stays as it was said: “lima enam orang”, “ke dua puluh”, “seribu satu”, “satu setengah”.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.words.numbers import SpokenNumber
from pipeline.words.spoken import spoken


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS = frozenset(spoken("id").months)
_YEARS = range(1900, 2100)
_BEFORE_A_YEAR = _words("tahun anggaran periode sejak pada hingga sampai")
_NUMBERED = _words("nomor pasal ayat rt rw")
_CLOCK = ("pukul", "jam")
_PARTS_OF_DAY = _words("pagi siang sore malam dini")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
_MEASURES = _words(
    "meter kilometer sentimeter milimeter hektare hektar kilogram gram ton kuintal liter derajat "
    "watt kilowatt megawatt megabita gigabita mbps inci"
)
_COUNTED = _MEASURES | _words(
    "orang warga jiwa kepala keluarga kk unit buah kelompok desa kelurahan kecamatan rumah peserta "
    "siswa anak guru pegawai petani nelayan umkm kasus paket lembar bidang titik ekor pohon bibit "
    "kursi suara pemilih dokumen berkas rupiah dolar persen tahun bulan minggu hari jam menit kali"
)
# In front of these a number is half of something else: "satu setengah", "dua puluhan".
_GOES_ON = _words(
    "setengah seperempat pertiga perempat perlima persepuluh perseratus puluhan belasan ratusan "
    "ribuan jutaan miliaran triliunan puluh belas ratus ribu juta miliar triliun koma kosong"
)
_NEVER_AFTER = _words("ke salah setengah sekian kosong")
_LARGE = frozenset(name for _, name in _SCALES)
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Written:
    """What words `first` to `last` (not included) become."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A number where it stands: `words` and `numbers` are those of its clause."""

    words: tuple[str, ...]
    number: SpokenNumber
    numbers: tuple[SpokenNumber, ...]

    @property
    def value(self) -> float:
        return self.number.value

    @property
    def count(self) -> int:
        return self.number.last - self.number.first

    def word(self, offset: int) -> str:
        """The word `offset` before (−1, −2) the number or behind it (1, 2)."""
        at = self.number.first + offset if offset < 0 else self.number.last + offset - 1
        return self.words[at] if 0 <= at < len(self.words) else ""

    def written(self, text: str, more: int = 0) -> Written:
        return Written(self.number.first, self.number.last + more, text)

    @property
    def follower(self) -> SpokenNumber | None:
        """The number right behind this one, if one is."""
        return next((n for n in self.numbers if n.first == self.number.last), None)


def in_digits(said: Said) -> Written | None:
    """What the number and the words that belong to it become; None where it stays as said."""
    for rule in (_clock, _spelled_year):
        if made := rule(said):
            return made
    if could_mean_two_things(said):
        return None
    return next((made for rule in _RULES if (made := rule(said))), None)


def could_mean_two_things(said: Said) -> bool:
    """Beside another number, in front of a half, behind “ke” or “salah”; “seribu satu”."""
    first, last = said.number.first, said.number.last
    return (
        any(first == other.last or last == other.first for other in said.numbers)
        or _has_digit(said.word(-1) + said.word(1))
        or said.word(1) in _GOES_ON
        or said.word(-1) in _NEVER_AFTER
        or said.words[first:last] == ("seribu", "satu")
        or _leaves_out_thousands(said.words[first:last], said.value)
    )


def _leaves_out_thousands(words: tuple[str, ...], value: float) -> bool:
    """“satu juta lima ratus” is 1.500.000 to most speakers and 1.000.500 to a few."""
    large = any(word in _LARGE for word in words[:-1])
    return large and words[-1] not in _LARGE and 0 < value % 1_000_000 < 1000


def _clock(said: Said) -> Written | None:
    """“pukul delapan tiga puluh” is 08.30; “dua jam dua puluh menit” is no clock."""
    hour, is_clock = said.value, said.word(-1) in _CLOCK and not _counts_hours(said)
    if not is_clock or hour != int(hour) or hour > 24 or said.word(1) in (*_GOES_ON, "kurang"):
        return None
    minutes, more = _minutes(said)
    if minutes is None or (more == 0 and said.word(1) in _COUNTED):
        return None
    in_day = said.words[said.number.last + more :][:1]
    if in_day and in_day[0] in _PARTS_OF_DAY:
        shown = f"{int(hour)}.{minutes:02d}" if more else f"{int(hour)}"
    elif more or said.word(-1) == "pukul":
        shown = f"{int(hour):02d}.{minutes:02d}"
    else:
        shown = f"{int(hour)}"
    return said.written(shown, more)


def _minutes(said: Said) -> tuple[int | None, int]:
    """The minutes after an hour and how many words say them; None where that is not sure."""
    past = 1 if said.word(1) == "lewat" else 0
    at = said.number.last + past
    number = next((n for n in said.numbers if n.first == at), None)
    if number is None:
        return (0, 0) if not past else (None, 0)
    behind = said.words[number.last] if number.last < len(said.words) else ""
    unit = 1 if past and behind == "menit" else 0
    plain = number.value % 5 == 0 and 10 <= number.value < 60 and (unit or behind not in _COUNTED)
    return (int(number.value), number.last - said.number.last + unit) if plain else (None, 0)


def _counts_hours(said: Said) -> bool:
    """Whether the “jam” in front is a length of time: “dua jam lima belas menit”."""
    at, before = said.number.first - 1, said.word(-2)
    counted = any(number.last == at for number in said.numbers) or _has_digit(before)
    return said.word(-1) == "jam" and (counted or before in ("setengah", "beberapa"))


def _spelled_year(said: Said) -> Written | None:
    """“tahun sembilan belas sembilan puluh delapan” is 1998."""
    rest = said.follower
    if said.word(-1) != "tahun" or said.value not in (19, 20) or rest is None:
        return None
    if not 10 <= rest.value < 100 or any(n.first == rest.last for n in said.numbers):
        return None
    return said.written(f"{int(said.value)}{int(rest.value)}", rest.last - rest.first)


def _day(said: Said) -> Written | None:
    is_date = said.word(1) in _MONTHS or said.word(-1) == "tanggal"
    return said.written(grouped(said.value)) if is_date and said.value in range(1, 32) else None


def _year(said: Said) -> Written | None:
    before = said.word(-1)
    sure = before in _MONTHS or before == "tahun"
    likely = before in _BEFORE_A_YEAR and said.word(1) not in _COUNTED
    in_range = said.value in _YEARS and (sure or likely)
    return said.written(f"{int(said.value)}") if in_range else None


def _numbered(said: Said) -> Written | None:
    """“Pasal 27 ayat (1)”; “nomor satu” may be praise, unless a year follows."""
    kind = said.word(-1)
    if kind not in _NUMBERED or said.value != int(said.value):
        return None
    if kind == "nomor" and said.value == 1 and said.word(1) != "tahun":
        return None
    in_a_law = kind == "ayat" and "pasal" in said.words[: said.number.first]
    return said.written(f"({int(said.value)})" if in_a_law else f"{int(said.value)}")


def _money(said: Said) -> Written | None:
    """“Rp15.000”; “satu rupiah pun” is a way of speaking."""
    is_sum = said.word(1) == "rupiah" and said.value != 1
    return said.written(f"Rp{rounded(said.value)}", 1) if is_sum else None


def _share(said: Said) -> Written | None:
    return said.written(f"{grouped(said.value)}%", 1) if said.word(1) == "persen" else None


def _measure(said: Said) -> Written | None:
    return said.written(rounded(said.value)) if said.word(1) in _MEASURES else None


def _count(said: Said) -> Written | None:
    """Numbers of two words and more; a bare 2026 may be a year or a number and stays."""
    perhaps_a_year = said.value in _YEARS and said.word(1) not in _COUNTED
    if said.count < _FEWEST_WORDS or perhaps_a_year:
        return None
    return said.written(rounded(said.value))


_RULES: tuple[Callable[[Said], Written | None], ...] = (
    *(_day, _year, _numbered, _money, _share, _measure, _count),
)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def rounded(value: float) -> str:
    """1500000 as “1,5 juta”, 3400005 as “3.400.005”."""
    for scale, name in _SCALES:
        if value >= scale and (value * 100) % scale == 0:
            return f"{grouped(value / scale)} {name}"
    return grouped(value)


def grouped(value: float) -> str:
    """1234.5 as “1.234,5”."""
    shown = f"{int(value):,}" if value == int(value) else f"{value:,}"
    return shown.translate(str.maketrans(",.", ".,"))

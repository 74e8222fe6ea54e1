"""A number as it is said: its value, and the words of its clause around it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.words.numbers import SpokenNumber


def words_of(text: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(text.split())


MEASURES = words_of(
    "meter kilometer sentimeter milimeter hektare hektar kilogram gram ton kuintal liter derajat "
    "watt kilowatt megawatt megabita gigabita mbps inci"
)
COUNTED = MEASURES | words_of(
    "orang warga jiwa kepala keluarga kk unit buah kelompok desa kelurahan kecamatan rumah peserta "
    "siswa anak guru pegawai petani nelayan umkm kasus paket lembar bidang titik ekor pohon bibit "
    "kursi suara pemilih dokumen berkas rupiah dolar persen tahun bulan minggu hari jam menit kali"
)
# In front of these a number is half of something else: "satu setengah", "dua puluhan".
GOES_ON = words_of(
    "setengah seperempat pertiga perempat perlima persepuluh perseratus puluhan belasan ratusan "
    "ribuan jutaan miliaran triliunan puluh belas ratus ribu juta miliar triliun koma kosong"
)
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
LARGE = frozenset(name for _, name in _SCALES)


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


def has_digit(text: str) -> bool:
    """Whether something in it is written in digits."""
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

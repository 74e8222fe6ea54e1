"""Why a dropped recording cannot become an episode, in the two languages of the newsroom."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pipeline.words.errors import EpisodeProblem


class Fault(StrEnum):
    """What is wrong with something in the inbox."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    NOT_A_FILE = "not_a_file"
    PLAYLIST = "playlist"
    NOT_MEDIA = "not_media"
    NO_AUDIO = "no_audio"
    PROTECTED = "protected"
    UNKNOWN_CODEC = "unknown_codec"
    TOO_SHORT = "too_short"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    EMPTY_FOLDER = "empty_folder"
    NESTED_FOLDER = "nested_folder"
    REPEATED = "repeated"
    SIDECAR = "sidecar"
    KNOWN = "known"


class _Sentence(NamedTuple):
    problem: str
    remedy: str


class _Sentences(NamedTuple):
    indonesian: _Sentence
    english: _Sentence


class RecordingRejected(EpisodeProblem):
    """A recording that cannot be used. The message is English; `note` is what staff read."""

    def __init__(self, fault: Fault, name: str, detail: str = "", **facts: object) -> None:
        self.fault = fault
        self._facts = {"name": printable(name), **facts}
        sentence = _SENTENCES[fault].english
        super().__init__(
            sentence.problem.format(**self._facts), sentence.remedy.format(**self._facts), detail
        )

    @property
    def note(self) -> str:
        """Both languages, Indonesian first, as a short text."""
        return "\n".join(
            f"{sentence.problem.format(**self._facts)}\n{sentence.remedy.format(**self._facts)}\n"
            for sentence in _SENTENCES[self.fault]
        )


def printable(name: str) -> str:
    """A file name that can stand in a sentence: on one line, without invisible characters."""
    return "".join(c if c.isprintable() else "�" for c in name)


_COPY_AGAIN_ID = "Salin sekali lagi dari alat perekam, lalu taruh di sini."
_COPY_AGAIN_EN = "Copy it from the recorder once more and drop it here."

_SENTENCES: dict[Fault, _Sentences] = {
    Fault.EMPTY: _Sentences(
        _Sentence("Berkas “{name}” kosong: ukurannya 0 byte.", _COPY_AGAIN_ID),
        _Sentence("The file “{name}” is empty: it holds 0 bytes.", _COPY_AGAIN_EN),
    ),
    Fault.UNREADABLE: _Sentences(
        _Sentence(
            "Berkas “{name}” tidak boleh atau tidak bisa dibaca.",
            "Minta operator memberi izin baca, atau salin ulang berkasnya.",
        ),
        _Sentence(
            "The file “{name}” cannot be read, or may not be.",
            "Give etam the right to read it, or copy it again.",
        ),
    ),
    Fault.NOT_A_FILE: _Sentences(
        _Sentence(
            "“{name}” adalah pintasan (link) atau bukan berkas biasa.",
            "Salin rekamannya sendiri ke sini, bukan pintasannya.",
        ),
        _Sentence(
            "“{name}” is a link, or no ordinary file.",
            "Copy the recording itself here, not a link to it.",
        ),
    ),
    Fault.PLAYLIST: _Sentences(
        _Sentence(
            "“{name}” adalah daftar putar yang menunjuk berkas lain, bukan rekaman.",
            "Salin rekaman yang dimaksud ke sini.",
        ),
        _Sentence(
            "“{name}” is a playlist that points at other files, not a recording.",
            "Copy the recordings that it names here.",
        ),
    ),
    Fault.NOT_MEDIA: _Sentences(
        _Sentence(
            "“{name}” bukan rekaman audio atau video yang dikenal.",
            "Periksa apakah berkasnya benar; kalau benar, salin ulang atau ekspor sebagai WAV.",
        ),
        _Sentence(
            "“{name}” is no audio or video recording of a known kind.",
            "Check that it is the right file; if it is, copy it again or export it as WAV.",
        ),
    ),
    Fault.NO_AUDIO: _Sentences(
        _Sentence(
            "“{name}” tidak berisi suara, hanya gambar.",
            "Taruh rekaman yang ada suaranya.",
        ),
        _Sentence("“{name}” has pictures but no sound.", "Drop a recording that has sound."),
    ),
    Fault.PROTECTED: _Sentences(
        _Sentence(
            "“{name}” dikunci oleh perlindungan salinan (DRM).",
            "Ekspor rekaman tanpa perlindungan, misalnya sebagai WAV.",
        ),
        _Sentence(
            "“{name}” is locked by copy protection.",
            "Export it without protection, as WAV for example.",
        ),
    ),
    Fault.UNKNOWN_CODEC: _Sentences(
        _Sentence(
            "Suara di “{name}” memakai format yang tidak bisa dibaca.",
            "Ekspor rekaman sebagai WAV, FLAC, MP3 atau M4A.",
        ),
        _Sentence(
            "The sound in “{name}” is in a format that cannot be read.",
            "Export it as WAV, FLAC, MP3 or M4A.",
        ),
    ),
    Fault.TOO_SHORT: _Sentences(
        _Sentence(
            "“{name}” hanya berisi {seconds} detik suara; paling sedikit 1 detik.",
            "Periksa apakah ini rekaman yang benar.",
        ),
        _Sentence(
            "“{name}” holds only {seconds} s of sound; at least 1 s is needed.",
            "Check that it is the right recording.",
        ),
    ),
    Fault.TRUNCATED: _Sentences(
        _Sentence(
            "“{name}” terpotong: hanya {seconds} dari {promised} detik yang bisa dibaca.",
            "Salin sekali lagi dari alat perekam. Kalau memang hanya ini yang ada, buka di "
            "penyunting suara dan simpan dengan nama baru.",
        ),
        _Sentence(
            "“{name}” is cut off: {seconds} s of {promised} s can be read.",
            "Copy it from the recorder once more. If this is all there is, open it in an audio "
            "editor and save it under a new name.",
        ),
    ),
    Fault.DAMAGED: _Sentences(
        _Sentence(
            "“{name}” rusak atau belum selesai direkam: isinya tidak terbaca seluruhnya.",
            _COPY_AGAIN_ID,
        ),
        _Sentence(
            "“{name}” is damaged or was never finished: not all of it can be read.",
            _COPY_AGAIN_EN,
        ),
    ),
    Fault.EMPTY_FOLDER: _Sentences(
        _Sentence(
            "Folder “{name}” tidak berisi rekaman.", "Taruh rekamannya langsung di dalam folder."
        ),
        _Sentence(
            "The folder “{name}” holds no recording.", "Put the recordings directly in the folder."
        ),
    ),
    Fault.NESTED_FOLDER: _Sentences(
        _Sentence(
            "Folder “{name}” berisi folder lain (“{inner}”).",
            "Satu folder adalah satu episode: taruh rekamannya langsung di dalamnya, "
            "atau pindahkan tiap folder ke kotak masuk.",
        ),
        _Sentence(
            "The folder “{name}” holds another folder (“{inner}”).",
            "A folder is one episode: put the recordings directly in it, or move each folder to "
            "the inbox.",
        ),
    ),
    Fault.REPEATED: _Sentences(
        _Sentence(
            "Folder “{name}” berisi rekaman yang sama dua kali: “{first}” dan “{second}”.",
            "Keluarkan salah satunya.",
        ),
        _Sentence(
            "The folder “{name}” holds the same recording twice: “{first}” and “{second}”.",
            "Take one of them out.",
        ),
    ),
    Fault.SIDECAR: _Sentences(
        _Sentence("Keterangan untuk “{name}” salah. {problem}", "Perbaiki berkas .toml itu."),
        _Sentence("The details for “{name}” are wrong. {problem}", "Correct that .toml file."),
    ),
    Fault.KNOWN: _Sentences(
        _Sentence(
            "“{name}” sudah pernah masuk: isinya sama dengan episode “{slug}”.",
            "Berkas ini boleh dihapus dari sini.",
        ),
        _Sentence(
            "“{name}” is known already: it is the same as the episode “{slug}”.",
            "It can be deleted from here.",
        ),
    ),
}

"""What may be dropped through the review app: kinds, sizes, names; said before a byte is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.words.recording_name import clean_text

LARGEST_FILE_BYTES = 4 << 30
MOST_FILES = 200
MOST_OPEN_DROPS = 50
_LONGEST_NAME_BYTES = 180

SOUNDS = frozenset(
    (
        *(".wav", ".w64", ".bwf", ".rf64", ".flac", ".aif", ".aiff", ".aifc", ".caf", ".wv"),
        *(".mp3", ".mp2", ".m4a", ".m4b", ".aac", ".ogg", ".oga", ".opus", ".wma", ".amr", ".ac3"),
        *(".mp4", ".m4v", ".mov", ".mkv", ".mka", ".webm", ".avi", ".3gp", ".3g2", ".mpg", ".mpeg"),
        *(".ts", ".mts", ".m2ts", ".au", ".voc", ".tta", ".ape", ".dss", ".ds2"),
    )
)
"""Suffixes of recordings. Whether one is a recording is heard after its last byte."""
BESIDE = frozenset(
    (".jpg", ".jpeg", ".png", ".txt", ".md", ".pdf", ".docx", ".odt", ".srt", ".vtt")
)
"""What may lie in a folder beside its recordings."""


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """One file of a drop. `id` names it to the browser, `modified_ms` tells it from others."""

    id: str
    name: str
    size: int
    modified_ms: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not accepted, as message ids; `{name}` stands for what it is about."""

    problem: str
    remedy: str
    name: str = ""


_NOT_HERE = Refusal(
    "“{name}” is not a kind of recording that is taken here.",
    "Choose a sound or film file, such as WAV, MP3, M4A or MP4.",
)
_TOO_LARGE = Refusal(
    "“{name}” is larger than 4 GB.",
    "Export it as FLAC or M4A, or cut it into parts in one folder.",
)
_EMPTY = Refusal("“{name}” is empty: it holds 0 bytes.", "Copy it from the recorder once more.")
_NOTHING = Refusal(
    "The folder “{name}” holds no recording.", "Put the recordings directly in the folder."
)
_TOO_MANY = Refusal(
    "“{name}” holds more than 200 files.", "Drop fewer files at once: a folder is one episode."
)
_TWICE = Refusal(
    "The folder “{name}” holds two files of one name.", "Rename one of them, then drop it again."
)


def why_refused(name: str, files: Sequence[DroppedFile], *, is_folder: bool) -> Refusal | None:
    """What is wrong with a drop as far as names and sizes tell."""
    if len(files) > MOST_FILES:
        return replace(_TOO_MANY, name=name)
    for file in files:
        if wrong := _wrong_with(file, is_folder=is_folder):
            return replace(wrong, name=file.name)
    if not any(suffix_of(file.name) in SOUNDS for file in files):
        return replace(_NOTHING, name=name)
    if len({file.name.casefold() for file in files}) < len(files):
        return replace(_TWICE, name=name)
    return None


def _wrong_with(file: DroppedFile, *, is_folder: bool) -> Refusal | None:
    suffix = suffix_of(file.name)
    if suffix not in SOUNDS and not (is_folder and suffix in BESIDE):
        return _NOT_HERE
    if file.size > LARGEST_FILE_BYTES:
        return _TOO_LARGE
    return _EMPTY if file.size <= 0 else None


def suffix_of(name: str) -> str:
    """The suffix in small letters, with its dot; nothing where there is none."""
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""


def inbox_name(name: str) -> str:
    """A name as people gave it, safe in a folder: one part, visible, not hidden, not too long.

    Ingest reads date, guests and title out of it, so signs stay as they are where they can.
    """
    text = clean_text(name)
    for sign in '/\\:*?"<>|':
        text = text.replace(sign, " ")
    text = " ".join(text.split()).strip("~ ").lstrip(". ")
    suffix = suffix_of(text)
    stem = text[: len(text) - len(suffix)].rstrip(". ")
    cut = stem.encode()[:_LONGEST_NAME_BYTES].decode(errors="ignore").rstrip(". ")
    return (cut or "rekaman") + suffix[:12]
